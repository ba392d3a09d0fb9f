"""Depositing recordings: what the file says is kept beside what the officer states (R31.2)."""

import pytest

from liuhen.acts.situation import Invalid
from liuhen.recordings import telling
from tests.acts import drive as d
from tests.acts.drive import local
from tests.recordings import making

TOLD = (("creation_time", "2026-03-03T01:00:00Z"), ("com.apple.quicktime.model", "记录仪 X1"))


@pytest.fixture
def drive(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    return drive


def deposit(drive, data, name, **more):
    more = {
        "what": "现场检查录像",
        "recorded": True,
        "device": "1号记录仪",
        "ends": local("2026-03-03 09:30"),
    } | more
    drive.deposit(data, name, at="2026-03-03 16:00", **more)
    return list(drive.state().recordings.values())[-1]


def test_what_the_file_says_stands_beside_what_is_stated_r31_2(drive):
    film = making.film(told=TOLD).read_bytes()
    kept = deposit(drive, film, "检查.avi", starts=local("2026-03-03 09:00"))
    taken = kept.body["taken"]
    assert (kept.media_type, kept.device) == ("video/mp4", "1号记录仪")
    assert (taken["model"], taken["from"], taken["video"]) == ("记录仪 X1", "2026-03-03T01:00:00Z", "h264")
    assert taken["notes"] == ["扩展名是 .avi，内容是 MP4 视频"]
    assert telling.differences(taken, kept.starts, kept.ends) == ["所填结束时间比文件记载的晚 29 分 57 秒"]


def test_a_paper_is_no_recording_and_says_nothing(drive):
    kept = deposit(drive, b"%PDF-1.7", "票据.pdf", recorded=False, what="缴款凭证", ends=None)
    assert kept.media_type == "application/pdf"
    assert "taken" not in kept.body


def test_a_hostile_name_is_kept_as_it_reads(drive):
    assert deposit(drive, b"film", "../检\u202e查.mp4").name == "检查.mp4"


def test_an_empty_file_is_refused_before_it_is_recorded(drive):
    with pytest.raises(Invalid, match="文件是空的"):
        deposit(drive, b"", "检查.mp4")
