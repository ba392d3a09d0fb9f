"""What a file says beside what the officer states, with every difference named (R31.2)."""

import pytest

from liuhen.recordings import telling
from tests.recordings.making import utc

TAKEN = {
    "kind": "video", "from": "2026-03-05T01:00:12Z", "to": "2026-03-05T01:30:12Z", "duration": 1_800_000, "make": "示例",
    "model": "DSJ", "video": "hevc", "audio": "aac", "width": 1920, "height": 1080, "latitude": "-38.91400",
    "longitude": "121.61470", "notes": ["扩展名是 .avi，内容是 MP4 视频"],
}  # fmt: skip


def test_what_a_file_says_is_told_line_by_line():
    assert dict(telling.lines(TAKEN)) == {
        "文件记载的时间": "2026-03-05 09:00:12—09:30:12", "时长": "30 分", "设备": "示例 DSJ", "编码": "H.265，1920×1080；AAC",
        "位置": "南纬 38.91400°，东经 121.61470°", "说明": "扩展名是 .avi，内容是 MP4 视频",
    }  # fmt: skip
    assert telling.lines({}) == []


@pytest.mark.parametrize(
    ("starts", "ends", "offset", "told"),
    [
        ("09:00:00", "09:30:00", None, []),
        ("09:00:00", "09:30:00", 12, []),
        ("08:48:12", "09:30:12", None, ["所填开始时间比文件记载的早 12 分"]),
        ("09:00:12", "10:30:12", None, ["所填结束时间比文件记载的晚 1 小时"]),
        ("09:00:12", "09:30:12", 300, ["所填开始时间比文件记载的（已扣除设备钟差）晚 5 分", "所填结束时间比文件记载的（已扣除设备钟差）晚 5 分"]),
    ],
)  # fmt: skip
def test_times_that_differ_are_named(starts, ends, offset, told):
    def at(clock):
        return utc(f"2026-03-05T{clock}+08:00")

    assert telling.differences(TAKEN, at(starts), at(ends), offset) == told


def test_without_a_clock_the_length_is_compared():
    taken = {"duration": 1_800_000}
    told = telling.differences(taken, utc("2026-03-05T09:00:00+08:00"), utc("2026-03-05T10:00:00+08:00"))
    assert told == ["所填时段为 1 小时，文件时长为 30 分"]
    assert telling.differences(taken, None, utc("2026-03-05T10:00:00+08:00")) == []
