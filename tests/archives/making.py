"""A driven case, closed and archived, its package witnessed: what the tests of archives start from."""

import importlib.util
import io
import sys
from pathlib import Path

import pikepdf

from liuhen.acts import archiving, disposing, filekeeping
from liuhen.acts.bureau import SYSTEM
from liuhen.acts.keys import register_log_key, register_witness
from liuhen.archives import contents, sheets
from liuhen.ledger import notes
from liuhen.records import checkpoints
from liuhen.records.append import New, append
from liuhen.records.models import Checkpoint
from liuhen.records.project import project
from liuhen.records.seal import seal
from tests.acts import drive as driving
from tests.remembered import step

ROOT = Path(__file__).resolve().parents[2]
VERIFIER = ROOT / "verifier" / "verify.py"
WITNESS = notes.SigningKey.generate("witness.example", notes.WITNESS)
CLOSED = "2026-04-01 09:00"
CANARY = "举报人金丝雀"
HEARD = {
    "started_at": "2026-04-01T08:00",
    "ended_at": "2026-04-01T08:20",
    "place": f"本局\n{CANARY}的办公室",
    "interviewee": {"name": CANARY},
    "interviewed_as": "证人",
    "relation": "无",
    "certificates_shown": True,
    "recusal_answer": "不申请",
    "qa": [{"q": "有没有建立台账？", "a": "没有。"}, {"q": "谁在场？", "a": f"{CANARY}在场。"}],
}


def load(name, path):
    """A module from its file: the verifier and its tests' tools are no part of the project."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def closed(people):
    """A penalty case from source to closing."""
    drive = driving.Drive(people)
    close(drive)
    return drive


@step
def close(drive):
    driving.source(drive)
    driving.investigation(drive)
    driving.report(drive)
    driving.notice(drive)
    driving.decision(drive)
    drive.issue("penalty_decision", at="2026-03-18 14:00")
    drive.serve("penalty_decision", at="2026-03-19 09:00")
    driving.ended(drive)


def archived(people):
    """The same with somebody to be protected in it, archived."""
    drive = closed(people)
    heard(drive)
    archive(drive)
    return drive


@step
def heard(drive):
    """Somebody to be protected is named in a value, a line of a text and an item of a list."""
    drive.file("interview_record", HEARD, at="2026-04-01 08:30")


@step
def archive(drive):
    with driving.day(CLOSED):
        return archiving.archive(drive.case, drive.people["gui"])


def witnessed():
    """Let the witness cosign the newest checkpoint and take it in."""
    register_log_key()
    register_witness(SYSTEM, str(WITNESS.verifier))
    seal()
    note = Checkpoint.objects.order_by("-size").first().note
    return checkpoints.take_in(notes.cosign(note, WITNESS, 1_775_000_000))


APPRAISED = {
    "list": "2057年第1批", "conclusion": "销毁", "opinion": "保管期限届满，已无保存价值", "appraisers": "档案员癸、科长丁",
}  # fmt: skip
WATCHING = ("执法人员甲", "执法人员乙")


def approved(drive, at="2057-06-01 08:00"):
    """The archivist proposes its destruction, a leader agrees."""
    with driving.day(at):
        filekeeping.appraise(drive.case, drive.people["gui"], APPRAISED)
        disposing.decide(drive.case, drive.people["xin"], True)


def dispose(drive, who="gui", at="2057-06-01 09:00", watching=WATCHING):
    """The approved destruction is carried out, two watching."""
    with driving.day(at):
        return disposing.dispose(drive.case, drive.people[who], supervisors=watching)


def unprinted(monkeypatch):
    """No sheet is set: a typesetter that has run before does not survive a fork, and takes its time."""
    sheet = blank_sheet()
    monkeypatch.setattr(sheets, "printed_whole", lambda *_: sheet)
    for name in contents.SHEETS:
        monkeypatch.setitem(contents.SHEETS, name, lambda *_: sheet)


def short(drive):
    """Closed without any paper, for what must not be typeset."""
    with driving.day("2026-03-30 09:00"):
        append(f"case/{drive.case}", "jia", [New("Closed", {"outcome": "终结"})])
        project(drive.case)


def blank_sheet(standard="2", pages=1):
    """Pages with nothing on them that say they are PDF/A."""
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        with pdf.open_metadata() as said:
            said["pdfaid:part"], said["pdfaid:conformance"] = standard, "B"
        pdf.save(made)
    return made.getvalue()
