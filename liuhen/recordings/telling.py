"""What a file says of itself, in words, and where what was stated of it differs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from liuhen.casefile.moments import ZONE, Moment, parse

# Papers and people are exact to the minute.
TOLERANCE = timedelta(seconds=60)
CODECS = {
    "h264": "H.264", "hevc": "H.265", "mpeg4": "MPEG-4", "vp8": "VP8", "vp9": "VP9", "av1": "AV1", "mjpeg": "MJPEG",
    "aac": "AAC", "mp3": "MP3", "opus": "Opus", "amr_nb": "AMR", "amr_wb": "AMR", "pcm_s16le": "PCM", "flac": "FLAC",
}  # fmt: skip


def lasting(milliseconds: int) -> str:
    """A length of time: 1 小时 5 分 3 秒."""
    seconds = round(milliseconds / 1000)
    hours, minutes, rest = seconds // 3600, seconds % 3600 // 60, seconds % 60
    parts = [f"{n} {unit}" for n, unit in ((hours, "小时"), (minutes, "分"), (rest, "秒")) if n]
    return " ".join(parts) or "不足 1 秒"


def place_of(taken: Mapping[str, Any]) -> str:
    """Where it was taken: 北纬 38.91400°，东经 121.61470°; empty when not told."""
    if "latitude" not in taken or "longitude" not in taken:
        return ""
    latitude, longitude = str(taken["latitude"]), str(taken["longitude"])
    south, west = latitude.startswith("-"), longitude.startswith("-")
    return f"{'南' if south else '北'}纬 {latitude.lstrip('-')}°，{'西' if west else '东'}经 {longitude.lstrip('-')}°"


def device_of(taken: Mapping[str, Any]) -> str:
    """Make and model of the device."""
    make, model = str(taken.get("make", "")), str(taken.get("model", ""))
    return model if make and model.startswith(make) else f"{make} {model}".strip()


def coding(taken: Mapping[str, Any]) -> str:
    """How it is coded: H.264，1920×1080；AAC."""
    size = f"{taken['width']}×{taken['height']}" if taken.get("width") and taken.get("height") else ""
    seen = "，".join(
        part for part in (CODECS.get(str(taken.get("video", "")), str(taken.get("video", ""))), size) if part
    )
    heard = CODECS.get(str(taken.get("audio", "")), str(taken.get("audio", "")))
    return "；".join(part for part in (seen, heard) if part)


def lines(taken: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a file says of itself, label and words, by its own clock."""
    starts, ends = moment(taken, "from"), moment(taken, "to")
    when = (
        f"{_clock(starts)}—{_clock(ends, starts)}" if starts and ends and starts != ends else _clock(starts)
    )
    told = (
        ("文件记载的时间", when),
        ("时长", lasting(int(taken["duration"])) if taken.get("duration") else ""),
        ("设备", device_of(taken)),
        ("编码", coding(taken)),
        ("位置", place_of(taken)),
        ("文件修改时间", _clock(moment(taken, "modified"))),
        ("卡上位置", str(taken.get("path", ""))),
        ("说明", "；".join(str(note) for note in taken.get("notes", ()))),
    )
    return [(label, words) for label, words in told if words]


def moment(taken: Mapping[str, Any], name: str) -> datetime | None:
    """An instant that a file tells; None when it does not."""
    found = parse(str(taken[name])) if name in taken else None
    return found if isinstance(found, datetime) else None


def _clock(at: datetime | None, beside: datetime | None = None) -> str:
    if at is None:
        return ""
    local = at.astimezone(ZONE)
    same = beside is not None and beside.astimezone(ZONE).date() == local.date()
    return f"{local:%H:%M:%S}" if same else f"{local:%Y-%m-%d %H:%M:%S}"


def differences(
    taken: Mapping[str, Any], starts: Moment | None, ends: Moment | None, offset: int | None = None
) -> list[str]:
    """Where the stated times do not fit what the file says, in words; ``offset``: seconds by which its clock is ahead."""
    ahead = timedelta(seconds=offset or 0)
    found: list[str] = []
    for label, stated, name in (("开始", starts, "from"), ("结束", ends, "to")):
        told = moment(taken, name)
        if isinstance(stated, datetime) and told is not None:
            found += _apart(label, stated - (told - ahead), bool(offset))
    length = taken.get("duration")
    if (
        isinstance(starts, datetime)
        and isinstance(ends, datetime)
        and length
        and moment(taken, "from") is None
    ):
        stated_length = ends - starts
        if abs(stated_length - timedelta(milliseconds=int(length))) > TOLERANCE:
            found.append(
                f"所填时段为 {lasting(int(stated_length.total_seconds() * 1000))}，文件时长为 {lasting(int(length))}"
            )
    return found


def _apart(label: str, gap: timedelta, corrected: bool) -> list[str]:
    if abs(gap) <= TOLERANCE:
        return []
    way = "晚" if gap > timedelta() else "早"
    by = "（已扣除设备钟差）" if corrected else ""
    return [f"所填{label}时间比文件记载的{by}{way} {lasting(int(abs(gap).total_seconds() * 1000))}"]
