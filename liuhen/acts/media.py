"""Files: deposit into the vault or register what lies on the dedicated device, and tie them to document and duty (A31)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, BinaryIO

from liuhen.acts import previewing
from liuhen.acts.engine import nothing, perform, require_standing
from liuhen.acts.fitness import check_drawable
from liuhen.acts.situation import Invalid, Situation, invalid
from liuhen.acts.storage import vault
from liuhen.casefile.moments import Moment, instant, write
from liuhen.casefile.values import Problem
from liuhen.office.policy import Actor
from liuhen.papers import undrawn
from liuhen.recordings import kinds
from liuhen.recordings.probing import Probe, probe_file
from liuhen.records.append import New, Receipt, Ref
from liuhen.records.models import Draft

_DIGEST = re.compile("sha256:[0-9a-f]{64}")


class AlreadyThere(Invalid):
    """The file lies in the case already: ``entry`` deposited it, and can be tied to another document or duty."""

    def __init__(self, message: str, entry: str) -> None:
        super().__init__([Problem("file", "文件", message, False)])
        self.entry = entry


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

    The bytes are durable before anything is recorded. What the catalogue prints of it must have glyphs. ``recorded`` says
    that it is an audio-visual recording, whose ``starts`` and ``ends`` the officer states. Raises Invalid, NotPermitted, VaultError.
    """
    if not name.strip():
        raise invalid("file", "选择文件")
    _check_listed("file", name, what=what, device=device, late_reason=late_reason)
    require_standing(case, actor)
    stored = vault().put(source)
    if not stored.size:
        raise invalid("file", "文件是空的，选择另一个文件")
    known = told_by_itself(stored.digest, name)
    body: dict[str, Any] = {
        "digest": stored.digest,
        "size": stored.size,
        "name": kinds.clean_name(name),
        "media_type": known.media_type,
        "place": "vault",
    }
    if recorded or known.kind:
        body["taken"] = known.taken()
    return _deposited(
        case, actor, body, what=what, recorded=recorded, document=document, duty=duty, starts=starts, ends=ends,
        device=device, by=by, clock_offset=clock_offset, late_reason=late_reason,
    )  # fmt: skip


def register(
    case: str,
    actor: Actor,
    digest: str,
    size: int,
    name: str,
    *,
    what: str,
    device: str,
    recorded: bool = True,
    document: str = "",
    duty: str = "",
    starts: Moment | None = None,
    ends: Moment | None = None,
    by: str = "",
    clock_offset: int | None = None,
    late_reason: str = "",
) -> list[Receipt]:
    """Register a file that stays on the bureau's dedicated storage device 专用存储设备: its name, size and digest stand for
    it until it follows into the vault (A31; domain/12 no. 32). Raises Invalid, NotPermitted."""
    if not name.strip():
        raise invalid("name", "填写文件名")
    if not _DIGEST.fullmatch(digest):
        raise invalid("digest", "校验值应为 SHA-256，64 位十六进制数字")
    if size <= 0:
        raise invalid("size", "填写文件的字节数")
    if not device.strip():
        raise invalid("device", "写明存在哪一台专用存储设备上")
    _check_listed("name", name, what=what, device=device, late_reason=late_reason)
    require_standing(case, actor)
    body: dict[str, Any] = {
        "digest": digest,
        "size": size,
        "name": kinds.clean_name(name),
        "media_type": kinds.type_of(name),
        "place": "device",
    }
    return _deposited(
        case, actor, body, what=what, recorded=recorded, document=document, duty=duty, starts=starts, ends=ends,
        device=device, by=by, clock_offset=clock_offset, late_reason=late_reason,
    )  # fmt: skip


def _check_listed(field: str, name: str, **texts: str) -> None:
    """The catalogue prints what a file is called and how it is described: a character that no font has is told beforehand."""
    strange = undrawn(kinds.clean_name(name))
    if strange:
        raise invalid(field, f"文件名里的“{strange[0]}”没有可用的字形，印不进目录，请改文件名后再存入")
    check_drawable(**texts)


def told_by_itself(digest: str, name: str, modified: datetime | None = None) -> Probe:
    """What a file in the vault says of itself (A31). Raises ObjectMissing."""
    with vault().open(digest) as file:
        return probe_file(file, name, modified)


def _deposited(
    case: str, actor: Actor, body: dict[str, Any], *, what: str, recorded: bool, document: str, duty: str,
    starts: Moment | None, ends: Moment | None, device: str, by: str, clock_offset: int | None, late_reason: str,
) -> list[Receipt]:  # fmt: skip
    name = str(body["name"])
    body["what"] = what.strip() or name
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
        check_times(here, recorded, starts, ends)
        check_new(here, str(body["digest"]), str(body["place"]))
        news = [New("Deposited", body)]
        if document or duty:
            tied: dict[str, Any] = {
                "deposited": Ref(0),
                "digest": body["digest"],
                "document": document,
                "duty": duty,
            }
            tied |= {"from": body.get("from"), "to": body.get("to")}
            news.append(New("Tied", {key: value for key, value in tied.items() if value or value == Ref(0)}))
        return news

    receipts = perform("deposit", case, actor, decide, heeds=nothing)
    if body["place"] == "vault":
        previewing.want(str(body["digest"]), str(body["media_type"]))
    return receipts


def check_new(here: Situation, digest: str, place: str) -> None:
    """One file is deposited once; one that was registered on the device may follow into the vault."""
    same = [r for r in here.case.recordings.values() if r.digest == digest and not r.voided]
    there = [r for r in same if r.place == "vault" or place == "device"]
    if there:
        word = "存入" if place == "vault" else "登记在"
        raise AlreadyThere(f"这个文件已经{word}本案，不用再存", there[0].entry)


def check_times(here: Situation, recorded: bool, starts: Moment | None, ends: Moment | None) -> None:
    """Refuse times that cannot be."""
    if recorded and ends is None:
        raise invalid("to", "填写音像记录的结束时间")
    if starts is not None and ends is not None and instant(ends) < instant(starts):
        raise invalid("to", "结束时间不能早于开始时间")
    if ends is not None and instant(ends) > here.now:
        raise invalid("to", "结束时间不能晚于现在")


def tie(case: str, actor: Actor, deposited: str, *, document: str = "", duty: str = "") -> list[Receipt]:
    """Say to which document (or draft) and duty a deposited file belongs; what is not said stays as it was. Raises Invalid,
    NotPermitted."""

    def decide(here: Situation) -> list[New]:
        found = here.case.recordings.get(deposited)
        if found is None or found.voided:
            raise invalid("file", "没有这份存入的文件")
        if not document and not duty:
            raise invalid("document", "选择归入哪份文书，或者满足哪一项记录要求")
        if document and not Draft.objects.filter(case=case, document=document).exists():
            here.document(document)
        body: dict[str, Any] = {"deposited": deposited, "digest": found.digest}
        tied = {"document": document or found.document, "duty": duty or found.duty}
        if tied == {"document": found.document, "duty": found.duty}:
            return []
        return [New("Tied", body | {k: v for k, v in tied.items() if v})]

    return perform("deposit", case, actor, decide, heeds=nothing)
