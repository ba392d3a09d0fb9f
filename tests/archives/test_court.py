"""举证材料: numbered evidence, what each piece proves, and a package that a court checks without us (复 48; 诉 67)."""

import hashlib

import pypdfium2 as pdfium
import pytest

from liuhen.acts import court
from liuhen.acts.situation import Invalid
from liuhen.archives import court as pieces
from liuhen.archives.bag import PackageError
from liuhen.casefile.settle import settle
from liuhen.office.policy import NotPermitted
from liuhen.records import read
from liuhen.records.append import New, append_anyway
from tests.acts.drive import local
from tests.archives import making

FILM = b"\x00\x00\x00\x18ftypmp42 film"


@pytest.fixture
def drive(bureau):
    """A decided case that is not archived yet, with a film in it."""
    drive = making.closed(bureau)
    drive.deposit(
        FILM,
        "现场.mp4",
        at="2026-04-01 08:00",
        what="现场检查录像",
        recorded=True,
        ends=local("2026-03-02 15:30"),
    )
    return drive


def state(drive):
    return settle(read.case_entries(drive.case), read.office())


def hand_in(drive, target, wanted=None, who="jia", **more):
    chosen = [(p.key, "") for p in pieces.offered(state(drive)) if p.chosen] if wanted is None else wanted
    told = {"route": "行政诉讼", "to": "大连经济技术开发区人民法院"} | more
    with making.driving.day("2026-04-02 09:00"):
        return court.hand_in(drive.case, drive.people[who], target, chosen, **told)


def text(path):
    return "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(path)).replace(
        "\r\n", ""
    )


def test_every_piece_lies_under_its_number_and_the_list_says_what_it_proves(drive, tmp_path):
    pack = hand_in(drive, tmp_path / "pack")
    names = sorted(path.name for path in pack.iterdir() if path.is_file())
    assert names[:3] == ["00-办案时间线.pdf", "00-核验单.pdf", "00-证据清单.pdf"]
    numbered = names[3:]
    assert [name[:2] for name in numbered] == [f"{n:02d}" for n in range(1, len(numbered) + 1)]
    told = text(pack / "00-证据清单.pdf")
    assert "证明目的" in told
    assert "处罚前已告知事实、理由、依据和陈述申辩的权利" in told
    assert any(name.endswith("现场检查录像.mp4") for name in numbered)
    assert "签发《行政处罚决定书》" in text(pack / "00-办案时间线.pdf")


def test_internal_papers_are_not_offered_but_legal_review_and_discussion_are(drive):
    offered = {p.title: p.chosen for p in pieces.offered(state(drive))}
    assert offered["行政处罚决定书"]
    assert not offered["拟处罚意见审批表"]


def test_a_court_checks_it_on_its_own(drive, tmp_path, verifier):
    pack = hand_in(drive, tmp_path / "pack")
    report = verifier.verify(pack / "核验")
    assert report.problems == []
    assert report.package == "excerpt"
    assert report.verdict == verifier.UNWITNESSED
    proved = {
        hashlib.sha256(p.read_bytes()).hexdigest() for p in (pack / "核验/data").rglob("*") if p.is_file()
    }
    for path in pack.iterdir():
        if path.is_file() and not path.name.startswith("00-"):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            assert digest in proved
            assert digest in text(pack / "00-核验单.pdf").replace("\n", "").replace(" ", "")


def test_a_changed_piece_is_found(drive, tmp_path, verifier):
    pack = hand_in(drive, tmp_path / "pack")
    piece = next((pack / "核验/data/documents").iterdir())
    piece.write_bytes(piece.read_bytes()[:-1] + b"x")
    assert {p.code for p in verifier.verify(pack / "核验").problems}


def test_what_each_piece_proves_may_be_said_in_other_words(drive, tmp_path):
    (decision,) = (p for p in pieces.offered(state(drive)) if p.title == "行政处罚决定书")
    pack = hand_in(drive, tmp_path / "pack", [(decision.key, "罚款数额在法定幅度以内")])
    assert "罚款数额在法定幅度以内" in text(pack / "00-证据清单.pdf")
    assert len(list((pack / "核验/data/documents").iterdir())) == 1


def test_what_is_declared_secret_leaves_with_nobody(drive, tmp_path):
    """The source's form is not offered at all; secret values of other papers are withheld in the entries."""
    assert not {p.title for p in pieces.offered(state(drive))} & {"案件来源登记表"}
    drive.file("interview_record", making.HEARD | {"id_number": "210200199001010011"}, at="2026-04-01 08:30")
    (filed,) = (e for e in read.case_entries(drive.case) if "id_number" in (e.body or {}).get("values", {}))
    told = {
        "entry": filed.hash,
        "path": "/values/id_number",
        "old": "210200199001010011",
        "value": "210200199001010022",
    }
    append_anyway(f"case/{drive.case}", "jia", [New("Corrected", told | {"reason": "抄写有误"})])
    pack = hand_in(drive, tmp_path / "pack")
    entries = (pack / "核验/data/entries/case.jsonl").read_text()
    assert "没有。" in entries
    assert "抄写有误" in entries
    assert "2102001990010100" not in entries


def test_it_is_recorded_as_handed_out(drive, tmp_path):
    hand_in(drive, tmp_path / "pack", route="行政复议", to="大连市人民政府")
    (handed,) = state(drive).handed
    assert (handed["to"], handed["purpose"]) == ("大连市人民政府", "行政复议举证")


@pytest.mark.parametrize(
    ("wanted", "more", "message"),
    [
        ([], {}, "至少选一份"),
        ([("nothing", "")], {}, "不在案卷里"),
        (None, {"to": " "}, "写明提交给"),
        (None, {"route": "信访"}, "行政复议或者行政诉讼"),
    ],
)
def test_bad_input_makes_nothing(drive, tmp_path, wanted, more, message):
    with pytest.raises(Invalid, match=message):
        hand_in(drive, tmp_path / "pack", wanted, **more)
    assert list(tmp_path.glob("*pack*")) == []
    assert not state(drive).handed


def test_nothing_is_overwritten_and_strangers_make_none(drive, tmp_path):
    (tmp_path / "pack").mkdir()
    with pytest.raises(PackageError, match="已经存在"):
        hand_in(drive, tmp_path / "pack")
    with pytest.raises(NotPermitted):
        hand_in(drive, tmp_path / "other", who="admin")
