"""办法: what each article wants, in our summaries, with interpretations, documents, limits, rules, recordings, and who missed it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from liuhen.casefile.office import Office
from liuhen.desk import law
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.sight import actor_of, visible_cases
from liuhen.desk.words import today
from liuhen.measures import DOCUMENTS, DUTIES, FACTS, LIMITS, REQUIREMENTS, releases
from liuhen.measures.articles import ARTICLES, STATUTES, Article
from liuhen.measures.vocabulary import LAWS, Cite, Document, Duty, Fact, Limit, Requirement
from liuhen.office.policy import Subject, may
from liuhen.records import read
from liuhen.records.models import CaseRow, FindingRow


@dataclass(frozen=True)
class Wants:
    """Everything that is declared under one article."""

    documents: list[Document]
    facts: list[Fact]
    requirements: list[Requirement]
    limits: list[Limit]
    duties: list[Duty]

    @property
    def words(self) -> str:
        """Every title and summary, for looking something up."""
        return " ".join(
            [
                *(f"{d.title} {d.alias} {d.summary}" for d in self.documents),
                *(f"{f.label} {f.summary}" for f in self.facts),
                *(f"{r.title} {r.why}" for r in self.requirements),
                *(f"{one.title} {one.note}" for one in self.limits),
                *(f"{duty.step} {duty.what}" for duty in self.duties),
            ]
        )


@dataclass(frozen=True)
class Edition:
    """A release of the Measures as the page tells it: since when in force, whether what is kept is what was adopted."""

    name: str
    since: Any
    now: bool
    whole: bool


def _cites(cites: tuple[Cite, ...], code: str, number: int) -> bool:
    return any(cite.law == code and cite.article == number for cite in cites)


def wants(number: int) -> Wants:
    """What an article of the Measures wants, out of the declarations."""
    return Wants(
        [d for d in DOCUMENTS.values() if _cites(d.cites, "办法", number)],
        [f for f in FACTS.values() if _cites(f.cites, "办法", number)],
        [r for r in REQUIREMENTS.values() if _cites(r.cites, "办法", number)],
        [limit for limit in LIMITS.values() if _cites(limit.cites, "办法", number)],
        [duty for duty in DUTIES.values() if _cites(duty.cites, "办法", number)],
    )


def _found(asked: Iterable[str], office: Office) -> dict[int, list[str]]:
    """The articles in which every word that is asked for stands, with what was found besides title and summary."""
    found: dict[int, list[str]] = {}
    for number, article in ARTICLES.items():
        wanted, told = wants(number), [one.text for one in office.interpreted(number)]
        whole = f"第{number}条 {Cite('办法', number).short()} {article.title} {article.summary} {wanted.words} {' '.join(told)}"
        if all(word in whole for word in asked):
            found[number] = _where(asked, wanted, told)
    return found


def _where(asked: Iterable[str], wanted: Wants, told: list[str]) -> list[str]:
    """In which papers, rules, limits, recordings and interpretations a word stands."""
    named = [
        *(d.title for d in wanted.documents),
        *(r.title for r in wanted.requirements),
        *(limit.title for limit in wanted.limits),
        *(duty.step for duty in wanted.duties),
        *(f"解释：{text}" for text in told),
    ]
    return [name for name in dict.fromkeys(named) if any(word in name for word in asked)][:6]


def editions(office: Office) -> list[Edition]:
    """The releases that were put in force, the newest first, then those that this program keeps besides."""
    in_force = office.release(today())
    adopted = [
        Edition(name, since, name == in_force and since <= today(), _whole(name, digest))
        for since, name, digest in sorted(office.releases, reverse=True)
    ]
    known = {edition.name for edition in adopted}
    rest = [Edition(name, None, name == in_force, True) for name in releases.names() if name not in known]
    return [*adopted, *rest]


def _whole(name: str, digest: str) -> bool:
    try:
        return releases.digest_named(name) == digest
    except releases.UnknownRelease:
        return False


def measures(request: HttpRequest) -> HttpResponse:
    """All articles by chapter, or those in which the words looked for stand; the statutes they rest on; the releases."""
    return measures_page(request)


def measures_page(request: HttpRequest, errors: FormErrors | None = None) -> HttpResponse:
    """The page; with errors it is the form for a release given back."""
    office, asked = read.office(), request.GET.get("q", "").split()
    found = _found(asked, office) if asked else {number: [] for number in ARTICLES}
    lines = [(ARTICLES[number], where) for number, where in found.items()]
    chapters = [(name, list(group)) for name, group in groupby(lines, lambda line: line[0].chapter)]
    statutes = [
        (LAWS.get(code, code), [(law.anchor(c, n), Cite(c, n), line) for (c, n), line in group])
        for code, group in groupby(STATUTES.items(), lambda item: item[0][0])
    ]
    may_adopt = may(actor_of(request), "adopt_release", Subject())
    values = {
        "here": "measures",
        "q": request.GET.get("q", "").strip(),
        "counted": len(lines),
        "chapters": chapters,
        "statutes": statutes,
        "editions": editions(office),
        "may_adopt": may_adopt,
        "may_see_keeping": may(actor_of(request), "see_keeping", Subject()),
        "names": releases.names() if may_adopt else [],
        "errors": errors,
        "post": request.POST,
    }
    return render(request, "desk/measures.html", values, status=UNPROCESSABLE if errors else 200)


def _missed(request: HttpRequest, codes: set[str]) -> list[tuple[CaseRow, list[FindingRow]]]:
    """The cases the reader sees that have a finding under one of these codes."""
    found = FindingRow.objects.filter(code__in=codes, case__in=visible_cases(request)).select_related("case")
    ordered = found.order_by("case__case_no", "code")
    return [(case, list(rows)) for case, rows in groupby(ordered, lambda row: row.case)]


def article(request: HttpRequest, number: int) -> HttpResponse:
    """One article: what it wants, how 政策法规科 reads it, and who missed it."""
    return article_page(request, number)


def article_page(request: HttpRequest, number: int, errors: FormErrors | None = None) -> HttpResponse:
    """The page of an article; with errors it is the form for an interpretation given back."""
    if number not in ARTICLES:
        raise Http404
    office, wanted = read.office(), wants(number)
    codes = {r.code for r in wanted.requirements} | {limit.finding or limit.code for limit in wanted.limits}
    found: Article = ARTICLES[number]
    given = [one for one in reversed(office.interpretations) if one.article == number]
    values = {
        "here": "measures",
        "article": found,
        "cite": Cite("办法", number),
        "wants": wanted,
        "beside": any((wanted.documents, wanted.facts, wanted.limits, wanted.duties)),
        "interpretations": [(one, office.name(one.actor)) for one in given if not one.ended],
        "former": [(one, office.name(one.actor)) for one in given if one.ended],
        "may_interpret": may(actor_of(request), "interpret", Subject()),
        "missed": _missed(request, codes),
        "earlier": ARTICLES.get(number - 1),
        "later": ARTICLES.get(number + 1),
        "errors": errors,
        "post": request.POST,
    }
    return render(request, "desk/article.html", values, status=UNPROCESSABLE if errors else 200)


urlpatterns = [
    path("measures/", measures, name="measures"),
    path("measures/<int:number>/", article, name="article"),
]
