"""Whether values can stand on a paper at all: characters that a font has, photographs that are pictures, two sides that are
two people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from PIL import Image, UnidentifiedImageError

from liuhen.acts.originals import not_original
from liuhen.acts.situation import invalid
from liuhen.acts.storage import vault
from liuhen.casefile.values import Problem
from liuhen.measures.vocabulary import Document, Field
from liuhen.papers import NoGlyph, undrawable, undrawn

# Pictures of telephones that Pillow does not open: the brand of an ISO base media file.
_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
_HEAD = 12
# Two sides of one handing over, who are not the same person.
COUNTERPARTS = {"hander": "receiver", "receiver": "hander"}
# The field of a received paper that holds it.
ORIGINALS = "files"
NO_PICTURE = "不是照片，选择 JPG、PNG、HEIC 等格式的图片"


def unfit(kind: Document, values: Mapping[str, Any]) -> list[Problem]:
    """What of a paper's values cannot be printed, is no photograph where one is wanted, or names one person for both sides:
    one problem a field."""
    labels = {field.name: field.label for field in kind.fields}
    found = [Problem(e.field, labels[e.field], str(e), False) for e in undrawable(kind, values)]
    found += [p for field in kind.fields for p in _no_picture(field, values.get(field.name))]
    if kind.layout == "received":
        found += _no_originals(labels, values.get(ORIGINALS))
    return found + list(_one_sided(labels, values))


def _no_originals(labels: Mapping[str, str], rows: Any) -> list[Problem]:
    """The files of a received paper that can be no original of it."""
    held = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    found: list[str] = []
    for row in held:
        digest = str(row.get("digest", ""))
        if vault().exists(digest):
            with vault().open(digest) as file:
                found.append(not_original(file, str(row.get("name", ""))))
    return [Problem(ORIGINALS, labels[ORIGINALS], told, False) for told in found if told][:1]


def _one_sided(labels: Mapping[str, str], values: Mapping[str, Any]) -> Iterator[Problem]:
    hander, receiver = (values.get(name) for name in ("hander", "receiver"))
    if not isinstance(hander, Mapping) or not isinstance(receiver, Mapping) or not hander.get("name"):
        return
    people = {hander.get("person"), receiver.get("person")} - {None, ""}
    if hander["name"] == receiver.get("name") and len(people) <= 1:
        told = f"“{labels['receiver']}”与“{labels['hander']}”不能是同一个人，填写收下的另一方"
        yield Problem("receiver", labels["receiver"], told, False)


def _no_picture(field: Field, rows: Any) -> Iterator[Problem]:
    if field.media != "image" or not isinstance(rows, list):
        return
    for row in rows:
        digest = str(row.get("digest", "")) if isinstance(row, Mapping) else ""
        if vault().exists(digest) and not stored_picture(digest):
            yield Problem(
                field.name, field.label, f"“{field.label}”里的“{row.get('name', '')}”{NO_PICTURE}", False
            )
            return


def stored_picture(digest: str) -> bool:
    """Whether a file of the vault is a picture, by its bytes."""
    with vault().open(digest) as file:
        return is_picture(file)


def is_picture(source: BinaryIO) -> bool:
    """Whether the bytes are those of a picture, whatever the file is called; the source stands at its beginning after."""
    source.seek(0)
    head = source.read(_HEAD)
    source.seek(0)
    if head[4:8] == b"ftyp":
        return head[8:12] in _BRANDS
    try:
        with Image.open(source) as image:
            return bool(image.format)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    finally:
        source.seek(0)


def check_drawable(**texts: str) -> None:
    """Raise Invalid at the first text that holds a character which no font can draw."""
    for name, text in texts.items():
        strange = undrawn(text)
        if strange:
            raise invalid(name, str(NoGlyph(strange[0], name, "")))
