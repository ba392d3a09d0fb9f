"""办法: what an article wants, found by its words; interpretations beside it and where it is cited; releases (R35.1, R36.1)."""

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from liuhen.acts import backfill, cases, documents, facts
from liuhen.acts import bureau as registers
from liuhen.acts.situation import Invalid
from liuhen.measures import releases
from liuhen.measures.release import RELEASE, export
from liuhen.office.policy import NotPermitted
from liuhen.records import read
from liuhen.records.models import CaseRow, FindingRow
from tests.acts import drive as d
from tests.desk.pages import browser, page, text
from tests.desk.test_stop_page import refused

SAID = "辅助人员不计入两人。"
SIGN = 'aria-label="第13条的解释"'


@pytest.fixture
def interpreted(bureau):
    """Article 13 with an interpretation."""
    with d.day("2026-03-02 09:00"):
        registers.interpret(bureau["geng"], 13, SAID, question="辅助人员算不算？", basis="示例纪要1号")
    return read.office().interpreted(13)[0]


def post(who, number, at="2026-03-03 09:00", **values):
    with d.day(at):
        return browser(who).post(reverse("interpret", args=[number]), values)


def test_an_article_tells_all_that_it_wants(bureau):
    shown = text(page(browser("jia"), "article", 20))
    assert "听证笔录" in shown
    assert "音像记录要求" in shown
    assert "规则" in shown
    assert "期限" in text(page(browser("jia"), "article", 21))


@pytest.mark.parametrize("asked", ["听证笔录", "送达回证 收件人", "第十三条", "第13条"])
def test_an_article_is_found_by_the_words_of_what_it_wants(bureau, asked):
    shown = page(browser("jia"), "measures", query=f"?q={asked}")
    assert "没有哪一条" not in shown
    number = {"听证笔录": 20, "送达回证 收件人": 11, "第十三条": 13, "第13条": 13}[asked]
    assert reverse("article", args=[number]) in shown
    assert shown.count('id="a') < 36


def test_what_stands_nowhere_is_said_to(bureau):
    assert "没有哪一条写到“量子力学”" in page(browser("jia"), "measures", query="?q=量子力学")


def test_an_interpretation_stands_beside_its_article_and_where_it_is_cited(bureau, interpreted):
    assert SAID in page(browser("jia"), "article", 13)
    assert SIGN in page(browser("jia"), "measures")
    assert SAID not in page(browser("jia"), "article", 14)
    assert reverse("article", args=[13]) in page(browser("jia"), "measures", query="?q=辅助人员")


def test_the_sign_stands_on_the_stop_and_on_the_finding(bureau):
    """办法 9: the docket before the head's opinion is refused, and found when it stands on old paper."""
    with d.day("2026-03-02 09:00"):
        registers.interpret(bureau["geng"], 9, "处理意见应写明核查还是立案。")
    sign, drive = 'aria-label="第9条的解释"', d.Drive(bureau)
    source = {
        "source_kind": "监督检查",
        "discovered_at": "2026-03-02T08:30",
        "is_named": False,
        "content": "没有台账。",
    }
    drive.file("case_source_form", source, at="2026-03-02 09:10")
    docket = {
        "party": d.PARTY, "cause": "未建立粮食经营台账", "place": "某路1号", "verification": "属实。", "reasons": "符合。",
        "act_on": "2026-02-20", "jurisdiction_basis": "行为地在本区。", "basis": d.BASIS,
    }  # fmt: skip
    with d.day("2026-03-02 10:00"):
        draft = documents.new_draft(drive.case, bureau["jia"], "docket_approval", docket)
    address = reverse("document", args=[draft.document])
    answer, _ = refused(
        drive, lambda: documents.finalise(draft.document, bureau["jia"]), address, at="2026-03-02 10:00"
    )
    html = answer.content.decode()
    where = html.index("<dt>依据</dt>")
    assert sign in html[where : html.index("</dd>", where)], (
        "beside the article under which the act is refused"
    )

    with d.day("2026-03-02 11:00"):
        backfill.backfill_document(
            drive.case, bureau["jia"], "docket_approval", docket, at=date(2026, 3, 2), scan=drive.scan(), reason="已在纸上立案",
        )  # fmt: skip
    assert sign in page(browser("jia"), "case_check", drive.case, at="2026-03-02 12:00")


