"""The demonstration bureau: people in every post and cases at every stage, made once, sound in every respect."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.acts import approvals, archiving, bureau, documents, issuing, signatures
from liuhen.acts.situation import situation
from liuhen.acts.storage import vault
from liuhen.cli.__main__ import main
from liuhen.office.models import User
from liuhen.records import clock
from liuhen.records.audit import audit
from liuhen.records.models import CaseRow, Entry, FindingRow, TaskRow
from liuhen.scripts import demo, demo_cases
from liuhen.scripts.demo_cases import CASES, EVENING, moved, script_for
from verifier.verify import main as verify

FILES = sorted(CASES.glob("demo-*.yaml"))
TEXTS = [file.read_text(encoding="utf-8") for file in FILES]
NOW = datetime(2026, 3, 31, 2, tzinfo=UTC)
STAGES = {"启动", "调查取证", "审查决定", "送达执行", "归档"}


@pytest.fixture
def today(db: None, own_data: None) -> Iterator[None]:
    """A data folder of its own, on the Tuesday after the last day that the scripts tell."""
    with clock.at(NOW):
        yield


@pytest.fixture
def one_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the shortest case is to be played."""
    folder = tmp_path / "cases"
    folder.mkdir()
    copy(FILES[-1], folder)
    monkeypatch.setattr(demo_cases, "CASES", folder)


def made() -> list[str]:
    """Make the bureau with its cases; what was said meanwhile."""
    said: list[str] = []
    demo.ensure(said.append)
    return said


