"""责令限期整改, failings, samples, lists: recorded, sealed, and each only by those who may (R32.1, R34.1, R34.2)."""

import subprocess
from datetime import date

import pytest

from liuhen.acts import supervising as s
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.casefile.supervision import drawn
from liuhen.office.policy import NotPermitted
from liuhen.records import read
from liuhen.records.audit import audit
from liuhen.supervision import annual
from tests.acts import drive as d

SECTION = "粮食和物资储备科"
FOUND = [{"case": "c", "case_no": "LC-P-2026-0001", "code": "R31.2", "subject": "", "message": "录像迟存"}]


def order(people, at="2026-04-01 09:00", **more):
    told = {
        "section": SECTION,
        "persons": ["ding"],
        "findings": FOUND,
        "demand": "当日存入",
        "due": date(2026, 4, 10),
    } | more
    with d.day(at):
        (receipt,) = s.order(people["geng"], **told)
    return receipt.hash


def answered(people, order_, at="2026-04-08 09:00"):
    with d.day(at):
        s.answer(people["ding"], order_, "已经整改")


def standing(order_, today=date(2026, 4, 9)):
    return s.supervision().rectifications[order_].standing(today)


def test_from_order_to_the_recheck_that_ends_it(bureau):
    made = order(bureau)
    assert standing(made) == "open"
    assert standing(made, date(2026, 4, 11)) == "late"
    answered(bureau, made)
    assert standing(made) == "answered"
    with d.day("2026-04-09 09:00"):
        s.recheck(bureau["geng"], made, False, "还有两件没有补")
    assert standing(made) == "failed"
    answered(bureau, made, "2026-04-09 15:00")
    with d.day("2026-04-10 09:00"):
        s.recheck(bureau["geng"], made, True, "已经补齐")
        assert standing(made) == "done"
        with pytest.raises(Invalid, match="已经了结"):
            s.answer(bureau["ding"], made, "再答复")


def test_a_late_answer_stays_late(bureau):
    made = order(bureau)
    answered(bureau, made, "2026-04-15 09:00")
    assert s.supervision().rectifications[made].answered_late


def test_it_may_go_on_to_discipline(bureau):
    made = order(bureau)
    with d.day("2026-04-20 09:00"):
        s.escalate(bureau["geng"], made, "区纪委监委派驻纪检监察组", "逾期拒不整改")
    assert standing(made) == "escalated"


def test_nothing_is_rechecked_before_it_was_answered(bureau):
    with pytest.raises(Invalid, match="答复以后才能复查"):
        s.recheck(bureau["geng"], order(bureau), True, "好")


@pytest.mark.parametrize("who", ["jia", "ding", "admin", "ren"])
def test_only_supervision_orders(bureau, who):
    with pytest.raises(NotPermitted), d.day("2026-04-01 09:00"):
        s.order(bureau[who], SECTION, ["ding"], FOUND, "改", date(2026, 4, 10))


def test_only_the_sections_head_answers(bureau):
    made = order(bureau)
    for who in ("jia", "geng", "wu"):
        with pytest.raises(NotPermitted):
            s.answer(bureau[who], made, "已改")


def test_what_is_wrong_is_said_all_at_once(bureau):
    with pytest.raises(Invalid) as told, d.day("2026-04-01 09:00"):
        s.order(bureau["geng"], "没有的科", [], [], " ", date(2026, 4, 1))
    assert {p.field for p in told.value.problems} == {"section", "persons", "findings", "demand", "due"}


def test_a_failing_wants_its_evidence(bureau):
    with pytest.raises(Invalid, match="附上证据"):
        s.enter_failing(bureau["geng"], 2, SECTION, "泄露举报人")
    proof = vault().put(b"letter").digest
    s.enter_failing(bureau["geng"], 2, SECTION, "泄露举报人", proofs=[proof])
    (one,) = s.supervision().failings
    assert (one.failing, one.proofs) == (2, (proof,))
    assert not audit(vault()).faults


def test_a_draw_is_the_same_for_everybody_and_another_with_another_seed():
    numbers = [f"LC-P-2026-{n:04d}" for n in range(1, 200)]
    first = drawn("2026-Q1", numbers, 20)
    assert first == drawn("2026-Q1", list(reversed(numbers)), 20)
    assert len(set(first)) == 20
    assert set(first) != set(drawn("2026-Q2", numbers, 20))
    assert drawn("x", numbers[:3], 9) == drawn("x", numbers[:3], 3)


def test_a_draw_can_be_done_again_with_sha256sum(tmp_path):
    numbers = ["LC-1", "LC-2", "LC-3"]
    sums = {
        n: subprocess.run(["sha256sum"], input=f"seed\n{n}".encode(), capture_output=True, check=True).stdout
        for n in numbers
    }
    assert drawn("seed", numbers, 3) == sorted(numbers, key=sums.__getitem__)


def test_a_sample_keeps_seed_population_and_results(bureau):
    with d.day("2026-07-01 09:00"):
        (made,) = s.sample(bureau["geng"], "上半年评查", "2026071", {}, {"LC-1": "a", "LC-2": "b"}, 1)
        chosen = s.supervision().samples[made.hash].cases[0]
        s.review(
            bureau["geng"],
            made.hash,
            chosen,
            "96.5",
            "优秀",
            deductions=[{"item": "告知", "points": "3.5", "reason": "未写期限"}],
        )
    found = s.supervision().samples[made.hash]
    assert found.population == ("LC-1", "LC-2")
    assert found.reviews[chosen].points == "96.5"


@pytest.mark.parametrize("points", ["101", "-1", "x", "9.55", ""])
def test_a_score_is_between_nothing_and_a_hundred(bureau, points):
    with d.day("2026-07-01 09:00"):
        (made,) = s.sample(bureau["geng"], "评查", "1", {}, {"LC-1": "a"}, 1)
        with pytest.raises(Invalid, match="0 到 100"):
            s.review(bureau["geng"], made.hash, "a", points, "好")


def test_last_years_list_is_confirmed_by_the_head_and_late_after_january(bureau):
    drive = d.Drive(bureau)
    rows = annual.recorded(annual.cases(2026, SECTION))
    assert [row[0] for row in rows] == [drive.state().case_no]
    file = annual.file(2026, SECTION, "某局")
    assert file == annual.file(2026, SECTION, "某局")
    for at, late in (("2027-01-31 18:00", False), ("2027-02-01 09:00", True)):
        with d.day(at):
            s.report_list(bureau["ding"], 2026, SECTION, rows, file)
        assert s.supervision().reported(2026, SECTION).late is late
    with d.day("2026-12-31 09:00"), pytest.raises(Invalid, match="还没有过完"):
        s.report_list(bureau["ding"], 2026, SECTION, rows, file)
    with d.day("2027-01-31 18:00"), pytest.raises(NotPermitted):
        s.report_list(bureau["wu"], 2026, SECTION, rows, file)


def test_supervision_does_not_make_cases_be_judged_anew(bureau):
    before = read.office_head()
    order(bureau)
    assert read.office_head() == before
