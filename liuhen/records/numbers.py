"""Numbers 文号 and 案号: gap-free per series and year, reserved before the paper is made (design, A number before its paper).

Each series and year is a stream of its own, so two writers cannot take one number: the position is the lock.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from liuhen.records.append import RETRIES, Conflict, New, append
from liuhen.records.models import Body
from liuhen.records.read import stream


@dataclass(frozen=True)
class Number:
    """A reserved number: its text, place in the series, date, and the entry that reserved it."""

    text: str
    n: int
    on: date
    entry: str


def reserve(series: str, on: date, pattern: str, *, content: str, case: str, actor: str) -> Number:
    """Reserve the next number of ``series`` in the year of ``on`` for the content ``content`` (a commitment).

    ``pattern`` has ``{year}`` and ``{n}``. A retry with the same content gets the same number and date again.
    Raises Conflict when it cannot be had after many tries.
    """
    name = f"office/number-{series}-{on.year}"
    for _ in range(RETRIES):
        entries = stream(name)
        taken = [e for e in entries if e.kind == "NumberReserved" and e.body is not None]
        for entry in taken:
            assert entry.body is not None
            if entry.body["for"] == content:
                return Number(
                    entry.body["number"], entry.body["n"], date.fromisoformat(entry.body["date"]), entry.hash
                )
        n = len(taken) + 1
        text = pattern.format(year=on.year, n=n)
        body = {
            "series": series, "year": on.year, "n": n, "number": text, "date": on.isoformat(), "for": content, "case": case,
        }  # fmt: skip
        try:
            receipt = append(name, actor, [New("NumberReserved", body)], expect=len(entries))[0]
        except Conflict:
            continue
        return Number(text, n, on, receipt.hash)
    raise Conflict(name)


def taken(number: str) -> bool:
    """Whether this system ever reserved a number; such a paper is not backfilled."""
    found = Body.objects.filter(entry__kind="NumberReserved", content__contains=number).only("content")
    return any(json.loads(body.content)["number"] == number for body in found)
