"""Every page of the demonstration bureau: its name, whose desk it is on, its address. For pictures to be looked at.

Besides the demonstration's own cases some of `cases/` are told part of the way, so that what waits to be signed, issued,
served, heard is there; forms are sent wrong; names are long; one desk is dark, one of high contrast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.urls import reverse

from liuhen.acts import approvals, cases, documents, issuing, scanning, signatures
from liuhen.acts.documents import new_draft
from liuhen.acts.engine import situation
from liuhen.acts.storage import vault
from liuhen.casefile.moments import ZONE
from liuhen.desk import links
from liuhen.office.models import User
from liuhen.records import clock
from liuhen.records.models import CaseRow, Draft, FindingRow, TaskRow
from liuhen.records.read import case_entries
from liuhen.scripts import demo_cases
from liuhen.scripts.play import play
from liuhen.scripts.script import read_script

CASES = Path(__file__).parents[1] / "cases"
NOBODY, SECTION = "", "粮食和物资储备科"
OFFICER, COLLEAGUE, OTHER, HEAD, LEADER, ARCHIVIST, ADVISER, CLERK = (
    "jia", "yi", "bing", "ding", "xin", "gui", "geng", "chuang",
)  # fmt: skip
# On whose desk a step of each role lies.
DESKS = {"officer": OFFICER, "section_head": HEAD, "bureau_leader": LEADER, "archivist": ARCHIVIST}
CASE_TABS = ("case", "case_items", "case_recordings", "case_timeline", "case_check", "case_people")
WAYS = ("直接", "邮寄", "公告", "留置", "电子")
KINDS = (
    "case_source_form",
    "docket_approval",
    "site_inspection_record",
    "interview_record",
    "investigation_report",
    "penalty_decision",
    "closing_report",
)
# Cases of `cases/` told as far as so many steps, and the papers begun in them.
TOLD = {
    "served": ("pen-15-service", 15, ()),
    "heard": ("pen-14-hearing", 15, ("hearing_record",)),
    "held": ("pen-10-hold", 9, ("hold_disposal_notice",)),
    "spot": ("sum-02-collected", 4, ("cash_handover",)),
    "inspected": ("ins-01-cured", 4, ("cure_order",)),
    "refused": ("pen-01-docket-refused", 4, ()),
}
LONG = "大连金普新区某某粮食仓储物流与深加工产业集团股份有限公司第三粮食收储与贸易分公司"
LONG_TITLE = f"{LONG}涉嫌在政策性粮食收购活动中未按照国家有关规定建立粮食经营台账并拒不接受监督检查一案"
INTERVIEW = {
    "place": "本局询问室", "interviewee": {"name": "孙某"}, "interviewed_as": "法定代表人", "relation": "当事人的法定代表人",
    "certificates_shown": True, "recusal_answer": "不申请", "qa": [{"q": "有没有按规定检验？", "a": "没有。"}], "read_how": "自阅",
}  # fmt: skip
SOURCE = {"source_kind": "监督检查", "is_named": False, "content": "日常检查发现。"}


@dataclass(frozen=True)
class Stop:
    """One page of the tour. ``status``: how it must answer. ``fill``: controls of its form that are filled in and sent, and how
    that must be answered."""

    name: str
    person: str
    path: str
    status: int = 200
    fill: dict[str, str] = field(default_factory=dict[str, str])
    sent: int = 0


def tour() -> Iterator[Stop]:
    """All pages that the demonstration's cases can show; needs Django set up on its data."""
    User.objects.filter(username=COLLEAGUE).update(theme="dark")
    User.objects.filter(username=OTHER).update(theme="contrast")
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
    for name, (file, steps, kinds) in TOLD.items():
        yield from _shown(name, told(file, steps), kinds)
    for n, row in enumerate(
        CaseRow.objects.filter(procedure="licensing", archived_on=None).order_by("case_no"), 1
    ):
        yield from _shown(f"licence-{n}", row.case, ("license_review_record",) if row.officers else ())
    yield from _waiting()
    yield from _long()
    yield from _refusals(richest)
    archived = CaseRow.objects.exclude(archived_on=None).first()
    if archived is not None:
        yield Stop("archived", ARCHIVIST, reverse("archive", args=[archived.case]))
        for name in ("archive_checks", "readings", "disposal"):
            yield Stop(name, ARCHIVIST, reverse(name, args=[archived.case]))
        yield Stop("archives", ARCHIVIST, reverse("archives"))
        yield Stop("archives-none", ARCHIVIST, reverse("archives") + "?watch=overdue")
        yield Stop("transfer", ARCHIVIST, reverse("transfer") + "?all=1")
        yield Stop("case_archived", ARCHIVIST, reverse("case", args=[archived.case]))


