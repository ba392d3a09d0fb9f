"""What a file is by its first bytes, whatever its name says; and which decoder may look at it."""

from __future__ import annotations

import mimetypes
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

HEAD = 4096  # bytes that :func:`by_content` wants to see
LONGEST = 120  # characters of a file's name that are kept
TS_PACKET = 188


@dataclass(frozen=True)
class Kind:
    """A kind of file: media type, what to call it, the extensions it goes by, the demuxer that reads it ("" for pictures)."""

    media_type: str
    label: str
    suffixes: tuple[str, ...]
    demuxer: str = ""


_MP4 = Kind("video/mp4", "MP4 视频", (".mp4", ".m4v", ".mov", ".3gp", ".3g2", ".m4a", ".qt"), "mov")
_MOV = Kind("video/quicktime", "MOV 视频", _MP4.suffixes, "mov")
_3GP = Kind("video/3gpp", "3GP 视频", _MP4.suffixes, "mov")
_M4A = Kind("audio/mp4", "M4A 录音", _MP4.suffixes, "mov")
_HEIC = Kind("image/heic", "HEIC 图片", (".heic", ".heif", ".hif"), "mov")
_MKV = Kind("video/x-matroska", "MKV 视频", (".mkv", ".mka", ".webm", ".weba"), "matroska")
_WEBM = Kind("video/webm", "WebM 视频", _MKV.suffixes, "matroska")
_AVI = Kind("video/x-msvideo", "AVI 视频", (".avi",), "avi")
_WAV = Kind("audio/wav", "WAV 录音", (".wav",), "wav")
_TS = Kind("video/mp2t", "TS 视频", (".ts", ".mts", ".m2ts", ".m2t"), "mpegts")
_PS = Kind("video/mpeg", "MPEG 视频", (".mpg", ".mpeg", ".vob", ".dat"), "mpeg")
_MP3 = Kind("audio/mpeg", "MP3 录音", (".mp3",), "mp3")
_AAC = Kind("audio/aac", "AAC 录音", (".aac",), "aac")
_AMR = Kind("audio/amr", "AMR 录音", (".amr",), "amr")
_OGG = Kind("audio/ogg", "OGG 录音", (".ogg", ".oga", ".opus", ".ogv"), "ogg")
_FLAC = Kind("audio/flac", "FLAC 录音", (".flac",), "flac")
_ASF = Kind("video/x-ms-wmv", "WMV 视频", (".wmv", ".wma", ".asf"), "asf")
_FLV = Kind("video/x-flv", "FLV 视频", (".flv",), "flv")
_JPEG = Kind("image/jpeg", "JPEG 图片", (".jpg", ".jpeg", ".jpe"))
_PNG = Kind("image/png", "PNG 图片", (".png",))
_GIF = Kind("image/gif", "GIF 图片", (".gif",))
_WEBP = Kind("image/webp", "WebP 图片", (".webp",))
_BMP = Kind("image/bmp", "BMP 图片", (".bmp",))
_TIFF = Kind("image/tiff", "TIFF 图片", (".tif", ".tiff"))
_PDF = Kind("application/pdf", "PDF 文件", (".pdf",))
_ZIP = Kind(
    "application/zip",
    "压缩文件或者 Office 文件",
    (".zip", ".docx", ".xlsx", ".pptx", ".wps", ".et", ".dps", ".ofd", ".odt", ".ods"),
)
_OLE = Kind(
    "application/x-ole-storage", "Office 97 文件", (".doc", ".xls", ".ppt", ".wps", ".et", ".dps", ".msg")
)
_7Z = Kind("application/x-7z-compressed", "7z 压缩文件", (".7z",))
_RAR = Kind("application/vnd.rar", "RAR 压缩文件", (".rar",))
_GZIP = Kind("application/gzip", "gzip 压缩文件", (".gz", ".tgz"))
_EXE = Kind("application/x-msdownload", "可执行程序", (".exe", ".dll"))

