"""Sheets printed from entries and projections, never typed: catalogue 卷内目录, cover 卷宗封面, 送达回证."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from liuhen.papers import signing, tables, wording
from liuhen.papers.context import Mark, PaperContext
from liuhen.papers.plan import frame
from liuhen.papers.showing import Block, para, paragraphs
from liuhen.papers.typesetter import compile_plan

_COLUMNS = ("序号", "文号", "责任者", "题名", "日期", "页号", "密级", "备注")
_CATALOGUE = (10, 30, 24, 44, 19, 15, 13, 15)  # mm
_TABLE_LINE = 170  # mm
_ON_ITS_SIDE = 297 - 210  # mm that a line of A4 has more then
_CORNER = (
    ("fonds_no", "全宗号"),
    ("catalogue_no", "目录号"),
    ("volume_no", "案卷号"),
    ("archive_no", "归档号"),
)
_COVER = (
    ("title", "案卷题名"),
    ("number", "决定书文号"),
    ("party", "当事人"),
    ("section", "办案机构"),
    ("officers", "办案人员"),
    ("docketed_on", "立案日期"),
    ("closed_on", "结案日期"),
    ("outcome", "处理结果"),
    ("archived_on", "归档日期"),
)
_BOTTOM = (
    ("year", "年度"),
    ("retention", "保管期限"),
    ("secrecy", "密级"),
    ("items", "件数"),
    ("pages", "页数"),
    ("volume", "卷次"),
)
_HAND_DAY = "　　　　年　　月　　日"
_HAND_DATE = "　　　　年　　月　　日　　时　　分"
_SUCCEEDED = {"delivered", "left", "reached", "published"}


def _name(value: Any) -> str:
    return str(value.get("name", "")) if isinstance(value, Mapping) else str(value)


def _method(step: Mapping[str, Any]) -> str:
    words = _text(step, "method")
    return words.removesuffix("送达") + "送达" if words else ""


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name, "")
    names = map(_name, value) if isinstance(value, list | tuple) else [_name(value)]
    return wording.tidy("、".join(names))


def _date(value: str) -> str:
    return wording.day(value) if len(value) == 10 and value[4:5] == "-" else value


def _pages(row: Mapping[str, Any]) -> str:
    first, last = _text(row, "page_from"), _text(row, "page_to")
    return f"{first}-{last}" if last and last != first else first


def catalogue(
    rows: Sequence[Mapping[str, Any]], context: PaperContext, *, title: str = "卷内文件目录"
) -> bytes:
    """The catalogue of a file (domain §8.2): seq, number, author, title, date (YYYYMMDD), page_from,
    page_to, secrecy,
    note; the head is repeated on each page. Raises NoFonts, NoGlyph."""
    lines = [
        [
            _text(row, "seq") or str(n),
            _text(row, "number"),
            _text(row, "author"),
            _text(row, "title"),
            _text(row, "date").replace("-", ""),
            _pages(row),
            _text(row, "secrecy"),
            _text(row, "note"),
        ]
        for n, row in enumerate(rows, 1)
    ]
    facts = [[label, wording.tidy(text)] for label, text in context.facts]
    sheet = {"layout": "catalogue", "title": title, "facts": facts, "head": _COLUMNS, "widths": _CATALOGUE}
    return compile_plan(sheet | tables.given(lines, _CATALOGUE, 10.5) | frame(context))[0]


def table(
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
    context: PaperContext,
    *,
    before: Sequence[str] = (),
    after: Sequence[str] = (),
    wide: bool = False,
) -> bytes:
    """A sheet of one table: ``columns`` are heads and widths in mm (0 shares what is left), paragraphs ``before`` and
    ``after``; the head is repeated on each page, which lies on its side when it is ``wide``. Raises NoFonts, NoGlyph."""
    asked = [width for _, width in columns]
    share = (_TABLE_LINE + wide * _ON_ITS_SIDE - sum(asked)) / max(asked.count(0), 1)
    widths = [width or share for width in asked]
    sheet = {
        "layout": "table",
        "title": title,
        "facts": [[label, wording.tidy(text)] for label, text in context.facts],
        "head": [head for head, _ in columns],
        "widths": widths,
        "wide": wide,
        "narrow": [n for n, width in enumerate(asked) if 0 < width < 16],
        "before": [wording.breakable(one) for one in before],
        "after": [wording.breakable(one) for one in after],
    }
    return compile_plan(frame(context) | sheet | tables.given(rows, widths, 12))[0]


def marks(numbers: Sequence[tuple[str, bool]], watermark: str) -> bytes:
    """Pages to lay over those of a file that is printed, one a number (none for empty), lying on their side where that is said: at
    the outer lower corner, odd ones right (domain §8.2), and pale across each page who prints it. Raises NoFonts, NoGlyph."""
    plan = {"layout": "marks", "title": "", "numbers": [list(one) for one in numbers], "watermark": watermark}
    return compile_plan(frame(PaperContext(bureau="")) | plan)[0]


def cover(fields: Mapping[str, Any], context: PaperContext | None = None) -> bytes:
    """The cover of a file 卷宗封面 (domain §8.2) on one page; ``fields`` by the names used there,
    ``bureau`` too,
    dates YYYY-MM-DD; what is absent stays blank. Raises NoFonts, NoGlyph."""
    around = context or PaperContext(bureau=_text(fields, "bureau"))

    def pairs(names: Sequence[tuple[str, str]]) -> list[list[str]]:
        return [[label, _date(_text(fields, name))] for name, label in names]

    sheet = {
        "layout": "cover",
        "title": _text(fields, "heading") or "行政执法案卷",
        "corner": pairs(_CORNER),
        "rows": pairs(_COVER),
        "bottom": pairs(_BOTTOM),
    }
    return compile_plan(frame(around) | sheet)[0]


def _when(step: Mapping[str, Any]) -> str:
    at = _text(step, "at")
    return wording.moment(at) if "T" in at else _date(at)


def _step_line(step: Mapping[str, Any], context: PaperContext) -> str:
    words = [
        _when(step),
        _method(step),
        wording.SERVICE.get(_text(step, "what"), _text(step, "what")),
        _text(step, "place"),
        _text(step, "carrier"),
        _text(step, "tracking"),
        _text(step, "reason"),
    ]
    return "，".join(word for word in words if word)


def _row(
    label: str,
    text: str = "",
    *,
    hand: int = 0,
    tail: str = "",
    more: Sequence[Block] = (),
    marks: Sequence[Mark] = (),
) -> dict[str, Any]:
    """A row of a sheet: its text, or room to write by hand, then the signatures that stand there."""
    drawn = [signing.content(mark) for mark in marks]
    blocks = [*paragraphs(text), *more]
    return {
        "label": label,
        "blocks": blocks,
        "hand": 0 if text or drawn else hand,
        "tail": tail,
        "marks": drawn,
    }


def _unique(steps: Sequence[Mapping[str, Any]], name: str) -> str:
    return "、".join(dict.fromkeys(text for step in steps if (text := _text(step, name))))


def _of(marks: Sequence[Mark], role: str) -> list[Mark]:
    return [mark for mark in marks if mark["role"] == role]


def receipt(steps: Sequence[Mapping[str, Any]], context: PaperContext, marks: Sequence[Mark] = ()) -> bytes:
    """The proof of service 送达回证 of one addressee, from the bodies of ``ServiceStep`` entries, each with
    ``at`` (date or instant). Until a step delivers or leaves the paper, the places written by hand stay
    blank.

    ``context.documents`` gives the titles and numbers of the documents served; ``marks`` are the signatures on it, of
    recipient, server and witness. Raises NoFonts, NoGlyph.
    """
    done = [step for step in steps if step.get("what") in _SUCCEEDED]
    refused = _unique([step for step in steps if step.get("what") in ("refused", "left")], "reason")
    names = dict.fromkeys(_text(step, "document") for step in steps)
    served = [context.documents.get(name, name) for name in names if name]
    handed = done[-1] if done and done[-1]["what"] == "delivered" else {}
    relation = _unique(done, "relation")
    course = [para(f"{n}.{_step_line(step, context)}。") for n, step in enumerate(steps, 1)] if steps else []
    rows = [
        _row("送达文书名称及文号", "\n".join(served), hand=16),
        _row("受送达人", _unique(steps, "addressee"), hand=6),
        _row("送达地点", _unique(done or steps, "place"), hand=6),
        _row("送达方式", "、".join(dict.fromkeys(_method(step) for step in done)), hand=6),
        _row(
            "收件人（签名或者盖章）",
            _unique(done, "recipient"),
            hand=14,
            tail=_when(handed) or _HAND_DATE,
            marks=_of(marks, "recipient"),
        ),
        _row("代收人与受送达人关系", relation, hand=8),
        _row("拒收事由", refused, hand=10),
        _row("见证人（签名）", _unique(steps, "witness"), hand=10, marks=_of(marks, "witness")),
        _row(
            "送达人（签名）",
            _unique(steps, "servers"),
            hand=12,
            tail=_when(done[-1] if done else {}) or _HAND_DAY,
            marks=_of(marks, "server"),
        ),
        _row("送达经过", hand=18, more=course),
        _row("备注", hand=10),
    ]
    sheet = {
        "layout": "receipt",
        "title": "送达回证",
        "number": context.number or "",
        "facts": [[label, wording.tidy(text)] for label, text in context.facts],
        "rows": rows,
    }
    return compile_plan(sheet | frame(context))[0]


def corrections(rows: Sequence[Mapping[str, str]], context: PaperContext, *, of: str) -> bytes:
    """The correction sheet 更正页 of a paper that stays as it was made: each value as it stands there and as it is right,
    why, by whom and when; ``label``, ``old``, ``new``, ``reason``, ``who``, ``confirmed``. Raises NoFonts, NoGlyph."""
    lines = [_row("所更正的文书", of)]
    for n, row in enumerate(rows, 1):
        lines.append(_row(f"第{n}处", _text(row, "label")))
        lines.append(_row("纸面原为", _text(row, "old") or "（空）"))
        lines.append(_row("更正为", _text(row, "new")))
        lines.append(_row("理由", f"{_text(row, 'reason')}\n{_text(row, 'who')}\n{_text(row, 'confirmed')}"))
    sheet = {
        "layout": "receipt", "title": "更正页", "number": "",
        "facts": [[label, wording.tidy(text)] for label, text in context.facts], "rows": lines,
    }  # fmt: skip
    return compile_plan(sheet | frame(context))[0]
