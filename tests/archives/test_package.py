"""A case from source to closing becomes a package that a stranger verifies (A31 R31.1, R34.3)."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from liuhen.acts import archiving
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.archives import sheets
from liuhen.archives.bag import PackageError
from liuhen.records.audit import audit
from tests.archives import making


def run(package, *arguments):
    command = [sys.executable, "-S", "-I", str(package / "verify/verify.py"), str(package), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("name", ["complete", "redacted"])
def test_the_packages_own_verifier_runs_bare(given, name):
    package = getattr(given, name)
    assert run(package).returncode == 2
    assert run(package, "--key", given.log).returncode == 2
    done = run(package, "--key", given.log, "--witness-key", given.witness)
    assert (done.returncode, done.stderr) == (0, "")
    assert "结论：完整" in done.stdout


@pytest.mark.parametrize("name", ["complete", "redacted"])
def test_it_is_a_bag_to_other_peoples_tools(given, name):
    bagit = Path(sys.executable).parent / "bagit.py"
    done = subprocess.run(
        [sys.executable, bagit, "--validate", getattr(given, name)], capture_output=True, check=False
    )
    assert done.returncode == 0


def test_a_log_key_not_its_own_does_not_match(verifier, build, given):
    report = verifier.verify(given.complete, [str(build.FORGED_KEY.verifier)])
    assert (report.verdict, [problem.code for problem in report.problems]) == (1, ["LOG_KEY"])


def test_every_document_lies_in_it_in_file_order(given):
    names = sorted(path.name for path in (given.complete / "data/documents").iterdir())
    assert names[0] == "0001-penalty_decision-r1.pdf"
    forms = {path.name for path in (given.complete / "data/forms").iterdir()}
    assert forms >= {"0000-cover_main.pdf", "0000-cover_internal.pdf", "0002-service_receipt.pdf"}
    originals = {path.suffix for path in (given.complete / "data/originals").iterdir()}
    assert originals == {".mp4", ".pdf"}


def test_only_a_closed_case_is_archived_and_only_once(bureau):
    drive = making.driving.Drive(bureau)
    with pytest.raises(Invalid, match="归档"):
        making.archive(drive)
    assert list(archiving.packages().glob(".built-*")) == []
    drive = making.archived(bureau)
    with pytest.raises(Invalid, match="已经归档"):
        making.archive(drive)
    assert archiving.place(drive.case).is_dir()
    assert audit(vault()).faults == []


def test_a_lost_package_is_built_the_same_again(bureau, verifier, tmp_path):
    """Years on: the folder is gone, and the office has moved on."""
    from datetime import date

    from liuhen.acts import bureau as registers

    drive = making.archived(bureau)
    shutil.rmtree(archiving.place(drive.case))
    registers.certify(registers.SYSTEM, "jia", "示例-0101", date(2026, 5, 1), date(2031, 5, 1))
    registers.appoint(registers.SYSTEM, "jia", "执法人员甲（改名）", "能源科", ["officer"])

    archiving.publish(drive.case, tmp_path / "again")

    assert verifier.verify(tmp_path / "again").verdict == 2


def test_a_package_that_cannot_be_built_the_same_is_never_passed_off(bureau, monkeypatch, tmp_path):
    drive = making.archived(bureau)
    shutil.rmtree(archiving.place(drive.case))
    monkeypatch.setattr(sheets, "printed_whole", lambda *_: b"%PDF-1.7 another typesetter")
    with pytest.raises(PackageError, match="不符"):
        archiving.publish(drive.case, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    assert not archiving.place(drive.case).exists()


def test_an_existing_folder_is_not_overwritten(bureau, tmp_path):
    drive = making.archived(bureau)
    with pytest.raises(PackageError, match="已经存在"):
        archiving.publish(drive.case, tmp_path)


def test_a_later_cosignature_gets_into_the_package(bureau, verifier, tmp_path):
    drive = making.archived(bureau)
    keys = [making.notes.VerifierKey.parse(text) for text in [str(archiving_key())]]
    archiving.publish(drive.case, tmp_path / "before")
    kept = making.witnessed()
    drive_on(bureau)
    archiving.publish(drive.case, tmp_path / "after")
    kept.unlink()

    given = [str(key) for key in keys], [str(making.WITNESS.verifier)]
    assert verifier.verify(tmp_path / "before", *given).verdict == 2
    assert verifier.verify(tmp_path / "after", *given).verdict == 0


def archiving_key():
    from liuhen.records.seal import signing_key

    return signing_key().verifier


def drive_on(people):
    """Something else happens after the cosignature: the newest checkpoint is not the cosigned one."""
    making.driving.Drive(people)
