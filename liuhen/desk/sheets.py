"""The pages of a document as pictures: those of what was rendered, else made for the eye from what was made final."""

from __future__ import annotations

from django.core.cache import cache
from django.urls import reverse

from liuhen.acts.finishing import mark_of, paper_context
from liuhen.casefile.state import CaseFile, Document
from liuhen.desk.shown import secrets
from liuhen.papers import PaperError, page_images, render

KEPT = 120
DPI = 110


def addresses(case: CaseFile, document: Document) -> list[str]:
    """The addresses of the pages in order; none when there is no paper or these eyes may not see it."""
    if secrets.hidden(document) or document.declared.layout == "received":
        return []
    rendition = document.rendition("final") or document.rendition("for_signature")
    if rendition is not None:
        args = [case.id, document.id, document.current.number]
        return [reverse("page_image", args=[*args, n]) for n in range(1, rendition.pages + 1)]
    return [
        reverse("sheet", args=[case.id, document.id, n]) for n in range(1, len(pages(case, document)) + 1)
    ]


def standing(case: CaseFile, document: Document) -> list[str]:
    """The addresses of the pages as the text stands now, with the signatures and opinions that it has so far: what the next
    one in line reads. None for old paper, received paper, and for eyes that may not see it."""
    if secrets.hidden(document) or document.declared.layout == "received":
        return []
    return [
        reverse("sheet", args=[case.id, document.id, n]) for n in range(1, len(pages(case, document)) + 1)
    ]


def pages(case: CaseFile, document: Document) -> list[bytes]:
    """The pages of a final text as it stands, PNG, those of a letter before its number too; none when it is old paper."""
    text = document.current
    if text.origin != "made" or document.declared.layout == "received":
        return []
    key = f"sheet:{text.commitment}:{len(text.signatures)}:{len(text.opinions)}:{document.issued is not None}"
    found: list[bytes] | None = cache.get(key)
    if found is None:
        context = paper_context(case, document, text.commitment)
        places = {wanted.role for wanted in document.declared.signatures}
        marks = [mark_of(sign) for sign in text.signatures if sign.role in places]
        # A seal is drawn when the paper is issued, not before.
        drawn = not document.declared.sealed
        try:
            paper = render(
                document.declared, document.values, context, final=drawn, strokes=marks if drawn else []
            )
        except PaperError:
            return []
        found = page_images(paper.pdf, DPI)
        cache.set(key, found, KEPT)
    return found
