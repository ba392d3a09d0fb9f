"""Years on the content is destroyed: the log still stands, copies given out before still verify (A31; story of the years)."""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from liuhen.acts import archiving, cases, disposing, documents, facts, filekeeping, handing, media
from liuhen.acts import bureau as registers
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.casefile.settle import settle
from liuhen.cli.__main__ import main
from liuhen.office.policy import NotPermitted
from liuhen.records import read, reveal
from liuhen.records.append import New, append
from liuhen.records.audit import audit
from liuhen.records.models import Body, CaseRow
from tests.archives import making
from tests.archives.making import CANARY
from tests.remembered import step

FILE = f"{CANARY}的举报信".encode()


@pytest.fixture
def drive(bureau_committed):
    """A case with the planted name in values, a draft, a file and the lists; archived."""
    drive = making.closed(bureau_committed)
    kept(drive)
    return drive


@step
def kept(drive):
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


def dispose(drive, who="gui", at="2057-06-01 09:00", watching=making.WATCHING, approved=True):
    """Proposed and approved an hour before, unless it was."""
    if approved and not drive.state().opinions and not drive.state().disposed:
        making.approved(drive)
    return making.dispose(drive, who, at, watching)


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


def test_one_hand_proposes_another_approves_and_two_watch(drive, bureau_committed):
    """domain §8.3: destruction only by appraisal, list, approval and two supervisors."""
    bodies = Body.objects.filter(entry__stream=f"case/{drive.case}")
    with pytest.raises(Invalid, match="先由档案人员提出鉴定意见"):
        dispose(drive, approved=False)
    with making.driving.day("2057-06-01 08:00"):
        filekeeping.appraise(drive.case, drive.people["gui"], making.APPRAISED)
        assert CaseRow.objects.get(case=drive.case).file.state == "待批准"
        with pytest.raises(NotPermitted):
            disposing.decide(drive.case, drive.people["gui"], True)
        own = replace(drive.people["gui"], roles=frozenset({"archivist", "bureau_leader"}))
        with pytest.raises(NotPermitted, match="不能自己批准"):
            disposing.decide(drive.case, own, True)
        with pytest.raises(Invalid, match="写明理由"):
            disposing.decide(drive.case, drive.people["xin"], False)
    with pytest.raises(Invalid, match="经局领导批准"):
        dispose(drive, approved=False)
    with making.driving.day("2057-06-01 08:30"):
        disposing.decide(drive.case, drive.people["xin"], True)
    before = bodies.count()
    with pytest.raises(Invalid, match="两名监销人"):
        dispose(drive, watching=("执法人员甲", "执法人员甲"))
    with pytest.raises(NotPermitted):
        dispose(drive, who="jia")
    assert bodies.count() == before

    dispose(drive)
    (order,) = [e for e in read.case_entries(drive.case) if e.kind == "Disposed"]
    named = {e.hash: e for e in read.case_entries(drive.case)}
    assert named[order.body["proposal"]].body["fact"] == "appraised"
    assert named[order.body["decision"]].actor == "xin"
    assert order.body["supervisors"] == list(making.WATCHING)


def test_a_refused_proposal_destroys_nothing(drive):
    with making.driving.day("2057-06-01 08:00"):
        filekeeping.appraise(drive.case, drive.people["gui"], making.APPRAISED)
        disposing.decide(drive.case, drive.people["ren"], False, "仍有查考价值")
    with pytest.raises(Invalid, match="经局领导批准"):
        dispose(drive, approved=False)


def test_an_appraisal_may_keep_the_file_on(drive):
    kept = {**making.APPRAISED, "conclusion": "继续保存", "years": 20}
    with making.driving.day("2057-06-01 08:00"):
        filekeeping.appraise(drive.case, drive.people["gui"], kept)
        with pytest.raises(Invalid, match="2077年12月31日以后"):
            filekeeping.appraise(drive.case, drive.people["gui"], making.APPRAISED)


def test_nothing_is_destroyed_before_its_retention_has_run(drive):
    """Domain §8.3: thirty years, counted from the year after archiving; whatever the bureau set, never less."""
    registers.set_value(registers.SYSTEM, "demo", False, basis="测试", since=date(2020, 1, 1))
    registers.set_value(registers.SYSTEM, "retention_years", 1, basis="测试", since=date(2020, 1, 1))
    for at in ("2026-06-01 09:00", "2056-06-01 09:00", "2056-12-31 23:00"):
        with pytest.raises(Invalid, match="2056年12月31日以后"):
            making.approved(drive, at)
    making.approved(drive, "2057-01-01 08:00")
    dispose(drive, at="2057-01-01 09:00")
    assert settle(read.case_entries(drive.case), read.office()).disposed


def test_a_legal_hold_keeps_the_file_until_a_leader_lifts_it(drive):
    making.approved(drive)
    with making.driving.day("2057-06-01 08:10"):
        filekeeping.hold(drive.case, drive.people["ding"], True, "法院调查令")
        with pytest.raises(Invalid, match="已经保全"):
            filekeeping.hold(drive.case, drive.people["gui"], True, "又一次")
    with pytest.raises(Invalid, match="法律保全”（法院调查令"):
        dispose(drive)
    with making.driving.day("2057-06-01 08:20"):
        for who in ("ding", "gui"):
            with pytest.raises(NotPermitted, match="局领导取消"):
                filekeeping.hold(drive.case, drive.people[who], False, "调查结束")
        with pytest.raises(Invalid, match="档案页"):
            cases.mark(drive.case, drive.people["ding"], "法律保全", False, "调查结束")
        filekeeping.hold(drive.case, drive.people["xin"], False, "调查结束")
    dispose(drive)


def test_a_file_that_is_kept_for_ever_is_never_destroyed(drive):
    """A suit makes the file permanent (domain §8.3)."""
    contested = {"route": "行政诉讼", "on": "2026-05-01", "notice_on": "2026-05-06", "body": "某人民法院"}
    with making.driving.day("2026-05-07 09:00"):
        facts.state_fact(drive.case, drive.people["jia"], "contested", contested, proofs=[drive.scan(FILE)])
    with pytest.raises(Invalid, match="永久"):
        making.approved(drive, at="2126-06-01 09:00")


def test_to_a_destroyed_case_nothing_is_added_any_more(drive):
    """What came after the destruction could not be destroyed with it."""
    dispose(drive)
    with making.driving.day("2057-06-02 09:00"):
        for act in (
            lambda: cases.mark(drive.case, drive.people["ding"], "重大复杂", True, "影响大"),
            lambda: media.deposit(drive.case, drive.people["jia"], FILE, "举报信.txt", what="举报信"),
        ):
            with pytest.raises(Invalid, match="已经销毁"):
                act()
    assert holding(CANARY) == []


def test_what_came_late_past_the_acts_is_destroyed_too(drive):
    dispose(drive)
    late = {"mark": "重大复杂", "set": True, "reason": CANARY}
    with making.driving.day("2057-06-02 09:00"):
        append(f"case/{drive.case}", "ding", [New("Marked", late)])
    assert holding(CANARY) != []
    dispose(drive, at="2057-06-03 09:00")
    assert holding(CANARY) == []


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

    with making.driving.day("2057-06-01 10:00"):
        disposing.recover()

    assert disposing.unfinished() == []
    assert holding(CANARY) == []
    assert audit(vault()).faults == []
