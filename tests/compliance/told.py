"""Cases for tests of rules, told as scripts in a few lines and judged as our own record or as an outside source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from liuhen.casefile.entries import Entry
from liuhen.casefile.moments import ZONE, instant
from liuhen.casefile.office import Office
from liuhen.casefile.settle import settle
from liuhen.compliance.answers import RULES, Finding
from liuhen.compliance.judge import answers, context, stops
from liuhen.scripts.facts import case_of, entries_of
from liuhen.scripts.script import read_script
from liuhen.scripts.shape import Script

HEAD = """
id: 示例
title: 示例案件
procedure: penalty_ordinary
section: 粮食科
party: {party_kind: 法人, name: 某粮食有限公司}
people:
  甲: {name: 执法人员甲, roles: [officer], certificate: 示例-0001, valid: [2024-01-01, 2026-12-31]}
  乙: {name: 执法人员乙, roles: [officer], certificate: 示例-0002, valid: [2024-01-01, 2028-12-31]}
  丙: {name: 执法人员丙, roles: [officer], certificate: 示例-0003, valid: [2024-01-01, 2026-03-04]}
  科长: {name: 科长某, roles: [section_head]}
  局长: {name: 局长某, roles: [bureau_leader]}
  主持人: {name: 主持人某, roles: [presider]}
  别人: {name: 主持人别人, roles: [presider]}
"""


def at(day: str, clock: str = "12:00") -> datetime:
    """A wall time in Shanghai."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE).astimezone(UTC)


def script(steps: str, extra: str = "") -> Script:
    """A script with the people and party of HEAD."""
    return read_script(f"{HEAD}{extra}\nsteps:\n{steps}")


def ours(told: Script) -> tuple[list[Entry], Office]:
    """The entries as if each had been recorded here when it happened."""
    entries, office = entries_of(replace(told, closed=True))
    return [
        replace(e, origin="made", recorded_at=instant(e.at) + timedelta(minutes=1)) for e in entries
    ], office


def found(code: str, told: Script, now: str = "2026-12-01", *, outside: bool = False) -> dict[str, Finding]:
    """What one rule answers on each subject: of a case of ours, or of an outside source."""
    assert any(rule.code == code for rule in RULES)
    if outside:
        case = case_of(told)
    else:
        entries, office = ours(told)
        case = settle(entries, office)
    ctx = context(at(now), case.office, outside=outside)
    return {f.subject: f for f in answers(case, ctx) if f.code == code}


def outcomes(code: str, told: Script, now: str = "2026-12-01", *, outside: bool = False) -> dict[str, str]:
    """The outcome of one rule on each subject; completeness, which answers on a revision, left out."""
    answered = found(code, told, now, outside=outside)
    return {s: f.outcome for s, f in answered.items() if not s.rpartition(".")[2].isdigit()}


def stopped_by_last(told: Script, now: str = "2026-12-01", last: int = 1) -> set[str]:
    """The codes that stop the act whose entries are the last of the script."""
    entries, office = ours(told)
    proposed: Sequence[Entry] = entries[-last:]
    return {f.code for f in stops(entries[:-last], proposed, office, at(now))}
