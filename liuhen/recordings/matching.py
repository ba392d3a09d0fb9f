"""To which act of which case a recording probably belongs: by overlapping time, by who made it, by its device.

A suggestion is shown and never acted on: a person brings a recording into its case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from liuhen.casefile.moments import day
from liuhen.casefile.state import CaseFile
from liuhen.compliance.reading import moment, span
from liuhen.measures.duties import DUTIES


@dataclass(frozen=True)
class Act:
    """An act that may have been recorded: the paper of it, final or a draft, and from when to when it lasted."""

    case: str
    document: str
    kind: str
    title: str
    starts: datetime
    ends: datetime
    officers: frozenset[str]
    devices: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Draft:
    """A paper that is still being written."""

    document: str
    kind: str
    title: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Match:
    """An act that a recording fits, and why in words."""

    act: Act
    why: str

    @property
    def duty(self) -> str:
        """The recording duty that the act's paper begins; empty when it begins none."""
        return duty_of(self.act.kind)


def duty_of(kind: str) -> str:
    """The recording duty that making a paper of this kind begins; empty when it begins none."""
    return next((code for code, duty in DUTIES.items() if duty.document == kind and not duty.method), "")


def acts_of(case: CaseFile, drafts: Iterable[Draft] = ()) -> Iterator[Act]:
    """The acts of a case whose times are told, by its papers and by the drafts of them."""
    officers = frozenset(case.officers)
    for document in case.documents.values():
        lasted = span(document)
        if lasted and not document.voided:
            known = frozenset(
                r.device for r in case.recordings.values() if r.document == document.id and r.device
            )
            yield Act(case.id, document.id, document.kind, document.title, *lasted, officers, known)
    for draft in drafts:
        starts, ends = (moment(draft.values, name) for name in ("started_at", "ended_at"))
        if isinstance(starts, datetime) and isinstance(ends, datetime) and starts < ends:
            yield Act(case.id, draft.document, draft.kind, draft.title, starts, ends, officers)


def best(
    starts: datetime | None, ends: datetime | None, by: str, device: str, acts: Iterable[Act]
) -> Match | None:
    """The act that a recording fits best: the longest overlap first, then that its maker is an officer of the case, then that
    the device recorded this act before. Without any overlap the nearest act of that day by the same officer; else None."""
    if ends is None:
        return None
    found = [(_rank(act, starts or ends, ends, by, device), act) for act in acts]
    fitting = [(rank, act) for rank, act in found if rank is not None]
    if not fitting:
        return None
    _, act = max(fitting, key=lambda pair: (pair[0], pair[1].document))
    return Match(act, _why(act, starts or ends, ends, by, device))


Rank = tuple[float, bool, bool, float]


def _overlap(act: Act, starts: datetime, ends: datetime) -> float:
    """Minutes that both last; a moment within the act counts as a little."""
    seconds = (min(act.ends, ends) - max(act.starts, starts)).total_seconds()
    return max(0.0, seconds / 60) or (0.01 if act.starts <= ends and starts <= act.ends else 0.0)


def _rank(act: Act, starts: datetime, ends: datetime, by: str, device: str) -> Rank | None:
    shared, own = _overlap(act, starts, ends), by in act.officers
    if not shared and not (own and day(act.starts) == day(ends)):
        return None
    apart = abs((act.starts - starts).total_seconds())
    return shared, own, bool(device) and device in act.devices, -apart


def _why(act: Act, starts: datetime, ends: datetime, by: str, device: str) -> str:
    shared = _overlap(act, starts, ends)
    words = [f"时段重合 {shared:.0f} 分钟" if shared >= 1 else "时间相符" if shared else "同一天"]
    words += ["拍摄人是承办人"] if by in act.officers else []
    words += ["同一台设备"] if device and device in act.devices else []
    return "，".join(words)
