"""What a witness does: cosign a checkpoint of a log only when it continues the one it saw before.

Sources: c2sp.org/tlog-witness, c2sp.org/tlog-cosignature; RFC 9162 §2.1.4.2. Whoever rewrites the log with its key in hand
still cannot make a witness contradict what it signed.
"""

from __future__ import annotations

from collections.abc import Sequence

from liuhen.ledger import merkle, notes


def observe(
    note: str,
    logs: Sequence[notes.VerifierKey],
    last: str | None,
    proof: Sequence[bytes],
    key: notes.SigningKey,
    unix_time: int,
) -> str:
    """Return the note with the witness's cosignature; ``last`` is the checkpoint cosigned before, None at the first time.

    ``logs`` are the keys of the one log: the one confirmed face to face, and those it handed over to.

    Raises NoteError when the log did not sign the note, when the log is shorter than before, or when ``proof`` does not
    show that it begins with what was seen before. The caller keeps the answer before it hands it out.
    """
    seen = _signed(note, logs)
    if any(key.verifier.public == log.public for log in logs):
        raise notes.NoteError("日志自己的密钥不能作见证")
    if last is not None:
        _continues(_signed(last, logs), seen, proof)
    return notes.cosign(note, key, unix_time)


def _signed(note: str, logs: Sequence[notes.VerifierKey]) -> notes.Checkpoint:
    notes.verify_note(note, logs)
    seen = notes.parse_checkpoint(note)
    if seen.origin not in {log.name for log in logs}:
        raise notes.NoteError(f"不是这个日志的检查点：{seen.origin}")
    return seen


def _continues(before: notes.Checkpoint, now: notes.Checkpoint, proof: Sequence[bytes]) -> None:
    if now.size < before.size:
        raise notes.NoteError(f"日志变短了：上次见到 {before.size} 条，这次只有 {now.size} 条。拒绝共签")
    if not merkle.verify_consistency(before.size, now.size, before.root, now.root, proof):
        raise notes.NoteError(
            f"不能证明 {now.size} 条的日志以上次见到的 {before.size} 条开头：日志被改写过，或者一致性证明不对。拒绝共签"
        )
