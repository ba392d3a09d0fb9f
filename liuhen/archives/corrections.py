"""更正页: what was corrected on a paper that stays as it was made, so that nobody reads the old value for the right one (A32)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from liuhen.casefile.moments import ZONE, Moment, parse
from liuhen.casefile.state import CaseFile, Correction, Document
from liuhen.measures.vocabulary import Field
from liuhen.papers import PaperContext, corrections
from liuhen.papers.showing import blocks

KIND = "correction_sheet"
WAITS = "尚待科室负责人确认"


@dataclass(frozen=True)
class Line:
    """One corrected value: what it is, as the paper has it, as it is right, why, who and when, whether confirmed."""

    label: str
    old: str
    new: str
    reason: str
    who: str
    at: Moment
    confirmed: bool
    entry: str


def lines(case: CaseFile, document: Document) -> list[Line]:
    """The corrections of a document's present text, the last of each value."""
    last = {c.path: c for c in case.corrections if c.target == document.current.filed}
    first = {c.path: c for c in reversed(case.corrections) if c.target == document.current.filed}
    return [_line(case, document, found, first[path]) for path, found in last.items()]


def _line(case: CaseFile, document: Document, found: Correction, first: Correction) -> Line:
    field, label = _named(document, found.path)
    old, new = _words(case, field, first.old), _words(case, field, found.value)
    return Line(
        label, old, new, found.reason, case.office.name(found.actor), found.at, found.confirmed, found.entry
    )


def _named(document: Document, path: str) -> tuple[Field | None, str]:
    """The field that a path names, and its label; of a part of it no field, since it has a shape of its own."""
    if path == "/at":
        return None, "时间"
    steps = path.split("/")[2:]
    field = next((f for f in document.declared.fields if steps and f.name == steps[0]), None)
    if field is None:
        return None, path
    return (field, field.label) if len(steps) == 1 else (None, field.label)


def _words(case: CaseFile, field: Field | None, value: Any) -> str:
    if value in ("", None):
        return ""
    titles = {d.id: f"《{d.title}》" for d in case.documents.values()}
    try:
        if field is None:
            return _moment(str(value))
        return "\n".join(
            _flat(block) for block in blocks(field, value, PaperContext(bureau="", documents=titles))
        )
    except (TypeError, ValueError, KeyError, AttributeError):
        return str(value)


def _moment(text: str) -> str:
    try:
        at = parse(text)
    except ValueError:
        return text
    if not isinstance(at, datetime):
        return f"{at.year}年{at.month}月{at.day}日"
    local = at.astimezone(ZONE)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def _flat(block: Mapping[str, Any]) -> str:
    """A block of a paper as lines of text."""
    if block["t"] == "table":
        return "\n".join("，".join(cell for cell in row if cell) for row in block["rows"])
    if block["t"] == "pairs":
        return "，".join(f"{label}{text}" for label, text in block["rows"])
    if block["t"] == "qa":
        return "\n".join(part["s"] for part in (*block["q"], *block["a"]))
    return str(block.get("s", ""))


def printed(case: CaseFile, document: Document, bureau: str) -> bytes:
    """The sheet as PDF. Raises NoFonts, NoGlyph."""
    number = document.issued.number if document.issued and document.issued.number != "无" else ""
    rows = [
        {
            "label": line.label, "old": line.old, "new": line.new, "reason": line.reason,
            "who": f"{line.who}于{_moment(line.at.isoformat())}更正",
            "confirmed": "科室负责人已确认" if line.confirmed else WAITS,
        }
        for line in lines(case, document)
    ]  # fmt: skip
    context = PaperContext(bureau=bureau, facts=(("案号", case.case_no),))
    return corrections(rows, context, of=f"《{document.title}》{number}")
