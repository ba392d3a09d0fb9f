"""Numbers are neither lost silently nor given twice (design, A number before its paper; R34.3)."""

from datetime import date

import pytest

from liuhen.acts import backfill, cases, documents, finishing, issuing
from liuhen.acts.situation import Invalid, situation
from liuhen.acts.storage import vault
from liuhen.office.policy import NotPermitted
from liuhen.records import numbers
from liuhen.records.audit import audit
from liuhen.records.models import Entry
from liuhen.records.read import stream
from liuhen.records.seal import seal
from tests.acts import drive as d
from tests.remembered import step

SERIES = "罚决"
PATTERN = "大金普发改罚决〔{year}〕{n}号"


class PowerCut(RuntimeError):
    """The machine went down at this step."""


def take(what, on):
    with d.day(f"{on} 10:00"):
        return numbers.reserve(
            SERIES,
            date.fromisoformat(on),
            PATTERN,
            key=numbers.key_of("document", what),
            case="c",
            actor="jia",
        )


def voided():
    return [(e.body["number"], e.body["reason"]) for e in stream(numbers.VOIDED)]


def test_a_retry_on_the_same_day_gets_the_same_number(bureau):
    first, second = take("A", "2026-03-02"), take("B", "2026-03-02")
    assert (take("A", "2026-03-02"), take("B", "2026-03-02")) == (first, second)
    assert (first.n, second.n, voided()) == (1, 2, [])


@pytest.mark.parametrize(
    ("then", "later", "text"),
    [("2026-03-02", "2026-03-03", "〔2026〕3号"), ("2026-12-31", "2027-01-01", "〔2027〕1号")],
)
def test_a_number_left_from_another_day_lapses_with_the_issue_under_a_new_one(bureau, then, later, text):
    """After New Year too: the rules are asked about today. The old number is voided once the paper bears the new one, since
    before another writer may be about to issue it."""
    old, other = take("A", then), take("B", then)
    new = take("A", later)

    assert new.text.endswith(text)
    assert new.on == date.fromisoformat(later)
    assert voided() == []
    assert take("A", later) == new
    with d.day(f"{later} 11:00"):
        numbers.use(new.entry)  # as its paper is issued
        numbers.lapse(SERIES, numbers.key_of("document", "A"), "jia")
        numbers.rebuild()
    assert voided() == [(old.text, "取号后当日未签发")]
    assert take("B", then) == other
    assert [e.body["n"] for e in stream(old.stream)] == list(range(1, len(stream(old.stream)) + 1))
    with d.day(f"{later} 10:00"):
        seal()
        assert audit(vault()).faults == []


@pytest.fixture
def letter(bureau):
    """A penalty notice that is ready to be issued."""
    drive = d.Drive(bureau)
    written(drive)
    return drive


@step
def written(drive):
    d.source(drive)
    d.investigation(drive)
    d.report(drive)
    drive.file("penalty_notice", {}, at="2026-03-09 09:00")


def cut(monkeypatch, drive, at):
    """Issuing breaks off after the number was taken."""

    def render(*arguments, **named):
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(finishing, "render", render)
        with pytest.raises(PowerCut):
            drive.issue("penalty_notice", at=at)


def number_of(drive):
    return drive.document("penalty_notice").issued.number


def test_a_revision_after_a_crash_is_issued_under_the_number_that_was_taken(letter, monkeypatch):
    cut(monkeypatch, letter, "2026-03-09 09:30")
    with d.day("2026-03-09 10:00"):
        draft = documents.revise(letter.case, letter.people["jia"], letter.documents["penalty_notice"])
        documents.finalise(draft.document, letter.people["jia"])
    letter.issue("penalty_notice", at="2026-03-09 10:30")

    assert number_of(letter).endswith("罚告〔2026〕1号")
    assert letter.document("penalty_notice").current.number == 2
    assert voided() == []


def test_a_letter_issued_the_day_after_a_crash_bears_the_number_and_date_of_its_own_day(letter, monkeypatch):
    cut(monkeypatch, letter, "2026-03-09 23:59")
    letter.issue("penalty_notice", at="2026-03-10 09:00")

    assert number_of(letter).endswith("罚告〔2026〕2号")
    assert letter.document("penalty_notice").issued.on == date(2026, 3, 10)
    assert [reason for _, reason in voided()] == ["取号后当日未签发"]


