"""The tray 待归入: recordings are kept the moment they are here, and brought into their case afterwards (A31).

Deposited is deposited: the twenty-four hours end with the entry in ``office/recordings``. Into a case a recording comes by a
``Tied`` that repeats what is known of it, so that the case needs no other stream. Nothing is ever deleted; what has nothing to
do with any case is marked so, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from liuhen.acts import previewing
from liuhen.acts.engine import nothing, perform, record_office
from liuhen.acts.media import check_new, check_times, told_by_itself
from liuhen.acts.situation import Situation, invalid
from liuhen.acts.storage import uploads, vault
from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.casefile.moments import Moment, parse, write
from liuhen.office.policy import Actor, visible
from liuhen.recordings import kinds
from liuhen.recordings.probing import Probe
from liuhen.recordings.uploads import Upload
from liuhen.records import clock, read, tray
from liuhen.records.append import New, Receipt
from liuhen.records.models import Draft, Entry, TrayRow
from liuhen.records.naming import body_of

REGISTER = "recordings"
# What whoever brings a recording into a case may state otherwise than it was deposited.
STATED = ("what", "from", "to", "device", "by", "late_reason")


@dataclass(frozen=True)
class Source:
    """Where a file comes from: its name, the device, the path there, when it was last changed by the device's clock. ``own``:
    read off the device itself, so that this last change is the end of the recording when the file tells no other."""

    name: str
    device: str = ""
    path: str = ""
    modified: datetime | None = None
    own: bool = False


def keep(actor: Actor, digest: str, source: Source) -> str:
    """Record a file of the vault in the tray; the hash of its entry, that of before when the same person kept the same file.

    Raises NotPermitted, ObjectMissing, Invalid.
    """
    if before := _kept(actor, digest):
        return before
    size = vault().size(digest)
    if not size:
        raise invalid("file", "文件是空的，选择另一个文件")
    name = kinds.clean_name(source.name)
    known = told_by_itself(digest, name, source.modified)
    body: dict[str, Any] = {
        "digest": digest, "size": size, "name": name, "media_type": known.media_type, "place": "vault", "what": name,
        "recorded": True, "by": actor.person, "taken": known.taken(source.modified, source.path),
    }  # fmt: skip
    device = source.device.strip() or known.device
    offset = read.office().clock_offset(device) if device else None
    body |= {"device": device} if device else {}
    body |= {"clock_offset": offset[0]} if offset else {}
    body |= _span(known, source, timedelta(seconds=offset[0] if offset else 0))

    def alone(entries: list[CaseEntry]) -> None:
        if _kept(actor, digest):
            raise _KeptMeanwhile
        tray.project(entries)

    try:
        receipts = record_office(REGISTER, actor, "keep_recording", [New("Deposited", body)], within=alone)
    except _KeptMeanwhile:
        return _kept(actor, digest)
    previewing.want(digest, known.media_type)
    return receipts[0].hash


class _KeptMeanwhile(Exception):
    """The same person sent the same file twice at once, and the other was faster."""


def _kept(actor: Actor, digest: str) -> str:
    """The entry by which a person kept a file before; empty when there is none."""
    rows = TrayRow.objects.filter(digest=digest, by=actor.person).order_by("deposited_at")
    return rows.values_list("entry", flat=True).first() or ""


def _span(known: Probe, source: Source, ahead: timedelta) -> dict[str, str]:
    """Start and end as the file tells them, by the server's clock; nothing where it tells none or what cannot be."""
    starts, ends = known.starts, known.ends
    if starts is None and source.own and source.modified is not None:
        ends = source.modified
        starts = ends - timedelta(milliseconds=known.duration) if known.duration else None
    told = {"from": starts, "to": ends}
    if ends is None or ends - ahead > clock.now():
        return {}
    return {name: write(moment - ahead) for name, moment in told.items() if moment is not None}


def received(upload: Upload, actor: Actor) -> str:
    """Bring a whole upload into the vault and record it; the hash of its entry. Done again after a crash it changes nothing
    more. Raises NotPermitted, VaultError, Busy."""
    store = uploads()
    with store.held(upload) as held:
        if held.entry:
            return held.entry
        part = store.part(held)
        if part.exists():
            vault().take(part, held.digest)
        entry = keep(actor, held.digest, _source(held))
        store.recorded(held, entry)
    return entry


def _source(upload: Upload) -> Source:
    told = upload.told
    return Source(
        told.get("filename") or told.get("name") or "",
        told.get("device", "")[:60],
        modified=_moment(told.get("modified", "")),
    )


def _moment(text: str) -> datetime | None:
    """An instant as a client tells it, RFC 3339; None for anything else."""
    try:
        found = parse(text)
    except ValueError:
        return None
    return found if isinstance(found, datetime) else None


