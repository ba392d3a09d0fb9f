"""The log's key is changed in the open: the old key names the new, and who only has an old one cannot sign any more."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from liuhen.acts import cases, keys
from liuhen.acts.bureau import SYSTEM
from liuhen.acts.storage import vault
from liuhen.acts.upkeep import upkeep
from liuhen.ledger import handover, merkle, notes
from liuhen.office.policy import NotPermitted
from liuhen.records import seal
from liuhen.records.append import New, append_anyway
from liuhen.records.audit import audit
from liuhen.records.checkpoints import handovers, log_keys
from liuhen.records.models import Checkpoint, Entry
from tests.conftest import triggers_off


def faults():
    return {(fault.code, fault.where) for fault in audit(vault()).faults}


@pytest.fixture
def old(bureau):
    """The public key of before; then two checkpoints under it, a change of key, and one under the new key."""
    keys.register_log_key()
    cases.open_case(bureau["jia"], title="第一案")
    old = seal.signing_key()
    keys.rotate_log_key(SYSTEM)
    cases.open_case(bureau["jia"], title="第二案")
    return old


def test_checkpoints_after_the_handover_are_the_new_keys_and_all_is_sound(old):
    first, last = Checkpoint.objects.order_by("size").first(), Checkpoint.objects.order_by("-size").first()
    new = seal.signing_key().verifier
    assert new != old.verifier
    assert log_keys() == [old.verifier, new]
    assert notes.verify_note(first.note, log_keys()) == [old.verifier]
    assert notes.verify_note(last.note, log_keys()) == [new]
    assert handover.trusted([old.verifier], handovers()) == [old.verifier, new]
    assert not faults()


def test_the_old_private_key_is_gone(old):
    kept = [notes.load_key(path) for path in seal.key_path().parent.glob("*.pem")]
    assert [key.verifier for key in kept] == [seal.signing_key().verifier]


def test_who_kept_the_old_key_cannot_sign_for_the_log_any_more(old):
    last = Checkpoint.objects.order_by("-size").first()
    root = merkle.tree_root(last.size, seal.get_node)
    with triggers_off():
        Checkpoint.objects.filter(size=last.size).update(note=notes.sign_checkpoint(last.size, root, old))
    assert faults() == {("CHECKPOINT_ALTERED", f"检查点 {last.size}")}


def test_a_key_put_on_record_without_a_handover_is_named(old):
    stranger = notes.SigningKey(old.name, notes.LOG, Ed25519PrivateKey.generate())
    body = {"name": old.name, "use": "log", "vkey": str(stranger.verifier)}
    append_anyway("office/keys", "system", [New("KeySet", body)])
    seal.seal()
    assert ("KEY_UNTRUSTED", "office/keys") in faults()


@pytest.mark.parametrize("recorded", [False, True])
def test_a_change_that_died_half_way_is_finished_or_never_was(bureau, monkeypatch, recorded):
    keys.register_log_key()
    old = seal.signing_key().verifier

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("liuhen.acts.engine.seal" if recorded else "liuhen.acts.keys._register", die)
        with pytest.raises(KeyboardInterrupt):
            keys.rotate_log_key(SYSTEM)
    assert seal.signing_key().verifier == old
    assert not faults()
    upkeep()
    assert (seal.signing_key().verifier != old) == recorded
    new = keys.rotate_log_key(SYSTEM)
    assert new == seal.signing_key().verifier != old
    assert Entry.objects.filter(kind="KeySet").count() == 2 + recorded
    assert not faults()


def test_nobody_but_the_administrator_changes_it(bureau):
    with pytest.raises(NotPermitted):
        keys.rotate_log_key(bureau["jia"])
