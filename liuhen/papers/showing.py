"""A field and its value → the cells that paper shows: a label and blocks of text, tables or questions and
answers.

A cell is independent of the layout: a form rules it, a letter and a record write it as running text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen.measures.vocabulary import Document, Field
from liuhen.papers import pictures, tables, wording
from liuhen.papers.context import PaperContext, Values

Block = dict[str, Any]
DASH = "——"
_WIDE = {"longtext", "list", "basis", "penalties", "remedies", "files", "sketch"}
_PAIR_LIMIT = 12
# The columns of a table from which on money stands in figures alone, and all of it at its right.
_MANY = 5
_ALIGNS: dict[str, tables.Align] = {
    "money": "right",
    "number": "center",
    "quantity": "center",
    "bool": "center",
    "date": "center",
}
_QUESTION = ({"q", "a"}, {"question", "answer"})


@dataclass(frozen=True)
class Cell:
    """One labelled value. ``state`` is given, blank (optional and empty) or gap (required and empty)."""

    name: str
    label: str
    type: str
    blocks: list[Block]
    state: str = "given"
    marked: bool = False

    @property
    def short(self) -> bool:
        """Whether half a line is enough."""
        return self.type not in _WIDE and wording.width(self.text) <= _PAIR_LIMIT and len(self.label) <= 10

    @property
    def text(self) -> str:
        """The plain text of the cell's paragraphs."""
        return "".join(block.get("s", "") for block in self.blocks)

    @property
    def inline(self) -> bool:
        """Whether it is one plain paragraph that may stand after its label."""
        return self.type not in _WIDE and len(self.blocks) == 1


def is_empty(value: Any) -> bool:
    """Whether a value counts as not filled in; ``False`` and 0 are answers."""
    return value is None or (isinstance(value, str | Sequence | Mapping) and not value)


def is_required(field: Field, values: Values) -> bool:
    """Whether ``field`` must be filled, given the other values (``required_if``)."""
    if field.required_if is None:
        return field.required
    other, wanted = field.required_if
    given = values.get(other)
    return (str(given).lower() if isinstance(given, bool) else given) == wanted


def missing(kind: Document, values: Values) -> dict[str, str]:
    """Required fields that are empty or have too few rows: name → label. 不适用 and 纸上未载 count as
    answers."""
    gaps: dict[str, str] = {}
    for field in kind.fields:
        value = values.get(field.name)
        few = isinstance(value, Sequence) and not isinstance(value, str) and len(value) < field.minimum
        if is_required(field, values) and (is_empty(value) or few):
            gaps[field.name] = field.label
    return gaps


def para(text: str, style: str = "") -> Block:
    """One paragraph; ``style`` is empty, gap or dash."""
    return {"t": "para", "s": wording.breakable(wording.tidy(text)), "k": style}


def paragraphs(text: str) -> list[Block]:
    """Text in paragraphs, blank lines left out."""
    return [para(line) for line in wording.tidy(text).split("\n") if line.strip()]


def scalar(field: Field, value: Any, context: PaperContext) -> str:
    """A single value as one string, by the field's type."""
    special = answered(value)
    if special:
        return special
    match field.type:
        case "date":
            return wording.day(value)
        case "datetime":
            return wording.moment(value)
        case "money":
            return wording.yuan(value)
        case "bool":
            return "是" if value else "否"
        case "person":
            return wording.person(value)
        case "people" | "officers":
            return wording.people(value)
        case "party":
            return wording.party_line(value)
        case "document":
            return context.documents.get(value, value)
        case "files" | "sketch":
            return "、".join(str(file["name"]) for file in value)
        case "basis":
            return "、".join(wording.provision(row) for row in value)
        case "penalties":
            return "；".join(wording.penalty(row) for row in value)
        case _:
            return str(value)


def answered(value: Any) -> str:
    """The words for 不适用 or 纸上未载, or an empty string for an ordinary value."""
    if isinstance(value, Mapping):
        if "not_applicable" in value:
            return f"不适用（{value['not_applicable']}）"
        if value.get("not_on_paper"):
            return "纸上未载"
    return ""


