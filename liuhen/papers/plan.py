"""A declaration, values and context → the plain data that the Typst templates lay out: form, letter or
record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile
from math import ceil
from typing import Any

from liuhen.measures.vocabulary import ROLE_NAMES, Document, numeral
from liuhen.papers import qr, signing, wording
from liuhen.papers.context import Mark, NotPrintable, PaperContext, Values
from liuhen.papers.showing import Cell, cells, para

Plan = dict[str, Any]
_APPROVERS = {
    "S": ("section_head", "科室负责人意见"),
    "L": ("legal_reviewer", "法制审核意见"),
    "B": ("bureau_leader", "局领导意见"),
    "P": ("principal_leader", "主要负责人意见"),
}
_LINE = 31
_PAGE = 60  # lines of a form from which on it is not asked whether it fits a page
_WHOLE = 10  # lines of a row of a form up to which it is not divided
_BLANK_DATE = "　　　　年　　月　　日"
# Official letters in the sense of GB/T 9704, with a red head; those to a higher body name who signs them.
_UPWARD = ("请示", "报告")
_OFFICIAL = ("函", *_UPWARD)
_UNITS = {"工作日": "个工作日", "日": "日"}
_SECTIONS = {"longtext", "list", "basis", "penalties", "remedies", "files", "sketch"}


def _number(kind: Document, context: PaperContext) -> str:
    if context.number:
        return context.number
    return f"{context.authority_code}{kind.number}〔　　　　〕　　号" if kind.number else ""


def footnote(context: PaperContext, *, draft: bool) -> str:
    """The line beside the QR code: document, revision and short commitment; for a draft, its status."""
    words = [f"文书{qr.short_id(context.document)}"] if context.document else []
    if draft:
        return "　".join([*words, context.status])
    words.append(f"第{context.revision}稿")
    if context.commitment:
        words.append(f"内容摘要{context.commitment[:12]}")
    return "　".join(words)


def _cell_data(one: Cell) -> Plan:
    return {"label": one.label, "blocks": one.blocks, "mark": one.marked}


def _opinions(kind: Document, context: PaperContext) -> list[Plan]:
    rows: list[Plan] = []
    for code in kind.approvals:
        rows.append({"label": _APPROVERS[code][1], "given": _given(code, context), "blank": _BLANK_DATE})
    return rows


def _given(code: str, context: PaperContext) -> list[Plan]:
    role, label = _APPROVERS[code]
    names = {code, role, label, label.removesuffix("意见"), ROLE_NAMES[role]}
    return [
        {
            "text": wording.breakable(wording.tidy(o.text)),
            "result": o.result,
            "name": o.name + (f"（代{o.acting_for}）" if o.acting_for else ""),
            "date": wording.day(o.date) if o.date else _BLANK_DATE,
        }
        for o in context.opinions
        if o.role in names
    ]


def _form(kind: Document, shown: Sequence[Cell], context: PaperContext) -> Plan:
    """Short cells share a ruled row two by two; the rest take a row each."""
    rows: list[list[Plan]] = []
    waiting: Cell | None = None
    for one in shown:
        if waiting and one.short:
            rows.append([_cell_data(waiting), _cell_data(one)])
            waiting = None
            continue
        if waiting:
            rows.append([_cell_data(waiting)])
        waiting = one if one.short else None
        if not one.short:
            look = {"tall": one.type in _SECTIONS, "roomy": one.type == "longtext", "whole": _whole(one)}
            rows.append([_cell_data(one) | look])
    if waiting:
        rows.append([_cell_data(waiting)])
    tall = sum(max(_lines(one), 1) for one in shown)
    return {"rows": rows, "opinions": _opinions(kind, context), "one_page": tall <= _PAGE}


def _whole(one: Cell) -> bool:
    """Whether a row is so short that it stands on one page."""
    return _lines(one) <= _WHOLE and all(block.get("short", True) for block in one.blocks)


def _lines(one: Cell) -> int:
    """The lines of its paragraphs, and the rows of its tables."""
    texts = (block["s"] for block in one.blocks if block["t"] == "para")
    rows = sum(len(block["rows"]) for block in one.blocks if block["t"] == "table")
    return rows + sum(ceil((wording.width(text) + 2) / _LINE) for text in texts)


def _letter(kind: Document, shown: Sequence[Cell], context: PaperContext) -> Plan:
    """Addressee, who it is about, the sentence that says what the letter does, short values as lines, the long ones as
    sections numbered 一、二、三; the last sentence. A party that it is addressed to is described in its body as well."""
    told = [_with_unit(one) for one in shown if one.state != "blank"]
    parties = [field.name for field in kind.fields if field.type == "party"]
    to = next((one.text for one in told if one.name == kind.addressed and one.state == "given"), "")
    body = [one for one in told if one.name != kind.addressed or one.name in parties or not to]
    numbered = sum(one.type in _SECTIONS for one in body) > 1
    parts: list[Plan] = []
    n = 0
    for one in body:
        if one.type in _SECTIONS and numbered:
            n += 1
            parts.append({"t": "section", "head": f"{numeral(n)}、{one.label}", **_cell_data(one)})
        else:
            parts.append(
                {"t": "line" if one.inline else "section", "head": f"{one.label}：", **_cell_data(one)}
            )
    about = 0 if to else sum(1 for _ in takewhile(lambda one: one.name in parties[:1], body))
    said = [
        [{"t": "line", "head": "", **_said(sentence)}] if sentence else []
        for sentence in (kind.lead, kind.close)
    ]
    return {
        "to": to,
        "parts": [*parts[:about], *said[0], *parts[about:], *said[1]],
        "red": kind.sealed and kind.title.endswith(_OFFICIAL),
        "signer": _signer(kind, context) if kind.title.endswith(_UPWARD) else None,
    }


def _with_unit(one: Cell) -> Cell:
    """履行期限（自送达之日起，工作日）, 10 → 履行期限, 自送达之日起10个工作日."""
    label, bracket, inner = one.label.removesuffix("）").partition("（")
    *before, unit = inner.split("，")
    if one.type != "number" or one.state != "given" or not bracket or unit not in _UNITS:
        return one
    return replace(one, label=label, blocks=[para("".join(before) + one.text + _UNITS[unit])])


def _signer(kind: Document, context: PaperContext) -> str:
    """签发人 of what goes to a higher body: who gave the last opinion."""
    last = kind.approvals[-1:]
    return next((row["name"] for code in last for row in _given(code, context)[-1:]), "")


def _said(sentence: str) -> Plan:
    return {"label": "", "blocks": [para(sentence)], "mark": False}


def _record(_kind: Document, shown: Sequence[Cell], _context: PaperContext) -> Plan:
    """Head lines with underlined values up to the first long text, then the body."""
    first = next((n for n, one in enumerate(shown) if one.type in _SECTIONS), len(shown))
    head: list[list[Plan]] = []
    room = 0.0
    for one in shown[:first]:
        need = wording.width(one.label + one.text) + 3
        if head and need <= room:
            head[-1].append(_cell_data(one))
            room -= need
        else:
            head.append([_cell_data(one)])
            room = _LINE - need
    body = [{"t": "line" if one.inline else "section", **_cell_data(one)} for one in shown[first:]]
    return {"head": head, "parts": body}


_LAYOUTS: dict[str, Callable[[Document, Sequence[Cell], PaperContext], Plan]] = {
    "form": _form,
    "letter": _letter,
    "record": _record,
}


def plan(
    kind: Document,
    values: Values,
    context: PaperContext,
    *,
    draft: bool = False,
    final: bool = False,
    marks: Sequence[Mark] = (),
    highlight: str = "",
) -> Plan:
    """Everything a template needs, as JSON data. Raises NotPrintable for a kind received from outside."""
    if kind.layout not in _LAYOUTS:
        raise NotPrintable(f"《{kind.title}》由外来单位或个人出具，以收到的原件为准，本系统不另行制作")
    shown = cells(kind, values, context, draft=draft, highlight=highlight)
    case_no = next((one.text for one in shown if one.name == "case_no" and one.state == "given"), "")
    if case_no:
        shown = [one for one in shown if one.name != "case_no"]
    facts = [
        [label, wording.breakable(wording.tidy(text))]
        for label, text in ((("案号", case_no),) if case_no else ()) + tuple(context.facts)
    ]
    return {
        "layout": kind.layout,
        "title": context.title or kind.title,
        "facts": facts,
        "number": _number(kind, context),
        "date": wording.day(context.date) if context.date else _BLANK_DATE,
        "sealed": kind.sealed,
        "seal": list(context.seal) if final and context.seal and kind.sealed else None,
        "seats": signing.seats(signing.boxes(kind, values), marks),
        **frame(context, draft=draft),
        **_LAYOUTS[kind.layout](kind, shown, context),
    }


def frame(context: PaperContext, *, draft: bool = False) -> Plan:
    """What every sheet has: bureau, header note, foot line and code."""
    words = "" if draft else qr.text(context)
    return {
        "bureau": context.bureau,
        "note": context.status if draft else "",
        "foot": footnote(context, draft=draft),
        "qr": qr.svg(words) if words else None,
    }
