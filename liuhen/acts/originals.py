"""Whether a file can be kept as an original 原件: a document, picture, recording or archive by its bytes, whatever it is called."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath
from typing import BinaryIO

import pikepdf
from PIL import Image, UnidentifiedImageError

from liuhen.recordings import kinds

CHOOSE = "选择 PDF、图片、Office 文件、文本、音像或者压缩文件"
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"#!",
    b"\x00asm",
)
_RUN = frozenset({
    ".exe", ".dll", ".msi", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar", ".apk", ".sh", ".lnk", ".hta", ".py",
})  # fmt: skip
# What a browser would run when it is opened there.
_MARKUP = (b"<!doctype html", b"<html", b"<script", b"<?xml", b"<svg")
_TEXT = (".txt", ".csv", ".md", ".log", "")


def not_original(source: BinaryIO, name: str) -> str:
    """Why the bytes cannot be kept as an original that goes by ``name``, in a sentence that says what to do; empty when they
    can. The source stands at its beginning after."""
    source.seek(0)
    head = source.read(kinds.HEAD)
    source.seek(0)
    if head.startswith(_PROGRAMS) or PurePosixPath(name).suffix.lower() in _RUN:
        return f"“{name}”是可执行程序或者脚本，不能作为原件存入；{CHOOSE}"
    kind = kinds.by_content(head)
    promised = kinds.by_name(name)
    if promised is not None and promised.media_type == "application/pdf" and kind is not promised:
        return f"“{name}”叫作 PDF，内容不是；请重新扫描，或者导出为 PDF"
    wrong = kinds.mismatch(name, kind)
    if wrong:
        return f"“{name}”{wrong}；改成相符的扩展名再存入"
    if kind is None:
        return "" if _is_text(head, name) else f"“{name}”不是认得的文件；{CHOOSE}"
    try:
        _open(source, kind)
    except (
        pikepdf.PdfError,
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
    ):
        between = " " if kind.label[0].isascii() else ""
        return f"“{name}”打不开，不是完整的{between}{kind.label}；请重新扫描或者另存以后再存入"
    finally:
        source.seek(0)
    return ""


def _open(source: BinaryIO, kind: kinds.Kind) -> None:
    """Open what its kind says that it is. Raises what the reader raises when it is not."""
    if kind.media_type == "application/pdf":
        with pikepdf.open(source) as pdf:
            if not pdf.pages:
                raise ValueError("no pages")
    elif kind.media_type.startswith("image/") and not kind.demuxer:
        with Image.open(source) as image:
            image.verify()


def _is_text(head: bytes, name: str) -> bool:
    """Whether the bytes are plain text, in UTF-8 or GB 18030; a piece cut off at the end of what was read is no fault."""
    if PurePosixPath(name).suffix.lower() not in _TEXT or head.lstrip().lower().startswith(_MARKUP):
        return False
    for coding in ("utf-8", "gb18030"):
        for cut in range(4):
            try:
                text = head[: len(head) - cut].decode(coding)
            except UnicodeDecodeError:
                continue
            return not any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n\f" for sign in text)
    return False