def _general() -> Iterator[Stop]:
    yield Stop("sign_in", NOBODY, reverse("sign_in"))
    yield Stop(
        "sign_in-wrong", NOBODY, reverse("sign_in"), fill={"username": "jia", "password": "x"}, sent=422
    )
    for person in (OFFICER, COLLEAGUE, OTHER, HEAD, LEADER, ADVISER, CLERK):
        yield Stop(f"work-{person}", person, reverse("work"))
    for name in (
        "cases",
        "recordings",
        "new_case",
        "measures",
        "me",
        "summary_new",
        "phrases",
        "blanks",
        "permissions",
    ):
        yield Stop(name, OFFICER, reverse(name))
    yield Stop("cases-none", OFFICER, reverse("cases") + "?q=没有这样的案件")
    yield Stop("cases-all", LEADER, reverse("cases") + "?state=all")
    yield Stop("new_case-window", CLERK, reverse("new_case"))
    yield Stop("blanks-head", HEAD, reverse("blanks"))
    yield Stop("measures-adviser", ADVISER, reverse("measures"))
    yield Stop("article", OFFICER, reverse("article", args=[14]))
    yield Stop("article-adviser", ADVISER, reverse("article", args=[31]))
    for part in ("standards", "calendar", "certificates", "delegations"):
        yield Stop(f"office-{part}", ADVISER, reverse("office_part", args=[part]))
    yield Stop("office-matters", ADVISER, reverse("office_part", args=["standards"]) + "?name=matters")
    for name in (
        "supervise",
        "supervised_findings",
        "rectifications",
        "samples",
        "annual_lists",
        "supervised_cases",
    ):
        yield Stop(name, ADVISER, reverse(name))
    yield Stop("keeping", ARCHIVIST, reverse("keeping"))


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


def _drafts(case: str) -> Iterator[Stop]:
    actor = User.objects.get(username=OFFICER).actor
    for kind in KINDS:
        draft = new_draft(case, actor, kind)
        yield Stop(f"document-{kind}", OFFICER, reverse("document", args=[draft.document]))
    wanting = reverse("document", args=[Draft.objects.get(kind="site_inspection_record").document])
    yield Stop("document-wrong", OFFICER, wanting, fill={"action": "finalise"}, sent=422)
    yield Stop("document-dark", COLLEAGUE, wanting)
    yield Stop("begun", OFFICER, reverse("new_document", args=[case, KINDS[0]]))


