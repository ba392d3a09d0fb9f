"""Corrections commute: whichever was recorded first, the case and what follows from it are the same (Corrected)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from liuhen.casefile.entries import Entry
from liuhen.casefile.moments import instant
from liuhen.casefile.settle import settle
from liuhen.compliance.judge import context, judge
from liuhen.measures import DOCUMENTS
from tests.properties.acts import whole_case
from tests.properties.profile import examples

ACTS, OFFICE = whole_case()
FILED = [e for e in ACTS if e.kind == "Filed"]
END = instant(ACTS[-1].recorded_at)


def correction(number: int, target: Entry, path: str, value: Any) -> Entry:
    body = {"entry": target.hash, "path": path, "value": value, "reason": f"更正{number}"}
    when = END + timedelta(days=1, minutes=number)
    return Entry(
        target.stream,
        len(ACTS) + number,
        "Corrected",
        1,
        when,
        when,
        "甲",
        "made",
        "",
        f"{number:064d}",
        body,
    )


TEXTS = [
    (e, f"/values/{field.name}")
    for e in FILED
    for field in DOCUMENTS[(e.body or {})["document_kind"]].fields
    if field.type in ("text", "longtext") and field.name in (e.body or {})["values"]
]
SERVED = [(e, "/at") for e in ACTS if e.kind == "ServiceStep"]


def value_of(path: str, text: str) -> str:
    return "2026-03-20T10:00:00+08:00" if path == "/at" else text


@settings(max_examples=examples(30, 1_000))
@given(
    st.lists(st.integers(0, len(TEXTS) + len(SERVED) - 1), min_size=2, max_size=6, unique=True).flatmap(
        lambda chosen: st.tuples(st.just(chosen), st.permutations(chosen))
    )
)
def test_corrections_of_different_values_commute(given_: tuple[list[int], list[int]]) -> None:
    chosen, other = given_
    targets = [*TEXTS, *SERVED]
    made = {n: correction(n, targets[n][0], targets[n][1], value_of(targets[n][1], f"改{n}")) for n in chosen}

    def said(order: Sequence[int]) -> list[str]:
        placed = [replace(made[n], position=len(ACTS) + k + 1) for k, n in enumerate(order)]
        case = settle([*ACTS, *placed], OFFICE)
        judged = judge(case, context(END + timedelta(days=10), OFFICE))
        values = [
            f"{d.id} {sorted(d.values.items(), key=repr)} {d.served_at}" for d in case.documents.values()
        ]
        return sorted(map(repr, (*judged.findings, *judged.met, *judged.deadlines, *values)))

    assert said(chosen) == said(other)


def test_a_correction_changes_what_is_known_and_what_was_known_stays_readable() -> None:
    target, path = TEXTS[0]
    body, name = target.body or {}, path.rpartition("/")[2]
    entries = [*ACTS, correction(1, target, path, "改过的")]
    now, then = settle(entries, OFFICE), settle(entries, OFFICE, known_at=END)
    assert now.documents[body["document"]].values[name] == "改过的"
    assert then.documents[body["document"]].values[name] == body["values"][name]
