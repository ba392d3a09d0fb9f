"""The review standard as data (domain §8.4): sums, what it names exists, every item can be answered."""

from __future__ import annotations

import pytest

from liuhen.casefile.office import Office
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import RULES
from liuhen.compliance.events import has
from liuhen.measures import DOCUMENTS, LIMITS, PROCEDURES, REQUIREMENTS
from liuhen.measures.evaluation import (
    GRADES,
    INSPECTION,
    LICENSING,
    PENALTY,
    SHEETS,
    SUMMARY,
    Item,
    Sheet,
    Veto,
    sheet_of,
)
from liuhen.measures.thresholds import THRESHOLDS

ALL = [(sheet, one) for sheet in SHEETS for one in (*sheet.items, *sheet.vetoes)]


def test_the_points_sum_as_declared() -> None:
    assert PENALTY.points == 100
    assert len(PENALTY.items) == 39
    assert [item.number for item in PENALTY.items] == [str(n) for n in range(1, 40)]
    assert [veto.number for veto in PENALTY.vetoes] == [f"V{n}" for n in range(1, 13)]
    # Nine rows of its own and the shared rows 6, 17, 24, 27, 28, 30, 36–39; the score is out of what applies.
    assert LICENSING.points == 67 + 27
    assert SUMMARY.points == INSPECTION.points == 100


def test_shared_rows_of_the_licensing_sheet_have_the_points_of_the_penalty_sheet() -> None:
    points = {item.number: item.points for item in PENALTY.items}
    shared = {item.number: item.points for item in LICENSING.items if item.number in points}
    assert set(shared) == {"6", "17", "24", "27", "28", "30", "36", "37", "38", "39"}
    assert shared == {number: points[number] for number in shared}


@pytest.mark.parametrize(("sheet", "one"), ALL, ids=[f"{s.procedures[0]}-{o.number}" for s, o in ALL])
def test_what_an_item_names_is_declared(sheet: Sheet, one: Item | Veto) -> None:
    answered = {rule.code for rule in RULES} | {limit.finding or limit.code for limit in LIMITS.values()}
    for source in one.sources:
        assert source.code in answered or source.code in REQUIREMENTS or source.code in LIMITS, source
        for kind in (*source.kinds, *source.apart):
            assert kind in DOCUMENTS
        fields = {f.name for kind in source.kinds for f in DOCUMENTS[kind].fields} or {
            f.name for d in DOCUMENTS.values() for f in d.fields
        }
        assert set(source.fields) <= fields, source
    nothing = CaseFile("c", Office())
    for event in (*one.when, one.shown, getattr(one, "never", "")):
        assert not event or not has(nothing, event)


@pytest.mark.parametrize(("sheet", "one"), ALL, ids=[f"{s.procedures[0]}-{o.number}" for s, o in ALL])
def test_no_item_is_without_an_answer(sheet: Sheet, one: Item | Veto) -> None:
    ruled = {rule.code for rule in RULES} | set(LIMITS) | {limit.finding for limit in LIMITS.values()}
    answered = any(source.code in ruled for source in one.sources)
    assert answered or one.shown or one.human or getattr(one, "altered", False)


def test_every_procedure_has_a_sheet() -> None:
    assert {code for sheet in SHEETS for code in sheet.procedures} == set(PROCEDURES)


def test_every_sheet_is_for_declared_procedures_and_grades_are_settings() -> None:
    names = {threshold.name for threshold in THRESHOLDS}
    assert all(
        code in PROCEDURES and sheet_of(code) is sheet for sheet in SHEETS for code in sheet.procedures
    )
    assert {name for name, _ in GRADES} <= names
    assert sheet_of("no_such_procedure") is None
