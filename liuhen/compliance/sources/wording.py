"""Values in running words, for texts that are made out of what the case knows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from liuhen.casefile.moments import ZONE, Moment, parse
from liuhen.compliance.answers import words
from liuhen.compliance.comparing import money, provision_words
from liuhen.compliance.reading import rows, text_in


def clock(moment: Moment) -> str:
    """2026年3月5日09时30分, or the day alone where no more is known."""
    if not isinstance(moment, datetime):
        return words(moment)
    return words(moment) + f"{moment.astimezone(ZONE):%H时%M分}"


def basis(value: object) -> str:
    """Legal bases in one sentence part."""
    return "、".join(provision_words(row) for row in rows(value) if row.get("law"))


def penalty(row: Mapping[str, Any]) -> str:
    """One penalty: 罚款30,000元; 没收非法财物（玉米20吨）."""
    said = text_in(row, "kind")
    if isinstance(row.get("amount"), int):
        said += money(row["amount"])
    if row.get("object"):
        said += f"（{row['object']}）"
    return said + (f"，期限{row['term']}" if row.get("term") else "")


def penalties(value: object) -> str:
    """The penalties in words; empty when there are none."""
    return "；".join(penalty(row) for row in rows(value) if row.get("kind"))


def names(value: object) -> str:
    """The names that rows hold."""
    return "、".join(str(row["name"]) for row in rows(value) if row.get("name"))


def in_words(value: Any) -> str:
    """A value of any shape as text; empty for what has no words of its own."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return clock(value)
    if isinstance(value, (str, int)):
        return _text(value)
    found = rows(value) or rows([value])
    if found and "law" in found[0]:
        return basis(found)
    if found and "kind" in found[0] and "name" not in found[0]:
        return penalties(found)
    return names(found)


def _text(value: str | int) -> str:
    said = str(value).strip()
    if len(said) >= 10 and said[4:5] == "-" and said[7:8] == "-":
        try:
            return clock(parse(said))
        except ValueError:
            return said
    return said
