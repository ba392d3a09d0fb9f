"""The order in which facts are recorded does not matter to what follows from them (design, Two times)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from liuhen.casefile.entries import Entry
from liuhen.casefile.office import Office
from liuhen.casefile.settle import settle
from liuhen.compliance.answers import Judgement
from liuhen.compliance.judge import context, judge
from liuhen.scripts.facts import entries_of
from liuhen.scripts.script import load
from tests.compliance.told import at

ENTRIES, OFFICE = entries_of(load(Path(__file__).parent / "long_case.yaml"))
COUNT = len(ENTRIES)


def needs(entry: Entry, others: Sequence[Entry]) -> set[str]:
    """The hashes of the entries that must stand before one: what it names, and the text of the document it is about."""
    assert entry.body is not None
    named = {str(entry.body.get(key)) for key in ("entry", "deposited")}
    if entry.kind in ("Signed", "Issued", "ServiceStep"):
        named |= {e.hash for e in others if is_text(e, entry.body)}
    if entry.kind == "Filed" and entry.body["revision"] > 1:
        named |= {
            e.hash for e in others if is_text(e, {**entry.body, "revision": entry.body["revision"] - 1})
        }
    return named & {e.hash for e in others}


def is_text(entry: Entry, of: Any) -> bool:
    body = entry.body or {}
    return (
        entry.kind == "Filed"
        and body["document"] == of["document"]
        and body["revision"] == of.get("revision", body["revision"])
    )


NEEDS = {entry.hash: needs(entry, ENTRIES) for entry in ENTRIES}


def arranged(priorities: Sequence[int]) -> Iterator[Entry]:
    """The entries in another order of recording, in which nothing stands before what it refers to."""
    waiting = sorted(zip(priorities, ENTRIES, strict=True), key=lambda pair: pair[0])
    done: set[str] = set()
    position = 0
    while waiting:
        ready = next(pair for pair in waiting if NEEDS[pair[1].hash] <= done)
        waiting.remove(ready)
        done.add(ready[1].hash)
        position += 1
        yield replace(ready[1], position=position)


def judged(entries: Sequence[Entry], office: Office, day: str, *, confirmed: bool = False) -> Judgement:
    return judge(settle(entries, office, confirmed_only=confirmed), context(at(day), office))


def plain(judgement: Judgement) -> dict[str, Any]:
    """A judgement as a value whose order of equals does not count. Which entries no package has yet is a matter of the order
    of recording, and so is the step that makes a supplement of them."""
    return {
        "stage": judgement.stage,
        "state": judgement.state,
        "changes_at": judgement.changes_at,
        "findings": sorted(map(repr, judgement.findings)),
        "met": sorted(map(repr, judgement.met)),
        "deadlines": sorted(map(repr, judgement.deadlines)),
        "steps": sorted(repr(step) for step in judgement.steps if step.code != "archive:archivist"),
    }


@settings(max_examples=60)
@given(
    st.permutations(range(COUNT)), st.sampled_from(["2026-03-06", "2026-04-25", "2026-07-01"]), st.booleans()
)
def test_facts_recorded_in_another_order_give_the_same_judgement(
    priorities: list[int], day: str, confirmed: bool
) -> None:
    expected = judged(ENTRIES, OFFICE, day, confirmed=confirmed)
    again = judged(list(arranged(priorities)), OFFICE, day, confirmed=confirmed)
    assert plain(again) == plain(expected)


def test_the_long_case_exercises_the_rules() -> None:
    """The comparison is worth something only when much is found and much is met."""
    judgement = judged(ENTRIES, OFFICE, "2026-07-01")
    codes = {f.code for f in judgement.violated()}
    assert {"R14.3", "R30.1", "P43.1", "P44.1", "R25.1", "R31.2", "R4.2"} <= codes
    assert len(judgement.met) > 20
