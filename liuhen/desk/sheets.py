"""The pages of a document as pictures: those of what was rendered, else made for the eye from what was made final."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from django.core.cache import cache
from django.urls import reverse

from liuhen.acts.finishing import mark_of, paper_context
from liuhen.casefile.state import CaseFile, Document
from liuhen.desk.shown import secrets
from liuhen.measures.vocabulary import Document as Kind
from liuhen.papers import PaperError, page_images, render
from liuhen.records.reveal import MASKED

KEPT = 120
DPI = 110


def addresses(case: CaseFile, document: Document) -> list[str]:
    """The addresses of the pages in order, of a copy with the secrets blotted out for eyes that may not see them; none when
    there is no paper."""
    if document.declared.layout == "received":
        return []
    if secrets.hidden(document):
        return standing(case, document)
    rendition = document.rendition("final") or document.rendition("for_signature")
    if rendition is not None:
        args = [case.id, document.id, document.current.number]
        return [reverse("page_image", args=[*args, n]) for n in range(1, rendition.pages + 1)]
    return [
        reverse("sheet", args=[case.id, document.id, n]) for n in range(1, len(pages(case, document)) + 1)
    ]


def standing(case: CaseFile, document: Document) -> list[str]:
    """The addresses of the pages as the text stands now, with the signatures and opinions that it has so far: what the next
    one in line reads; blotted out what these eyes may not see. None for old paper and received paper."""
    return [
        reverse("sheet", args=[case.id, document.id, n]) for n in range(1, len(pages(case, document)) + 1)
    ]


def pages(case: CaseFile, document: Document) -> list[bytes]:
    """The pages of a final text as it stands, PNG, those of a letter before its number too; none when it is old paper."""
    text = document.current
    if text.origin != "made" or document.declared.layout == "received":
        return []
    closed = secrets.hidden(document)
    seen = hashlib.sha256(repr(document.values).encode()).hexdigest() if closed else ""
    key = f"sheet:{text.commitment}:{len(text.signatures)}:{len(text.opinions)}:{document.issued is not None}:{seen}"
    found: list[bytes] | None = cache.get(key)
    if found is None:
        context = paper_context(case, document, text.commitment)
        places = {wanted.role for wanted in document.declared.signatures}
        marks = [mark_of(sign) for sign in text.signatures if sign.role in places and not closed]
        kind = _blotted(document) if closed else document.declared
        # A seal is drawn when the paper is issued, not before.
        try:
            paper = render(kind, document.values, context, final=not kind.sealed, strokes=marks)
        except PaperError:
            return []
        found = page_images(paper.pdf, DPI)
        cache.set(key, found, KEPT)
    return found


def _blotted(document: Document) -> Kind:
    """The kind with each field that these eyes do not see as a line of text, so that the mask is printed in its place."""
    fields = [
        replace(f, type="text", columns=(), minimum=0) if document.values.get(f.name) == MASKED else f
        for f in document.declared.fields
    ]
    return replace(document.declared, fields=tuple(fields))
