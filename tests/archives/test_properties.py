"""四性检测: asked before a file is archived and of its package, a gate, recorded with the package (R31.1; DA/T 70)."""

import io
import json
import shutil

import pikepdf
import pytest

from liuhen.acts import archiving
from liuhen.acts.storage import vault
from liuhen.archives import bag, contents, looking, properties
from liuhen.archives.properties import CHECKS, Seen
from liuhen.casefile.settle import settle
from liuhen.ledger import canonical
from liuhen.papers import judging
from liuhen.records import read
from liuhen.records.models import Entry
from tests.acts.drive import day
from tests.archives import making


def results(found):
    return {r.check.code: r.outcome for r in found}


def words(found, code):
    (one,) = (r for r in found if r.check.code == code)
    return one.words


def case_of(drive):
    return settle(read.case_entries(drive.case), read.office())


def before(drive):
    return looking.before(Seen(case_of(drive), vault()))


def test_every_check_is_made_and_says_what_to_do():
    assert {check.code for check in CHECKS} == looking.LOOKS.keys()
    assert len(CHECKS) == len(looking.LOOKS)
    assert all(check.way and check.looks_at for check in CHECKS)
    assert {check.group for check in CHECKS} == set(properties.PROPERTIES)


def test_what_came_of_it_is_recorded_with_the_package_and_read_back(bureau):
    drive = making.archived(bureau)
    checks = drive.state().archived["checks"]
    expected = {c.code for c in CHECKS if c.at != "proof"}
    assert checks["items"].keys() == expected
    assert checks["passed"] + checks["failed"] + checks["not_run"] == len(expected)
    assert checks["items"]["A5"] == "not_run"
    assert not [
        c.code for c in CHECKS if c.fatal and c.code in expected and checks["items"][c.code] != "passed"
    ]
    kept = properties.kept(checks)
    assert properties.recorded(kept) == checks
    assert "病毒库" in words(kept, "A5")


def test_the_package_is_asked_again_with_its_proof(bureau):
    drive = making.archived(bureau)
    with day("2026-04-02"):
        assert results(archiving.checked(case_of(drive), 0))["Z5"] == "passed"
    (paper,) = (archiving.place(drive.case) / "data/documents").glob("*penalty_decision-r1.pdf")
    paper.chmod(0o644)
    paper.write_bytes(making.blank_sheet())
    found = archiving.checked(case_of(drive), 0)
    assert results(found)["Z5"] == "failed"
    assert paper.name in words(found, "Z5")
    assert "1 页，目录记" in words(found, "K2")


def test_what_an_independent_judge_says_of_the_papers_is_recorded(bureau, monkeypatch):
    """Where veraPDF is installed; where it is not, that is recorded too."""
    drive = making.closed(bureau)
    good, bad = (
        judging.Verdict("veraPDF 1.28.2", valid=True),
        judging.Verdict("veraPDF 1.28.2", False, ("6.2.4",)),
    )
    monkeypatch.setattr(judging, "judged", lambda papers: dict.fromkeys(papers, good) | {papers[0]: bad})
    making.archive(drive)
    kept = properties.kept(drive.state().archived["checks"])
    assert results(kept)["K6"] == "failed"
    assert "6.2.4；由 veraPDF 1.28.2 校验" in words(kept, "K6")
    monkeypatch.setattr(judging, "judged", lambda papers: dict.fromkeys(papers, good))
    assert results(archiving.checked(case_of(drive), 0))["K6"] == "passed"
    monkeypatch.setattr(judging, "judged", lambda papers: None)
    again = archiving.checked(case_of(drive), 0)
    assert (results(again)["K6"], words(again, "K6")) == ("not_run", "本机没有安装 veraPDF")


def test_a_supplement_has_its_own(bureau):
    drive = making.archived(bureau)
    drive.deposit(making.blank_sheet(), "迟到.pdf", at="2026-05-01 09:00", what="迟到的材料")
    with day("2026-05-01 10:00"):
        archiving.archive(drive.case, drive.people["gui"])
        assert drive.state().packages[1]["checks"]["items"]["W4"] == "passed"
        assert results(archiving.checked(case_of(drive), 1))["Z5"] == "passed"


def test_a_lost_original_keeps_the_file_from_being_archived_and_tells_the_way_out(bureau):
    drive = making.closed(bureau)
    drive.deposit(b"photograph", "现场.jpg", at="2026-03-30 20:00", what="现场照片")
    (photograph,) = (r.digest for r in drive.state().recordings.values() if r.what == "现场照片")
    vault().destroy(photograph)
    with pytest.raises(archiving.Unsound, match="库中没有“现场照片”") as told:
        making.archive(drive)
    assert [p.field for p in told.value.problems] == ["Z2"]
    assert "liuhen fixity" in str(told.value)
    assert not Entry.objects.filter(kind="Archived").exists()
    assert list(archiving.packages().iterdir()) == []


