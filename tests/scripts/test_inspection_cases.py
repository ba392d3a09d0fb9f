"""Administrative inspection is data only: its scripts are worked through the acts to the archive (R2.1, R13.1, R14.3, TL-53)."""

from pathlib import Path

import pytest
from pytest_django import Settings

from liuhen.records import read
from liuhen.scripts.facts import check
from liuhen.scripts.play import Halted, outcome, package, play
from liuhen.scripts.scratch import prepare
from liuhen.scripts.script import load, read_script
from verifier.verify import main as verify

CASES = Path(__file__).parents[2] / "cases"
CURED, CLUE, PENALTY = (CASES / f"ins-{name}.yaml" for name in ("01-cured", "02-clue", "03-penalty"))


@pytest.fixture
def bureau(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.LIUHEN_DATA = tmp_path
    prepare()


@pytest.mark.usefixtures("bureau")
def test_an_inspection_plays_to_the_archive_and_its_package_verifies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (one,) = play([load(CURED)])
    case, judged = outcome(one)
    assert (judged.state, case.outcome) == ("已归档", "已责令改正并复查")
    assert not judged.violated()
    assert case.case_no.split("-")[1] == "J"
    assert verify([str(package(one, tmp_path / "packages"))]) == 2
    assert "完整未见证" in capsys.readouterr().out


@pytest.mark.usefixtures("bureau")
def test_a_clue_ends_the_inspection_and_begins_a_penalty_case_that_names_it(tmp_path: Path) -> None:
    inspected, begun = play([load(CLUE), load(PENALTY)])
    earlier, judged = outcome(inspected)
    later, _ = outcome(begun)
    assert (judged.state, earlier.outcome) == ("已归档", "转入处罚程序")
    assert not judged.violated()
    assert later.origin == {"case": earlier.id, "case_no": earlier.case_no, "how": "linked"}
    assert (later.procedure, earlier.origin) == ("penalty_ordinary", {})
    assert read.case_entries(later.id)[0].body["origin"]["case"] == inspected.case
    assert verify([str(package(inspected, tmp_path / "packages"))]) == 2


@pytest.mark.usefixtures("bureau")
def test_a_case_that_comes_from_another_is_played_with_it() -> None:
    with pytest.raises(Halted, match="来自案件“ins-02”"):
        play([load(PENALTY)])


@pytest.mark.parametrize(
    ("old", "new", "code", "severity"),
    [
        ("officers: [甲, 乙]\n      certificates_shown: true\n      recusal_answer: 不申请\n      checks:",
         "officers: [甲]\n      certificates_shown: true\n      recusal_answer: 不申请\n      checks:", "R13.1", "stop"),
        ("as: 检查录像\n    record: {what: 检查全过程, from: 2026-03-10 09:28, to: 2026-03-10 11:15",
         "as: 检查录像\n    record: {what: 检查全过程, from: 2026-03-10 10:28, to: 2026-03-10 11:15", "R14.3", "flag"),
        ("served: {on: 2026-03-11 14:05", "served: {on: 2026-03-24 14:05", "TL-53", "flag"),
        ("      S: {by: 科长, on: 2026-03-02 10:00, text: 同意，请甲、乙两位同志检查。}\n", "", "K5", "stop"),
    ],
    ids=["alone", "not filmed throughout", "told late", "plan not approved"],
)  # fmt: skip
def test_what_is_asked_of_an_inspection_is_found(old: str, new: str, code: str, severity: str) -> None:
    """R2.1: the rules that the procedure names, and those of every act, judge it."""
    told = CURED.read_text(encoding="utf-8")
    assert old in told
    whole = told.replace("source: 示例，全部虚构", "source: 示例，全部虚构\nclosed: true", 1)
    before = {f.code for f in check(read_script(whole))}
    after = check(read_script(whole.replace(old, new, 1)))
    assert (code, severity) in {(f.code, f.severity) for f in after if f.code not in before}
