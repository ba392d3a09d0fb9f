"""What a paper is made from besides its declaration and values, and what comes out; the errors of this
room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Required, TypedDict

Values = Mapping[str, Any]


class PaperError(ValueError):
    """A paper that cannot be made; the message is a Chinese sentence for the user."""


class NoFonts(PaperError):
    """The font folder is missing or lacks a needed style."""


class NoGlyph(PaperError):
    """A character that no installed font can draw. ``field`` is the name of the field that holds it, or
    empty."""

    def __init__(self, character: str, field_name: str, label: str) -> None:
        code = "".join(f"U+{ord(c):04X}" for c in character)
        where = f"“{label}”中的" if label else ""
        super().__init__(
            f"{where}“{character}”（{code}）没有可用的字形，请改用规范字，或者把含有该字的字体放入字体文件夹"
        )
        self.character = character
        self.code = code
        self.field = field_name


class NotPrintable(PaperError):
    """A kind whose paper comes from outside: its original bytes are the paper."""


class IncompletePaper(PaperError):
    """A paper for signature or a final paper that lacks required values; ``fields`` are their names."""

    def __init__(self, title: str, missing: Mapping[str, str]) -> None:
        super().__init__(f"《{title}》还不能成文，请先填写：{'、'.join(missing.values())}")
        self.fields = list(missing)


class Mark(TypedDict, total=False):
    """A signature as drawn on paper, from a ``Signed`` entry.

    ``role`` is the signature's role; ``pages`` "all" or "last". Either ``points`` (one flat list x, y, x, y
    … a stroke, integers 0..1000 across and down the pad, whose proportion is ``ratio``, 3:1 unless told),
    or ``image`` (PNG bytes of a scan), or ``refused`` (the reason, with ``witness``), or ``paper`` (where the original signed by hand is). ``date`` is
    YYYY-MM-DD.
    """

    role: Required[str]
    name: str
    pages: str
    points: Sequence[Sequence[int]]
    ratio: tuple[int, int]
    image: bytes
    refused: str
    witness: str
    paper: str
    date: str


@dataclass(frozen=True)
class Opinion:
    """An approver's opinion 审批意见: role (S/L/B/P, a role of the vocabulary, or its Chinese name), text,
    result (同意, 退回, 不同意), name, date YYYY-MM-DD; ``acting_for`` names whom the approver stands in for
    代行."""

    role: str
    text: str
    result: str
    name: str
    date: str
    acting_for: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperContext:
    """What is printed on a paper but is not among its fields.

    ``authority_code`` is the 机关代字; ``number`` and ``date`` (YYYY-MM-DD) are absent until reserved;
    ``commitment`` is lower-case hex; ``documents`` gives the printed title of a document id; ``facts`` are
    label–text pairs for the head of a form, record or sheet (a letter has none); ``seal`` is a PNG;
    ``pictures`` are the bytes of the sketches that the values name, by digest; ``status`` is the draft's header note; ``title`` replaces the kind's title (an application form of A19,
    say); ``qr`` replaces the QR text made from document, revision and commitment.
    """

    bureau: str
    authority_code: str = ""
    number: str | None = None
    date: str | None = None
    opinions: Sequence[Opinion] = ()
    document: str = ""
    revision: int = 1
    commitment: str = ""
    qr: str = ""
    seal: bytes | None = None
    facts: Sequence[tuple[str, str]] = ()
    documents: Mapping[str, str] = field(default_factory=dict[str, str])
    pictures: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    status: str = "草稿，未编号"
    title: str = ""


@dataclass(frozen=True)
class Box:
    """A reserved place to sign: role, its printed label, the name expected (or empty), and whether on every
    page."""

    role: str
    label: str
    name: str
    every_page: bool


@dataclass(frozen=True)
class Paper:
    """A made paper: PDF/A-2b bytes, page count, places to sign, names of required fields still missing
    (drafts)."""

    pdf: bytes
    pages: int
    boxes: list[Box]
    missing: list[str]
