"""Which characters no installed font can draw: asked before a paper is made, so that it is told at the field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from liuhen.measures.vocabulary import Document, Field
from liuhen.papers.context import NoFonts, NoGlyph, PaperContext, Values
from liuhen.papers.plan import plan
from liuhen.papers.typesetter import compile_plan, fonts_folder

# Every font for Chinese has these; all others are asked about, once.
_ORDINARY = ((0x20, 0x7E), (0x3000, 0x3011), (0x4E00, 0x9FA5), (0xFF01, 0xFF5E))
_ONE = Document(
    code="", title="字", cites=(), requirement="", facing="I", stage="", layout="form",
    fields=(Field(name="text", label="字"),),
)  # fmt: skip


def undrawn(text: str) -> str:
    """The characters of a text that no installed font can draw, each once; none when there are no fonts at all."""
    folder = fonts_folder()
    strange = [c for c in dict.fromkeys(text) if not _ordinary(c)]
    return "".join(c for c in strange if not _drawn(c, folder))


def undrawable(kind: Document, values: Values) -> Iterator[NoGlyph]:
    """The error that names character and field, for each printed field of a paper that holds such a character."""
    if kind.layout == "received":
        return
    for field in kind.fields:
        found = undrawn("".join(_texts(values.get(field.name)))) if field.printed else ""
        if found:
            yield NoGlyph(found[0], field.name, field.label)


def _ordinary(character: str) -> bool:
    return character in "\n\t" or any(low <= ord(character) <= high for low, high in _ORDINARY)


@lru_cache(maxsize=4096)
def _drawn(character: str, folder: Path) -> bool:
    try:
        compile_plan(plan(_ONE, {"text": f"字{character}"}, PaperContext(bureau="字"), draft=True))
    except NoGlyph:
        return False
    except NoFonts:
        return True
    return True


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _texts(part)
