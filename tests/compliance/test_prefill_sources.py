"""Every declared source is answered, in a shape that its field takes, and the share of a whole case is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from liuhen.casefile.entries import Entry
from liuhen.casefile.moments import instant
from liuhen.casefile.office import Office
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.casefile.values import problems, wanted
from liuhen.compliance.judge import context
from liuhen.compliance.prefill import DEFAULT, Prefilled, answer, prefill
from liuhen.compliance.sources.ask import Ask
from liuhen.compliance.sources.of_texts import PLACEHOLDERS
from liuhen.compliance.sources.of_violation import PARTS
from liuhen.compliance.sources.wanted import STEP
from liuhen.ledger.canonical import encode
from liuhen.measures import DOCUMENTS, FACTS
from liuhen.measures.releases import CURRENT
from liuhen.measures.sources import FIXED, known, parts
from liuhen.measures.texts import TEXTS, placeholders
from liuhen.measures.vocabulary import Document, Fact
from liuhen.scripts.facts import entries_of
from liuhen.scripts.script import load

CASES = Path(__file__).parents[2] / "cases"
KINDS: list[Document | Fact] = [*DOCUMENTS.values(), *FACTS.values()]
PARTS_DECLARED = sorted({part for kind in KINDS for field in kind.fields for part in parts(field.source)})
WHOLE = ("01-pesticide-defence", "03-clinic-hearing")
# The share of required values that nobody has to type; it may rise and must not fall.
SHARES = {"01-pesticide-defence": 0.75, "03-clinic-hearing": 0.72}
# Papers that carry over what was established before: nothing, or hardly anything, is left to type.
CARRIED = {
    "proposal_approval": 1.0, "penalty_notice": 1.0, "hearing_right_notice": 1.0, "decision_approval": 0.9,
    "penalty_decision": 0.9, "closing_report": 1.0, "hearing_announcement": 1.0,
}  # fmt: skip


@cache
def told(name: str) -> tuple[list[Entry], Office]:
    return entries_of(load(CASES / f"{name}.yaml"))


def before(name: str, entry: Entry) -> CaseFile:
    """The case as it stood when an entry was about to be made."""
    entries, office = told(name)
    now = instant(entry.at)
    earlier = [
        e for e in entries if instant(e.at) < now or (e.at == entry.at and e.position < entry.position)
    ]
    return settle(earlier, office)


def filed(name: str) -> Iterator[tuple[Document, Entry, dict[str, Prefilled]]]:
    """Each document of a case with what it would have been prefilled with."""
    for entry in told(name)[0]:
        if entry.kind == "Filed" and entry.body is not None:
            case = before(name, entry)
            kind = DOCUMENTS[entry.body["document_kind"]]
            yield kind, entry, prefill(kind, case, context(instant(entry.at), case.office), entry.actor)


def needed(name: str) -> Iterator[tuple[str, int, int]]:
    """Each document: its kind, how many required fields came by themselves, how many there are."""
    for kind, entry, found in filed(name):
        assert entry.body is not None
        required = [f for f in kind.fields if wanted(f, entry.body["values"])]
        yield kind.code, sum(f.name in found for f in required), len(required)


@pytest.mark.parametrize("part", PARTS_DECLARED)
def test_every_declared_source_has_a_name_and_an_answer(part: str) -> None:
    assert known(part)
    case = settle(*told("03-clinic-hearing"))
    field = next(f for kind in KINDS for f in kind.fields if part in parts(f.source))
    kind = next(kind for kind in KINDS if field in kind.fields)
    ctx = context(instant(case.opened_at), case.office) if case.opened_at else None
    assert ctx is not None
    answer(Ask(kind, field, case, ctx, "甲", {}), part)


@pytest.mark.parametrize("part", sorted(FIXED))
def test_every_fixed_name_is_answered(part: str) -> None:
    case = CaseFile("示例", Office())
    kind = DOCUMENTS["closing_report"]
    ctx = context(instant(told(WHOLE[0])[0][0].at), case.office)
    answer(Ask(kind, kind.fields[0], case, ctx, "甲", {}), part)


def test_an_unknown_source_is_a_fault_not_an_empty_field() -> None:
    case = CaseFile("示例", Office())
    kind = DOCUMENTS["closing_report"]
    ask = Ask(kind, kind.fields[0], case, context(instant(told(WHOLE[0])[0][0].at), case.office), "甲", {})
    for part in (
        "case.nothing",
        "nothing.at_all",
        "rule.nothing",
        "limit.TL-00",
        "text.nothing",
        "service.nothing",
    ):
        with pytest.raises(KeyError):
            answer(ask, part)


def test_every_wording_that_prefills_a_field_can_be_filled_in() -> None:
    used = {part.removeprefix("text.") for part in PARTS_DECLARED if part.startswith("text.")} & set(TEXTS)
    assert {name for text in used for name in placeholders(text)} <= set(PLACEHOLDERS)


def test_every_part_of_the_catalogue_that_is_declared_is_read() -> None:
    declared = {part.removeprefix("violation.") for part in FIXED if part.startswith("violation.")}
    assert declared == set(PARTS)


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.yaml")))
def test_every_paper_can_be_begun_at_every_step_of_a_case(name: str) -> None:
    """Values take the field's shape: nothing malformed, no null, no float; too few of them is for people to fill."""
    entries, _ = told(name)
    for entry in [e for e in entries if e.kind == "Filed"][::4] + entries[-1:]:
        case = before(name, entry)
        for kind in (*CURRENT.offered(case.procedure), *FACTS.values()):
            found = prefill(kind, case, context(instant(entry.at), case.office), "甲")
            values = {field: one.value for field, one in found.items()}
            encode(values)
            assert all(
                one.where and (one.from_ in (DEFAULT, STEP) or known(one.from_)) for one in found.values()
            )
            plain = [replace(f, minimum=0) for f in kind.fields if f.name in values and not f.columns]
            assert [p.message for p in problems(plain, {f.name: values[f.name] for f in plain})] == []


@pytest.mark.parametrize("name", WHOLE)
def test_the_share_of_a_whole_case_does_not_fall(name: str) -> None:
    counted = list(needed(name))
    came, wanted_ = sum(row[1] for row in counted), sum(row[2] for row in counted)
    assert came / wanted_ >= SHARES[name], [row for row in counted if row[1] < row[2]]


@pytest.mark.parametrize("name", WHOLE)
def test_papers_that_carry_over_leave_hardly_anything_to_type(name: str) -> None:
    last = {code: came / wanted_ for code, came, wanted_ in needed(name)}
    assert {code: share for code, share in last.items() if share < CARRIED.get(code, 0)} == {}


def test_every_kind_that_repeats_the_party_gets_it_after_docketing() -> None:
    entries, office = told(WHOLE[0])
    case = settle(entries, office)
    ctx = context(instant(entries[-1].at), office)
    for kind in KINDS:
        if any(f.name == "party" and f.source for f in kind.fields):
            assert prefill(kind, case, ctx, "甲")["party"].value["name"] == "某公司", kind.code