def test_a_number_without_a_paper_is_told_after_a_day_until_a_section_head_voids_it(letter, monkeypatch):
    """What the audit asks: numbers taken, not borne by a paper, not voided."""
    cut(monkeypatch, letter, "2026-03-09 09:30")
    with d.day("2026-03-10 09:29"):
        assert numbers.unused() == []
    with d.day("2026-03-10 09:31"):
        (left,) = numbers.unused()
        assert (left.case, left.text) == (letter.case, "大金普发改罚告〔2026〕1号")

        void = issuing.void_number
        with pytest.raises(NotPermitted):
            void(letter.people["jia"], left.text, "不再签发")
        with pytest.raises(NotPermitted):
            void(letter.people["wu"], left.text, "不再签发")
        for number, reason in ((left.text, " "), ("大金普发改罚告〔2026〕9号", "不再签发")):
            with pytest.raises(Invalid):
                void(letter.people["ding"], number, reason)
        void(letter.people["ding"], "大金普发改罚告［2026］第1号", "不再签发")
        assert numbers.unused() == []
        with pytest.raises(Invalid):
            void(letter.people["ding"], left.text, "不再签发")
    assert voided() == [(left.text, "不再签发")]


def test_a_number_in_use_is_not_voided_and_not_told(letter):
    letter.issue("penalty_notice", at="2026-03-09 09:30")
    with d.day("2026-03-12 09:30"):
        assert numbers.unused() == []
        with pytest.raises(Invalid):
            issuing.void_number(letter.people["ding"], number_of(letter), "不再签发")


def test_a_case_that_could_not_be_opened_voids_its_number(bureau, monkeypatch):
    def project(case, made):
        raise PowerCut

    with monkeypatch.context() as patch, d.day("2026-03-02 09:00"):
        patch.setattr(cases, "project", project)
        with pytest.raises(PowerCut):
            cases.open_case(bureau["jia"], title="没有开成")
    with d.day("2026-03-04 09:00"):
        case = cases.open_case(bureau["jia"], title="开成了")
        assert situation(case, bureau["jia"]).case.case_no == "LC-P-2026-0002"
        assert voided() == [("LC-P-2026-0001", "取号后没有立卷")]
        assert numbers.unused() == []


def test_a_case_number_lost_in_a_power_cut_is_told(bureau, monkeypatch):
    """Nothing runs after a power cut: the number stays reserved, and is told."""
    key = numbers.key_of("case", "NEVEROPENED")
    with d.day("2026-03-02 09:00"):
        numbers.reserve(
            "LC-P", date(2026, 3, 2), "LC-P-{year}-{n:04d}", key=key, case="NEVEROPENED", actor="jia"
        )
    with d.day("2026-03-04 09:00"):
        assert [number.text for number in numbers.unused()] == ["LC-P-2026-0001"]
        issuing.void_number(bureau["wu"], "LC-P-2026-0001", "断电，没有立卷")
        assert numbers.unused() == []


SAME = [
    "大金普发改罚告〔2026〕1号", "大金普发改罚告[2026]1号", "大金普发改罚告（2026）1号", "大金普发改罚告【2026】1号",
    "大金普发改罚告(2026)１号", "大金普发改罚告 〔２０２６〕 1 号", "大金普发改罚告［2026］1号", "大金普发改罚告﹝2026﹞第1号",
    "大金普发改罚告〔2026〕01号", "大金普发改罚告〖2026〗１号", "大金普发改罚告{2026}1号\u200b",
]  # fmt: skip
OTHER = [
    "大金普发改罚告〔2026〕11号",
    "大金普发改罚告〔2025〕1号",
    "大金普发改罚决〔2026〕1号",
    "大金普发改罚告〔2026〕10号",
]


@pytest.mark.parametrize("number", SAME)
def test_one_number_is_one_however_it_is_written(number):
    assert numbers.normal(number) == numbers.normal(SAME[0])


def test_a_number_of_this_system_is_taken_however_it_is_written(letter):
    assert not numbers.taken(SAME[0])
    letter.issue("penalty_notice", at="2026-03-09 09:30")
    assert all(numbers.taken(number) for number in SAME)
    assert not any(numbers.taken(number) for number in [*OTHER, "无", "", " "])


def test_a_number_on_a_backfilled_paper_of_any_case_is_taken(bureau):
    drive = d.Drive(bureau)
    with d.day("2026-03-02 10:00"):
        backfill.backfill_document(
            drive.case, drive.people["jia"], "penalty_notice", {"facts": d.FACTS}, at=date(2020, 3, 2),
            scan=drive.scan(), reason="纸质文书补录", number="大金普发改罚告〔2020〕7号",
        )  # fmt: skip
    assert numbers.taken("大金普发改罚告（2020）第07号")
    assert not numbers.taken("大金普发改罚告（2020）第8号")


def test_old_reservations_under_the_content_stay_readable(bureau):
    """A number reserved by an earlier version, keyed by a commitment, is never given again."""
    with d.day("2026-03-02 09:00"):
        numbers.reserve(SERIES, date(2026, 3, 2), PATTERN, key="a" * 64, case="c", actor="jia")
    assert take("A", "2026-03-02").n == 2
    assert numbers.find("大金普发改罚决[2026]1号").key == "a" * 64
    assert Entry.objects.filter(kind="NumberReserved").count() == 2
