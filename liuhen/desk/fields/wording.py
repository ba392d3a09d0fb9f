"""A value in words: for a folded field, the old and the new of a correction, the page of an entry."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from liuhen.casefile.quantities import in_digits, quantity
from liuhen.desk import words as screen
from liuhen.desk.fields.offers import NOTHING, Offers, Paper
from liuhen.measures.vocabulary import Field
from liuhen.papers import PaperContext, PaperError, showing, wording


def typed(field: Field, value: Any) -> str:
    """A value as a line of text holds it: money in yuan, everything else as it is."""
    if value is None:
        return ""
    if field.type == "money" and isinstance(value, int) and not isinstance(value, bool):
        return f"{value // 100:,}.{value % 100:02d}"
    if field.type == "person" and isinstance(value, Mapping):
        return str(value.get("name", ""))
    return str(value)


def total(rows: Any) -> str:
    """Things of a list added up, by unit: 合计 3 项：12袋，5箱; empty without rows."""
    held = [row for row in rows if isinstance(row, Mapping) and row] if isinstance(rows, list) else []
    sums: dict[str, Decimal] = {}
    for row in held:
        amount, unit = quantity(row.get("quantity")), str(row.get("unit") or "").strip()
        if amount is not None:
            sums[unit] = sums.get(unit, Decimal(0)) + amount
    said = "，".join(f"{in_digits(amount)}{unit}" for unit, amount in sums.items())
    return (f"合计 {len(held)} 项" + (f"：{said}" if said else "")) if held else ""


def paper(one: Paper) -> str:
    """A document of the case as it is chosen from a list: title and day."""
    return f"《{one.title}》" + (f"，{screen.on(one.on)}" if one.on else "")


def words(field: Field, value: Any, offers: Offers = NOTHING) -> str:
    """A value in words, a list with one line a row; what cannot be read is shown as it was typed."""
    if value is None:
        return ""
    titles = {p.document: paper(p) for p in offers.papers}
    try:
        return _line(field, value, PaperContext(bureau="", documents=titles))
    except (KeyError, ValueError, TypeError, AttributeError, PaperError):
        return str(value)


def _line(field: Field, value: Any, context: PaperContext) -> str:
    if isinstance(value, Mapping) and value.get("not_on_paper"):
        return "纸上未载"
    if field.type == "money" and isinstance(value, int):
        return screen.yuan(value)
    if field.type == "party":
        return "，".join(
            text if label == "当事人" else f"{label}{text}" for label, text in wording.party(value)
        )
    if field.type == "remedies":
        return wording.remedies(value)
    if field.type == "list":
        return "\n".join(_row(field, row, context) for row in value)
    return showing.scalar(field, value, context)


def _row(field: Field, row: Mapping[str, Any], context: PaperContext) -> str:
    cells = [(c, row[c.name]) for c in field.columns if c.name in row and not c.system]
    return "，".join(showing.scalar(column, value, context) for column, value in cells)
