"""工作台: what must I do now, what waits for my opinion, what I should know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from liuhen.casefile.moments import day
from liuhen.compliance.deadlines import end_of
from liuhen.desk import links, words
from liuhen.desk.drafting import title_of
from liuhen.desk.shown import tray
from liuhen.desk.sight import actor_of, as_text, names, only_window, visible_cases
from liuhen.measures.counting import Due
from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.office.policy import Actor, Subject, may
from liuhen.records import clock, delegated, read
from liuhen.records.models import CaseRow, Draft, FindingRow, TaskRow
from liuhen.records.project import refresh

APPROVALS = ("approve", "confirm")
APPROVERS = frozenset({"section_head", "legal_reviewer", "bureau_leader", "principal_leader"})
AHEAD = 30  # days before its end at which a certificate is told
MOST = 200
RECENT = 5
REMINDERS = 8


@dataclass(frozen=True)
class Item:
    """One line of a list: what to do, where, in which case, why, by when."""

    title: str
    href: str
    icon: str
    case: CaseRow
    why: str = ""
    cites: tuple[str, ...] = ()
    due: Due | None = None


@dataclass
class Group:
    """The lines that fall into one stretch of time."""

    label: str
    items: list[Item] = field(default_factory=list[Item])


@dataclass(frozen=True)
class Reminder:
    """One line of 提醒."""

    text: str
    why: str
    href: str
    icon: str
    css: str = "c-off"


def _tasks(request: HttpRequest, actor: Actor) -> QuerySet[TaskRow]:
    """The steps that wait for this person: named, or by a role whose case they see; what is merely possible stands on the
    case's own page."""
    own = Q(role__in=actor.roles) & (~Q(role="section_head") | Q(case__section=actor.section))
    mine = Q(names("people_text", actor.person)) & own
    anyones = Q(people=[]) & (own | delegated.waiting(actor))
    shown = TaskRow.objects.filter(case__in=visible_cases(request)).alias(people_text=as_text("people"))
    return (
        shown.filter(mine | anyones, optional=False)
        .select_related("case")
        .order_by(F("due_on").asc(nulls_last=True), F("due_at").asc(nulls_last=True), "case", "order")
    )


def _item(task: TaskRow) -> Item:
    href = links.act_path(task.case.case, task.does, task.subject)
    return Item(
        task.title,
        href,
        links.act_icon(task.does),
        task.case,
        task.why,
        tuple(task.cites),
        words.due_of(task),
    )


def _drafts(request: HttpRequest, actor: Actor, tasks: Sequence[TaskRow]) -> list[Item]:
    """My drafts: begun and not final; due when the step is that they carry out."""
    cases = {row.case: row for row in visible_cases(request)}
    due = {_carried_out(task): words.due_of(task) for task in tasks}
    found = Draft.objects.filter(author=actor.person, case__in=cases).order_by("-updated_at")
    return [
        Item(
            f"{draft_title(draft)}定稿", links.path("document", draft.document), "pen", cases[draft.case],
            f"草稿，{words.at(draft.updated_at)}存过", due=due.get(_key(draft)),
        )
        for draft in found
    ]  # fmt: skip


def _key(draft: Draft) -> tuple[str, str]:
    """The step that a draft carries out: of which case, which paper is written or written anew."""
    return draft.case, f"file:{draft.kind}" if draft.revision == 1 else draft.document


def _carried_out(task: TaskRow) -> tuple[str, str]:
    return task.case.case, task.subject if task.does == "revise" else task.does


def draft_title(draft: Draft) -> str:
    """The title of a draft in book marks."""
    return f"《{title_of(draft)}》"


def grouped(items: Iterable[Item], now: datetime) -> list[Group]:
    """The lines by when they are due: overdue first, what has no date last."""
    today = day(now)
    week = today + timedelta(days=6 - today.weekday())
    groups = [
        Group("已逾期"),
        Group("今天"),
        Group("本周"),
        Group("以后"),
        Group("没有期限"),
        Group("可以办，不是必须"),
    ]
    for item in sorted(items, key=lambda one: (one.due is None, end_of(one.due) if one.due else now)):
        groups[_place(item, now, week)].items.append(item)
    return [g for g in groups if g.items]


def _place(item: Item, now: datetime, week: date) -> int:
    if item.due is None:
        return 4
    if end_of(item.due) < now:
        return 0
    if item.due.day == day(now):
        return 1
    return 2 if item.due.day <= week else 3


