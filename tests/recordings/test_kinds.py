"""Names that come from outside, and kinds of file by content."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.recordings import kinds


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("检查.mp4", "检查.mp4"), ("../../etc/passwd", "passwd"), ("C:\\DCIM\\a.MP4", "a.MP4"), ("a\0b.mp4", "ab.mp4"),
        ("fdp\u202e4pm.exe", "fdp4pm.exe"), ("a\r\nSet-Cookie: x.mp4", "aSet-Cookie: x.mp4"), ("", "未命名"), ("...", "未命名"),
        (".mp4", "未命名.mp4"), ("  现场  录像 .mp4 ", "现场 录像 .mp4"), ("e\u0301.jpg", "é.jpg"),
    ],
)  # fmt: skip
def test_a_name_keeps_what_a_reader_sees_and_nothing_else(given_, kept):
    assert kinds.clean_name(given_) == kept


@given(st.text(max_size=400))
def test_every_name_becomes_one_that_can_stand_in_a_record(name):
    kept = kinds.clean_name(name)
    assert 0 < len(kept) <= kinds.LONGEST
    assert not {"/", "\\", "\0"} & set(kept)
    assert all(unicodedata.category(c)[0] != "C" for c in kept)
    assert kinds.clean_name(kept) == kept


def test_a_long_name_keeps_its_extension():
    assert kinds.clean_name("长" * 300 + ".mp4").endswith("长.mp4")


@given(st.binary(max_size=kinds.HEAD))
def test_any_bytes_have_a_kind_or_none(head):
    kinds.by_content(head)


def test_a_camera_that_writes_time_before_each_packet():
    assert kinds.by_content((b"\0\0\0\0\x47" + bytes(187)) * 6).label == "TS 视频"
