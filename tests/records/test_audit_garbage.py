"""Whatever is written over any column of the record, ``audit`` names it and never falls over itself (R34.3)."""

from datetime import timedelta

import pytest

from liuhen.acts import cases, documents, media
from liuhen.acts.storage import vault
from liuhen.records import clock
from liuhen.records.audit import audit
from liuhen.records.models import (
    Body,
    CaseRow,
    Checkpoint,
    Entry,
    FindingRow,
    Leaf,
    LimitRow,
    TaskRow,
    TreeNode,
)
from tests.conftest import triggers_off
from tests.remembered import remembered

SOURCE = {
    "source_kind": "监督检查",
    "discovered_at": "2026-03-02T09:00",
    "is_named": False,
    "content": "检查时发现没有经营台账。",
}
GARBAGE = {
    "CharField": ["", "乱", "0" * 20],
    "TextField": ["", "乱", "{}", "[1]", '{"a":1}'],
    "JSONField": [{"乱": 1}],
}
NUMBERS = [77, 7777]
# When a checkpoint was signed is not vouched for by anything; it is printed and nothing rests on it.
FREE = {(Checkpoint, "at")}
TABLES = (Entry, Body, Leaf, TreeNode, Checkpoint, CaseRow, TaskRow, FindingRow, LimitRow)
COLUMNS = [
    (model, field.attname)
    for model in TABLES
    for field in model._meta.concrete_fields
    if not field.primary_key and not field.is_relation and (model, field.attname) not in FREE
]


@pytest.fixture
def case(bureau):
    return remembered(begun, bureau)


def begun(bureau):
    case = cases.open_case(bureau["jia"], title="某粮食有限公司没有经营台账")
    documents.file_document(case, bureau["jia"], "case_source_form", SOURCE)
    late = clock.now() - timedelta(days=30)
    media.deposit(
        case, bureau["jia"], b"video", "检查.mp4", what="现场检查录像", recorded=True, starts=late, ends=late
    )
    return case


def garbage(model, column):
    kind = model._meta.get_field(column).get_internal_type()
    if kind == "DateField":
        return ["1999-01-01"]
    if kind == "DateTimeField":
        return ["1999-01-01T00:00:00Z"]
    if kind == "BooleanField":
        return [True, False]
    longest = getattr(model._meta.get_field(column), "max_length", None)
    return [each[:longest] if isinstance(each, str) else each for each in GARBAGE.get(kind, NUMBERS)]


@pytest.mark.parametrize(("model", "column"), COLUMNS, ids=lambda each: getattr(each, "__name__", each))
def test_garbage_in_any_column_is_named(case, model, column):
    for which in ("first", "last"):
        row = getattr(model.objects.order_by("pk"), which)()
        assert row is not None
        before = getattr(row, column)
        tried = [value for value in garbage(model, column) if str(value) != str(before)]
        for value in tried:
            with triggers_off():
                model.objects.filter(pk=row.pk).update(**{column: value})
            assert audit(vault()).faults, (which, value)
            with triggers_off():
                model.objects.filter(pk=row.pk).update(**{column: before})
    assert audit(vault()).faults == []


# Of checkpoints only the last is missed: the others are contained in it.
ROWS = [
    (model, which)
    for model in TABLES[:-1]
    for which in ("first", "last")
    if (model, which) != (Checkpoint, "first")
]


@pytest.mark.parametrize(("model", "which"), ROWS)
def test_a_row_lost_is_named(case, model, which):
    row = getattr(model.objects.order_by("pk"), which)()
    with triggers_off():
        if model is Entry:
            Body.objects.filter(entry=row).delete()
        row.delete()
    assert audit(vault()).faults