def _rows(field: Field, value: Sequence[Any], context: PaperContext) -> list[Block]:
    names = {column.name for column in field.columns}
    for pair in _QUESTION:
        if pair <= names:
            ask, reply = (column for column in field.columns if column.name in pair)
            return [
                {
                    "t": "qa",
                    "q": paragraphs(str(row.get(ask.name, ""))),
                    "a": paragraphs(str(row.get(reply.name, ""))),
                }
                for row in value
            ]
    if not field.columns:
        return [
            para(f"{n}.{row if isinstance(row, str) else wording.person(row)}")
            for n, row in enumerate(value, 1)
        ]
    columns = [c for c in field.columns if c.printed and any(not is_empty(row.get(c.name)) for row in value)]
    in_words = len(columns) < _MANY
    body = [
        [
            str(n),
            *(
                "" if is_empty(row.get(c.name)) else _in_table(c, row[c.name], context, in_words)
                for c in columns
            ),
        ]
        for n, row in enumerate(value, 1)
    ]
    aligns: list[tables.Align] = ["center", *(_ALIGNS.get(column.type, "left") for column in columns)]
    return [tables.ruled(["序号", *(column.label for column in columns)], body, aligns)]


def _in_table(column: Field, value: Any, context: PaperContext, in_words: bool) -> str:
    if column.type == "money" and not answered(value) and not in_words:
        return wording.figures(value)
    return scalar(column, value, context)


def blocks(field: Field, value: Any, context: PaperContext) -> list[Block]:
    """A filled-in value as blocks."""
    if answered(value):
        return [para(answered(value))]
    match field.type:
        case "longtext":
            return paragraphs(value)
        case "list":
            return _rows(field, value, context)
        case "basis":
            return [para("；".join(wording.provision(row) for row in value) + "。")]
        case "penalties" if len(value) > 1:
            ends = ["；"] * (len(value) - 1) + ["。"]
            return [para(f"{n}.{wording.penalty(row)}{ends[n - 1]}") for n, row in enumerate(value, 1)]
        case "penalties":
            return [para(wording.penalty(value[0]) + "。")]
        case "remedies":
            return paragraphs(wording.remedies(value))
        case "sketch":
            return pictures.of_sketch(value, context.pictures)
        case "files":
            return [para(f"{n}.{file['name']}") for n, file in enumerate(value, 1)]
        case _:
            return paragraphs(scalar(field, value, context)) or [para("")]


def cell(field: Field, values: Values, context: PaperContext, *, draft: bool, highlight: str = "") -> Cell:
    """One field as a cell: its value, an ochre gap (required, in a draft) or a dash (empty, not a draft)."""
    value, marked = values.get(field.name), field.name == highlight
    if not is_empty(value):
        return Cell(field.name, field.label, field.type, blocks(field, value, context), marked=marked)
    if is_required(field, values):
        return Cell(field.name, field.label, field.type, [para(f"未填：{field.label}", "gap")], "gap", marked)
    return Cell(field.name, field.label, field.type, [para("" if draft else DASH, "dash")], "blank", marked)


def _party_cells(field: Field, values: Values, marked: bool) -> list[Cell]:
    lines = wording.party(values[field.name], field.label)
    return [Cell(field.name, label, "text", [para(text)], marked=marked) for label, text in lines]


def _span_cell(kind: Document, values: Values, highlight: str) -> Cell | None:
    """Start and end as one cell 检查时间, when both are filled in."""
    times = [values.get("started_at"), values.get("ended_at")]
    if not all(isinstance(at, str) and at for at in times):
        return None
    label = kind.field("started_at").label.removesuffix("时间").removesuffix("开始") + "时间"
    words = wording.span(str(times[0]), str(times[1]))
    return Cell("started_at", label, "text", [para(words)], marked=highlight in ("started_at", "ended_at"))


def cells(
    kind: Document, values: Values, context: PaperContext, *, draft: bool, highlight: str = ""
) -> list[Cell]:
    """All fields of a paper in the order declared; start and end merged, a party spread over its parts."""
    whole: list[Cell] = []
    together = _span_cell(kind, values, highlight)
    for field in kind.fields:
        value = values.get(field.name)
        if not field.printed:
            continue
        if together and field.name in ("started_at", "ended_at"):
            whole += [together] if field.name == "started_at" else []
        elif field.type == "party" and not is_empty(value) and not answered(value):
            whole += _party_cells(field, values, field.name == highlight)
        else:
            whole.append(cell(field, values, context, draft=draft, highlight=highlight))
    return whole