def row_for(actor: Actor, entry: str) -> TrayRow:
    """A recording of the tray that an actor may see: their own, their section's, or of an office that sees every case.
    Raises NoSuchCase, as for what is not there."""
    row = TrayRow.objects.filter(entry=entry).first()
    if row is None or not may_see(actor, row):
        raise read.NoSuchCase("没有这段音像")
    return row


def may_see(actor: Actor, row: TrayRow) -> bool:
    """Whether an actor sees a recording that waits for its case."""
    person = read.office().people.get(row.by)
    return visible(actor, person.section if person else "\0", (row.by,))


def body_in_tray(entry: str) -> dict[str, Any]:
    """What the ``Deposited`` of a recording says. Raises NoSuchCase."""
    row = Entry.objects.filter(stream=tray.TRAY, hash=entry, kind="Deposited").select_related("body").first()
    body = body_of(row) if row else None
    if row is None or body is None:
        raise read.NoSuchCase("没有这段音像")
    return body | {"deposited_at": row.at}


def tie(
    case: str,
    actor: Actor,
    entry: str,
    *,
    document: str = "",
    duty: str = "",
    starts: Moment | None = None,
    ends: Moment | None = None,
    **stated: str,
) -> list[Receipt]:
    """Bring a recording of the tray into a case, with what the officer states of it; ``stated`` may hold ``what``, ``device``,
    ``by``, ``late_reason``. When it was deposited stays what it was. Raises Invalid, NotPermitted, NoSuchCase."""
    row = row_for(actor, entry)
    if row.unrelated:
        raise invalid("recording", "这段音像已标为与办案无关，先取消标注")
    file = body_in_tray(entry)
    digest = str(file.pop("digest"))
    times = {"from": starts, "to": ends}
    file |= {name: write(moment) for name, moment in times.items() if moment is not None}
    file |= {name: stated[name].strip() for name in STATED if stated.get(name, "").strip()}

    def decide(here: Situation) -> list[New]:
        check_times(here, True, starts, ends)
        check_new(here, digest, "vault")
        _check_document(here, document)
        body = {"deposited": entry, "digest": digest, "document": document, "duty": duty, "file": file}
        body |= {name: file[name] for name in ("from", "to") if name in file}
        return [New("Tied", {name: value for name, value in body.items() if value})]

    return perform("deposit", case, actor, decide, heeds=nothing)


def _check_document(here: Situation, document: str) -> None:
    if not document or document in here.case.documents:
        return
    if not Draft.objects.filter(case=here.case.id, document=document).exists():
        raise invalid("document", "选择本案的文书或者草稿")


def mark_unrelated(actor: Actor, entry: str, reason: str, *, set_: bool = True) -> list[Receipt]:
    """Mark that a recording has nothing to do with any case, or take that back, with the reason. Raises Invalid,
    NotPermitted, NoSuchCase."""
    row = row_for(actor, entry)
    if not reason.strip():
        raise invalid("reason", "填写理由")
    if set_ and row.ties.exists():  # type: ignore[attr-defined]
        raise invalid("recording", "这段音像已经归入案件，不能标为与办案无关")
    if set_ == bool(row.unrelated):
        raise invalid("recording", "这段音像已经是这样标注的")
    body = {"mark": tray.UNRELATED, "set": set_, "reason": reason.strip(), "subject": entry}
    return record_office(REGISTER, actor, "mark_recording", [New("Marked", body)], within=tray.project)


def check_clock(actor: Actor, device: str, shown: datetime) -> int:
    """Compare a device's clock, which shows ``shown`` now, with the server's; by how many seconds it is ahead. What is taken
    from this device from now on is corrected by it. Raises Invalid, NotPermitted."""
    if not device.strip():
        raise invalid("device", "写明是哪一台设备")
    offset = round((shown - clock.now()).total_seconds())
    body = {"device": device.strip(), "offset": offset, "shown": write(shown)}
    record_office("devices", actor, "check_clock", [New("ClockChecked", body)])
    return offset


def recover() -> list[str]:
    """Record what was whole when the server went down, drop what expired; sentences about what cannot be recorded."""
    from liuhen.office.models import User

    lost: list[str] = []
    for upload in [u for u in uploads().all() if u.digest and not u.entry and not u.given_up]:
        owner = User.objects.filter(username=upload.owner).first()
        try:
            if owner is not None:
                received(upload, owner.actor)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one upload, the server starts
            lost.append(f"上传的“{upload.told.get('filename', upload.id)}”已传完，没有存入：{error}")
    uploads().sweep(clock.now())
    return lost
