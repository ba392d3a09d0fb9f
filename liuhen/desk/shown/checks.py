"""对照检查: every requirement with its outcome, by article, with the record that shows it; 案卷评查: the file scored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Finding, Outcome
from liuhen.compliance.checking import Line, group_of, lines
from liuhen.compliance.judge import context
from liuhen.compliance.scoring import Mark, Score, score
from liuhen.desk import links
from liuhen.desk.sight import allowed, can
from liuhen.measures.vocabulary import Cite
from liuhen.office.policy import Actor
from liuhen.papers.report import GOT, OUTCOMES, points, why
from liuhen.records.audit import faults_of
from liuhen.records.reveal import View

CHIPS = (
    ("", "全部"),
    ("stop", "阻止"),
    ("flag", "提示"),
    ("met", "符合"),
    ("open", "尚未到"),
    ("unknown", "看不出"),
    ("na", "不适用"),
)
# How many answers are shown at once; the rest opens.
AT_ONCE = 3
_MARKS = {"full": "met", "part": "flag", "zero": "stop", "na": "na", "open": "open", "unknown": "unknown"}


@dataclass(frozen=True)
class Fact:
    """What the case shows about a requirement: words, the document it is about, where the record lies."""

    message: str
    subject: str = ""
    href: str = ""
    explained: str = ""
    state: str = ""


@dataclass(frozen=True)
class Check:
    """One requirement as a row: ``state`` is stop, flag, met, open, unknown or na. ``facts`` show it, ``more`` are the other
    answers, told by ``beside``."""

    state: str
    code: str
    title: str
    cites: tuple[Cite, ...]
    facts: tuple[Fact, ...]
    more: tuple[Fact, ...] = ()
    beside: str = ""


@dataclass
class Group:
    """The rows of one article of the Measures, or of one statute."""

    title: str
    rows: list[Check] = field(default_factory=list[Check])


@dataclass(frozen=True)
class Row:
    """An item of the review sheet as a row."""

    number: str
    title: str
    points: int
    got: str
    state: str
    word: str
    why: Sequence[str]


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


def checked(view: View) -> list[Group]:
    """Every requirement that applies, by article, each with its outcome and what shows it."""
    groups: dict[str, Group] = {}
    for line in lines(view.case, view.judgement):
        title = group_of(line)
        groups.setdefault(title, Group(title)).rows.append(_check(view.case, line))
    return list(groups.values())


def _check(case: CaseFile, line: Line) -> Check:
    deciding = [f for f in line.findings if f.outcome == line.outcome]
    others = [f for f in line.findings if f.outcome != line.outcome]
    at_once = len(deciding) if line.outcome == "violated" else AT_ONCE
    more = [*deciding[at_once:], *others]
    return Check(
        deciding[0].severity if deciding and line.outcome == "violated" else line.outcome,
        line.requirement.code,
        line.requirement.title,
        line.requirement.cites,
        tuple(_fact(case, f) for f in deciding[:at_once]) or (Fact(line.note),),
        tuple(_fact(case, f) for f in more),
        "，".join(f"{OUTCOMES[o]} {n} 处" for o, n in _counted(more).items()),
    )


def _counted(findings: Iterable[Finding]) -> dict[Outcome, int]:
    outcomes: list[Outcome] = [f.outcome for f in findings]
    return {outcome: outcomes.count(outcome) for outcome in dict.fromkeys(outcomes)}


def _fact(case: CaseFile, finding: Finding) -> Fact:
    state = finding.severity if finding.outcome == "violated" else finding.outcome
    return Fact(finding.message, finding.subject_title, shown_at(case, finding), finding.explained, state)


def shown_at(case: CaseFile, finding: Finding) -> str:
    """Where the record lies that shows it: the document, else the entry on the timeline; empty when it is an absence."""
    if finding.subject.split(".")[0] in case.documents:
        return links.path("read_document", case.id, finding.subject.split(".")[0])
    if finding.entry or finding.subject in case.kinds:
        return f"{links.path('case_timeline', case.id)}#h{(finding.entry or finding.subject)[:12]}"
    return ""


def only(groups: Iterable[Group], state: str) -> list[Group]:
    """The groups with the rows of one state, all when it is empty; those without rows left out."""
    chosen = [Group(g.title, [row for row in g.rows if state in ("", row.state)]) for g in groups]
    return [group for group in chosen if group.rows]


def counts(groups: Iterable[Group]) -> dict[str, int]:
    """How many rows of each state; the empty key is all."""
    states = [row.state for group in groups for row in group.rows]
    return {code: (len(states) if not code else states.count(code)) for code, _ in CHIPS}


def scored(view: View) -> Score | None:
    """The file scored as it was known at the moment looked at; what was altered since then is told all the same (V10)."""
    altered = [f"{fault.where}：{fault.message}" for fault in faults_of(view.case.id)]
    return score(view.case, view.judgement, context(view.now, view.case.office), altered)


def sheet_rows(found: Score) -> list[Row]:
    """The items of the review sheet as rows."""
    return [_row(mark) for mark in found.marks]


def _row(mark: Mark) -> Row:
    got = points(mark.points) if mark.counted else ""
    return Row(
        mark.item.number, mark.item.title, mark.item.points, got, _MARKS[mark.got], GOT[mark.got], why(mark)
    )


def cards(view: View, actor: Actor) -> list[Card]:
    """The violations that nobody explained, with the ways to put them right; at a past moment nothing leads anywhere."""
    return [card(view, f, actor) for f in view.judgement.violated() if not f.explained]


def card(view: View, finding: Finding, actor: Actor) -> Card:
    """One violation as a card; what this reader may not do is told and leads nowhere."""
    case = view.case
    subject = finding.subject.split(".")[0]
    ways = [
        Way(w.text, _way_path(case, w.does, subject) if can(actor, w.does, view) else "")
        for w in finding.ways
    ]
    query = urlencode({"code": finding.code, "subject": finding.subject})
    explain = f"{links.path('explain', case.id)}?{query}" if allowed(actor, "explain", view) else ""
    return Card(finding, tuple(ways), shown_at(case, finding), explain)


def _way_path(case: CaseFile, does: str, subject: str) -> str:
    """Where a way is gone; what is issued is not rewritten any more."""
    document = case.documents.get(subject)
    if does == "edit" and (document is None or document.issued is not None):
        return ""
    return links.act_path(case.id, does, subject)
