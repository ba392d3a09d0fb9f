"""Values of every length and kind of character for each declared kind: short, bare, long, hostile (see ``test_every_kind``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from liuhen.measures.vocabulary import Document, Field
from tests.papers import samples

ROWS = 60
# Characters: over the ends of pages; and the longest that anyone will write.
LONG, LONGEST = 2_500, 10_000
# Ext-B and later, compatibility and rare characters of names, with what has a meaning to Typst, HTML, XML and Word.
RARE = "𠮷㙍䶮𫖯㛃喆堃𬭸"
HOSTILE = (
    '#read("/etc/passwd") $x^2$ *b* _i_ `c` <b>&amp;</b> @ref = 标题 \\u{41} ]})// <w:t> {{x}} {% y %}\t"引"'
)
WORD = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3 + "https://example.invalid/" + "a1b2c3d4" * 20
MODES = ("short", "bare", "long", "hostile")


def sentences(length: int) -> str:
    """Numbered text of about a length in paragraphs: a piece that is lost is missed."""
    whole = [f"第{n:05d}句记载当时情况，" for n in range(length // 14 + 1)]
    return "\n".join("".join(whole[n : n + 20]) for n in range(0, len(whole), 20))


def _text(mode: str, field: Field, first: bool) -> str:
    if mode in ("short", "bare"):
        return "甲" if mode == "short" else str(samples.value(field))
    if mode == "hostile":
        return f"{RARE}{HOSTILE}" + (f"\n{HOSTILE}" if field.type == "longtext" else "")
    if field.type == "longtext":
        return sentences(LONG if first else 600)
    return f"某街道某路一百二十三号某园区综合办公楼东侧附属楼二层{field.label}二百零六室" + (
        WORD if first else ""
    )


def _name(mode: str) -> str:
    names = {
        "short": "甲",
        "bare": "李某",
        "long": "阿卜杜拉·买买提·艾合买提江·吐尔逊·玉素甫阿吉（又名某某某某）",
        "hostile": f"{RARE}<甲>*#",
    }
    return names[mode]


def _party(mode: str) -> dict[str, Any]:
    if mode == "bare":
        return {"party_kind": "自然人", "name": "李某"}
    return samples.PARTY | {
        "name": _name(mode) + ("大连金普新区某粮食收储加工贸易有限责任公司" * 3 if mode == "long" else ""),
        "address": _text(mode, Field(name="address", label="住所"), mode == "long"),
    }


def _value(mode: str, field: Field, *, first: bool, row: bool = False) -> Any:
    match field.type:
        case "text" | "longtext" if field.name in ("started_at", "ended_at"):
            return samples.value(field)
        case "text":
            return _text(mode, field, first and not row)
        case "longtext":
            return (
                ("某项内容，" * 12 if mode == "long" else _text(mode, field, first=False))
                if row
                else _text(mode, field, first)
            )
        case "list" if not field.columns:
            return [_text("hostile" if mode == "hostile" else "short", field, first=False)] * (
                ROWS if mode == "long" else max(field.minimum, 1)
            )
        case "list":
            many = ROWS if mode == "long" else max(field.minimum, 1)
            one = {c.name: _value(mode, c, first=False, row=True) for c in field.columns}
            return [one | _numbered(field, n) for n in range(many)]
        case "person":
            return {"name": _name(mode)} | (
                {} if mode == "bare" else {"post": _text(mode, field, first=False)}
            )
        case "people":
            many = 12 if mode == "long" else max(field.minimum, 1)
            return [{"name": f"{_name(mode)}{n or ''}", "post": "局长"} for n in range(many)]
        case "officers":
            return [
                {"name": _name(mode), "certificate_no": f"000{n}"} for n in range(4 if mode == "long" else 2)
            ]
        case "party":
            return _party(mode)
        case "basis" if mode == "long":
            return [
                {
                    "law": f"某某省某某市关于某某事项的规定（第{n}号）",
                    "article": str(n + 1),
                    "paragraph": "1",
                    "item": "2",
                }
                for n in range(20)
            ]
        case "penalties" if mode == "long":
            return [
                {"kind": "没收违法所得", "amount": 10**17 - 1, "object": sentences(120), "term": "三十日"}
            ] * 6
        case "files" if mode == "long":
            return [{"digest": "sha256:" + "0" * 64, "name": f"照片{n}-{WORD[:80]}.jpg"} for n in range(ROWS)]
        case "money" if mode == "long":
            return 10**17 + 7
        case "number" | "quantity" if mode == "long":
            return 999_999
        case _:
            return samples.value(field)


def _numbered(field: Field, n: int) -> dict[str, Any]:
    """The first text of a row made different, so that a row that is lost is missed."""
    named = next((c for c in field.columns if c.type == "text" and c.printed), None)
    return {named.name: f"第{n:02d}行{_value('short', named, first=False)}"} if named and n else {}


def values(kind: Document, mode: str, length: int = LONG) -> dict[str, Any]:
    """The values of a kind in one of :data:`MODES`; in ``bare`` only those that are always required. ``length``: of the
    longest text in ``long``."""
    wanted = [f for f in kind.fields if mode != "bare" or f.required or f.required_if]
    long_ones = [f.name for f in wanted if f.type in ("text", "longtext")]
    longest = next((f.name for f in wanted if f.type == "longtext"), "")
    found = {
        f.name: _value(mode, f, first=f.name in (longest, long_ones[0] if long_ones else "")) for f in wanted
    }
    if mode == "long" and longest:
        found[longest] = sentences(length)
    if "ended_at" in found:
        found["ended_at"] = "2026-03-05T10:48"
    return found


def texts(kind: Document, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text that somebody typed, with the field it stands in: what the paper must show."""
    for field in kind.fields:
        unprinted = (
            not field.printed
            or field.type in ("document", "sketch")
            or (field.name == "case_no" and kind.layout == "letter")
        )
        if not unprinted and field.name in given:
            yield from ((field.name, text) for text in _typed(field, given[field.name]))


def _typed(field: Field, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if field.type != "remedies" and key in (
                "name",
                "post",
                "address",
                "law",
                "object",
                "term",
                "kind",
                "legal_rep",
                "uscc",
                "certificate_no",
            ):
                yield str(inner)
            elif column := next((c for c in field.columns if c.name == key and c.printed), None):
                yield from _typed(column, inner)
    elif isinstance(value, str):
        if field.type in ("text", "longtext", "enum", "list"):
            yield value
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _typed(field, inner)
