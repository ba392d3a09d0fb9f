"""How a log asks a witness for its cosignature: the request's text and what is answered (c2sp.org/tlog-witness)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from liuhen.ledger import merkle, notes

ADDRESS = "/add-checkpoint"
SIZE_TYPE = "text/x.tlog.size"
MOST = 64 * 1024  # bytes of a request
LONGEST_PROOF = 63

_OLD = re.compile(r"old (0|[1-9]\d{0,17})")


@dataclass(frozen=True)
class Request:
    """``old``: the size that the log believes the witness saw last; ``proof`` from it to the note's size."""

    old: int
    proof: Sequence[bytes]
    note: str


@dataclass(frozen=True)
class Answer:
    """A status of HTTP with its text; ``note``: what the witness has to keep before it answers, None for a refusal."""

    status: HTTPStatus
    text: str
    note: str | None = None
    type: str = "text/plain; charset=utf-8"


def written(request: Request) -> str:
    """The text of a request."""
    proof = "".join(f"{base64.b64encode(node).decode()}\n" for node in request.proof)
    return f"old {request.old}\n{proof}\n{request.note}"


def read(text: str) -> Request:
    """A request out of its text. Raises NoteError."""
    head, blank, note = text.partition("\n\n")
    first, *lines = head.split("\n")
    found = _OLD.fullmatch(first)
    if not blank or found is None or len(lines) > LONGEST_PROOF:
        raise notes.NoteError("不是共签请求：应为上次的条数、证明、空行、检查点")
    try:
        proof = [base64.b64decode(line, validate=True) for line in lines]
    except (binascii.Error, ValueError) as error:
        raise notes.NoteError("一致性证明不是 Base64") from error
    return Request(int(found[1]), proof, note)


def answer(
    text: str,
    logs: Sequence[notes.VerifierKey],
    last: str | None,
    key: notes.SigningKey,
    unix_time: int,
) -> Answer:
    """What the witness answers to a request when ``last`` is the checkpoint that it cosigned before.

    200 with the cosignature, 400 for what is no request, 404 for another log, 403 for one that its key did not sign, 409 with the
    size seen last when the log believes another one or the same size has another root, 422 for a proof that does not hold.
    """
    try:
        request = read(text)
        now = notes.parse_checkpoint(request.note)
    except notes.NoteError as error:
        return Answer(HTTPStatus.BAD_REQUEST, f"{error}\n")
    if now.origin not in {log.name for log in logs}:
        return Answer(HTTPStatus.NOT_FOUND, f"不认识的日志：{now.origin}\n")
    try:
        notes.verify_note(request.note, logs)
    except notes.NoteError as error:
        return Answer(HTTPStatus.FORBIDDEN, f"{error}\n")
    if request.old > now.size:
        return Answer(HTTPStatus.BAD_REQUEST, "上次的条数大于检查点的条数\n")
    return _cosigned(request, now, notes.parse_checkpoint(last) if last else None, key, unix_time)


def _cosigned(
    request: Request,
    now: notes.Checkpoint,
    before: notes.Checkpoint | None,
    key: notes.SigningKey,
    unix_time: int,
) -> Answer:
    seen = before.size if before else 0
    forked = before is not None and before.size == now.size and before.root != now.root
    if request.old != seen or forked:
        return Answer(HTTPStatus.CONFLICT, f"{seen}\n", type=SIZE_TYPE)
    root = before.root if before else merkle.EMPTY_ROOT
    if not merkle.verify_consistency(seen, now.size, root, now.root, request.proof):
        return Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "一致性证明不对：日志可能被改写过\n")
    signed = notes.cosign(request.note, key, unix_time)
    return Answer(HTTPStatus.OK, signed[len(request.note) :], signed)