def test_the_sign_stands_on_the_next_steps_until_the_interpretation_is_withdrawn(bureau):
    """办法 14 is cited where the inspection is the next step."""
    drive = d.Drive(bureau)
    d.source(drive)

    def on_the_case_page(at):
        lines = re.findall(
            r'<div class="why">.*?</div>', page(browser("jia"), "case", drive.case, at=at), re.S
        )
        cited = [line for line in lines if reverse("article", args=[14]) in line]
        assert cited
        return {'aria-label="第14条的解释"' in line for line in cited}

    assert on_the_case_page("2026-03-02 12:00") == {False}
    with d.day("2026-03-02 13:00"):
        registers.interpret(bureau["geng"], 14, "抽样包括抽查。")
    assert on_the_case_page("2026-03-02 14:00") == {True}
    (one,) = read.office().interpreted(14)
    with d.day("2026-03-02 15:00"):
        registers.withdraw_interpretation(bureau["geng"], 14, one.entry, "上级已有规定。")
    assert on_the_case_page("2026-03-02 16:00") == {False}


def test_only_the_supervising_section_interprets(bureau, interpreted):
    assert "作出解释" in page(browser("geng"), "article", 13)
    for who in ("jia", "ding", "xin", "ren", "gui"):
        assert "作出解释" not in page(browser(who), "article", 13), who
        assert post(who, 13, text="我说了算。").status_code == 403, who
        with pytest.raises(NotPermitted):
            registers.interpret(bureau[who], 13, "我说了算。")
    assert len(read.office().interpretations) == 1


def test_an_interpretation_is_given_on_the_page(bureau):
    assert post("geng", 14, text="　", question="问").status_code == 422
    answer = post("geng", 14, text="拍照也是音像记录。", question="问", basis="纪要")
    assert answer.status_code == 302
    (one,) = read.office().interpreted(14)
    assert (one.text, one.question, one.basis, one.actor) == ("拍照也是音像记录。", "问", "纪要", "geng")


def test_a_further_interpretation_takes_the_place_of_one_that_stays_in_the_record(bureau, interpreted):
    post("geng", 13, action="replace", replaces=interpreted.entry, text="仅指执法人员。")
    shown = text(page(browser("jia"), "article", 13))
    assert [one.text for one in read.office().interpreted(13)] == ["仅指执法人员。"]
    assert "已代替" in shown
    assert SAID in shown


def test_a_withdrawn_interpretation_is_cited_no_more_and_says_why(bureau, interpreted):
    assert post("geng", 13, action="withdraw", replaces=interpreted.entry, text="").status_code == 422
    post("geng", 13, action="withdraw", replaces=interpreted.entry, text="上级已有规定。")
    assert read.office().interpreted(13) == []
    assert SIGN not in page(browser("jia"), "measures")
    assert "上级已有规定。" in page(browser("jia"), "article", 13)
    with pytest.raises(Invalid, match="不再有效"):
        registers.withdraw_interpretation(bureau["geng"], 13, interpreted.entry, "再收一次")


def test_those_who_missed_it_are_told_only_to_those_who_may_see_them(bureau):
    drive = d.Drive(bureau)
    row = CaseRow.objects.get(case=drive.case)
    FindingRow.objects.create(
        case=row, code="R13.1", severity="stop", message="只有一名执法人员", subject="x"
    )
    assert row.case_no in page(browser("jia"), "article", 13)
    assert row.case_no in page(browser("geng"), "article", 13)
    assert row.case_no not in page(browser("chuang"), "article", 13)