def _at_any_time(case: str) -> Iterator[Stop]:
    """Pages that no step leads to."""
    for name in ("upload", "scan", "add", "court"):
        yield Stop(name, OFFICER, reverse(name, args=[case]))
    yield Stop("upload-wrong", OFFICER, reverse("upload", args=[case]), fill={"what": "录像"}, sent=422)
    yield Stop("backfill-kind", OFFICER, reverse("backfill", args=[case]))
    backfill = reverse("backfill", args=[case]) + "?kind="
    yield Stop("backfill", OFFICER, f"{backfill}site_inspection_record")
    yield Stop("backfill-wrong", OFFICER, f"{backfill}penalty_notice", fill={"action": "backfill"}, sent=422)
    yield Stop("state-fact", OFFICER, reverse("state", args=[case, "defence_waived"]))
    yield Stop(
        "state-wrong",
        OFFICER,
        reverse("state", args=[case, "payment_made"]),
        fill={"amount": "许多"},
        sent=422,
    )
    yield Stop("archive", ARCHIVIST, reverse("archive", args=[case]))
    yield Stop("people-head", HEAD, reverse("case_people", args=[case]))
    yield Stop(
        "people-replace",
        HEAD,
        reverse("case_people", args=[case]),
        fill={"part": "lead_officer", "person": "bing"},
        sent=422,
    )
    yield Stop("case-dark", COLLEAGUE, reverse("case", args=[case]))
    yield Stop("review", ADVISER, reverse("case_check", args=[case]))
    entries = case_entries(case)
    yield Stop(
        "case-then",
        OFFICER,
        reverse("case", args=[case]) + f"?at={entries[len(entries) // 2].recorded_at:%Y-%m-%d}",
    )
    filed = next((e for e in entries if e.kind == "Filed"), None)
    if filed is not None and filed.body is not None:
        yield Stop("read_document", OFFICER, reverse("read_document", args=[case, filed.body["document"]]))
        yield Stop("correct", OFFICER, reverse("correct", args=[case, filed.hash]))
        item = reverse("correct", args=[case, filed.hash]) + "?path=/values/content"
        yield Stop("correct-item", OFFICER, item)
        yield Stop("correct-wrong", OFFICER, item, fill={"reason": ""}, sent=422)
        yield Stop("void", OFFICER, reverse("void", args=[case, filed.hash]))
    finding = FindingRow.objects.filter(explained="").first()
    if finding is not None:
        explain = reverse("explain", args=[finding.case.case])
        yield Stop("explain", OFFICER, f"{explain}?code={finding.code}&subject={finding.subject}")


def told(file: str, steps: int) -> str:
    """A case of `cases/` played as far as so many of its steps, the last of them in the recent past; its id."""
    whole = (CASES / f"{file}.yaml").read_text(encoding="utf-8").partition("\nexpect:")[0]
    head, _, rest = whole.partition("\nsteps:\n")
    head = re.sub(r"^section: .*", f"section: {SECTION}", head, flags=re.MULTILINE)
    parts = re.split(r"^(?=  - )", rest, flags=re.MULTILINE)[: steps + 1]
    written = f"{head}\nsteps:\n{''.join(parts)}"
    days = [date.fromisoformat(day) for day in re.findall(r"\b202\d-\d\d-\d\d\b", "".join(parts))]
    weeks = (clock.now().astimezone(ZONE).date() - max(days) - timedelta(days=1)) // timedelta(weeks=1)
    return play([read_script(demo_cases.moved(written, weeks), f"{file}.yaml")])[0].case


def _shown(name: str, case: str, kinds: tuple[str, ...]) -> Iterator[Stop]:
    """A case on the way: its own page, its things, its papers in the making, its services."""
    jia = User.objects.get(username=OFFICER).actor
    person = next(iter(situation(case, jia).case.officers), CLERK)
    actor = User.objects.get(username=person).actor
    for tab in ("case", "case_items", "case_recordings"):
        yield Stop(f"{name}-{tab}", person, reverse(tab, args=[case]))
    if name == "spot":
        yield Stop("summary", person, reverse("summary", args=[case]))
    for kind in kinds:
        yield Stop(
            f"{name}-{kind}", person, reverse("document", args=[new_draft(case, actor, kind).document])
        )
    for paper in situation(case, actor).case.documents.values():
        if paper.service:
            yield Stop(f"{name}-serve-{paper.kind}", person, reverse("serve", args=[case, paper.id]))
            yield Stop(f"{name}-read-{paper.kind}", person, reverse("read_document", args=[case, paper.id]))


