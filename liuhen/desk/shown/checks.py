"""对照检查: every answer of the rules on a case, by stage, with the article and the record that shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from liuhen.casefile.moments import Moment
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Deadline, Finding
from liuhen.desk import links, words
from liuhen.desk.shown.head import title_of
from liuhen.measures import PROCEDURES
from liuhen.measures.vocabulary import STAGES, Cite
from liuhen.records.reveal import View

# Up to which article of the Measures a stage goes (chapters 2 and 3; from 31 on, keeping).
_UNTIL = (
    (6, STAGES[0]),
    (7, STAGES[1]),
    (8, STAGES[2]),
    (12, STAGES[0]),
    (14, STAGES[1]),
    (24, STAGES[2]),
    (30, STAGES[3]),
    (36, STAGES[4]),
)
GENERAL = "贯穿全程"
GENERAL_ARTICLES = 5
_STEP_STAGES = {step.limit: step.stage for p in PROCEDURES.values() for step in p.steps if step.limit}
CHIPS = (
    ("", "全部"),
    ("stop", "阻止"),
    ("flag", "提示"),
    ("met", "符合"),
    ("open", "尚未到"),
    ("unknown", "看不出"),
)


@dataclass(frozen=True)
class Fact:
    """What the case shows about a requirement: words, the document it is about, where the record lies."""

    message: str
    subject: str = ""
    href: str = ""
    explained: str = ""


@dataclass(frozen=True)
class Check:
    """One requirement as a row: ``state`` is stop, flag, met, open or unknown. What is met several times is one row."""

    state: str
    code: str
    title: str
    cites: tuple[Cite, ...]
    stage: str
    facts: tuple[Fact, ...]


@dataclass
class Group:
    """The rows of one stage."""

    stage: str
    rows: list[Check] = field(default_factory=list[Check])


@dataclass(frozen=True)
class Way:
    """A way to put a finding right, as a button."""

    text: str
    href: str


@dataclass(frozen=True)
class Card:
    """A violation with what can be done about it."""

    finding: Finding
    ways: tuple[Way, ...]
    shown: str
    explain: str


def checks(view: View) -> list[Check]:
    """Every answer: violations, what is open or not to be told, what is met, and the limits that still run."""
    rows = [_check(view.case, f) for f in (*view.judgement.findings, *view.judgement.met)]
    rows += [_limit(d) for d in view.judgement.deadlines if d.state == "open" and d.severity]
    return sorted(_folded(rows), key=_in_law)


def _check(case: CaseFile, finding: Finding) -> Check:
    state = finding.severity if finding.outcome == "violated" else finding.outcome
    fact = Fact(finding.message, finding.subject_title, shown_at(case, finding), finding.explained)
    return Check(state, finding.code, finding.title, finding.cites, stage_of(case, finding), (fact,))


def _limit(deadline: Deadline) -> Check:
    last: Moment = deadline.due.at or deadline.due.day
    stage = _STEP_STAGES.get(deadline.code) or _by_article(deadline.cites) or GENERAL
    fact = Fact(f"期限到{words.at(last)}为止")
    return Check("open", deadline.code, title_of(deadline), deadline.cites, stage, (fact,))


def _folded(rows: Iterable[Check]) -> list[Check]:
    """Rows of one requirement with one outcome as one row, violations apart: each of those is a matter of its own."""
    found: dict[tuple[str, ...], Check] = {}
    for n, row in enumerate(rows):
        apart = str(n) if row.state in ("stop", "flag") else ""
        key = (row.state, row.code, row.stage, apart, row.title)
        found[key] = replace(found[key], facts=found[key].facts + row.facts) if key in found else row
    return list(found.values())


def _in_law(row: Check) -> tuple[bool, int, str]:
    """By the article of the Measures, then by code."""
    ours = [cite.article for cite in row.cites if cite.law == "办法"]
    return (not ours, ours[0] if ours else 0, row.code)


def shown_at(case: CaseFile, finding: Finding) -> str:
    """Where the record lies that shows it: the document, else the entry on the timeline; empty when it is an absence."""
    if finding.subject.split(".")[0] in case.documents:
        return links.path("read_document", case.id, finding.subject.split(".")[0])
    if finding.entry or finding.subject in case.kinds:
        return f"{links.path('case_timeline', case.id)}#h{(finding.entry or finding.subject)[:12]}"
    return ""


def stage_of(case: CaseFile, finding: Finding) -> str:
    """The stage an answer belongs to: by the Measures' article, else by the document it is about."""
    by_article = _by_article(finding.cites)
    if by_article:
        return by_article
    document = case.documents.get(finding.subject.split(".")[0])
    return document.declared.stage if document else GENERAL


def _by_article(cites: Iterable[Cite]) -> str:
    ours = [cite.article for cite in cites if cite.law == "办法" and cite.article > GENERAL_ARTICLES]
    return next((stage for last, stage in _UNTIL if ours and ours[0] <= last), "")


def grouped(rows: Iterable[Check]) -> list[Group]:
    """The rows by stage, in the order of the law."""
    groups = {name: Group(name) for name in (*STAGES, GENERAL)}
    for row in rows:
        groups[row.stage].rows.append(row)
    return [group for group in groups.values() if group.rows]


def counts(rows: Iterable[Check]) -> dict[str, int]:
    """How many rows of each state; the empty key is all."""
    states = [row.state for row in rows]
    return {code: (len(states) if not code else states.count(code)) for code, _ in CHIPS}


def cards(view: View) -> list[Card]:
    """The violations that nobody explained, with the ways to put them right; at a past moment nothing leads anywhere."""
    return [card(view, f) for f in view.judgement.violated() if not f.explained]


def card(view: View, finding: Finding) -> Card:
    """One violation as a card."""
    case = view.case
    subject = finding.subject.split(".")[0]
    ways = [Way(w.text, "" if view.past else _way_path(case, w.does, subject)) for w in finding.ways]
    query = urlencode({"code": finding.code, "subject": finding.subject})
    explain = "" if view.past else f"{links.path('explain', case.id)}?{query}"
    return Card(finding, tuple(ways), shown_at(case, finding), explain)


def _way_path(case: CaseFile, does: str, subject: str) -> str:
    """Where a way is gone; what is issued is not rewritten any more."""
    document = case.documents.get(subject)
    if does == "edit" and (document is None or document.issued is not None):
        return ""
    return links.act_path(case.id, does, subject)
