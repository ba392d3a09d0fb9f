"""补录: a paper that exists on paper only is entered with its true date, its scan and why; nothing it shows is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from liuhen.acts import backfill as acts
from liuhen.acts.documents import recorded_values
from liuhen.acts.fitness import ORIGINALS
from liuhen.acts.originals import not_original
from liuhen.acts.serving import WHAT, WHAT_WORDS
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.casefile.moments import Moment
from liuhen.casefile.state import APPROVER_ROLES, CaseFile
from liuhen.casefile.values import Problem, problems
from liuhen.compliance import parties
from liuhen.desk.doing import local_moment, may_do, offers_for, page, plain, seen
from liuhen.desk.fields import Offers, Prefill, Shown, groups, show
from liuhen.desk.fields import parse as parse_fields
from liuhen.desk.forms import FormErrors
from liuhen.desk.sight import actor_of
from liuhen.measures.vocabulary import ROLE_NAMES, STAGES, Document, Field
from liuhen.records.reveal import View

# Where the act's names differ from the page's.
_NAMES = {"scan": "paper_scan", "reason": "paper_reason", "number": "paper_number", "at": "paper_at"}


def _about(kind: Document) -> tuple[Field, ...]:
    """What is asked of a paper besides its values."""
    served = (plain("paper_service", "送达", "list", columns=_service_columns()),) if kind.served else ()
    decided = (
        (plain("paper_decided", "审批意见", "list", columns=_opinion_columns(kind)),)
        if kind.approvals
        else ()
    )
    number = (
        (plain("paper_number", "纸上的文号"), plain("paper_issued_on", "签发日期", "date"))
        if kind.number or kind.sealed
        else ()
    )
    signed = (
        (plain("paper_signed", "纸上的签名", "list", columns=_signature_columns(kind)),)
        if kind.signatures
        else ()
    )
    return (
        plain("paper_at", "纸上的日期", "date", required=True, always=True, hint="文书真正作成的日期，不是今天。"),
        plain("paper_time", "时间", hint="知道时分的填写，如 09:30。"),
        *number, *signed, *decided, *served,
        plain("paper_reason", "为什么补录", "longtext", required=True, always=True, phrases=("系统启用以前的纸质文书。", "现场没有网络，先用纸质文书办理。", "当时漏录。")),
    )  # fmt: skip


def _signature_columns(kind: Document) -> tuple[Field, ...]:
    labels = tuple(dict.fromkeys(s.label for s in kind.signatures))
    return (
        plain("label", "身份", "enum", options=labels, required=True), plain("name", "姓名", required=True),
        plain("at", "日期", "date"), plain("refused", "拒签理由"), plain("witness", "见证人"),
    )  # fmt: skip


def _opinion_columns(kind: Document) -> tuple[Field, ...]:
    labels = tuple(ROLE_NAMES[APPROVER_ROLES[letter]] for letter in kind.approvals)
    choice = (plain("choice", "处理意见", "enum", options=kind.choices),) if kind.choices else ()
    return (
        plain("label", "身份", "enum", options=labels, required=True), plain("at", "日期", "date"), *choice,
        plain("text", "意见", "longtext"),
    )  # fmt: skip


def _service_columns() -> tuple[Field, ...]:
    whats = tuple(dict.fromkeys(WHAT_WORDS[w] for whats in WHAT.values() for w in whats))
    return (
        plain("at", "日期", "date", required=True), plain("method", "方式", "enum", options=tuple(WHAT), required=True),
        plain("what", "经过", "enum", options=whats, required=True), plain("recipient", "收件人"), plain("place", "地点"),
        plain("reason", "事由"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def backfill(request: HttpRequest, case: str) -> HttpResponse:
    """First the kind, then the paper."""
    view = seen(request, case)
    may_do(actor_of(request), "backfill", view)
    kind = view.case.release.documents.get(request.POST.get("kind") or request.GET.get("kind", ""))
    if kind is None:
        return page(request, "desk/backfill_kind.html", view, stages=_kinds(view.case))
    if request.method == "GET":
        return _page(request, view, kind, {"case_no": view.case.case_no}, {})
    offers = offers_for(view)
    about = parse_fields(_about(kind), request.POST, offers)
    unfit = _unfit(request)
    scan, name = ("", "") if unfit else _scan(request)
    values = parse_fields(_asked(kind), request.POST, offers) | _original(kind, scan, name)
    action = request.POST.get("action", "")
    if action.startswith("add:"):
        return _page(request, view, kind, values, about, scan=(scan, name), more=action.removeprefix("add:"))
    try:
        document = _recorded(request, view, kind, values, about, scan, unfit)
    except Invalid as error:
        return _page(request, view, kind, values, about, _errors(error), (scan, name))
    messages.success(request, f"《{kind.title}》已补录，等科室负责人确认以后，才能据以办理下一步")
    return redirect("read_document", case, document)


def _kinds(case: CaseFile) -> list[tuple[str, list[Document]]]:
    offered = case.release.offered(case.procedure)
    return [(stage, [d for d in offered if d.stage == stage]) for stage in STAGES]


def _asked(kind: Document) -> tuple[Field, ...]:
    """The fields that the form asks for: of a received paper the scan above is the original."""
    return tuple(f for f in kind.fields if f.name != ORIGINALS or kind.layout != "received")


def _original(kind: Document, scan: str, name: str) -> dict[str, Any]:
    """The scan as the original of a received paper."""
    return {ORIGINALS: [{"digest": scan, "name": name}]} if scan and _asked(kind) != kind.fields else {}


def _scan(request: HttpRequest) -> tuple[str, str]:
    """Digest and name of the scan: uploaded now, or kept from the last try so that it need not be chosen again."""
    file = request.FILES.get("paper_scan")
    if file is not None:
        return vault().put(file.file).digest, str(file.name)  # type: ignore[arg-type]
    kept, name = request.POST.get("kept_scan", ""), request.POST.get("kept_name", "")
    known = kept.startswith("sha256:") and vault().exists(kept)
    return (kept, name) if known else ("", "")


def _recorded(
    request: HttpRequest,
    view: View,
    kind: Document,
    values: Mapping[str, Any],
    about: Mapping[str, Any],
    scan: str,
    unfit: list[Problem],
) -> str:
    """Record the paper and how it was served; returns its id. Raises Invalid with all that is wrong, before anything is
    recorded."""
    reason, actor = str(about.get("paper_reason", "")), actor_of(request)
    at, wrong = _moment(about)
    issued_on, more = local_moment(str(about.get("paper_issued_on", "")), "签发日期", "paper_issued_on")
    signed, unsigned = _signed(kind, about, offers_for(view))
    decided, undecided = _decided(about)
    served, unserved = _served(about, parties.addressee(view.case, kind, values))
    recorded = recorded_values(kind, values)
    unsound = [p for p in problems(kind.fields, recorded) if not p.missing]
    lacking = [p for p in acts.lacking(scan, reason) if not unfit or p.field != "scan"]
    found = [*unfit, *lacking, *wrong, *more, *unsigned, *undecided, *unserved, *unsound]
    if found or at is None:
        raise Invalid(found)
    document, _ = acts.backfill_document(
        view.case.id, actor, kind.code, values,
        at=at, scan=scan, reason=reason,
        number=str(about.get("paper_number", "")).strip(),
        issued_on=issued_on,
        signed=signed,
        decided=decided,
    )  # fmt: skip
    for body, when in served:
        whole = {**body, "document": document}
        acts.backfill_entry(view.case.id, actor, "ServiceStep", whole, at=when, scan=scan, reason=reason)
    return document


def _moment(about: Mapping[str, Any]) -> tuple[Moment | None, list[Problem]]:
    """When the paper was made, and what is wrong with it."""
    text = str(about.get("paper_at", ""))
    if not text:
        return None, [Problem("paper_at", "纸上的日期", "填写纸上的日期", True)]
    time = str(about.get("paper_time", "")).strip().replace("：", ":")
    if not time:
        return local_moment(text, "纸上的日期", "paper_at")
    if not _CLOCK.fullmatch(time):
        return None, [Problem("paper_time", "时间", "时间写作 09:30；不知道的不填", False)]
    return local_moment(f"{text}T{time.zfill(5)}", "纸上的日期", "paper_at")


def _unfit(request: HttpRequest) -> list[Problem]:
    """What is wrong with the scan that was chosen now."""
    file = request.FILES.get("paper_scan")
    told = not_original(file.file, str(file.name)) if file is not None else ""  # type: ignore[arg-type]
    return [Problem("paper_scan", "扫描件", told, False)] if told else []


_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")
Rows = tuple[list[dict[str, Any]], list[Problem]]


def _signed(kind: Document, about: Mapping[str, Any], offers: Offers) -> Rows:
    roles = {s.label: s.role for s in kind.signatures}
    every = {s.role for s in kind.signatures if s.every_page}
    found: list[dict[str, Any]] = []
    for row in about.get("paper_signed", []):
        if "name" not in row or row.get("label") not in roles:
            return [], [Problem("paper_signed", "纸上的签名", "每个签名写明身份和姓名", True)]
        role, staff = roles[row["label"]], offers.by_name(row["name"])
        known = {"person": staff.person} if staff and role != "party" else {}
        found.append({**row, "role": role, "pages": "all" if role in every else "last", **known})
    return found, []


def _decided(about: Mapping[str, Any]) -> Rows:
    roles = {label: role for role, label in ROLE_NAMES.items()}
    rows = about.get("paper_decided", [])
    if any(row.get("label") not in roles for row in rows):
        return [], [Problem("paper_decided", "审批意见", "每条意见写明是谁的", True)]
    return [{**row, "role": roles[row["label"]]} for row in rows], []


def _served(about: Mapping[str, Any], to: str) -> tuple[list[tuple[dict[str, Any], Moment]], list[Problem]]:
    """The steps of service with their moments."""
    whats = {word: what for what, word in WHAT_WORDS.items()}
    found: list[tuple[dict[str, Any], Moment]] = []
    for row in about.get("paper_service", []):
        moment, wrong = local_moment(str(row.get("at", "")), "送达日期", "paper_service")
        method, what = row.get("method", ""), whats.get(row.get("what", ""), "")
        if wrong or moment is None or what not in WHAT.get(method, ()):
            return [], [Problem("paper_service", "送达", "送达写明日期、方式和相应的经过", True)]
        more = {name: row[name] for name in ("recipient", "place", "reason") if name in row}
        addressee = to or str(row.get("recipient", "")) or "当事人"
        found.append(({"addressee": addressee, "method": method, "what": what, **more}, moment))
    return found, []


def _errors(error: Invalid) -> FormErrors:
    return FormErrors.of(
        [Problem(_NAMES.get(p.field, p.field), p.label, p.message, p.missing) for p in error.problems],
        "还没有补录",
    )


def _page(
    request: HttpRequest,
    view: View,
    kind: Document,
    values: Mapping[str, Any],
    about: Mapping[str, Any],
    errors: FormErrors | None = None,
    scan: tuple[str, str] = ("", ""),
    more: str = "",
) -> HttpResponse:
    offers = offers_for(view)
    told = {p.field: p.message for p in reversed(list(errors or ()))}
    asked: list[Shown] = [
        show(f, f.name, about.get(f.name), offers=offers, message=told.get(f.name, ""), more=f.name == more)
        for f in _about(kind)
    ]
    context = {
        "kind": kind,
        "offers": offers,
        "groups": groups(
            replace(kind, fields=_asked(kind)),
            values,
            offers=offers,
            messages=told,
            more_rows=more,
            on_paper=True,
            sources={"case_no": Prefill(view.case.case_no, "本案登记")},
        ),
        "about": asked,
        "scan": scan[0],
        "scan_name": scan[1],
        "upload_url": reverse("upload", args=[view.case.id]),
    }
    return page(request, "desk/backfill.html", view, errors, **context)


urlpatterns = [path("cases/<str:case>/backfill/", backfill, name="backfill")]
