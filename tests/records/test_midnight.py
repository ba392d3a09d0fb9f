"""Numbers when midnight comes between: two writers at once, the day changes between the reservation and the issue (R17; design)."""

from datetime import date

import pytest

from liuhen.acts import cases, finishing, issuing
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.records import audit, clock, numbers
from liuhen.records.models import CaseRow, Entry
from tests.acts import drive as d
from tests.acts.drive import local

BEFORE, AFTER = "2026-03-09 23:59:59", "2026-03-10 00:00:01"


def ready(people):
    """A penalty notice that is ready to be issued."""
    drive = d.Drive(people)
    for step in (d.source, d.investigation, d.report):
        step(drive)
    drive.file("penalty_notice", {}, at="2026-03-09 09:00")
    return drive


def issue(drive, who="jia"):
    return issuing.issue(drive.case, drive.people[who], drive.documents["penalty_notice"])


def issued(drive):
    found = drive.document("penalty_notice").issued
    return found.number[-7:], found.on


@pytest.fixture
def midnight(monkeypatch):
    """The clock stands a second before midnight; ``meanwhile`` runs once after it, when a step of the first writer is due."""
    now = [local(BEFORE)]
    monkeypatch.setattr(clock, "now", lambda: now[0])

    def between(step, meanwhile):
        real, done = getattr(finishing, step), []

        def late(*given, **named):
            if not done:
                done.append(1)
                now[0] = local(AFTER)
                meanwhile()
            return real(*given, **named)

        monkeypatch.setattr(finishing, step, late)

    return between


def test_a_later_number_never_bears_an_earlier_day(bureau, midnight):
    """Two letters: the second is issued after midnight while the first waits for its number."""
    first, second = ready(bureau), ready(bureau)
    midnight("reserve", lambda: issue(second))
    issue(first)
    assert issued(second) == ("2026〕1号", date(2026, 3, 10))
    assert issued(first) == ("2026〕2号", date(2026, 3, 10))
    assert not Entry.objects.filter(kind="NumberVoided").exists()


def test_one_letter_issued_by_two_at_midnight_bears_one_number_and_the_other_lapses(bureau, midnight):
    """The first has its number of yesterday and is still at the printing when the second issues it today."""
    drive = ready(bureau)
    midnight("render", lambda: issue(drive, "yi"))
    with pytest.raises(Invalid, match="已经签发"):
        issue(drive)
    assert issued(drive) == ("2026〕2号", date(2026, 3, 10))
    left = [row.body.content for row in Entry.objects.filter(kind="NumberVoided").select_related("body")]
    assert len(left) == 1
    assert "2026〕1号" in left[0]
    assert (
        numbers.open_of(
            [numbers.find("大金普发改罚告〔2026〕1号"), numbers.find("大金普发改罚告〔2026〕2号")]
        )
        == []
    )
    assert [f for f in audit.audit(vault()).faults if f.code.startswith("NUMBER")] == []


def test_the_number_of_a_paper_is_never_voided_after_the_paper_bears_it(bureau, midnight):
    """The one who was faster issued it yesterday; the slower one took a number of today and gives it up."""
    drive = ready(bureau)
    real = finishing.reserve
    taken = []

    def slower():
        taken.append(
            real(
                "罚告",
                date(2026, 3, 10),
                "大金普发改罚告〔{year}〕{n}号",
                key=numbers.key_of("document", drive.documents["penalty_notice"]),
                case=drive.case,
                actor="yi",
            )
        )

    midnight("render", slower)
    issue(drive)
    assert issued(drive) == ("2026〕1号", date(2026, 3, 9))
    assert taken[0].text.endswith("2号")
    assert numbers.open_of(taken) == []
    assert [f for f in audit.audit(vault()).faults if f.code.startswith("NUMBER")] == []


def test_a_case_opened_at_midnight_has_the_number_of_the_new_year(bureau, monkeypatch):
    now = [local("2026-12-31 23:59:59")]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    real, asked = cases.reserve, []

    def late(*given, **named):
        asked.append(given[1])
        now[0] = local("2027-01-01 00:00:01")
        return real(*given, **named)

    monkeypatch.setattr(cases, "reserve", late)
    case = cases.open_case(bureau["jia"], title="跨年登记")
    assert asked == [date(2026, 12, 31), date(2027, 1, 1)]
    assert CaseRow.objects.get(case=case).case_no == "LC-P-2027-0001"
