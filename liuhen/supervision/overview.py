"""The figures of supervision: each is a question about cases, so that a number and the list behind it cannot differ (R5.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from liuhen.measures import PROCEDURES, REQUIREMENTS
from liuhen.measures.limits import LIMITS
from liuhen.measures.vocabulary import STAGES
from liuhen.records.models import CaseRow, FindingRow, LimitRow

MISSED = ("late", "overdue")
RECORDING_LATE = "R31.2"


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Figure:
    """One number: its code in addresses, its name, and which cases it counts in a period."""

    code: str
    label: str
    about: str

    def where(self, period: Period) -> Q:
        """The cases that it counts."""
        return _WHERE[self.code](period)


def _within(name: str, period: Period) -> Q:
    return Q(**{f"{name}__gte": period.first, f"{name}__lte": period.last})


_WHERE = {
    "opened": lambda p: _within("opened_on", p),
    "closed": lambda p: _within("closed_on", p),
    "open": lambda p: Q(opened_on__lte=p.last) & (Q(closed_on=None) | Q(closed_on__gt=p.last)),
    "archived": lambda p: _within("archived_on", p),
    "late": lambda p: Q(limits__state__in=MISSED) & _within("limits__due_on", p),
    "stops": lambda p: Q(findings__severity="stop", findings__explained="") & Q(opened_on__lte=p.last),
    "flags": lambda p: Q(findings__severity="flag", findings__explained="") & Q(opened_on__lte=p.last),
    "recordings": lambda p: Q(findings__code=RECORDING_LATE) & Q(opened_on__lte=p.last),
}
FIGURES = (
    Figure("opened", "新收", "期间内登记案源或者申请的"),
    Figure("open", "在办", "期末还没有办结的"),
    Figure("closed", "办结", "期间内办结的"),
    Figure("archived", "归档", "期间内归档的"),
    Figure("late", "有逾期", "有一项期限在期间内届满而没有按期完成的"),
    Figure("stops", "有阻止问题", "有违反强制要求而没有说明的问题的"),
    Figure("flags", "有提示问题", "有其他没有说明的问题的"),
    Figure("recordings", "音像迟存", "有音像记录没有按时存入的"),
)


@dataclass(frozen=True)
class Choice:
    """Which cases are asked for; what is empty does not narrow."""

    period: Period
    section: str = ""
    procedure: str = ""
    stage: str = ""
    figure: str = ""
    limit: str = ""
    state: str = ""
    finding: str = ""
    month: str = ""

    def query(self) -> dict[str, str]:
        """As parameters of an address."""
        named = {
            n: getattr(self, n)
            for n in ("section", "procedure", "stage", "figure", "limit", "state", "finding", "month")
        }
        days = {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}
        return {**{name: value for name, value in named.items() if value}, **days}


def chosen(rows: QuerySet[CaseRow], choice: Choice) -> QuerySet[CaseRow]:
    """The cases of a choice among those given: what a number counts and what its list shows."""
    wanted = Q()
    for column in ("section", "procedure", "stage"):
        if value := getattr(choice, column):
            wanted &= Q(**{column: value})
    if choice.figure:
        wanted &= _WHERE[choice.figure](choice.period)
    found = rows.filter(wanted)
    if choice.limit:
        found = found.filter(case__in=_limits(choice).values("case"))
    if choice.finding or choice.month:
        found = found.filter(case__in=_findings(choice).values("case"))
    return found.distinct()


def _limits(choice: Choice) -> QuerySet[LimitRow]:
    states = (
        MISSED if choice.state == "missed" else (choice.state,) if choice.state else ("met", "open", *MISSED)
    )
    return LimitRow.objects.filter(_within("due_on", choice.period), code=choice.limit, state__in=states)


def _findings(choice: Choice) -> QuerySet[FindingRow]:
    found = FindingRow.objects.all()
    if choice.finding:
        found = found.filter(code=choice.finding)
    return found.filter(at__startswith=choice.month) if choice.month else found


@dataclass(frozen=True)
class Cell:
    """A number and the choice of the cases behind it."""

    number: int
    choice: Choice


@dataclass(frozen=True)
class Line:
    """A row of a table of figures; ``code`` names what it is about where that is a requirement or limit."""

    label: str
    cells: tuple[Cell, ...]
    code: str = ""
    share: int = 0


@dataclass(frozen=True)
class Overview:
    """Everything on the page of supervision."""

    period: Period
    total: Line
    sections: tuple[Line, ...]
    procedures: tuple[Line, ...]
    stages: tuple[Line, ...]
    limits: tuple[Line, ...]
    findings: tuple[Line, ...]
    months: tuple[Line, ...]


def overview(rows: QuerySet[CaseRow], period: Period) -> Overview:
    """The figures of the cases given, by section, procedure, stage, time limit, finding and month."""
    choice = Choice(period)
    return Overview(
        period=period,
        total=Line("合计", _figures(rows, choice)),
        sections=_by(rows, choice, "section", lambda name: name),
        procedures=_by(
            rows, choice, "procedure", lambda code: PROCEDURES[code].title if code in PROCEDURES else code
        ),
        stages=_stages(rows, choice),
        limits=_limit_lines(rows, choice),
        findings=_finding_lines(rows, choice),
        months=_month_lines(rows, choice),
    )


def _figures(rows: QuerySet[CaseRow], choice: Choice) -> tuple[Cell, ...]:
    each = (replace(choice, figure=figure.code) for figure in FIGURES)
    return tuple(Cell(chosen(rows, one).count(), one) for one in each)


def _by(
    rows: QuerySet[CaseRow], choice: Choice, column: str, label: Callable[[str], str]
) -> tuple[Line, ...]:
    values = sorted(rows.order_by().values_list(column, flat=True).distinct())
    return tuple(Line(label(value), _figures(rows, replace(choice, **{column: value}))) for value in values)


def _stages(rows: QuerySet[CaseRow], choice: Choice) -> tuple[Line, ...]:
    each = [(stage, replace(choice, stage=stage, figure="open")) for stage in STAGES]
    return _shared([(stage, "", [one]) for stage, one in each], rows)


def _limit_lines(rows: QuerySet[CaseRow], choice: Choice) -> tuple[Line, ...]:
    """On time, missed and still running by the article that sets the limit."""
    within = LimitRow.objects.filter(_within("due_on", choice.period), case__in=rows)
    codes = sorted(within.order_by().values_list("code", flat=True).distinct())
    states = ("met", "missed", "open")
    each = [(code, [replace(choice, limit=code, state=state) for state in states]) for code in codes]
    return _shared(
        [(LIMITS[code].title if code in LIMITS else code, code, choices) for code, choices in each], rows
    )


def _finding_lines(rows: QuerySet[CaseRow], choice: Choice) -> tuple[Line, ...]:
    counted = (
        FindingRow.objects.filter(case__in=rows)
        .order_by().values_list("code").annotate(number=Count("case", distinct=True)).order_by("-number", "code")
    )  # fmt: skip
    titles = {code: REQUIREMENTS[code].title if code in REQUIREMENTS else code for code, _ in counted}
    return _shared([(titles[code], code, [replace(choice, finding=code)]) for code, _ in counted], rows)


def _month_lines(rows: QuerySet[CaseRow], choice: Choice) -> tuple[Line, ...]:
    found = FindingRow.objects.filter(case__in=rows).exclude(at="").annotate(month=Substr("at", 1, 7))
    first, last = choice.period.first.isoformat()[:7], choice.period.last.isoformat()[:7]
    months = sorted({m for m in found.values_list("month", flat=True).distinct() if first <= m <= last})
    return _shared([(f"{m[:4]}年{int(m[5:])}月", "", [replace(choice, month=m)]) for m in months], rows)


def _shared(each: Iterable[tuple[str, str, list[Choice]]], rows: QuerySet[CaseRow]) -> tuple[Line, ...]:
    """Lines with their share of the longest one, in per cent, for a bar."""
    lines = [
        Line(label, tuple(Cell(chosen(rows, one).count(), one) for one in choices), code)
        for label, code, choices in each
    ]
    most = max((sum(cell.number for cell in line.cells) for line in lines), default=0)
    return tuple(
        replace(line, share=round(100 * sum(cell.number for cell in line.cells) / most) if most else 0)
        for line in lines
    )


def read(parameters: Mapping[str, str], period: Period) -> Choice:
    """The choice that an address names; what it does not know is left out."""
    figures = {figure.code for figure in FIGURES}
    known = {
        "section": parameters.get("section", ""), "procedure": parameters.get("procedure", ""),
        "stage": parameters.get("stage", ""), "limit": parameters.get("limit", ""),
        "finding": parameters.get("finding", ""), "month": parameters.get("month", "")[:7],
    }  # fmt: skip
    figure, state = parameters.get("figure", ""), parameters.get("state", "")
    return Choice(
        period, **known, figure=figure if figure in figures else "",
        state=state if state in ("met", "missed", "open") else "",
    )  # fmt: skip
