"""Every page of the demonstration bureau: its name, whose desk it is on, its address. For pictures to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from liuhen.acts.documents import new_draft
from liuhen.desk import links
from liuhen.office.models import User
from liuhen.records.models import CaseRow, FindingRow, TaskRow
from liuhen.records.read import case_entries

OFFICER, HEAD, LEADER, ARCHIVIST, ADVISER = "jia", "ding", "xin", "gui", "geng"
# On whose desk a step of each role lies.
DESKS = {"officer": OFFICER, "section_head": HEAD, "bureau_leader": LEADER, "archivist": ARCHIVIST}
CASE_TABS = ("case", "case_recordings", "case_timeline", "case_check", "case_people")
WAYS = ("直接", "邮寄", "公告")
KINDS = (
    "case_source_form",
    "docket_approval",
    "site_inspection_record",
    "interview_record",
    "penalty_decision",
)


@dataclass(frozen=True)
class Stop:
    """One page of the tour."""

    name: str
    person: str
    path: str


def tour() -> Iterator[Stop]:
    """All pages that the demonstration's cases can show; needs Django set up on its data."""
    yield from _general()
    richest = (
        CaseRow.objects.filter(archived_on=None)
        .exclude(docketed_on=None)
        .order_by("-stage", "case_no")[0]
        .case
    )
    yield from (Stop(tab, OFFICER, reverse(tab, args=[richest])) for tab in CASE_TABS)
    yield from _steps()
    yield from _drafts(richest)
    yield from _at_any_time(richest)
    archived = CaseRow.objects.exclude(archived_on=None).first()
    if archived is not None:
        yield Stop("archived", ARCHIVIST, reverse("archive", args=[archived.case]))
        yield Stop("case_archived", ARCHIVIST, reverse("case", args=[archived.case]))


def _general() -> Iterator[Stop]:
    for person in (OFFICER, HEAD, LEADER, ADVISER):
        yield Stop(f"work-{person}", person, reverse("work"))
    for name in ("cases", "recordings", "new_case", "measures", "me"):
        yield Stop(name, OFFICER, reverse(name))
    yield Stop("article", OFFICER, reverse("article", args=[14]))


def _steps() -> Iterator[Stop]:
    """One page for each thing that waits to be done."""
    shown: set[str] = set()
    for task in TaskRow.objects.filter(role__in=DESKS, case__procedure="penalty_ordinary").select_related(
        "case"
    ):
        does = task.does.partition(":")[0]
        path = links.act_path(task.case.case, task.does, task.subject)
        if not path or does in shown or does in ("file", "revise"):
            continue
        shown.add(does)
        yield Stop(does, DESKS[task.role], path)
        if does == "serve":
            yield from (Stop(f"serve-{way}", OFFICER, f"{path}?method={way}") for way in WAYS)


def _drafts(case: str) -> Iterator[Stop]:
    actor = User.objects.get(username=OFFICER).actor
    for kind in KINDS:
        draft = new_draft(case, actor, kind)
        yield Stop(f"document-{kind}", OFFICER, reverse("document", args=[draft.document]))
    yield Stop("begun", OFFICER, reverse("new_document", args=[case, KINDS[0]]))


def _at_any_time(case: str) -> Iterator[Stop]:
    """Pages that no step leads to."""
    yield Stop("upload", OFFICER, reverse("upload", args=[case]))
    yield Stop("add", OFFICER, reverse("add", args=[case]))
    yield Stop("backfill-kind", OFFICER, reverse("backfill", args=[case]))
    yield Stop("backfill", OFFICER, reverse("backfill", args=[case]) + "?kind=site_inspection_record")
    yield Stop("state-fact", OFFICER, reverse("state", args=[case, "defence_waived"]))
    yield Stop("archive", ARCHIVIST, reverse("archive", args=[case]))
    filed = next((e for e in case_entries(case) if e.kind == "Filed"), None)
    if filed is not None and filed.body is not None:
        yield Stop("read_document", OFFICER, reverse("read_document", args=[case, filed.body["document"]]))
        yield Stop("correct", OFFICER, reverse("correct", args=[case, filed.hash]))
        yield Stop(
            "correct-item", OFFICER, reverse("correct", args=[case, filed.hash]) + "?path=/values/content"
        )
        yield Stop("void", OFFICER, reverse("void", args=[case, filed.hash]))
    finding = FindingRow.objects.filter(explained="").first()
    if finding is not None:
        explain = reverse("explain", args=[finding.case.case])
        yield Stop("explain", OFFICER, f"{explain}?code={finding.code}&subject={finding.subject}")
