"""What was shown is what is acted on: an opinion, a signature or an issue names the text that people had before them."""

from __future__ import annotations

from liuhen.acts.situation import Invalid, invalid
from liuhen.casefile.state import Document


def shown(document: Document) -> str:
    """The digest of what people are asked about: the rendition that all sign, else the content's commitment."""
    rendition = document.rendition("for_signature")
    return rendition.digest if rendition else document.current.commitment


def check_shown(document: Document, seen: str) -> None:
    """Raise Invalid when another text stands than the one that was ``seen``; empty ``seen`` = the caller showed none."""
    if seen and seen != shown(document):
        raise stale()


def stale() -> Invalid:
    """The text changed while somebody looked at the old one."""
    return invalid("document", "内容已经更新，请看过新的一稿再办")
