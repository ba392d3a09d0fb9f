"""The page of a penalty on the spot and the page of numbered blanks: who gets in, bad input, what is told (R26.1, P52.1)."""

import re

import pytest
from django.urls import reverse

from liuhen.acts import blanks
from liuhen.records.models import CaseRow, Draft
from tests.acts import drive as d
from tests.desk.pages import browser, page, text

pytestmark = pytest.mark.usefixtures("bureau")

GIVEN = {
    "party.party_kind": "法人", "party.name": "某粮食有限公司", "party.legal_rep": "张某", "party.address": "某路1号",
    "violation": "grain_no_filing", "place": "某路1号", "started_at": "2026-03-02T09:00", "facts": "没有备案。",
    "assist": "执法人员乙（示例-0002）", "certificates_shown": "true", "recusal_answer": "不申请", "told": "true",
    "defended": "未提出", "kind": "警告", "action": "record",
}  # fmt: skip


def send(who, at="2026-03-02 09:05", **more):
    with d.day(at):
        return browser(who).post(reverse("summary_new"), GIVEN | more)


def test_it_is_offered_where_a_case_is_begun(bureau):
    assert reverse("summary_new") in page(browser("jia"), "new_case")
    answer = browser("jia").post(
        reverse("new_case"), {"procedure": "penalty_summary", "title": "某公司没有备案"}
    )
    assert answer.url.startswith(reverse("summary_new"))
    assert "某公司没有备案" in browser("jia").get(answer.url).content.decode()
    assert CaseRow.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"assist": ""}, "选择“同行的执法人员”"),
        ({"party.name": ""}, "填写当事人姓名或者名称"),
        ({"facts": " "}, "填写“现场情况和违法事实”"),
        ({"violation": ""}, "选择违法行为，或者写明是什么行为"),
        ({"kind": "罚款"}, "填写罚款数额，如 200"),
        ({"kind": "罚款", "fine": "二百元整"}, "罚款数额"),
        ({"defended": "提出"}, "填写“陈述申辩（原话）”"),
        ({"started_at": "昨天"}, "应为日期和时间"),
    ],
)
def test_bad_input_is_told_at_its_field_and_opens_no_case(wrong, said):
    answer = send("jia", **wrong)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in text(shown)
    assert "某路1号" in shown
    assert CaseRow.objects.count() == 0


def test_what_the_catalogue_knows_is_filled_in(bureau):
    answer = send("jia")
    case = CaseRow.objects.get()
    assert answer.url == reverse("summary", args=[case.case])
    assert case.title == "某粮食有限公司粮食收购企业未按规定备案或者提供虚假备案信息案"
    with d.day("2026-03-02 09:06"):
        shown = text(browser("jia").get(answer.url).content.decode())
    assert "签名：现场检查（询问）笔录" in shown
    assert "执法人员乙的密码" in shown


def test_a_time_that_is_ahead_keeps_the_form_which_now_belongs_to_the_case(bureau):
    answer = send("jia", started_at="2026-03-02T11:00")
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "不能晚于现在" in text(shown)
    assert f'action="{reverse("summary", args=[CaseRow.objects.get().case])}"' in shown
    assert "没有备案。" in shown


def test_p32_1_a_fine_that_the_law_does_not_provide_is_told_before_anybody_signs(bureau):
    answer = send("jia", kind="警告并罚款", fine="100")
    shown = text(answer.content.decode())
    assert answer.status_code == 422
    assert "罚款100元低于法定幅度（20,000元至50,000元）" in shown
    assert "签名：现场检查（询问）笔录" not in shown


def test_the_usual_answer_of_what_was_not_shown_stays_when_the_form_comes_back(bureau):
    """The answer to 陈述申辩 is asked once the party was told; a form that comes back before that still has the usual one."""
    kept = {name: value for name, value in GIVEN.items() if name not in ("defended", "told")}
    with d.day("2026-03-02 09:05"):
        answer = browser("jia").post(reverse("summary_new"), kept)
    shown = answer.content.decode()
    assert answer.status_code == 422
    box = re.search(r'<input[^>]*name="defended"[^>]*value="未提出"[^>]*>', shown)
    assert box is not None
    assert "checked" in box[0]


def test_what_must_be_filled_in_once_it_is_shown_is_not_called_optional(bureau):
    shown = text(page(browser("jia"), "summary_new"))
    assert "罚款数额（选填）" not in shown.replace(" ", "").replace("\n", "")


def test_what_was_begun_on_the_spot_is_not_left_when_the_case_turns_ordinary(bureau):
    send("jia", started_at="2026-03-02T11:00")
    case = CaseRow.objects.get().case
    assert Draft.objects.filter(case=case).count() == 1
    with d.day("2026-03-02 09:10"):
        answer = browser("jia").post(
            reverse("summary", args=[case]),
            {"action": "convert", "turn_reason": "当事人对事实有异议", "turn_text": "当事人否认。"},
        )
    assert (answer.status_code, answer.url) == (302, reverse("case", args=[case]))
    assert not Draft.objects.filter(case=case).exists()


def test_only_officers_of_the_case_and_no_clerk_come_in(bureau):
    assert send("gui").status_code == 403
    send("jia")
    with d.day("2026-03-02 09:06"):
        assert browser("gui").get(reverse("summary", args=[CaseRow.objects.get().case])).status_code == 403


def test_the_section_head_hands_out_blanks_and_everyone_sees_their_own(bureau):
    with d.day("2026-03-01 09:00"):
        head = browser("ding")
        assert (
            head.post(reverse("blanks"), {"action": "draw", "holder": "jia", "count": "2"}).status_code == 302
        )
        bad = head.post(reverse("blanks"), {"action": "draw", "holder": "jia", "count": "很多"})
        assert (bad.status_code, "一次领用" in text(bad.content.decode())) == (422, True)
        empty = head.post(reverse("blanks"), {"action": "void", "number": "", "reason": " "})
        told = text(empty.content.decode())
        assert (empty.status_code, "选择要作废的编号" in told, "写明作废的理由" in told) == (422, True, True)
        blanks.draw(bureau["ding"], "yi", 1)
        assert (
            head.post(
                reverse("blanks"), {"action": "void", "number": "大金普发改当罚〔2026〕1号", "reason": "写坏"}
            ).status_code
            == 302
        )
        shown = text(head.get(reverse("blanks")).content.decode())
        assert "未用 2 份，共 3 份" in shown
        mine = text(browser("jia").get(reverse("blanks")).content.decode())
        assert "未用 1 份，共 2 份" in mine
        assert "登记领用" not in mine
        refused = browser("jia").post(reverse("blanks"), {"action": "draw", "holder": "jia", "count": "1"})
        assert refused.status_code == 403
