"""音像: what waits for its case, and bringing it there with what the officer states beside what the file says (A31)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liuhen.acts import tray
from liuhen.acts.storage import vault
from liuhen.records.models import Entry, TrayRow
from tests.acts import drive as d
from tests.desk.browsing import controls
from tests.desk.doing import as_dict
from tests.desk.pages import browser, page, status, text
from tests.recordings import making

AT = "2026-03-03 16:00"
TIMES = (("creation_time", "2026-03-03T01:00:00Z"),)


def kept(people, who="jia", at=AT, told=TIMES, name="检查.mp4", **more):
    with d.day(at):
        stored = vault().put(making.film(told=told).read_bytes())
        return tray.keep(people[who], stored.digest, tray.Source(name, **more))


@pytest.fixture
def desk(inspected):
    return inspected


def tie_url(desk, *entries, more=""):
    return desk.path("tie") + "?" + "&".join(f"recording={entry}" for entry in entries) + more


def field(entry, name):
    return f"{name}.{entry[:12]}"


def test_what_waits_is_listed_with_where_it_probably_belongs(desk):
    """By its time, its maker and the draft or record of the act."""
    kept(desk.people)
    words = text(page(browser("jia"), "recordings", at=AT))
    assert "检查.mp4" in words
    assert "可能属于" in words
    assert "《现场检查（勘验）笔录》：" in words
    assert "拍摄人是承办人" in words
    assert "编码 H.264，160×90；AAC" in words


def test_who_sees_it(desk):
    entry = kept(desk.people)
    for who in ("jia", "yi", "ding", "geng"):
        assert "检查.mp4" in text(page(browser(who), "recordings", at=AT)), who
    assert "检查.mp4" not in text(page(browser("bing"), "recordings", at=AT))
    assert status(browser("admin"), "recordings") == 403
    with d.day(AT):
        assert browser("bing").get(reverse("tie_choose") + f"?recording={entry}").status_code == 404


def test_a_form_is_filled_in_from_the_file(desk):
    entry = kept(desk.people, device="1号记录仪")
    with d.day(AT):
        html = browser("jia").get(tie_url(desk, entry)).content.decode()
    given = as_dict(controls(html))
    assert given[field(entry, "from")] == ["2026-03-03T09:00:00"]
    assert given[field(entry, "to")] == ["2026-03-03T09:00:03"]
    assert given[field(entry, "device")] == ["1号记录仪"]
    assert given[field(entry, "document")] == [desk.document("site_inspection_record").id]
    assert given[field(entry, "duty")] == ["inspection"]
    assert given[field(entry, "what")] == ["现场检查（勘验）录像"]


def test_brought_in_it_is_the_cases_and_waits_no_more(desk):
    entry = kept(desk.people)
    answer = desk.submit(
        "jia", tie_url(desk, entry), "2026-03-04 09:00", **{field(entry, "to"): "2026-03-03T10:00:00"}
    )
    assert answer.status_code == 302
    words = text(page(browser("jia"), "case_recordings", desk.case, at="2026-03-04 09:00"))
    assert "现场检查（勘验）录像" in words
    assert "所填结束时间比文件记载的晚 59 分 57 秒" in words
    assert "检查.mp4" not in text(page(browser("jia"), "recordings", at=AT))
    tied = text(page(browser("jia"), "recordings", query="?view=tied", at=AT))
    assert "检查.mp4" in tied


def test_several_at_once_each_with_its_own_times(desk):
    first, second = (
        kept(desk.people),
        kept(desk.people, told=(("creation_time", "2026-03-03T01:30:00Z"),), name="检查2.mp4"),
    )
    answer = desk.submit("jia", tie_url(desk, first, second), AT)
    assert answer.status_code == 302
    assert [r.name for r in desk.state().recordings.values()] == ["检查.mp4", "检查2.mp4"]


def test_a_late_one_wants_its_reason_and_nothing_is_recorded_before(desk):
    first = kept(desk.people)
    late = kept(
        desk.people, at="2026-03-05 09:00", told=(("creation_time", "2026-03-03T02:00:00Z"),), name="晚.mp4"
    )
    answer = desk.submit("jia", tie_url(desk, first, late), "2026-03-05 10:00")
    assert answer.status_code == 422
    assert "超过 24 小时才存入，写明原因" in text(answer.content.decode())
    assert desk.state().recordings == {}
    given = {field(late, "late_reason"): "存储设备检修"}
    assert desk.submit("jia", tie_url(desk, first, late), "2026-03-05 10:00", **given).status_code == 302
    assert len(desk.state().recordings) == 2


def test_a_film_without_times_is_asked_for_them(desk):
    entry = kept(desk.people, told=())
    answer = desk.submit("jia", tie_url(desk, entry), AT)
    assert answer.status_code == 422
    assert "填写结束时间" in text(answer.content.decode())


def test_a_case_is_chosen_from_the_likely_ones_first(desk):
    entry = kept(desk.people)
    with d.day(AT):
        words = text(browser("jia").get(reverse("tie_choose") + f"?recording={entry}").content.decode())
    assert words.index("拍摄人是承办人") > words.index("选择案件")
    assert "以后再归入" in words


def test_marked_as_unrelated_with_the_reason(desk):
    entry = kept(desk.people)
    url = reverse("unrelated", args=[entry])
    assert desk.submit("jia", url, AT).status_code == 422
    assert desk.submit("jia", url, AT, reason="误按录制键").status_code == 302
    assert "检查.mp4" not in text(page(browser("jia"), "recordings", at=AT))
    shown = text(page(browser("jia"), "recordings", query="?view=unrelated", at=AT))
    assert "理由：误按录制键" in shown
    assert desk.submit("jia", url, AT, reason="属于本案").status_code == 302
    assert "检查.mp4" in text(page(browser("jia"), "recordings", at=AT))
    assert [e.kind for e in Entry.objects.filter(stream="office/recordings").order_by("id")] == [
        "Deposited",
        "Marked",
        "Marked",
    ]


def test_without_scripts_a_plain_form_keeps_files(desk):
    data = making.film(told=TIMES).read_bytes()
    with d.day(AT):
        client = desk.clients["jia"]
        assert client.post(reverse("keep_recording")).status_code == 422
        empty = client.post(reverse("keep_recording"), {"file": SimpleUploadedFile("空.mp4", b"")})
        assert "是空的" in text(empty.content.decode())
        files = [
            SimpleUploadedFile("甲.mp4", data),
            SimpleUploadedFile("乙.jpg", making.photo().read_bytes()),
        ]
        assert (
            client.post(reverse("keep_recording"), {"file": files, "device": "1号记录仪"}).status_code == 302
        )
    assert set(TrayRow.objects.values_list("name", "device")) == {
        ("甲.mp4", "1号记录仪"),
        ("乙.jpg", "1号记录仪"),
    }


def test_a_clock_is_compared_on_the_page(desk):
    url = reverse("check_clock")
    with d.day(AT):
        client = desk.clients["jia"]
        assert client.post(url, {"device": "1号记录仪", "shown": ""}).status_code == 422
        assert client.post(url, {"device": " ", "shown": "2026-03-03T16:00:12"}).status_code == 422
        assert client.post(url, {"device": "1号记录仪", "shown": "2026-03-03T16:00:12"}).status_code == 302
    assert "1号记录仪 快 12 秒" in text(page(browser("jia"), "recordings", at=AT))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"at": "", "reason": "连续工作", "place": "某岛"}, "填写回到单位的时间"), ({"at": "2026-03-04T09:00", "reason": "连续工作", "place": "某岛"}, "不能晚于现在"),
        ({"at": "2026-03-03T15:00", "reason": "", "place": "某岛"}, "情形"), ({"at": "2026-03-03T15:00", "reason": "连续工作", "place": ""}, "执法地区"),
        ({"at": "2026-03-03T15:00", "reason": "连续工作", "place": "某岛"}, ""),
    ],
)  # fmt: skip
def test_the_return_to_the_unit_is_registered(desk, given, told):
    with d.day(AT):
        answer = desk.clients["jia"].post(reverse("returned"), given)
    assert answer.status_code == (422 if told else 302)
    assert told in text(answer.content.decode())
    assert Entry.objects.filter(stream="office/returns").exists() is not bool(told)


def test_the_head_is_told_what_waits_too_long(bureau):
    """Five working days, unless the bureau sets another number."""
    kept(bureau)
    head = browser("ding")
    assert "久未归入" not in text(page(head, "work", at="2026-03-10 09:00"))
    assert "本科室有 1 段音像久未归入案件" in text(page(head, "work", at="2026-03-11 09:00"))
    assert "久未归入" not in text(page(browser("jia"), "work", at="2026-03-11 09:00"))
    assert "有 1 段音像待归入案件" in text(page(browser("jia"), "work", at="2026-03-11 09:00"))
    assert "等待已久" in text(page(head, "recordings", at="2026-03-11 09:00"))


def test_the_upload_page_of_a_case_goes_on_to_its_tie_form(desk):
    document = desk.document("site_inspection_record").id
    html = page(browser("jia"), "upload", desk.case, query=f"?document={document}&duty=inspection", at=AT)
    assert f'data-then="{reverse("tie", args=[desk.case])}?document={document}&amp;duty=inspection"' in html
    assert 'data-uploader="/upload/"' in html


def test_a_page_for_papers_offers_no_films(desk):
    assert "data-uploader" not in page(browser("jia"), "upload", desk.case, query="?recorded=0", at=AT)


def test_the_form_for_another_section_is_closed(desk):
    entry = kept(desk.people, who="bing")
    with d.day(AT):
        assert desk.clients["bing"].get(tie_url(desk, entry)).status_code in (403, 404)
        assert desk.clients["jia"].get(tie_url(desk, entry)).status_code == 404


def test_the_times_that_no_film_shows_are_named(desk):
    """R20.3, R14.3: the act lasted from nine to ten, the films from nine to half past and from forty on."""
    for start, end, at in (
        ("09:00", "09:30", "2026-03-03T01:00:00Z"),
        ("09:40", "10:00", "2026-03-03T01:40:00Z"),
    ):
        entry = kept(desk.people, told=(("creation_time", at),))
        times = {field(entry, "from"): f"2026-03-03T{start}:00", field(entry, "to"): f"2026-03-03T{end}:00"}
        assert desk.submit("jia", tie_url(desk, entry), AT, **times).status_code == 302
    assert "缺 09:30—09:40" in page(browser("jia"), "case_recordings", desk.case, at=AT)


def test_what_waits_is_looked_at_by_those_who_see_it_and_logged(desk):
    """R33.1: a film is read in parts; its beginning is one reading."""
    entry = kept(desk.people)
    url = reverse("tray_file", args=[entry])
    with d.day(AT):
        part = desk.clients["yi"].get(url, headers={"Range": "bytes=0-99"})
        assert (part.status_code, len(b"".join(part.streaming_content))) == (206, 100)
        rest = desk.clients["yi"].get(url, headers={"Range": "bytes=100-199"})
        assert len(b"".join(rest.streaming_content)) == 100
        small = desk.clients["yi"].get(url + "?size=thumb")
        assert (small.status_code, small["Content-Type"]) == (200, "image/jpeg")
        assert desk.clients["bing"].get(url).status_code == 404
    assert Entry.objects.filter(stream="access", kind="Consulted", actor="yi").count() == 1


def test_one_that_found_its_case_is_seen_and_logged_there(desk):
    """R33.1: by its old address too, whoever may not see it in the case does not see it."""
    entry = kept(desk.people)
    url = reverse("tray_file", args=[entry])
    assert (
        desk.submit(
            "jia", tie_url(desk, entry), "2026-03-04 09:00", **{field(entry, "to"): "2026-03-03T10:00:00"}
        ).status_code
        == 302
    )
    digest = TrayRow.objects.get(entry=entry).digest
    with d.day("2026-03-04 10:00"):
        for more in ("", "?size=thumb"):
            answer = desk.clients["yi"].get(url + more)
            assert (answer.status_code, answer["Location"]) == (
                302,
                reverse("media_file", args=[desk.case, digest]) + more,
            )
        assert b"".join(desk.clients["yi"].get(url, follow=True).streaming_content)
        assert desk.clients["bing"].get(url, follow=True).status_code == 404
    (read,) = Entry.objects.filter(stream="access", kind="Consulted", actor="yi").select_related("body")
    assert f"case/{desk.case}/{digest}" in read.body.content
