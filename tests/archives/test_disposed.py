"""Years on the content is destroyed: the log still stands, copies given out before still verify (A31; story of the years)."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from liuhen.acts import archiving, disposing, documents, handing
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.casefile.settle import settle
from liuhen.cli.__main__ import main
from liuhen.office.policy import NotPermitted
from liuhen.records import read, reveal
from liuhen.records.audit import audit
from liuhen.records.models import Body, CaseRow
from tests.archives import making
from tests.archives.making import CANARY

REASONS = {"reason": "保管期限届满", "approval": "档案鉴定小组2056年第1号"}
FILE = f"{CANARY}的举报信".encode()


@pytest.fixture
def drive(bureau_committed):
    """A case with the planted name in values, a draft, a file and the lists; archived."""
    drive = making.closed(bureau_committed)
    drive.deposit(FILE, f"{CANARY}.txt", at="2026-04-01 08:00", what=f"{CANARY}的举报信")
    making.heard(drive)
    with making.driving.day("2026-04-01 08:40"):
        draft = documents.new_draft(drive.case, drive.people["jia"], "interview_record")
        documents.save_draft(draft.document, drive.people["jia"], {"place": f"{CANARY}家"}, draft.version)
    making.archive(drive)
    archiving.publish(drive.case, settings.LIUHEN_DATA / "exported")
    handing.redacted(
        drive.case,
        drive.people["gui"],
        settings.LIUHEN_DATA / "copy",
        texts=[CANARY],
        to="复议机关",
        purpose="行政复议",
    )
    return drive


def dispose(drive, who="gui", **more):
    with making.driving.day("2056-06-01 09:00"):
        return disposing.dispose(drive.case, drive.people[who], **(REASONS | more))


def stored():
    """Every byte that the bureau keeps: database with its journals, vault, packages, everything in the data folder."""
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        for path in (name, f"{name}-wal", f"{name}-journal"):
            if Path(path).exists():
                yield path, Path(path).read_bytes()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield table, "\n".join(str(cell) for row in cursor.fetchall() for cell in row).encode()
    for path in settings.LIUHEN_DATA.rglob("*"):
        if path.is_file() and "exported" not in path.parts and "copy" not in path.parts:
            yield str(path), path.read_bytes()


def holding(text):
    """The places where a text still stands, plainly or as JSON escapes it."""
    forms = [text.encode(), text.encode("unicode_escape")]
    return [where for where, data in stored() if any(form in data for form in forms)]


def test_nothing_of_the_content_is_left_and_the_record_stays_whole(drive, verifier):
    assert {"records_body", "records_draft"} <= set(holding(CANARY))

    dispose(drive)

    assert holding(CANARY) == []
    assert holding("张某") == []
    assert not vault().exists(vault_digest(FILE))
    assert audit(vault()).faults == []
    assert main(["rebuild", "--check"]) == 0
    assert verifier.verify(settings.LIUHEN_DATA / "copy").verdict == 2
    assert verifier.verify(settings.LIUHEN_DATA / "exported").verdict == 2


def vault_digest(data):
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_the_case_is_still_called_by_its_number(drive):
    number = drive.state().case_no
    dispose(drive)

    case = settle(read.case_entries(drive.case), read.office())
    assert (case.disposed, case.case_no, case.section) == (True, number, "粮食和物资储备科")
    assert (case.title, case.documents, case.outcome) == ("", {}, "行政处罚")
    assert case.handed[0]["to"] == "复议机关"
    row = CaseRow.objects.get(case=drive.case)
    assert (row.case_no, row.state, row.party) == (number, "已销毁（证明仍在）", "")
    assert not row.tasks.exists()
    assert not row.findings.exists()
    view = reveal.look(drive.case, drive.people["gui"])
    assert view.judgement.steps == ()


def test_it_cannot_be_done_twice_nor_undone(drive, tmp_path):
    dispose(drive)
    with pytest.raises(Invalid, match="已经销毁"):
        dispose(drive)
    with pytest.raises(Invalid, match="已经销毁"):
        archiving.publish(drive.case, tmp_path / "again")


def test_only_an_archived_case_with_reason_and_approval_by_the_archivist(drive, bureau_committed):
    bodies = Body.objects.filter(entry__stream=f"case/{drive.case}")
    before = bodies.count()
    with pytest.raises(Invalid, match="理由"):
        dispose(drive, approval=" ")
    with pytest.raises(NotPermitted):
        dispose(drive, who="jia")
    other = making.driving.Drive(bureau_committed)
    with pytest.raises(Invalid, match="没有归档"):
        dispose(other)
    assert bodies.count() == before


def test_a_file_of_another_case_too_stays(drive, bureau_committed):
    other = making.driving.Drive(bureau_committed)
    other.deposit(FILE, "举报信.txt", what="举报信")
    dispose(drive)
    assert vault().verify(vault_digest(FILE)) == "ok"
    assert audit(vault()).faults == []


@pytest.mark.parametrize("step", ["_destroy_bodies", "wipe", "remove"])
def test_a_destruction_that_was_interrupted_is_named_and_finished(drive, step, monkeypatch):
    """Killed after the decision is recorded: the audit says so, the next start carries it out."""

    class Killed(BaseException):
        """As by a signal: nothing in the product catches it."""

    def killed(*_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(archiving if step == "remove" else disposing, step, killed)
        with pytest.raises(Killed):
            dispose(drive)
    assert disposing.unfinished() == [drive.case]
    named = {fault.code for fault in audit(vault()).faults}
    assert named == ({"BODY_KEPT"} if step == "_destroy_bodies" else set())

    disposing.recover()

    assert disposing.unfinished() == []
    assert holding(CANARY) == []
    assert audit(vault()).faults == []
