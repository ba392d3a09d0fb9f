"""移交进馆: packages verified, listed, recorded as handed over; from then on the public archives keep the file (档 15; 档例 20, 40)."""

import csv
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from liuhen.acts import archiving, filekeeping, transferring
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.archives import registers
from liuhen.archives.bag import PackageError
from liuhen.casefile.settle import settle
from liuhen.cli.__main__ import main
from liuhen.compliance.custody import custody, custody_steps
from liuhen.compliance.judge import context
from liuhen.office.policy import NotPermitted
from liuhen.records import clock, read
from liuhen.records.audit import audit
from liuhen.records.models import ArchiveRow, Entry
from tests.acts.drive import day
from tests.archives import making
from tests.records.killing import died_at

TEN_YEARS_ON = "2036-06-10 09:00"
TO, NOTE, BATCH = "示例：某区档案馆", "建议开放；未涉及政府信息公开申请；无密级变更。", "2036年第1批"


@pytest.fixture
def drive(bureau):
    return making.archived(bureau)


def hand_over(drive, target, batch=BATCH, who="gui", at=TEN_YEARS_ON, to=TO):
    with day(at):
        return transferring.transfer(batch, [drive.case], drive.people[who], target, to=to, note=NOTE)


def steps(drive, at=TEN_YEARS_ON):
    with day(at):
        office = read.office()
        case = settle(read.case_entries(drive.case), office)
        return {step.title for step in custody_steps(case, context(clock.now(), office))}


def handed(drive):
    return [b for b in drive.state().handed if b.get("batch")]


def test_a_file_goes_to_the_public_archives_whole_and_listed_and_is_theirs(drive, tmp_path, verifier):
    assert "移交进馆" in steps(drive)
    assert "移交进馆" not in steps(drive, "2036-03-30 09:00")
    number = drive.state().archived["archive_no"]
    target = hand_over(drive, tmp_path / "out" / "batch")
    bagit = Path(sys.executable).parent / "bagit.py"
    judged = subprocess.run([sys.executable, bagit, "--validate", target], capture_output=True, check=False)
    assert judged.returncode == 0, judged.stderr
    assert sorted(p.name for p in (target / "data").iterdir()) == sorted(
        [number, "移交清册.csv", "移交清册.pdf"]
    )
    report = verifier.verify(target / "data" / number)
    assert (report.verdict, report.problems) == (2, [])
    (row,) = csv.DictReader(io.StringIO((target / "data/移交清册.csv").read_text("utf-8-sig")))
    (told,) = handed(drive)
    assert told | {"copy": ""} == {
        "to": TO,
        "purpose": "移交进馆",
        "withheld": [],
        "batch": BATCH,
        "copy": "",
    }
    assert (row["档号"], f"sha256:{row['校验值（SHA-256）']}", row["文件夹"]) == (
        number,
        told["copy"],
        number,
    )
    assert (target / "data/移交清册.pdf").read_bytes().startswith(b"%PDF")
    kept = custody(drive.state(), clock.now().date())
    assert (kept.keeper, kept.place) == (TO, "")
    shadow = ArchiveRow.objects.get(case=drive.case)
    assert (shadow.keeper, shadow.moved_on.isoformat(), shadow.batch) == (TO, "2036-06-10", BATCH)
    assert "移交进馆" not in steps(drive)
    with day(TEN_YEARS_ON):
        assert audit(vault()).faults == []


def test_what_is_in_the_public_archives_is_lent_appraised_and_moved_by_us_no_more(drive, tmp_path):
    hand_over(drive, tmp_path / "out")
    with day("2057-06-01 09:00"):
        with pytest.raises(Invalid, match="由其保管，本局不再办理"):
            filekeeping.appraise(drive.case, drive.people["gui"], making.APPRAISED)
        with pytest.raises(Invalid, match="由其保管，本局不再办理"):
            filekeeping.take_over(
                drive.case, drive.people["gui"], {"keeper": "档案室", "place": "1", "handed_by": "甲"}
            )
    with pytest.raises(Invalid, match="已于2036年6月10日移交示例：某区档案馆（2036年第1批）"):
        hand_over(drive, tmp_path / "again", "2036年第2批")
    assert not (tmp_path / "again").exists()


