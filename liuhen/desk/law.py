"""Citations on pages: where an article's chip leads and what our one line on it says."""

from __future__ import annotations

import re
from contextvars import ContextVar

from django.urls import reverse

from liuhen.casefile.office import Office
from liuhen.measures.articles import ARTICLES, summary_of
from liuhen.measures.vocabulary import LAWS, SHORT, Cite, numeral
from liuhen.records import read

# Whether an article is interpreted is asked for every chip of a page: the registers are read once a page.
_REGISTERS: ContextVar[Office | None] = ContextVar("registers", default=None)
_NUMERALS = {numeral(n): n for n in range(1, 400)}
_LAW_OF = {SHORT.get(code, name): code for code, name in LAWS.items()}
_ARTICLE = re.compile(r"^(?P<law>.+?)第(?P<article>[零一二三四五六七八九十百]+)条")


def new_page() -> None:
    """A page begins: what is interpreted is read anew when first asked for."""
    _REGISTERS.set(None)


def interpreted(article: int) -> bool:
    """Whether an interpretation of an article of the Measures stands (R35.1)."""
    office = _REGISTERS.get()
    if office is None:
        office = read.office()
        _REGISTERS.set(office)
    return bool(office.interpreted(article))


def anchor(law: str, article: int) -> str:
    """The name of an article's place on the page of the Measures: a13 for ours, p44 and the like for a statute."""
    return f"a{article}" if law == "办法" else f"l{list(LAWS).index(law)}-{article}"


def address(law: str, article: int) -> str:
    """Where a citation's chip leads."""
    if law == "办法" and article in ARTICLES:
        return reverse("article", args=[article])
    return f"{reverse('measures')}#{anchor(law, article)}"


def parts(cite: Cite | str) -> tuple[str, int] | None:
    """Law and article of a citation or of its short form (办法第十三条第二款); None for other words."""
    if isinstance(cite, Cite):
        return cite.law, cite.article
    found = _ARTICLE.match(cite)
    if not found or found["law"] not in _LAW_OF or found["article"] not in _NUMERALS:
        return None
    return _LAW_OF[found["law"]], _NUMERALS[found["article"]]


def short(cite: Cite | str) -> str:
    """The words on a chip."""
    return cite.short() if isinstance(cite, Cite) else cite


def summary(cite: Cite | str) -> str:
    """Our one line on the article cited; empty when there is none."""
    found = parts(cite)
    if found is None:
        return ""
    try:
        return summary_of(*found)
    except KeyError:
        return ""
