"""办法: what each article wants, in our summaries, with its documents, limits and rules, and the cases that missed it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from liuhen.desk import law
from liuhen.desk.sight import visible_cases
from liuhen.measures import DOCUMENTS, FACTS, LIMITS, REQUIREMENTS
from liuhen.measures.articles import ARTICLES, STATUTES, Article
from liuhen.measures.vocabulary import LAWS, Cite, Document, Fact, Limit, Requirement
from liuhen.records.models import CaseRow, FindingRow


@dataclass(frozen=True)
class Wants:
    """Everything that is declared under one article."""

    documents: list[Document]
    facts: list[Fact]
    requirements: list[Requirement]
    limits: list[Limit]


def _cites(cites: tuple[Cite, ...], code: str, number: int) -> bool:
    return any(cite.law == code and cite.article == number for cite in cites)


def wants(number: int) -> Wants:
    """What an article of the Measures wants, out of the declarations."""
    return Wants(
        [d for d in DOCUMENTS.values() if _cites(d.cites, "办法", number)],
        [f for f in FACTS.values() if _cites(f.cites, "办法", number)],
        [r for r in REQUIREMENTS.values() if _cites(r.cites, "办法", number)],
        [limit for limit in LIMITS.values() if _cites(limit.cites, "办法", number)],
    )


def measures(request: HttpRequest) -> HttpResponse:
    """All articles by chapter, and the statute articles they rest on."""
    chapters = [(name, list(found)) for name, found in groupby(ARTICLES.values(), lambda a: a.chapter)]
    statutes = [
        (LAWS.get(code, code), [(law.anchor(c, n), Cite(c, n), line) for (c, n), line in found])
        for code, found in groupby(STATUTES.items(), lambda item: item[0][0])
    ]
    values = {"here": "measures", "chapters": chapters, "statutes": statutes}
    return render(request, "desk/measures.html", values)


def _missed(request: HttpRequest, codes: set[str]) -> list[tuple[CaseRow, list[FindingRow]]]:
    """The cases the reader sees that have a finding under one of these codes."""
    found = FindingRow.objects.filter(code__in=codes, case__in=visible_cases(request)).select_related("case")
    ordered = found.order_by("case__case_no", "code")
    return [(case, list(rows)) for case, rows in groupby(ordered, lambda row: row.case)]


def article(request: HttpRequest, number: int) -> HttpResponse:
    """One article: what it wants and who missed it."""
    if number not in ARTICLES:
        raise Http404
    wanted = wants(number)
    codes = {r.code for r in wanted.requirements} | {limit.finding or limit.code for limit in wanted.limits}
    found: Article = ARTICLES[number]
    values = {
        "here": "measures",
        "article": found,
        "cite": Cite("办法", number),
        "wants": wanted,
        "missed": _missed(request, codes),
        "earlier": ARTICLES.get(number - 1),
        "later": ARTICLES.get(number + 1),
    }
    return render(request, "desk/article.html", values)


urlpatterns = [
    path("measures/", measures, name="measures"),
    path("measures/<int:number>/", article, name="article"),
]
