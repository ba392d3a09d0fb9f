"""What is put in order at every start: the log's key on record, the tail sealed, packages in place, the day's checkpoint kept."""

import shutil

import pytest

from liuhen.acts import archiving, cases
from liuhen.acts.keys import register_log_key, register_witness
from liuhen.acts.storage import vault
from liuhen.acts.upkeep import upkeep
from liuhen.archives import sheets
from liuhen.ledger import notes
from liuhen.office.policy import NotPermitted
from liuhen.records import checkpoints
from liuhen.records.models import Entry
from liuhen.records.seal import checkpoint_folder, signing_key, unsealed
from tests.archives import making


def test_the_logs_key_is_recorded_once(bureau):
    assert upkeep() == []
    assert upkeep() == []
    assert checkpoints.registered("log") == [signing_key().verifier]
    assert Entry.objects.filter(stream="office/keys").count() == 1
    assert register_log_key() == []


def test_each_day_keeps_its_first_checkpoint(bureau_committed):
    for text in ("2026-03-02 09:00", "2026-03-02 17:00", "2026-03-03 00:10"):
        with making.driving.day(text):
            cases.open_case(bureau_committed["jia"], title="案件")
    kept = sorted(checkpoint_folder().glob("2026-03-*.txt"))
    assert [path.name for path in kept] == ["2026-03-02.txt", "2026-03-03.txt"]
    sizes = [notes.parse_checkpoint(path.read_text()).size for path in kept]
    assert sizes[0] < sizes[1]
    for path in kept:
        notes.verify_note(path.read_text(), [signing_key().verifier])


def test_a_start_keeps_the_days_checkpoint_when_nothing_is_done(bureau):
    with making.driving.day("2026-05-05 08:00"):
        upkeep()
    assert (checkpoint_folder() / "2026-05-05.txt").exists()
    assert not unsealed()


def test_what_a_dead_writer_left_is_swept_and_what_is_lost_is_said(bureau, monkeypatch):
    drive = making.archived(bureau)
    folder = archiving.packages() / ".built-GONE-0000"
    folder.mkdir()
    assert upkeep() == []
    assert not folder.exists()

    shutil.rmtree(archiving.place(drive.case))
    monkeypatch.setattr(sheets, "printed_whole", lambda *_: b"%PDF-1.7 another typesetter")
    (lost,) = upkeep()
    assert drive.case in lost
    assert "不符" in lost
    assert vault().leftovers() == []


def test_only_the_administrator_registers_a_witness_and_only_with_a_witnesss_key(bureau):
    key = notes.SigningKey.generate("witness.example", notes.WITNESS)
    with pytest.raises(NotPermitted):
        register_witness(bureau["jia"], str(key.verifier))
    with pytest.raises(notes.NoteError, match="见证"):
        register_witness(bureau["admin"], str(signing_key().verifier))
    assert len(register_witness(bureau["admin"], str(key.verifier))) == 1
    assert register_witness(bureau["admin"], str(key.verifier)) == []
