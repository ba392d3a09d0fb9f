"""Files: deposit into the vault or register what lies on the dedicated device, and tie them to document and duty (A31)."""

from __future__ import annotations

import mimetypes
from typing import Any, BinaryIO

from liuhen.acts.engine import nothing, perform, require_standing
from liuhen.acts.situation import Situation, invalid
from liuhen.acts.storage import vault
from liuhen.casefile.moments import Moment, instant, write
from liuhen.office.policy import Actor
from liuhen.records.append import New, Receipt, Ref


def deposit(
    case: str,
    actor: Actor,
    source: BinaryIO | bytes,
    name: str,
    *,
    what: str,
    recorded: bool = False,
    document: str = "",
    duty: str = "",
    starts: Moment | None = None,
    ends: Moment | None = None,
    device: str = "",
    by: str = "",
    clock_offset: int | None = None,
    late_reason: str = "",
) -> list[Receipt]:
    """Put a file into the vault and record it; with ``document`` or ``duty`` it is tied to them in the same breath.

    The bytes are durable before anything is recorded. ``recorded`` says that it is an audio-visual recording, whose
    ``starts`` and ``ends`` the officer states. Raises Invalid, NotPermitted, VaultError.
    """
    if not name.strip():
        raise invalid("file", "选择文件")
    require_standing(case, actor)
    stored = vault().put(source)
    if not stored.size:
        raise invalid("file", "文件是空的，选择另一个文件")
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    body: dict[str, Any] = {
        "digest": stored.digest,
        "size": stored.size,
        "name": name.strip(),
        "media_type": media_type,
        "place": "vault",
        "what": what.strip() or name.strip(),
    }
    more = {
        "device": device.strip(),
        "by": by or (actor.person if recorded else ""),
        "late_reason": late_reason.strip(),
    }
    body |= {key: value for key, value in more.items() if value}
    if recorded:
        body["recorded"] = True
    if starts is not None:
        body["from"] = write(starts)
    if ends is not None:
        body["to"] = write(ends)
    if clock_offset is not None:
        body["clock_offset"] = clock_offset

    def decide(here: Situation) -> list[New]:
        _check_times(here, recorded, starts, ends)
        if any(r.digest == stored.digest and not r.voided for r in here.case.recordings.values()):
            raise invalid("file", "这个文件已经存入本案")
        news = [New("Deposited", body)]
        if document or duty:
            tied: dict[str, Any] = {"deposited": Ref(0), "digest": stored.digest}
            tied |= {
                k: v
                for k, v in {
                    "document": document,
                    "duty": duty,
                    "from": body.get("from"),
                    "to": body.get("to"),
                }.items()
                if v
            }
            news.append(New("Tied", tied))
        return news

    return perform("deposit", case, actor, decide, heeds=nothing)


def _check_times(here: Situation, recorded: bool, starts: Moment | None, ends: Moment | None) -> None:
    if recorded and ends is None:
        raise invalid("to", "填写音像记录的结束时间")
    if starts is not None and ends is not None and instant(ends) < instant(starts):
        raise invalid("to", "结束时间不能早于开始时间")
    if ends is not None and instant(ends) > here.now:
        raise invalid("to", "结束时间不能晚于现在")


def tie(case: str, actor: Actor, deposited: str, *, document: str = "", duty: str = "") -> list[Receipt]:
    """Say to which document and duty a deposited file belongs."""

    def decide(here: Situation) -> list[New]:
        found = here.case.recordings.get(deposited)
        if found is None:
            raise invalid("deposited", "没有这份存入的文件")
        if document:
            here.document(document)
        body: dict[str, Any] = {"deposited": deposited, "digest": found.digest}
        body |= {k: v for k, v in {"document": document, "duty": duty}.items() if v}
        return [New("Tied", body)]

    return perform("deposit", case, actor, decide, heeds=nothing)
