"""常用语: kept by section heads for their section and by 政策法规科 for all, offered beside the declared ones (desk.md, 文书)."""

import pytest
from django.urls import reverse

from liuhen.acts import documents, phrases
from liuhen.acts.situation import Invalid
from liuhen.measures import DOCUMENTS
from liuhen.office.models import Phrase
from liuhen.office.policy import NotPermitted
from tests.acts import drive as d
from tests.desk.pages import browser, page

KIND, FIELD = "site_inspection_record", "situation"
TEXT = "现场粮堆表面平整，未见异常。"


def post(who, **values):
    return browser(who).post(reverse("phrases"), {"kind": KIND, "field": FIELD, "text": TEXT, **values})


def form(bureau, kind=KIND, at="2026-03-03 10:00"):
    """The page of a draft of a kind."""
    drive = d.Drive(bureau)
    d.source(drive)
    with d.day(at):
        draft = documents.new_draft(drive.case, bureau["jia"], kind).document
    return page(browser("jia"), "document", draft, at=at)


def test_what_a_section_head_keeps_is_offered_in_the_forms_of_the_section(bureau):
    section = bureau["ding"].section
    assert post("ding", section=section).status_code == 302
    shown = form(bureau)
    at = shown.index(TEXT)
    assert "data-insert=" in shown[at - 60 : at]
    assert shown.index(DOCUMENTS[KIND].field(FIELD).phrases[0]) < at


def test_another_section_is_not_offered_it(bureau):
    Phrase.objects.create(kind=KIND, field=FIELD, section="别的科室", text=TEXT, author="x")
    assert TEXT not in form(bureau)


def test_what_the_supervising_section_keeps_is_offered_to_all_also_in_lists(bureau):
    assert post("geng", section="").status_code == 302
    assert (
        post("geng", kind="interview_record", field="qa.q", text="仓房由谁管理？", section="").status_code
        == 302
    )
    assert TEXT in form(bureau)
    kind = phrases.offered(DOCUMENTS["interview_record"], "粮食科")
    asked = next(c for c in kind.field("qa").columns if c.name == "q")
    assert asked.phrases[-1] == "仓房由谁管理？"
    assert "仓房由谁管理？" in form(bureau, "interview_record")


@pytest.mark.parametrize("who", ["jia", "xin", "ren", "gui", "chuang", "admin"])
def test_nobody_else_keeps_any(bureau, who):
    assert post(who, section="").status_code == 403
    assert post(who, section=bureau[who].section).status_code == 403
    shown = page(browser(who), "phrases", query=f"?kind={KIND}")
    assert "添加" not in shown
    assert reverse("cases") in shown.split("<main", 1)[0]
    assert not Phrase.objects.exists()


def test_a_section_head_keeps_neither_the_bureaus_nor_those_of_another_section(bureau):
    other = Phrase.objects.create(kind=KIND, field=FIELD, section="别的科室", text="别的", author="x")
    common = Phrase.objects.create(kind=KIND, field=FIELD, section="", text="全局的", author="geng")
    assert post("ding", section="").status_code == 403
    assert post("ding", section="别的科室").status_code == 403
    for one in (other, common):
        with pytest.raises(NotPermitted):
            phrases.remove(bureau["ding"], one.pk)
        with pytest.raises(NotPermitted):
            phrases.keep(bureau["ding"], KIND, FIELD, TEXT, bureau["ding"].section, phrase=one.pk)
    assert set(Phrase.objects.values_list("text", flat=True)) == {"别的", "全局的"}


def test_one_is_written_anew_and_removed(bureau):
    post("geng", section="")
    one = Phrase.objects.get()
    assert post("geng", phrase=one.pk, action="keep", text="改过的表述。").status_code == 302
    assert Phrase.objects.get().text == "改过的表述。"
    assert post("geng", phrase=one.pk, action="remove").status_code == 302
    assert not Phrase.objects.exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": "  "}, "填写常用语"),
        ({"text": "长" * 1001}, "不超过 1000 字"),
        ({"field": "officers"}, "选择栏目"),
        ({"text": DOCUMENTS[KIND].field(FIELD).phrases[0]}, "已经有了"),
        ({"phrase": "99999", "action": "remove"}, "已经不在了"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(bureau, change, message):
    answer = post("geng", **{"section": "", **change})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Phrase.objects.exists()


def test_the_same_wording_is_kept_once(bureau):
    phrases.keep(bureau["geng"], KIND, FIELD, TEXT, "")
    with pytest.raises(Invalid, match="已经有了"):
        phrases.keep(bureau["geng"], KIND, FIELD, f" {TEXT}\u200b", "")


def test_markup_in_a_wording_stays_text(bureau):
    phrases.keep(bureau["geng"], KIND, FIELD, "<b>粗</b>", "")
    assert "<b>粗</b>" not in form(bureau)
    assert "&lt;b&gt;粗" in form(bureau)