@pytest.mark.parametrize(
    ("sheet", "code"), [(lambda: making.blank_sheet("1"), "K3"), (lambda: b"%PDF-1.7 broken", "K2")]
)
def test_a_sheet_that_will_not_last_stops_it_and_nothing_is_left(bureau, monkeypatch, sheet, code):
    drive = making.closed(bureau)
    made = sheet()
    making.unprinted(monkeypatch)
    monkeypatch.setitem(contents.SHEETS, "cover", lambda *_: made)
    with pytest.raises(archiving.Unsound) as told:
        making.archive(drive)
    assert code in [p.field for p in told.value.problems]
    assert not Entry.objects.filter(kind="Archived").exists()
    assert [p.name for p in archiving.packages().iterdir()] == []


def with_script():
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.save(made)
    return made.getvalue()


def locked():
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(made, encryption=pikepdf.Encryption(owner="a", user="b"))
    return made.getvalue()


RECEIVED = {
    "a script": (with_script, "a.pdf", "A1", "有脚本或者自动动作"),
    "a password": (locked, "a.pdf", "A1", "要密码才能打开"),
    "a program": (lambda: b"MZ\x90\x00", "a.exe", "A2", "是程序"),
    "a broken picture": (lambda: b"no picture", "a.jpg", "K4", "打不开"),
    "a format of one program": (lambda: b"x", "a.psd", "K5", "a.psd"),
}


@pytest.mark.parametrize("what", RECEIVED)
def test_what_was_received_unsound_is_told_and_stops_nothing(bureau, what):
    """Received bytes are never touched: what is wrong with them is recorded, and the file archived."""
    data, name, code, said = RECEIVED[what]
    drive = making.driving.Drive(bureau)
    drive.deposit(data(), name, what="材料")
    found = before(drive)
    assert said in words(found, code)
    assert not [r for r in found if r.refuses]


def edited(root, path, change):
    target = root / path
    value = json.loads(target.read_bytes())
    change(value)
    target.write_bytes(canonical.encode(value))


def _gap(value):
    value["items"][1]["from"], value["items"][1]["to"] = "98", str(97 + value["items"][1]["pages"])


SPOILT = {
    "a page left out": ("W3", lambda root: edited(root, "data/catalogue.json", _gap)),
    "a file too many": ("W1", lambda root: (root / "data/extra.txt").write_text("x")),
    "an empty file": ("W1", lambda root: (root / "data/catalogue.pdf").write_bytes(b"")),
    "metadata without a title": (
        "W2",
        lambda root: (root / "data/metadata.xml").write_bytes(b"<x/>"),
    ),
    "a paper that was not recorded so": ("Z3", lambda root: _resealed(root, "penalty_decision")),
    "a paper left out": ("W4", lambda root: _dropped(root, "penalty_decision")),
    "entries not as they were": ("K1", lambda root: (root / "data/entries/case.jsonl").write_bytes(b"{ }\n")),
}


def _paper(root, kind):
    (paper,) = (root / "data/documents").glob(f"*{kind}-r1.pdf")
    return paper


def _resealed(root, kind):
    """Another paper in its place, and the manifest made new."""
    _paper(root, kind).write_bytes(making.blank_sheet())
    bag.payload(root)


def _dropped(root, kind):
    _paper(root, kind).unlink()
    bag.payload(root)


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_wrong_in_a_package_is_found(bureau, tmp_path, what):
    drive = making.archived(bureau)
    root = shutil.copytree(archiving.place(drive.case), tmp_path / "package")
    code, spoil = SPOILT[what]
    seen = Seen(case_of(drive), vault(), root)
    found = properties.run(seen, ("package",), looking.LOOKS)
    assert results(found)[code] == "passed"
    spoil(root)
    (check,) = (c for c in CHECKS if c.code == code)
    assert list(looking.LOOKS[code](seen))
    assert check.fatal


def test_what_was_sealed_away_must_not_be_in_the_package(bureau, tmp_path):
    drive = making.archived(bureau)
    root = shutil.copytree(archiving.place(drive.case), tmp_path / "package")
    seen = Seen(case_of(drive), vault(), root)
    assert list(looking.LOOKS["A3"](seen)) == []
    next(d for d in seen.case.documents.values() if d.kind == "interview_record").voided = "附错"
    assert any("interview_record" in path for path in looking.LOOKS["A3"](seen))
