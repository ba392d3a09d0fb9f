"""What a recording says of itself: when, how long, by what device, where, how it is coded.

Only headers are read, from an open file, with the demuxer that the first bytes call for: a playlist that names other files
is opened by none. Nothing here raises for what is wrong with a file; it is said in ``notes``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import av
import av.error
from av.stream import Disposition
from PIL import ExifTags, Image

from liuhen.casefile.moments import ZONE, write
from liuhen.recordings import kinds

UNREADABLE = "元数据读不出"
EMPTY = "文件是空的"
EARLIEST = 2000  # a clock that was never set counts from 1904, 1970 or 1980
NEAR = timedelta(minutes=15)
# What a demuxer may look at to find out: headers stand at the beginning or at the end.
LOOKING = {"probesize": "5000000", "analyzeduration": "3000000"}
_ISO6709 = re.compile(r"^([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)")
_MAKES = ("com.apple.quicktime.make", "com.android.manufacturer", "make", "manufacturer")
_MODELS = ("com.apple.quicktime.model", "com.android.model", "model", "device_model")
_TIMES = ("com.apple.quicktime.creationdate", "creation_time", "date", "date_recorded")
_PLACES = ("com.apple.quicktime.location.iso6709", "location", "location-eng")


@dataclass(frozen=True)
class Probe:
    """What was read of a file. ``duration`` in milliseconds, width and height in pixels, ``notes`` in Chinese; ``kind`` is
    video, audio, image or empty; codecs by FFmpeg's names."""

    media_type: str
    kind: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    duration: int | None = None
    make: str = ""
    model: str = ""
    format: str = ""
    video: str = ""
    audio: str = ""
    width: int = 0
    height: int = 0
    latitude: str = ""
    longitude: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def device(self) -> str:
        """Make and model in one, as they stand in the file."""
        return (
            self.model
            if self.make and self.model.startswith(self.make)
            else f"{self.make} {self.model}".strip()
        )

    def taken(self, modified: datetime | None = None, path: str = "") -> dict[str, Any]:
        """The same as it stands in ``Deposited.taken``, with when the file was last changed and where on its card it lay."""
        told: dict[str, Any] = {
            "kind": self.kind, "duration": self.duration, "make": self.make, "model": self.model, "format": self.format,
            "video": self.video, "audio": self.audio, "width": self.width, "height": self.height,
            "latitude": self.latitude, "longitude": self.longitude, "path": path, "notes": list(self.notes),
        }  # fmt: skip
        moments = {"from": self.starts, "to": self.ends, "modified": modified}
        told |= {name: write(moment) for name, moment in moments.items() if moment is not None}
        return {name: value for name, value in told.items() if value or (value == 0 and name == "duration")}


def probe(path: Path, name: str, modified: datetime | None = None) -> Probe:
    """Read what the file at ``path``, which goes by ``name`` and was last changed at ``modified``, says of itself."""
    with path.open("rb") as file:
        return probe_file(file, name, modified)


def probe_file(file: BinaryIO, name: str, modified: datetime | None = None) -> Probe:
    """The same of an open file that can be sought in."""
    head = file.read(kinds.HEAD)
    file.seek(0)
    if not head:
        return Probe(kinds.type_of(name), notes=(EMPTY,))
    kind = kinds.by_content(head)
    if kind is None or kind.media_type.startswith("application/"):
        given = Probe(
            kind.media_type if kind else kinds.type_of(name), notes=(f"不是认得的音像格式，{UNREADABLE}",)
        )
    elif kind.demuxer:
        given = _film(file, kind, modified)
    else:
        given = _picture(file, kind)
    other = kinds.mismatch(name, kind)
    return replace(given, notes=(other, *given.notes)) if other else given


def _film(file: BinaryIO, kind: kinds.Kind, modified: datetime | None) -> Probe:
    try:
        with opened(file, kind) as container:
            return _of_container(container, kind, modified)
    except (av.error.FFmpegError, ValueError, OverflowError, IndexError):
        return Probe(kind.media_type, notes=(f"文件已损坏或者没有录完，{UNREADABLE}",))


def opened(file: BinaryIO, kind: kinds.Kind) -> Any:
    """A film or sound opened for reading by its own demuxer and no other. Raises FFmpegError."""
    options = {"format_whitelist": kind.demuxer, **LOOKING}
    return av.open(file, format=kind.demuxer, metadata_errors="replace", container_options=options)


def _of_container(container: Any, kind: kinds.Kind, modified: datetime | None) -> Probe:
    # A picture within a sound file is its cover.
    films = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    sounds = list(container.streams.audio)
    video, audio = next(iter(films), None), next(iter(sounds), None)
    duration = _duration(container, video or audio)
    told = {key.lower(): value.strip() for key, value in _metadata(container, video, audio).items()}
    starts, ends, note = _span(told, duration, modified)
    media_type, shape = _as_played(kind, video, audio)
    latitude, longitude = _place(told)
    width, height = (video.width, video.height) if video is not None and _codec(video) else (0, 0)
    return Probe(
        media_type, shape, starts, ends, duration,
        make=_first(told, _MAKES), model=_first(told, _MODELS), format=container.format.name,
        video=_codec(video), audio=_codec(audio),
        width=width, height=height,
        latitude=latitude, longitude=longitude, notes=tuple(_faults(kind, video, audio, duration, note)),
    )  # fmt: skip


