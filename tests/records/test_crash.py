"""Killed at any step, the record is as before the act or as after it, and trying again succeeds (R34.3, the crash stories)."""

from pathlib import Path

import pytest
from django.conf import settings

from liuhen.acts import cases, engine, media
from liuhen.acts.storage import vault
from liuhen.acts.upkeep import upkeep
from liuhen.casefile.moments import day
from liuhen.ledger import notes
from liuhen.records import clock, numbers
from liuhen.records import seal as sealing
from liuhen.records.audit import audit
from liuhen.records.models import Body, Checkpoint, Entry, Leaf, TreeNode
from liuhen.vault.filesystem import Filesystem
from tests.records.killing import died_at

NOTHING, EVERYTHING = 0, 1
STEPS = {
    "before the header is written": (Entry, "save", "before", NOTHING),
    "between header and body": (Body, "save", "before", NOTHING),
    "after the body, before the lists": (Body, "save", "after", NOTHING),
    "before the lists are projected": (engine, "project", "before", NOTHING),
    "after the lists, before the commit": (engine, "project", "after", NOTHING),
    "after the commit, before sealing": (engine, "append", "after", EVERYTHING),
    "at the beginning of sealing": (engine, "seal", "before", EVERYTHING),
    "sealing, before any leaf": (sealing.merkle, "appended", "before", EVERYTHING),
    "sealing, leaves written, nodes not": (sealing.merkle, "appended", "after", EVERYTHING),
    "sealing, before the root is signed": (notes, "sign_checkpoint", "before", EVERYTHING),
    "sealing, checkpoint signed, not committed": (notes, "sign_checkpoint", "after", EVERYTHING),
    "sealed, before the day's checkpoint is kept": (sealing, "keep_daily", "before", EVERYTHING),
    "the day's checkpoint half written": (Path, "replace", "before", EVERYTHING),
    "after all of it": (engine, "seal", "after", EVERYTHING),
}


@pytest.fixture
def case(bureau_committed):
    case = cases.open_case(bureau_committed["jia"], title="断电")
    for path in sealing.checkpoint_folder().glob("*.txt"):
        path.unlink()
    return case


def marked(case):
    return Entry.objects.filter(stream=f"case/{case}", kind="Marked").count()


def is_sound():
    """Every entry has its body, no gap, the log agrees, the lists are as computed; no half file under a real name."""
    assert Body.objects.count() == Entry.objects.count()
    assert audit(vault()).faults == []
    for path in sealing.checkpoint_folder().glob("*.txt"):
        notes.verify_note(path.read_text(), [sealing.signing_key().verifier])


@pytest.mark.parametrize("step", STEPS)
def test_an_act_is_done_or_not_done(case, bureau_committed, step):
    owner, name, when, expected = STEPS[step]

    def act(mark):
        cases.mark(case, bureau_committed["ding"], mark, True, "影响大")

    assert died_at(owner, name, when, lambda: act("重大复杂"))

    assert marked(case) == expected
    is_sound()
    act("再试一次")
    assert marked(case) == expected + 1
    assert upkeep() == []
    is_sound()
    assert Leaf.objects.count() == Entry.objects.count()
    assert Checkpoint.objects.order_by("-size").first().size == Leaf.objects.count()


@pytest.mark.parametrize("nth", [1, 2])
def test_sealing_is_all_or_nothing_between_its_tables(case, bureau_committed, nth):
    """Killed between leaves and nodes, and between nodes and checkpoint."""
    before = Leaf.objects.count(), TreeNode.objects.count(), Checkpoint.objects.count()
    assert died_at(
        sealing,
        "_insert",
        "after",
        lambda: cases.mark(case, bureau_committed["ding"], "重大复杂", True, "影响大"),
        nth=nth,
    )
    assert (Leaf.objects.count(), TreeNode.objects.count(), Checkpoint.objects.count()) == before
    assert sealing.seal() is not None
    is_sound()


DEPOSITS = {
    "while the bytes are being copied": (Filesystem, "_publish", "before", False),
    "the file stored, no entry yet": (Filesystem, "put", "after", True),
    "the entry not committed": (engine, "project", "after", True),
}


@pytest.mark.parametrize("step", DEPOSITS)
def test_a_file_may_wait_for_its_entry_but_never_an_entry_for_its_file(case, bureau_committed, step):
    owner, name, when, stored = DEPOSITS[step]

    def deposit():
        media.deposit(case, bureau_committed["jia"], b"photograph", "现场.jpg", what="现场照片")

    assert died_at(owner, name, when, deposit)

    assert not Entry.objects.filter(kind="Deposited").exists()
    assert len(list(vault().all())) == stored
    is_sound()
    assert len(vault().leftovers()) == (not stored)
    deposit()
    upkeep()
    assert vault().leftovers() == []
    assert Entry.objects.filter(kind="Deposited").count() == 1
    is_sound()


def test_a_number_reserved_by_a_writer_that_died_is_given_to_the_same_content_again(bureau_committed):
    def take(key):
        return numbers.reserve(
            "罚决", day(clock.now()), "大金普发改罚决〔{year}〕{n}号", key=key, case="c", actor="jia"
        )

    assert died_at(numbers, "append", "after", lambda: take("a" * 64))
    assert Entry.objects.filter(kind="NumberReserved").count() == 1
    assert (take("b" * 64).n, take("a" * 64).n) == (2, 1)
    assert died_at(numbers, "append", "before", lambda: take("c" * 64))
    assert take("d" * 64).n == 3
    sealing.seal()
    is_sound()


@pytest.mark.parametrize("when", ["before", "after"])
def test_the_logs_key_is_made_whole_or_not_at_all(bureau_committed, when):
    sealing.key_path().unlink(missing_ok=True)
    assert died_at(notes, "save_key", when, sealing.signing_key)
    assert not sealing.key_path().exists()
    key = sealing.signing_key()
    assert sealing.signing_key().verifier == key.verifier
    assert sealing.key_path().stat().st_mode & 0o077 == 0
    assert Path(settings.LIUHEN_DATA) in sealing.key_path().parents
