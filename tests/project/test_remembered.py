"""What tests start from is put back as it was, or made anew (`tests/remembered.py`)."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from liuhen.acts import documents
from liuhen.acts.storage import vault
from liuhen.cli.__main__ import main
from liuhen.office.models import User
from liuhen.records.audit import audit
from liuhen.records.models import Body, CaseRow, Draft, Entry, Leaf, TaskRow
from tests.acts import drive as d
from tests.conftest import people
from tests.remembered import remembered, step

TABLES = (Entry, Body, Leaf, CaseRow, TaskRow, Draft, User)


@step
def begun(drive):
    """A text became final, another is a draft: rows came, changed and went."""
    d.source(drive)
    with d.day("2026-03-03 09:00"):
        documents.new_draft(drive.case, drive.people["jia"], "site_inspection_record")


def case():
    drive = d.Drive(people())
    begun(drive)
    return drive


def kept():
    """All rows and files of the bureau."""
    folder = Path(settings.LIUHEN_DATA)
    files = {path: (path.read_bytes(), path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}
    return files, [list(table.objects.order_by("pk").values()) for table in TABLES]


def forget(folder):
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def is_as_it_was(drive, before):
    assert kept() == before
    assert audit(vault()).faults == []
    assert main(["rebuild", "--check"]) == 0
    drive.file("site_inspection_record", {
        "started_at": "2026-03-03T09:00", "ended_at": "2026-03-03T10:00", "place": "某街道某路1号",
        "certificates_shown": True, "recusal_answer": "不申请", "situation": "没有台账。",
    }, at="2026-03-03 10:10")  # fmt: skip


def test_a_case_is_put_back_within_a_transaction(db, own_data, tmp_path):
    with transaction.atomic():
        first = case()
        before = kept()
        transaction.set_rollback(True)
    forget(tmp_path)
    second = case()
    assert vars(second) == vars(first)
    assert second.documents is not first.documents
    is_as_it_was(second, before)


def test_a_case_is_put_back_with_real_transactions(transactional_db, own_data, tmp_path):
    first = case()
    before = kept()
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    forget(tmp_path)
    second = case()
    assert vars(second) == vars(first)
    is_as_it_was(second, before)


@pytest.mark.parametrize("differs", ["row", "file"])
def test_in_another_world_it_is_made_anew(bureau, tmp_path, differs):
    known = {remembered(counted) for _ in range(2)}
    if differs == "row":
        User.objects.filter(username="jia").update(last_name="改")
    else:
        (tmp_path / "keys/note").write_text("另放的")
    assert len({*known, remembered(counted)}) == len(known) + 1 == 2


def test_after_a_patch_steps_are_played_for_real(bureau, monkeypatch):
    drive = SimpleNamespace()
    known = {counting(drive) for _ in range(2)}
    monkeypatch.setattr(d, "FACTS", "另外的事实")
    anew = {counting(drive) for _ in range(2)}
    assert (len(known), len(anew), len(known & anew)) == (1, 2, 0)


def test_everybody_has_a_copy_of_the_answer(db, own_data):
    remembered(listed).append("改")
    assert remembered(listed) == []


def counted():
    COUNTED.append(1)
    return len(COUNTED)


@step
def counting(drive):
    return counted()


COUNTED = []


def listed():
    return []