def _waiting() -> Iterator[Stop]:
    """Papers that wait: to be signed, on a scan too, to be issued, to be served each way, sent back."""
    jia, ding = (User.objects.get(username=name).actor for name in (OFFICER, HEAD))
    case = told("pen-15-service", 4)
    now = clock.now().astimezone(ZONE)
    times = {
        "started_at": f"{now - timedelta(hours=2):%Y-%m-%dT%H:%M}",
        "ended_at": f"{now - timedelta(hours=1):%Y-%m-%dT%H:%M}",
    }
    record, _ = documents.file_document(case, jia, "interview_record", INTERVIEW | times)
    sign = reverse("sign", args=[case, record])
    yield Stop("sign", OFFICER, sign)
    yield Stop("sign-empty", OFFICER, sign, fill={"strokes": ""}, sent=422)
    yield Stop("sign-not-mine", HEAD, sign)
    rendition = situation(case, jia).case.documents[record].rendition("for_signature")
    if rendition is not None:
        with vault().open(rendition.digest) as file:
            kept, _ = scanning.keep(case, jia, file.read(), "询问笔录.pdf")
        yield Stop("scan_signed", OFFICER, reverse("scan_signed", args=[case, kept[0].entry]))
        yield Stop("scan-kept", OFFICER, reverse("scan", args=[case]))
    case = told("pen-15-service", 10)
    notice, _ = documents.file_document(case, jia, "penalty_notice", {})
    yield Stop("issue", OFFICER, reverse("issue", args=[case, notice]))
    other = told("pen-15-service", 10)
    letter, _ = documents.file_document(other, jia, "penalty_notice", {})
    issuing.issue(other, jia, letter)
    serve = reverse("serve", args=[other, letter])
    yield Stop("serve", OFFICER, serve)
    yield from (Stop(f"serve-{way}", OFFICER, f"{serve}?method={way}") for way in WAYS)
    yield Stop("serve-wrong", OFFICER, f"{serve}?method=邮寄", fill={"what": "posted"}, sent=422)
    returned = cases.open_case(jia, title="群众来信反映某粮店短斤少两")
    source, _ = documents.file_document(
        returned, jia, "case_source_form", SOURCE | {"discovered_at": times["started_at"]}
    )
    _signed(returned, source)
    approvals.approve(returned, ding, source, "return", "写明来信人要求。")
    yield Stop("returned-case", OFFICER, reverse("case", args=[returned]))


def _signed(case: str, document: str) -> None:
    """The officer signs a paper as its registrar."""
    jia = User.objects.get(username=OFFICER).actor
    signatures.sign(case, jia, document, role="registrar", strokes=[[100, 500, 300, 200, 600, 800]])


def _long() -> Iterator[Stop]:
    """Names as long as they come, and a case in which nothing is yet."""
    jia = User.objects.get(username=OFFICER).actor
    case = cases.open_case(jia, title=LONG_TITLE)
    draft = new_draft(case, jia, "docket_approval")
    party = {
        "party_kind": "法人",
        "name": LONG,
        "legal_rep": "欧阳某某某",
        "address": f"辽宁省大连市金普新区{LONG}院内二号办公楼",
    }
    documents.save_draft(draft.document, jia, {**draft.values, "party": party}, draft.version)
    yield Stop("long-document", OFFICER, reverse("document", args=[draft.document]))
    yield from (Stop(f"long-{tab}", OFFICER, reverse(tab, args=[case])) for tab in CASE_TABS)
    yield Stop("long-cases", OFFICER, reverse("cases") + "?q=深加工")
    yield Stop("long-upload", OFFICER, reverse("upload", args=[case]))


def _refusals(case: str) -> Iterator[Stop]:
    """What is not there, not allowed, not yet to be done, sent wrong."""
    yield Stop("no-page", OFFICER, "/nothing/", status=404)
    yield Stop("no-case", OFFICER, reverse("case", args=["NOSUCHCASE"]), status=404)
    yield Stop("forbidden", OTHER, reverse("case", args=[case]), status=403)
    yield Stop("new_case-wrong", OFFICER, reverse("new_case"), fill={"title": ""}, sent=422)
    yield Stop(
        "office-wrong", ADVISER, reverse("office_part", args=["calendar"]), fill={"year": "明年"}, sent=422
    )
    yield Stop("me-wrong", OFFICER, reverse("me"), fill={"old": "x"}, sent=422)
    yield Stop("summary-wrong", OFFICER, reverse("summary_new"), fill={"cause": "未备案"}, sent=422)
    yield Stop(
        "stop",
        HEAD,
        reverse("case_people", args=[case]),
        fill={"part": "presider", "person": OFFICER},
        sent=409,
    )
