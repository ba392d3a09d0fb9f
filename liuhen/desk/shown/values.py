"""The values of a document as a read list: label, content in blocks as paper shows it, and where it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from liuhen.acts.finishing import printed_titles
from liuhen.casefile.state import CaseFile, Document, Revision, blank
from liuhen.desk.shown.sentences import corrected
from liuhen.measures.catalogue import VIOLATIONS
from liuhen.measures.vocabulary import Field
from liuhen.papers import PaperContext
from liuhen.papers.showing import Block, blocks
from liuhen.papers.wording import party
from liuhen.records.reveal import MASKED


@dataclass(frozen=True)
class Read:
    """One field that is filled in; ``was`` is what stood there before it was corrected."""

    label: str
    blocks: list[Block]
    prefilled: bool
    secret: bool
    was: tuple[str, ...] = ()


@dataclass
class Group:
    """The fields under one heading."""

    title: str
    rows: list[Read] = field(default_factory=list[Read])


def read_list(case: CaseFile, document: Document, revision: Revision) -> list[Group]:
    """The filled-in fields of one text of a document, under the headings of its form."""
    context = PaperContext(bureau="", documents=printed_titles(case))
    groups: list[Group] = []
    for declared in document.declared.fields:
        value = revision.values.get(declared.name)
        if blank(value) and not isinstance(value, dict):
            continue
        if not groups or groups[-1].title != declared.group:
            groups.append(Group(declared.group))
        shown = _blocks(declared, value, context)
        was = tuple(_was(case, revision, declared))
        groups[-1].rows.append(
            Read(declared.label, shown, bool(revision.sources.get(declared.name)), declared.secret, was)
        )
    return groups


def _blocks(declared: Field, value: Any, context: PaperContext) -> list[Block]:
    if value == MASKED:
        return [{"t": "para", "s": MASKED, "k": ""}]
    if declared.name == "violation" and value in VIOLATIONS:
        return [{"t": "para", "s": VIOLATIONS[value].conduct, "k": ""}]
    if declared.type == "party" and isinstance(value, dict) and "name" in value:
        return [{"t": "pairs", "rows": party(value)}]
    try:
        return blocks(declared, value, context)
    except (TypeError, ValueError, KeyError, AttributeError):
        return [{"t": "para", "s": str(value), "k": ""}]


def _was(case: CaseFile, revision: Revision, declared: Field) -> Iterator[str]:
    for found in case.corrections:
        parts = found.path.split("/")[1:]
        if found.target == revision.filed and parts[:2] == ["values", declared.name]:
            _, old, _ = corrected(case, found)
            state = "" if found.confirmed else "，待科室负责人确认"
            yield f"原为“{old}”；{found.reason}{state}" if old else f"{found.reason}{state}"