@pytest.mark.usefixtures("today")
def test_the_bureau_stands_in_the_middle_of_a_working_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every stage, something on every desk, nothing that a rule stops; whole by audit; a second start adds nothing."""
    assert made() == [f"正在准备演示案件 {n}/{len(FILES)} …" for n in range(1, len(FILES) + 1)]
    assert set(CaseRow.objects.values_list("stage", flat=True)) == STAGES
    assert set(CaseRow.objects.exclude(state="已归档").values_list("stage", flat=True)) == STAGES - {"归档"}
    assert [(row.code, row.severity) for row in FindingRow.objects.all()] == [("R31.2", "flag")] * 2
    waiting = set(TaskRow.objects.filter(optional=False).values_list("role", "does"))
    assert waiting >= {("section_head", "approve"), ("bureau_leader", "approve"), ("section_head", "confirm")}
    the_correction_stands_beside_the_original()
    deciding_before_the_defence_is_over_is_stopped()
    package = archiving.place(CaseRow.objects.get(state="已归档").case)
    assert verify([str(package)]) == 2
    assert not audit(vault()).faults
    assert main(["rebuild", "--check"]) == 0
    assert "0 个不符" in capsys.readouterr().out
    entries = Entry.objects.count()
    assert made() == []
    assert Entry.objects.count() == entries


def the_correction_stands_beside_the_original() -> None:
    """R3.1: the day of service as first recorded, and as corrected and confirmed."""
    row = CaseRow.objects.get(stage="送达执行")
    case = situation(row.case, User.objects.get(username="jia").actor).case
    (corrected,) = case.corrections
    assert corrected.confirmed
    decision = case.decision
    assert decision is not None
    assert str(decision.served_at).startswith("2026-03-23")


def deciding_before_the_defence_is_over_is_stopped() -> None:
    """P62.1: the notice was served on the last day; the party has five working days."""
    row = CaseRow.objects.get(title__contains="饲料")
    jia, ding, xin = (User.objects.get(username=name).actor for name in ("jia", "ding", "xin"))
    told = {"reasons": "事实清楚。", "defence_summary": "没有意见。", "review_opinion": "维持。"}
    approval, _ = documents.file_document(row.case, jia, "decision_approval", told)
    yi = User.objects.get(username="yi").actor
    for officer in (jia, yi):
        signatures.sign(
            row.case,
            officer,
            approval,
            role="officer",
            name=officer.name,
            means="drawn",
            strokes=[[0, 0, 9, 9]],
        )
    approvals.approve(row.case, ding, approval, "agree")
    approvals.approve(row.case, xin, approval, "agree")
    told = {"reasons": "事实清楚。", "defence_outcome": "没有陈述和申辩。"}
    decision, _ = documents.file_document(row.case, jia, "penalty_decision", told)
    assert {finding.code for finding in issuing.issue_preflight(row.case, jia, decision).stops} == {"P62.1"}


@pytest.mark.usefixtures("today", "one_case")
def test_a_case_that_broke_off_half_way_is_played_whole_at_the_next_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    play = demo_cases.play

    def full_disk(scripts: list[object]) -> None:
        play(scripts)  # type: ignore[arg-type]
        raise OSError("磁盘已满")

    monkeypatch.setattr(demo_cases, "play", full_disk)
    assert "磁盘已满" in made()[-1]
    assert not Entry.objects.filter(kind="Opened").exists()
    monkeypatch.setattr(demo_cases, "play", play)
    made()
    assert Entry.objects.filter(kind="Opened").count() == 1


@pytest.mark.usefixtures("today", "one_case")
def test_without_fonts_one_sentence_says_so_and_the_bureau_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIUHEN_FONTS", str(tmp_path / "none"))
    said = made()
    assert len(said) == 2
    assert "字体" in said[1]
    assert User.objects.count() == len(demo.PEOPLE)
    assert not CaseRow.objects.exists()


@pytest.mark.usefixtures("today", "one_case")
def test_a_real_bureau_is_left_alone() -> None:
    bureau.appoint(bureau.SYSTEM, "someone", "某人", "某科", ["officer"])
    entries = Entry.objects.count()
    assert made() == []
    assert Entry.objects.count() == entries


@pytest.mark.usefixtures("transactional_db", "own_data", "one_case")
def test_the_checkpoint_is_kept_under_the_day_it_was_made(tmp_path: Path) -> None:
    """The bureau and its cases are dated back; a checkpoint that is handed out is not."""
    with clock.at(NOW):
        made()
    assert {file.stem for file in (tmp_path / "checkpoints").iterdir()} == {"2026-03-31"}


@given(st.datetimes(datetime(2026, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC)))
def test_the_last_day_told_lies_in_the_week_before_the_first_start(now: datetime) -> None:
    """Whenever somebody looks for the first time, deadlines run and approvals wait."""
    script = script_for(moved(TEXTS[-1], 0), now)
    last = max(step.at for step in script.steps if isinstance(step.at, datetime))
    evening = datetime.combine(last.date(), EVENING, last.tzinfo)
    assert last <= evening
    assert timedelta(0) <= now - evening < timedelta(days=7)
    assert last.weekday() == datetime(2026, 3, 27).weekday()


@given(st.sampled_from(TEXTS), st.integers(-200, 500))
def test_moved_days_can_be_moved_back(text: str, weeks: int) -> None:
    assert moved(moved(text, weeks), -weeks) == text


def test_days_are_moved_in_both_ways_of_writing() -> None:
    told = "{on: 2026-02-26 09:00, text: 2026年2月26日告知，电话0411-00000001}"
    assert moved(told, 1) == "{on: 2026-03-05 09:00, text: 2026年3月5日告知，电话0411-00000001}"


@pytest.mark.parametrize("text", TEXTS, ids=[file.stem for file in FILES])
def test_texts_name_whole_days_that_can_be_moved(text: str) -> None:
    """A month alone, or a day without its year, would stay behind."""
    assert not re.findall(r"\d+[年月]", re.sub(r"20\d\d年\d{1,2}月\d{1,2}日", "", text))


@pytest.mark.parametrize("text", TEXTS, ids=[file.stem for file in FILES])
def test_all_cases_stand_on_the_same_day(text: str) -> None:
    assert demo_cases.told(text, "today") == "2026-03-27"
