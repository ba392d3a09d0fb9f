"""What comes after archiving becomes a numbered supplement that verifies with the first package (A31 R31.1, R34.3)."""

import json
import shutil

import pytest

from liuhen.acts import archiving
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.archives import metadata
from liuhen.records.audit import audit
from liuhen.records.models import ArchiveRow
from tests.archives import making
from tests.archives.making import driving


@pytest.fixture
def drive(bureau):
    return making.archived(bureau)


def supplemented(drive, n, data):
    """Something came late, and is archived on its day."""
    drive.deposit(data, f"迟到{n}.jpg", at=f"2026-05-0{n} 09:00", what=f"迟到的照片{n}")
    with driving.day(f"2026-05-0{n} 10:00"):
        archiving.archive(drive.case, drive.people["gui"])
    return archiving.place(drive.case, n)


def listed(package):
    return json.loads((package / "data/catalogue.json").read_bytes())


def judged(verifier, *packages):
    reports = verifier.verify_together(packages)
    return [report.verdict for report in reports], {p.code for r in reports for p in r.problems}


def test_the_first_package_and_its_supplements_verify_together(drive, verifier):
    packages = [archiving.place(drive.case)]
    packages += [supplemented(drive, n, f"late {n}".encode()) for n in (1, 2)]
    assert judged(verifier, *packages) == ([2, 2, 2], set())
    for package, number in zip(packages[1:], (1, 2), strict=True):
        (report,) = verifier.verify_together([package])
        assert (report.package, report.supplement, report.problems) == ("supplement", number, [])
        assert any(f"第 {number} 次补充" in note for note in report.notes)
    assert audit(vault()).faults == []


def test_one_that_is_left_out_or_comes_from_elsewhere_is_missed(drive, verifier, bureau):
    first = archiving.place(drive.case)
    one, two = (supplemented(drive, n, f"late {n}".encode()) for n in (1, 2))
    assert judged(verifier, first, two)[1] == {"SUPPLEMENT_BASE"}
    assert judged(verifier, first, two, one)[1] == {"SUPPLEMENT_BASE"}
    assert judged(verifier, first, first)[1] == {"SUPPLEMENT_BASE"}
    other = making.archived(bureau)
    assert judged(verifier, archiving.place(other.case), one)[1] == {"SUPPLEMENT_BASE"}


def test_a_supplement_does_not_pass_for_a_whole_package_nor_the_other_way_round(
    drive, verifier, build, tmp_path
):
    for number, kind in ((1, "complete"), (0, "supplement")):
        if number:
            supplemented(drive, 1, b"late")
        copy = tmp_path / kind
        shutil.copytree(archiving.place(drive.case, number), copy)
        text = (copy / "bag-info.txt").read_text()
        (copy / "bag-info.txt").write_text(f"Liuhen-Package: {kind}\n" + text.partition("\n")[2])
        build.reseal(copy)
        verdicts, codes = judged(verifier, copy)
        assert verdicts == [1]
        assert "SUPPLEMENT" in codes


def test_it_holds_what_is_new_and_its_pages_go_on(drive):
    before = listed(archiving.place(drive.case))
    package = supplemented(drive, 1, b"late")
    after = listed(package)
    assert [item["title"] for item in after["items"]] == ["迟到的照片1"]
    assert after["supplement"] == 1
    assert after["archive_no"] == before["archive_no"]
    assert len(list((package / "data/originals").iterdir())) == 1
    assert not (package / "data/documents").exists()
    first = json.loads((package / "data/entries/case.jsonl").read_bytes().split(b"\n")[0])
    assert first["header"]["kind"] == "Archived"
    assert metadata.check((package / metadata.PLACE).read_bytes()) is not None
    row = ArchiveRow.objects.get(case=drive.case)
    assert (row.supplements, row.late) == (1, 0)


def test_without_anything_new_there_is_none(drive):
    with driving.day("2026-05-01 09:00"), pytest.raises(Invalid, match="还没有新的材料"):
        archiving.archive(drive.case, drive.people["gui"])


def test_a_lost_supplement_is_built_the_same_again(drive, verifier):
    package = supplemented(drive, 1, b"late")
    shutil.rmtree(package)
    archiving.finish(drive.case)
    assert judged(verifier, archiving.place(drive.case), package) == ([2, 2], set())


def test_destruction_takes_the_supplements_too(drive):
    package = supplemented(drive, 1, b"late")
    archiving.remove(drive.case)
    assert not package.exists()