def test_what_came_after_the_transfer_is_handed_over_as_a_supplement(drive, tmp_path):
    hand_over(drive, tmp_path / "out")
    drive.deposit(b"late", "迟到.jpg", at="2036-07-01 09:00", what="迟到的照片")
    with pytest.raises(Invalid, match="先补充归档"):
        hand_over(drive, tmp_path / "again", "2036年第2批", at="2036-07-01 10:00")
    with day("2036-07-01 11:00"):
        archiving.archive(drive.case, drive.people["gui"])
    assert "移交补充归档" in steps(drive, "2036-07-02 09:00")
    number = drive.state().archived["archive_no"]
    target = hand_over(drive, tmp_path / "again", "2036年第2批", at="2036-07-02 09:00")
    assert sorted(p.name for p in (target / "data").iterdir() if p.is_dir()) == [f"{number}-补充1"]
    assert [b["purpose"] for b in handed(drive)] == ["移交进馆", "移交进馆（第 1 次补充归档）"]
    assert "移交补充归档" not in steps(drive, "2036-07-03 09:00")


HINDERED = {
    "lent": (lambda d: filekeeping.lend(d.case, d.people["gui"], {
        "borrower": "李某", "unit": "某法院", "purpose": "审理", "items": "正卷", "due_on": "2036-12-31"}), "先收回"),
    "held": (lambda d: filekeeping.hold(d.case, d.people["xin"], True, "法院来函"), "法律保全（法院来函）"),
    "a folder that is there": (None, "已经存在"),
}  # fmt: skip


@pytest.mark.parametrize("why", HINDERED)
def test_what_cannot_go_is_named_and_nothing_recorded(drive, tmp_path, why):
    before, said = HINDERED[why]
    target = tmp_path / "out"
    with day("2036-06-01 09:00"):
        before(drive) if before else target.mkdir()
    with pytest.raises((Invalid, PackageError), match=said):
        hand_over(drive, target)
    assert handed(drive) == []


def test_a_package_that_does_not_verify_is_not_handed_over(drive, tmp_path):
    paper = next((archiving.place(drive.case) / "data/documents").glob("*.pdf"))
    paper.chmod(0o644)
    paper.write_bytes(making.blank_sheet())
    with pytest.raises(PackageError, match="核验不符，没有移交"):
        hand_over(drive, tmp_path / "out" / "batch")
    assert handed(drive) == []
    assert list((tmp_path / "out").iterdir()) == []


def test_what_is_missing_is_asked_for_and_only_the_archivist_does_it(drive, tmp_path, capsys):
    with pytest.raises(Invalid) as told:
        transferring.transfer(" ", [], drive.people["gui"], tmp_path / "out", to="", note="")
    assert [p.field for p in told.value.problems] == ["batch", "to", "note", "cases"]
    with pytest.raises(NotPermitted):
        hand_over(drive, tmp_path / "out", who="jia")
    number, target = drive.state().case_no, tmp_path / "cli"
    with day(TEN_YEARS_ON):
        assert main(["transfer", BATCH, str(target), number, "--to", TO, "--note", NOTE]) == 0
        assert main(["transfer", "另一批", str(target) + "2", number, "--to", TO, "--note", NOTE]) == 2
    assert "已于2036年6月10日移交" in capsys.readouterr().err
    assert len(handed(drive)) == 1


NOTHING, EVERYTHING = 0, 1
KILLED = {
    "copies being made": (transferring, "prove", "after", NOTHING),
    "verified, not listed": (transferring, "_verified", "after", NOTHING),
    "listed, not recorded": (transferring, "_listed", "after", NOTHING),
    "recorded, not yet to be seen": (transferring, "_record", "after", EVERYTHING),
}


@pytest.mark.parametrize("step", KILLED)
def test_killed_at_any_step(bureau_committed, monkeypatch, step):
    """Nobody gets a transfer that the record does not tell of; asked for again under its name it succeeds."""
    drive = making.driving.Drive(bureau_committed)
    drive.deposit(b"photograph", "现场.jpg", what="现场照片")
    making.short(drive)
    making.unprinted(monkeypatch)
    monkeypatch.setattr(registers, "transfer_list", lambda *_, **__: making.blank_sheet())
    making.archive(drive)
    target = settings.LIUHEN_DATA / "out" / "batch"
    owner, name, when, expected = KILLED[step]
    assert died_at(owner, name, when, lambda: hand_over(drive, target))
    assert not target.exists()
    assert Entry.objects.filter(kind="Handed").count() == expected

    hand_over(drive, target, at="2036-06-11 09:00")
    (made,) = (p for p in (target / "data").iterdir() if p.is_dir())
    assert transferring.named(made) == handed(drive)[-1]["copy"]
    assert drive.state().moved["batch"] == BATCH
    for left in target.parent.glob(".building-*"):
        shutil.rmtree(left)
    assert [p.name for p in target.parent.iterdir()] == ["batch"]
