"""引用此刻: the picture of a moment of a film, with its time and digests (R3.3; A14)."""

import hashlib
import io

from django.urls import reverse
from PIL import Image

from liuhen.acts import documents, media, moments, previewing
from liuhen.acts.storage import previews
from liuhen.recordings.previews import frame_at
from liuhen.records.models import Body
from tests.acts import drive as d
from tests.acts.drive import local
from tests.desk.pages import NAMED, browser, page, text
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
    assert "播放、标记、引用画面" in page(browser("jia"), "case_recordings", case.case, at=AT)
    assert "这一刻没有画面" in page(browser("jia"), "moment", case.case, entry, query="?t=99", at=AT)


def filmed(bureau, data=None, name="检查.mp4"):
    case = d.Drive(bureau)
    d.source(case)
    d.investigation(case)
    with d.day(AT):
        media.deposit(case.case, bureau["jia"], data or making.film().read_bytes(), name, what="补录像", recorded=True,
                      document=case.documents["site_inspection_record"], starts=local("2026-03-02 09:00"),
                      ends=local("2026-03-02 09:01"))  # fmt: skip
    (entry,) = (e for e, r in case.state().recordings.items() if r.what == "补录像")
    return case, entry


def sent(who, name, case, entry, **fields):
    with d.day(AT):
        return browser(who).post(reverse(name, args=[case.case, entry]), fields)


def test_a_moment_is_marked_in_the_page_and_found_again_wherever_the_recording_is_told(bureau):
    case, entry = filmed(bureau)
    answer = sent("jia", "mark_moment", case, entry, t="1.9", text="出示执法证件。")
    assert (answer.status_code, answer["Location"][-6:]) == (302, "?t=1.9")
    shown = page(browser("jia"), "moment", case.case, entry, at=AT)
    assert 'href="?t=1" data-second="1"' in shown
    words = text(shown)
    assert "出示执法证件。 09:00:01" in words
    assert "第 0:00:01 处（2026年3月2日 09:00:01）：出示执法证件。" in words
    assert "0:00:01 出示执法证件。" in text(page(browser("jia"), "case_recordings", case.case, at=AT))
    assert "“补录像”第 0:00:01 处：出示执法证件。" in text(
        page(browser("jia"), "case_timeline", case.case, at=AT)
    )
    wrong = sent("jia", "mark_moment", case, entry, t="1", text=" ")
    assert (wrong.status_code, "写明这一刻看到、听到什么" in wrong.content.decode()) == (422, True)
    assert sent("bing", "mark_moment", case, entry, t="1", text="无").status_code == 403
    assert page(browser("jia"), "add", case.case, at=AT).count("音像标记") == 0
    with d.day(AT):
        assert browser("jia").get(reverse("state", args=[case.case, "recording_moment"])).status_code == 404


def test_what_was_marked_is_offered_where_a_paper_sets_down_what_was_found(bureau):
    case, entry = filmed(bureau)
    sent("jia", "mark_moment", case, entry, t="1", text="柜子是空的。")
    with d.day(AT):
        draft = documents.new_draft(case.case, bureau["jia"], "investigation_report").document
        other = documents.new_draft(case.case, bureau["jia"], "site_inspection_record").document
    quoted = "第 0:00:01 处（2026年3月2日 09:00:01）：柜子是空的。"
    assert quoted in page(browser("jia"), "document", draft, at=AT)
    assert quoted not in page(browser("jia"), "document", other, at=AT)


def test_a_picture_is_filed_from_the_page_and_shown_on_the_line(bureau):
    case, entry = filmed(bureau)
    inspection = case.documents["site_inspection_record"]
    assert (
        sent("jia", "file_still", case, entry, t="1.5", what="空的柜子", document=inspection).status_code
        == 302
    )
    film = case.state().recordings[entry]
    (still,) = moments.stills(case.state(), film)
    assert (still.document, still.body["derived"]["at"]) == (inspection, 1500)
    shown = page(browser("jia"), "moment", case.case, entry, at=AT)
    assert reverse("media_file", args=[case.case, still.digest]) in shown
    assert "空的柜子" in text(shown)
    assert "没有画面" in sent("jia", "file_still", case, entry, t="99", what="柜子").content.decode()


def test_it_is_told_what_of_the_act_was_recorded_and_that_it_came_late(bureau):
    case, entry = filmed(bureau)
    words = text(page(browser("jia"), "moment", case.case, entry, at=AT))
    assert "晚存" in words
    assert "应录 09:00—10:00" in words


def test_what_no_browser_plays_is_played_from_its_preview_in_parts_and_logged(bureau):
    case, entry = filmed(bureau, making.film("检查.mkv", codec="mpeg4").read_bytes(), "检查.mkv")
    digest = case.state().recordings[entry].digest
    assert "正在制作可以播放的预览" in page(browser("jia"), "moment", case.case, entry, at=AT)
    href = reverse("media_file", args=[case.case, digest])
    with d.day(AT):
        assert browser("jia").get(f"{href}?size=play").status_code == 404
    previewing.make.call(digest)
    shown = page(browser("jia"), "moment", case.case, entry, at=AT)
    assert f"{href}?size=play#t=0" in shown
    assert "?size=strip" in shown
    assert '<path d="M0 ' in shown
    whole = previews().path(digest, "play.mp4").read_bytes()
    with d.day(AT):
        part = browser("jia").get(f"{href}?size=play", headers={"Range": "bytes=100-199"})
        assert (part.status_code, part["Content-Type"], b"".join(part.streaming_content)) == (
            206,
            "video/mp4",
            whole[100:200],
        )
        assert reads() == 0
        assert b"".join(browser("jia").get(f"{href}?size=play").streaming_content) == whole
        assert reads() == 1
        for size in ("play", "strip", "thumb"):
            assert browser("bing").get(f"{href}?size={size}").status_code == 403


def reads():
    return Body.objects.filter(entry__kind="Consulted", content__contains="播放预览").count()


def test_the_film_and_its_pictures_are_as_secret_as_the_paper_it_was_made_for(bureau):
    """Who reported is hidden from colleagues who do not need it: so are preview, marks and pictures of that film."""
    case = d.Drive(bureau)
    case.file("case_source_form", {"discovered_at": "2026-03-02T08:30", "content": "有人举报。"} | NAMED)
    with d.day(AT):
        media.deposit(case.case, bureau["jia"], making.film().read_bytes(), "接待.mp4", what="接待录像", recorded=True,
                      document=case.documents["case_source_form"], ends=local("2026-03-02 09:00"))  # fmt: skip
        (entry,) = case.state().recordings
        moments.mark(case.case, bureau["jia"], entry, 1, "周某某说话")
        moments.file_still(case.case, bureau["jia"], entry, 1, what="来人", document="")
    film = case.state().recordings[entry]
    (still,) = moments.stills(case.state(), film)
    previewing.make.call(film.digest)
    for who in ("yi", "ji"):
        with d.day(AT):
            client = browser(who)
            assert client.get(reverse("moment", args=[case.case, entry])).status_code == 403, who
            for digest, size in ((film.digest, "play"), (film.digest, "strip"), (still.digest, "thumb")):
                assert (
                    client.get(reverse("media_file", args=[case.case, digest]) + f"?size={size}").status_code
                    == 403
                )
        for name in ("case_recordings", "case_timeline"):
            assert "周某某" not in page(client, name, case.case, at=AT), (who, name)
    assert "周某某说话" in page(browser("jia"), "moment", case.case, entry, at=AT)