def _faults(kind: kinds.Kind, video: Any, audio: Any, duration: int | None, note: str) -> list[str]:
    found = [note] if note else []
    if video is None and audio is None:
        return [*found, "没有画面，也没有声音"]
    if video is not None and not kind.media_type.startswith("image/") and not duration:
        found.append("没有可以播放的画面（时长为零）")
    if video is not None and not (_codec(video) and video.width and video.height):
        found.append("画面的编码或者尺寸读不出")
    return found


def _codec(stream: Any) -> str:
    """FFmpeg's name of a stream's codec; empty without a stream, or when nobody knows the codec."""
    context = stream.codec_context if stream is not None else None
    return context.name if context is not None else ""


def _as_played(kind: kinds.Kind, video: Any, audio: Any) -> tuple[str, str]:
    """Media type and kind of a container by what is in it: one without a picture is a sound recording."""
    family, _, sub = kind.media_type.partition("/")
    if family == "image":
        return kind.media_type, "image"
    if video is not None:
        return f"video/{sub}", "video"
    return (
        (f"audio/{ {'quicktime': 'mp4', 'x-ms-wmv': 'x-ms-wma'}.get(sub, sub) }", "audio")
        if audio
        else (kind.media_type, "")
    )


def _duration(container: Any, stream: Any) -> int | None:
    """In milliseconds, of the container or of its main stream; None when neither says."""
    if container.duration is not None and container.duration > 0:
        return container.duration // 1000
    if stream is not None and stream.duration and stream.time_base:
        return int(stream.duration * stream.time_base * 1000)
    return 0 if stream is not None and stream.duration == 0 else None


def _metadata(container: Any, *streams: Any) -> Mapping[str, str]:
    told: dict[str, str] = {}
    for stream in streams:
        told |= dict(stream.metadata) if stream is not None else {}
    return told | dict(container.metadata)


def _first(told: Mapping[str, str], names: tuple[str, ...]) -> str:
    value = next((told[name] for name in names if told.get(name)), "")
    return "".join(c for c in value if c.isprintable())[:60].strip()


def _span(
    told: Mapping[str, str], duration: int | None, modified: datetime | None
) -> tuple[datetime | None, datetime | None, str]:
    """Start and end by the file's own clock, and what had to be assumed.

    Many recorders write their wall time where the format wants UTC. When read so the end falls together with the last change
    of the file, and read as UTC it does not, the wall time is believed.
    """
    for name in _TIMES:
        moment = _instant(told.get(name, ""))
        if moment is None:
            continue
        length = timedelta(milliseconds=duration or 0)
        local = moment.replace(tzinfo=ZONE)
        if name == "creation_time" and modified is not None:
            off_utc, off_local = (abs(at + length - modified) for at in (moment, local))
            if off_local < NEAR < off_utc:
                return local, local + length, "文件里的时间写的是北京时间，没有写明时区"
        return moment, moment + length, ""
    return None, None, ""


def _instant(text: str) -> datetime | None:
    """An instant as media files write it; without a zone it is Beijing's. None for a day alone and for clocks never set."""
    if not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
    return moment.replace(microsecond=0) if EARLIEST <= moment.year < 2200 else None


def _place(told: Mapping[str, str]) -> tuple[str, str]:
    """Latitude and longitude in degrees with five decimals (ISO 6709); empty when not told or impossible."""
    found = _ISO6709.match(_first(told, _PLACES))
    return _degrees(float(found[1]), float(found[2])) if found else ("", "")


def _degrees(latitude: float, longitude: float) -> tuple[str, str]:
    real = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0)
    return (f"{latitude:.5f}", f"{longitude:.5f}") if real else ("", "")


def _picture(file: BinaryIO, kind: kinds.Kind) -> Probe:
    try:
        with Image.open(file) as image:
            exif = image.getexif()
            width, height = image.size
            shown = (height, width) if exif.get(ExifTags.Base.Orientation, 1) >= 5 else (width, height)
            inner = exif.get_ifd(ExifTags.IFD.Exif)
            latitude, longitude = _gps(exif.get_ifd(ExifTags.IFD.GPSInfo))
            at = _exif_time(exif, inner)
            told = {
                "make": str(exif.get(ExifTags.Base.Make, "")),
                "model": str(exif.get(ExifTags.Base.Model, "")),
            }
            return Probe(
                kind.media_type, "image", at, at, make=_first(told, ("make",)), model=_first(told, ("model",)),
                format=(image.format or "").lower(), width=shown[0], height=shown[1], latitude=latitude,
                longitude=longitude,
            )  # fmt: skip
    except (OSError, ValueError, SyntaxError, TypeError, Image.DecompressionBombError):
        return Probe(kind.media_type, "image", notes=(f"图片已损坏，{UNREADABLE}",))


def _exif_time(exif: Any, inner: Mapping[int, Any]) -> datetime | None:
    text = str(inner.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime) or "")
    zone = str(inner.get(ExifTags.Base.OffsetTimeOriginal, "")).strip()
    found = re.match(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)", text)
    if not found:
        return None
    offset = zone if re.fullmatch(r"[+-]\d\d:\d\d", zone) else ""
    return _instant(f"{found[1]}-{found[2]}-{found[3]}T{found[4]}{offset}")


def _gps(told: Mapping[int, Any]) -> tuple[str, str]:
    try:
        north, east = (_angle(told[name]) for name in (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude))
        south = str(told.get(ExifTags.GPS.GPSLatitudeRef, "N")).upper().startswith("S")
        west = str(told.get(ExifTags.GPS.GPSLongitudeRef, "E")).upper().startswith("W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return "", ""
    return _degrees(-north if south else north, -east if west else east)


def _angle(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600
