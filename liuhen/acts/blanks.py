"""Numbered blanks 空白决定书 for decisions on the spot: handed out, each used or voided, none unaccounted for (罚 52; domain §12 no. 17)."""

from __future__ import annotations

from dataclasses import dataclass

from liuhen.acts.situation import invalid
from liuhen.casefile.moments import day
from liuhen.measures import DOCUMENTS
from liuhen.office.policy import Actor, Subject, require
from liuhen.records import clock, numbers, read
from liuhen.records.numbers import Number
from liuhen.records.seal import seal

MOST = 100
KIND = "summary_decision"


@dataclass(frozen=True)
class Blank:
    """A blank: its number, who holds it, and whether it is 未用, 已用 or 已作废."""

    number: str
    holder: str
    state: str


def draw(actor: Actor, holder: str, count: int) -> list[Number]:
    """Hand ``count`` numbered blanks to an officer of the section. Raises Invalid, NotPermitted."""
    bureau, now = read.office(), clock.now()
    person = bureau.people.get(holder)
    require(actor, "draw_blanks", Subject(section=person.section if person else actor.section))
    if person is None or "officer" not in person.roles(now):
        raise invalid("holder", "选择领用的执法人员")
    if not 1 <= count <= MOST:
        raise invalid("count", f"一次领用 1 至 {MOST} 份")
    series = DOCUMENTS[KIND].number
    pattern = f"{bureau.setting('bureau_code', day(now), '大金普发改')}{series}〔{{year}}〕{{n}}号"
    made = numbers.draw(series, day(now), pattern, holder=holder, count=count, actor=actor.person)
    seal()
    return made


def stock(year: int) -> list[Blank]:
    """Every blank of a year with its holder and state."""
    found = numbers.blanks(DOCUMENTS[KIND].number, year)
    free, gone = {n.entry for n in numbers.open_of(found)}, numbers.voided(found)
    holders = {numbers.key_of("blank", person): person for person in read.office().people}
    return [
        Blank(
            n.text,
            holders.get(n.key, ""),
            "未用" if n.entry in free else "已作废" if n.entry in gone else "已用",
        )
        for n in found
    ]
