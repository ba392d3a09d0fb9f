"""引用此刻: the picture of a moment of a film, with its time and digests (R3.3; A14)."""

import hashlib
import io

from django.urls import reverse
from PIL import Image

from liuhen.acts import media
from liuhen.recordings.previews import frame_at
from tests.acts import drive as d
from tests.acts.drive import local
from tests.desk.pages import browser, page, text
from tests.recordings import making

AT = "2026-03-03 16:00"


def colour(seconds, path=None):
    with (path or making.film()).open("rb") as file:
        data = frame_at(file, seconds)
    return data and Image.open(io.BytesIO(data)).convert("RGB").getpixel((120, 60))


def test_the_frame_of_a_time_is_the_one_shown_then():
    """The film is red, green, blue, a second each."""
    assert [max(range(3), key=colour(s).__getitem__) for s in (0, 0.9, 1.0, 1.9, 2.5)] == [0, 0, 1, 1, 2]
    assert colour(99) is None
    assert frame_at(io.BytesIO(b"rubbish"), 0) is None


def test_a_moment_is_quoted_with_its_time_and_both_digests(bureau):
    case = d.Drive(bureau)
    with d.day(AT):
        media.deposit(case.case, bureau["jia"], making.film().read_bytes(), "检查.mp4", what="现场检查录像", recorded=True,
                      starts=local("2026-03-03 09:00"), ends=local("2026-03-03 09:01"))  # fmt: skip
    (entry,) = case.state().recordings
    words = text(page(browser("jia"), "moment", case.case, entry, query="?t=1.5", at=AT))
    with d.day(AT):
        picture = browser("jia").get(reverse("frame", args=[case.case, entry]) + "?t=1.5").content
        assert browser("bing").get(reverse("frame", args=[case.case, entry])).status_code == 403
        assert browser("jia").get(reverse("frame", args=[case.case, entry]) + "?t=99").status_code == 404
    assert f"画面校验值 sha256:{hashlib.sha256(picture).hexdigest()}" in words
    assert f"校验值 {case.state().recordings[entry].digest}" in words
    assert "第 0:00:01 处（2026年3月3日 09:00:01）" in words
    assert "播放、引用画面" in page(browser("jia"), "case_recordings", case.case, at=AT)
    assert "这一刻没有画面" in page(browser("jia"), "moment", case.case, entry, query="?t=99", at=AT)