_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", _JPEG),
    (b"\x89PNG\r\n\x1a\n", _PNG),
    (b"GIF8", _GIF),
    (b"II*\x00", _TIFF),
    (b"MM\x00*", _TIFF),
    (b"%PDF-", _PDF),
    (b"PK\x03\x04", _ZIP),
    (b"PK\x05\x06", _ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE),
    (b"7z\xbc\xaf\x27\x1c", _7Z),
    (b"Rar!\x1a\x07", _RAR),
    (b"\x1f\x8b", _GZIP),
    (b"OggS", _OGG),
    (b"fLaC", _FLAC),
    (b"#!AMR", _AMR),
    (b"ID3", _MP3),
    (b"FLV\x01", _FLV),
    (b"\x00\x00\x01\xba", _PS),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", _ASF),
    (b"BM", _BMP),
    (b"MZ", _EXE),
)
_RIFF = {b"AVI ": _AVI, b"WAVE": _WAV, b"WEBP": _WEBP}
_BRANDS = {b"qt  ": _MOV, b"M4A ": _M4A, b"M4B ": _M4A, b"heic": _HEIC, b"heix": _HEIC, b"mif1": _HEIC}
_ATOMS = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")

_BY_SUFFIX = {
    suffix: kind
    for kind in (
        _MP4, _HEIC, _MKV, _AVI, _WAV, _TS, _PS, _MP3, _AAC, _AMR, _OGG, _FLAC, _ASF, _FLV, _JPEG, _PNG, _GIF, _WEBP,
        _BMP, _TIFF, _PDF, _OLE, _7Z, _RAR, _GZIP, _ZIP, _EXE,
    )
    for suffix in kind.suffixes
}  # fmt: skip
# A recorder's own index and thumbnail files are none of these.
MEDIA_SUFFIXES = frozenset(
    s for s, kind in _BY_SUFFIX.items() if not kind.media_type.startswith("application/")
)


def by_content(head: bytes) -> Kind | None:
    """The kind of a file from its first bytes; None when they are those of nothing known."""
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return _BRANDS.get(brand, _3GP if brand.startswith((b"3gp", b"3g2")) else _MP4)
    if head[4:8] in _ATOMS:
        return _MOV
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[:4] == b"\x1aE\xdf\xa3":
        return _WEBM if b"webm" in head[:64] else _MKV
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    return _framed(head)


def _framed(head: bytes) -> Kind | None:
    """Streams without a header: MPEG transport (also with the four bytes of time that cameras put before each packet),
    and audio frames."""
    for lead, step in ((0, TS_PACKET), (4, TS_PACKET + 4)):
        marks = head[lead : lead + 5 * step : step]
        if len(marks) == 5 and set(marks) == {0x47}:
            return _TS
    if len(head) > 1 and head[0] == 0xFF:
        if head[1] & 0xF6 == 0xF0:
            return _AAC
        if head[1] & 0xE0 == 0xE0 and head[1] & 0x06:
            return _MP3
    return None


def by_name(name: str) -> Kind | None:
    """The kind that a file's name promises."""
    return _BY_SUFFIX.get(PurePosixPath(name).suffix.lower())


def type_of(name: str) -> str:
    """The media type that a file's name promises."""
    promised = by_name(name)
    return promised.media_type if promised else mimetypes.guess_type(name)[0] or "application/octet-stream"


def mismatch(name: str, kind: Kind | None) -> str:
    """In words, that a name promises another kind than the content is; empty when it does not."""
    promised = by_name(name)
    suffix = PurePosixPath(name).suffix.lower()
    if promised is None or kind is None or suffix in kind.suffixes:
        return ""
    return f"扩展名是 {suffix}，内容是{' ' if kind.label[0].isascii() else ''}{kind.label}"


def clean_name(name: str) -> str:
    """A file's name as it may stand in a record and on a page: without folders, control and direction characters, and not
    endless. The extension stays; a name of which nothing is left is 未命名."""
    seen = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c)[0] != "C")
    kept = re.sub(r"\s+", " ", re.split(r"[/\\]", seen.rstrip("/\\"))[-1]).strip().rstrip(" .")
    if not kept or kept.startswith("."):
        return f"未命名{kept[:12]}"
    suffix = PurePosixPath(kept).suffix[:12]
    return kept.removesuffix(PurePosixPath(kept).suffix)[: LONGEST - len(suffix)] + suffix
