"""Keys: the log's and its witnesses' public keys stand in the record, so that packages carry them with their proof."""

from __future__ import annotations

from liuhen.acts.bureau import SYSTEM
from liuhen.acts.engine import record_office
from liuhen.ledger.handover import written
from liuhen.ledger.notes import WITNESS, NoteError, VerifierKey
from liuhen.office.policy import Actor, Subject, require
from liuhen.records.append import New, Receipt
from liuhen.records.checkpoints import refuse_local, registered
from liuhen.records.seal import next_key, seal, signing_key


def register_log_key() -> list[Receipt]:
    """Record the log's public key, made at the first call; nothing when it is recorded already."""
    return _register(SYSTEM, "log", signing_key().verifier)


def register_witness(actor: Actor, text: str) -> list[Receipt]:
    """Record a witness's public key (vkey text); nothing when it is recorded already.

    Raises NotPermitted, and NoteError for a key that is no witness's or lies in this log's own data folder.
    """
    key = VerifierKey.parse(text)
    if key.type != WITNESS:
        raise NoteError("不是见证公钥")
    refuse_local(key)
    return _register(actor, "witness", key)


def rotate_log_key(actor: Actor) -> VerifierKey:
    """Hand the log over to a new key: the old one names it, that is recorded and sealed under the old one, and from then
    on the new one signs; the old private key is destroyed. Returns the new public key. Raises NotPermitted.

    Called again after a crash it goes on where it was; the handover is sealed before the key changes.
    """
    require(actor, "set_office", Subject())
    register_log_key()
    old, new = signing_key(), next_key()
    _register(actor, "log", new.verifier, written(old, new))
    seal(all_of_it=True)
    return signing_key().verifier


def _register(actor: Actor, use: str, key: VerifierKey, handover: str = "") -> list[Receipt]:
    if key in registered(use):
        return []
    body = {"name": key.name, "use": use, "vkey": str(key)} | ({"handover": handover} if handover else {})
    return record_office("keys", actor, "set_office", [New("KeySet", body)])
