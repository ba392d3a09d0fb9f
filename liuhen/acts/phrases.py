"""Usual wordings 常用语 that the bureau keeps beside the declared ones: no facts, an ordinary table (desk.md, 文书)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from liuhen.acts.situation import invalid
from liuhen.casefile.values import clean
from liuhen.measures import DOCUMENTS
from liuhen.measures.vocabulary import Document, Field
from liuhen.office.models import Phrase
from liuhen.office.policy import Actor, Subject, may, require

LONGEST = 1000


def places(kind: Document) -> list[tuple[str, str, Field]]:
    """Where wordings may be kept: the texts that people write, of lists too: name, label, field. Not what is carried over
    from elsewhere, such as the number of the case."""
    found: list[tuple[str, str, Field]] = []
    for field in kind.fields:
        if _by_hand(field):
            found.append((field.name, field.label, field))
        if field.type == "list":
            found += [
                (f"{field.name}.{c.name}", f"{field.label}：{c.label}", c) for c in field.columns if _by_hand(c)
            ]  # fmt: skip
    return found


def _by_hand(field: Field) -> bool:
    return field.type == "longtext" or (field.type == "text" and (bool(field.phrases) or not field.source))


def keeps(actor: Actor, section: str) -> bool:
    """Whether someone keeps the wordings of a section; empty: of the whole bureau."""
    return (
        may(actor, "keep_phrases", Subject(section))
        if section
        else may(actor, "keep_bureau_phrases", Subject())
    )


def offered(kind: Document, section: str) -> Document:
    """The kind with the bureau's and the section's wordings after the declared ones of each field."""
    kept = Phrase.objects.filter(kind=kind.code, section__in={"", section}).values_list("field", "text")
    texts: dict[str, list[str]] = {}
    for name, text in kept:
        texts.setdefault(name, []).append(text)
    return replace(kind, fields=_with(kind.fields, texts)) if texts else kind


def _with(fields: Iterable[Field], texts: dict[str, list[str]], within: str = "") -> tuple[Field, ...]:
    return tuple(
        replace(
            field,
            phrases=(*field.phrases, *texts.get(within + field.name, ())),
            columns=_with(field.columns, texts, f"{field.name}.")
            if field.columns and not within
            else field.columns,
        )
        for field in fields
    )


def keep(
    actor: Actor, kind: str, field: str, text: str, section: str, *, phrase: int | None = None
) -> Phrase:
    """Keep a wording of a field, or write an earlier one anew. Raises Invalid, NotPermitted."""
    found = _found(phrase) if phrase is not None else Phrase(kind=kind, field=field, section=section)
    _require(actor, found.section)
    if found.kind not in DOCUMENTS:
        raise invalid("kind", "没有这种文书")
    declared = {name: one for name, _, one in places(DOCUMENTS[found.kind])}.get(found.field)
    if declared is None:
        raise invalid("field", "选择栏目")
    found.text, found.author = clean(text).strip(), actor.person
    if not found.text:
        raise invalid("text", "填写常用语")
    if len(found.text) > LONGEST:
        raise invalid("text", f"常用语不超过 {LONGEST} 字，现有 {len(found.text)} 字")
    same = Phrase.objects.filter(kind=found.kind, field=found.field, section__in={"", found.section})
    if found.text in declared.phrases or same.filter(text=found.text).exclude(pk=found.pk).exists():
        raise invalid("text", "这一条已经有了")
    found.save()
    return found


def remove(actor: Actor, phrase: int) -> None:
    """Keep a wording no longer; papers written with it stay as they are. Raises Invalid, NotPermitted."""
    found = _found(phrase)
    _require(actor, found.section)
    found.delete()


def _found(phrase: int) -> Phrase:
    found = Phrase.objects.filter(id=phrase).first()
    if found is None:
        raise invalid("text", "这一条已经不在了，请刷新")
    return found


def _require(actor: Actor, section: str) -> None:
    if section:
        require(actor, "keep_phrases", Subject(section))
    else:
        require(actor, "keep_bureau_phrases", Subject())