def test_the_releases_are_told_with_their_day(bureau):
    assert "没有登记施行日期" in text(page(browser("jia"), "measures"))
    with d.day("2026-03-02 09:00"):
        answer = browser("geng").post(reverse("adopt_release"), {"release": RELEASE, "since": "2026-01-01"})
    assert answer.status_code == 302
    shown = text(page(browser("jia"), "measures"))
    assert f"{RELEASE} 现行自 2026-01-01 起施行" in shown
    assert "不符" not in shown


def test_a_release_is_put_in_force_by_the_supervising_section_only_and_only_forward(bureau):
    send = {"release": RELEASE, "since": "2026-01-01"}
    for who in ("jia", "ding", "xin"):
        assert browser(who).post(reverse("adopt_release"), send).status_code == 403
    for wrong in ({**send, "since": "明年"}, {**send, "release": "1999-1"}):
        assert browser("geng").post(reverse("adopt_release"), wrong).status_code == 422
    assert browser("geng").post(reverse("adopt_release"), send).status_code == 302
    assert browser("geng").post(reverse("adopt_release"), send).status_code == 422
    assert [name for _, name, _ in read.office().releases] == [RELEASE]


def test_a_case_keeps_the_release_it_began_under_when_the_next_comes_into_force(
    bureau, tmp_path, monkeypatch
):
    """R36.1: its form asks what its own release asks; the case begun afterwards what the new one asks."""
    stored = json.loads(json.dumps(export()))
    for field in stored["documents"]["case_source_form"]["fields"]:
        if field["name"] == "provider_contact":
            field["required"] = True
    (tmp_path / "2025-1.json").write_text(json.dumps(stored), encoding="utf-8")
    monkeypatch.setattr(releases, "FOLDER", tmp_path)
    with d.day("2026-03-01 09:00"):
        registers.adopt_release(bureau["geng"], "2025-1", date(2025, 1, 1))
        registers.adopt_release(bureau["geng"], RELEASE, date(2026, 3, 5))
    begun = {}
    for at in ("2026-03-04", "2026-03-05"):
        with d.day(f"{at} 09:00"):
            case = cases.open_case(bureau["jia"], title=f"{at}开的案")
            draft = documents.new_draft(case, bureau["jia"], "case_source_form", {
                "source_kind": "监督检查", "discovered_at": f"{at}T08:30", "is_named": False, "content": "检查发现。",
            })  # fmt: skip
            begun[at] = (
                case,
                [f.message for f in documents.finalise_preflight(draft.document, bureau["jia"]).stops],
            )
    assert read.release_of(begun["2026-03-04"][0]).name == "2025-1"
    assert read.release_of(begun["2026-03-05"][0]).name == RELEASE
    assert any("联系方式" in message for message in begun["2026-03-04"][1])
    assert begun["2026-03-05"][1] == []


def test_a_fact_that_was_declared_otherwise_is_stated_in_the_case_of_the_earlier_release(
    bureau, tmp_path, monkeypatch
):
    """R36.1: a changed label does not make another fact of it; a limit that is gone since is shown on the case's page."""
    stored = json.loads(json.dumps(export()))
    stored["facts"]["investigation_resumed"]["label"] = "旧名称"
    stored["limits"]["TL-99"] = {**stored["limits"]["TL-19"], "code": "TL-99", "title": "旧期限"}
    (tmp_path / "2025-1.json").write_text(json.dumps(stored), encoding="utf-8")
    monkeypatch.setattr(releases, "FOLDER", tmp_path)
    with d.day("2026-03-01 09:00"):
        registers.adopt_release(bureau["geng"], "2025-1", date(2025, 1, 1))
    drive = d.Drive(bureau)
    d.source(drive)
    with d.day("2026-03-03 09:00"):
        facts.state_fact(
            drive.case, bureau["jia"], "investigation_resumed", {"on": "2026-03-03", "reason": "原因消除。"}
        )
        shown = text(page(browser("jia"), "case", drive.case))
    assert "旧期限" in shown
