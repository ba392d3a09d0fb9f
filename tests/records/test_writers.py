"""Twenty writers at once: nothing lost, no gap, no duplicate, on both databases (R34.3, design: Entries)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from liuhen.acts import blanks, cases, facts, issuing, media
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.casefile.moments import day
from liuhen.records import clock
from liuhen.records.audit import audit
from liuhen.records.models import Entry
from liuhen.records.numbers import reserve
from liuhen.records.seal import seal, unsealed
from tests.acts.drive import local
from tests.acts.test_summary import Spot

WRITERS = 20
AT_ONCE = 6


def at_once(work, writers=WRITERS):
    def closed(n):
        try:
            return work(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(writers) as pool:
        return list(pool.map(closed, range(writers)))


@pytest.mark.django_db(transaction=True)
def test_twenty_writers_on_one_case_lose_nothing(bureau_committed):
    jia, ding = bureau_committed["jia"], bureau_committed["ding"]
    case = cases.open_case(jia, title="二十人同时办理一案")

    receipts = at_once(lambda n: cases.mark(case, ding, f"标注{n}", True, "同时办理"))

    positions = sorted(r.position for each in receipts for r in each)
    stream = Entry.objects.filter(stream=f"case/{case}").order_by("position")
    assert positions == list(range(positions[0], positions[0] + WRITERS))
    assert [row.position for row in stream] == list(range(1, positions[-1] + 1))
    seal()
    assert not unsealed()
    assert audit(vault()).faults == []


@pytest.mark.django_db(transaction=True)
def test_twenty_writers_on_one_number_series_leave_no_gap_and_no_duplicate(bureau_committed):
    def take(n):
        return reserve(
            "罚决",
            day(clock.now()),
            "大金普发改罚决〔{year}〕{n}号",
            key=f"{n:064x}",
            case="c",
            actor="jia",
        )

    numbers = at_once(take)

    assert sorted(number.n for number in numbers) == list(range(1, WRITERS + 1))
    assert len({number.text for number in numbers}) == WRITERS
    again = take(7)
    assert again == numbers[7]


@pytest.mark.django_db(transaction=True)
def test_an_act_that_loses_the_race_is_decided_anew(bureau_committed):
    """A second confirmation of the same thing is refused even when both were begun before either was written."""
    jia, ding = bureau_committed["jia"], bureau_committed["ding"]
    case = cases.open_case(jia, title="同一更正只确认一次")
    deposited = media.deposit(case, jia, b"photograph", "现场.jpg", what="现场照片")[0]
    facts.correct(case, jia, deposited.hash, "/what", "仓房照片", "写错了")
    corrected = Entry.objects.get(stream=f"case/{case}", kind="Corrected")

    from liuhen.acts import approvals

    def confirm(n):
        try:
            approvals.confirm(case, ding, corrected.hash)
        except Invalid as error:
            return error.problems[0].message
        return "已确认"

    answers = at_once(confirm)

    assert answers.count("已确认") == 1
    assert set(answers) == {"已确认", "这一条不需要确认，或者已经确认"}


@pytest.mark.django_db(transaction=True)
def test_decisions_issued_at_once_by_one_officer_bear_each_its_own_blank(bureau_committed):
    """One blank is used once, also when it is voided meanwhile (罚 52)."""
    with clock.at(local("2026-03-01 09:00")):
        held = blanks.draw(bureau_committed["ding"], "jia", AT_ONCE)
    spots = [Spot(bureau_committed) for _ in range(AT_ONCE)]
    for spot in spots:
        spot.record()
        spot.file("summary_decision", {"penalties": [{"kind": "罚款", "amount": 200_000}], "pay": "银行"})

    def issue(n):
        try:
            with clock.at(local("2026-03-02 10:30")):
                if n == AT_ONCE:
                    issuing.void_number(bureau_committed["ding"], held[0].text, "写坏")
                else:
                    spot = spots[n]
                    issuing.issue(spot.case, spot.people["jia"], spot.documents["summary_decision"])
        except Invalid:
            return "已经用了"
        return ""

    answers = at_once(issue, AT_ONCE + 1)

    borne = [spot.document("summary_decision").issued.number for spot in spots]
    assert len(set(borne)) == AT_ONCE
    assert (held[0].text in borne) == (answers[-1] == "已经用了")
    with clock.at(local("2026-03-03 10:00")):
        seal()
        assert audit(vault()).faults == []
