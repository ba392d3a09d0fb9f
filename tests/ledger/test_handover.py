"""A log's key hands over to the next; nobody else can hand it over, and nothing else can pass for a handover."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from liuhen.ledger import handover, notes


def key(byte, name="liuhen.example", kind=notes.LOG):
    return notes.SigningKey(name, kind, Ed25519PrivateKey.from_private_bytes(bytes([byte]) * 32))


FIRST, SECOND, THIRD = key(1), key(2), key(3)
NOTE = handover.written(FIRST, SECOND)


def test_both_keys_sign_it():
    assert handover.read(NOTE) == handover.Handover(FIRST.verifier, SECOND.verifier)


def test_trust_follows_the_chain_and_never_runs_backwards():
    chain = [handover.written(SECOND, THIRD), NOTE]
    assert handover.trusted([FIRST.verifier], chain) == [each.verifier for each in (FIRST, SECOND, THIRD)]
    assert handover.trusted([SECOND.verifier], chain) == [SECOND.verifier, THIRD.verifier]
    assert handover.trusted([key(9).verifier], chain) == [key(9).verifier]


@pytest.mark.parametrize("position", range(len(NOTE)))
def test_no_character_of_it_can_be_changed(position):
    changed = NOTE[:position] + ("A" if NOTE[position] != "A" else "B") + NOTE[position + 1 :]
    with pytest.raises(notes.NoteError):
        handover.read(changed)


@pytest.mark.parametrize("dropped", [0, 1])
def test_one_signature_is_not_enough(dropped):
    body, _, lines = NOTE.rpartition("\n\n")
    kept = [line for n, line in enumerate(lines.splitlines()) if n != dropped]
    with pytest.raises(notes.NoteError):
        handover.read(f"{body}\n\n{kept[0]}\n")


@pytest.mark.parametrize(
    "new", [FIRST, key(2, "liuhen.other"), key(2, kind=notes.WITNESS)], ids=["same", "other log", "witness"]
)
def test_only_another_key_of_the_same_log_can_follow(new):
    with pytest.raises(notes.NoteError):
        handover.written(FIRST, new)


def test_a_checkpoint_is_no_handover_and_a_handover_no_checkpoint():
    with pytest.raises(notes.NoteError):
        handover.read(notes.sign_checkpoint(7, bytes(32), FIRST))
    with pytest.raises(notes.NoteError):
        notes.parse_checkpoint(NOTE)