def reminders(request: HttpRequest, actor: Actor, today: date) -> list[Reminder]:
    """What to know: findings of my cases that nobody explained, my certificate's end."""
    found = [*_certificate(actor, today), *_recordings(request, actor)]
    mine = visible_cases(request).filter(Q(stops__gt=0) | Q(flags__gt=0)).filter(archived_on=None)
    if "officer" in actor.roles:
        mine = mine.alias(officers_text=as_text("officers")).filter(names("officers_text", actor.person))
    for row in mine.order_by("-stops", "due_on")[:REMINDERS]:
        open_ = FindingRow.objects.filter(case=row, explained="").order_by("severity", "code")
        if open_:
            found.append(_finding_reminder(row, list(open_)))
    return found


def _finding_reminder(row: CaseRow, findings: list[FindingRow]) -> Reminder:
    stop = any(f.severity == "stop" for f in findings)
    text = f"{row.party or row.title}有 {len(findings)} 个问题"
    why = findings[0].message if len(findings) == 1 else f"{findings[0].message}等"
    href = links.path("case_check", row.case)
    return Reminder(text, why, href, "stop" if stop else "flag", "c-stop" if stop else "c-flag")


def _certificate(actor: Actor, today: date) -> Iterable[Reminder]:
    ends = [c.valid_to for c in read.office().certificates if c.person == actor.person]
    if ends and max(ends) <= today + timedelta(days=AHEAD):
        word = "已于" if max(ends) < today else ""
        yield Reminder(
            f"执法证{word} {words.on(max(ends))}到期", "到期后不能在调查文书上署名", "", "clock",
            "c-flag" if max(ends) < today else "c-off",
        )  # fmt: skip


def _recordings(request: HttpRequest, actor: Actor) -> Iterable[Reminder]:
    """What waits for its case: my own; of the section, for its head, what has waited too long."""
    href = links.path("recordings")
    if count := tray.mine(request):
        yield Reminder(
            f"有 {count} 段音像待归入案件", "存入后归入案件，才算完成记录要求", f"{href}?mine=1", "vid"
        )
    if "section_head" in actor.roles and (count := tray.old(actor)):
        yield Reminder(
            f"本科室有 {count} 段音像久未归入案件", "请拍摄人归入，或者写明与办案无关", href, "flag", "c-flag"
        )


def _mine(request: HttpRequest, actor: Actor) -> QuerySet[CaseRow]:
    rows = visible_cases(request).filter(archived_on=None)
    if "officer" in actor.roles and "section_head" not in actor.roles:
        return rows.alias(officers_text=as_text("officers")).filter(names("officers_text", actor.person))
    return rows


def _recent(request: HttpRequest) -> list[CaseRow]:
    ids = request.session.get("recent", [])
    rows = visible_cases(request).in_bulk(ids)
    return [rows[i] for i in ids if i in rows]


def remember(request: HttpRequest, case: str) -> None:
    """Keep a case among the last ones opened."""
    ids = [case, *(i for i in request.session.get("recent", []) if i != case)]
    request.session["recent"] = ids[:RECENT]


def work(request: HttpRequest) -> HttpResponse:
    """The first page."""
    refresh()
    actor = actor_of(request)
    today = day(clock.now())
    tasks = list(_tasks(request, actor)[:MOST])
    begun = {_key(draft) for draft in Draft.objects.filter(author=actor.person)}
    approvals = [_item(t) for t in tasks if t.does in APPROVALS]
    todo = _drafts(request, actor, tasks)
    todo += [_item(t) for t in tasks if t.does not in APPROVALS and _carried_out(t) not in begun]
    values: dict[str, Any] = {
        "here": "work",
        "today": words.long_day(today),
        "open": _mine(request, actor).count(),
        "todo": grouped(todo, clock.now()),
        "todo_count": len(todo),
        "approvals": approvals,
        "approves": bool(approvals) or bool(actor.roles & APPROVERS),
        "reminders": reminders(request, actor, today),
        "recent": _recent(request),
        "posts": "、".join(ROLE_NAMES[r] for r in sorted(actor.roles) if r in ROLE_NAMES),
        "may_open": may(actor, "register_source", Subject(section=actor.section)),
        "only_window": only_window(actor),
    }
    return render(request, "desk/work.html", values)


urlpatterns = [path("", work, name="work")]
