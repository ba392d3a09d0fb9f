"""当场处罚 on one page, for two officers with a tablet: record, telling, decision, signatures, handing over (A26; 罚 51–53).

Everything goes through the acts that the other pages use. The second officer signs with the own password, typed beside the
signature: nobody signs for a colleague (domain §5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from liuhen.acts import documents, facts, issuing, serving, signatures
from liuhen.acts.cases import open_case
from liuhen.acts.showing import check_shown, shown
from liuhen.acts.situation import Invalid, Stopped, invalid
from liuhen.casefile.state import CaseFile, Document
from liuhen.casefile.values import Problem, problems
from liuhen.compliance.answers import Finding
from liuhen.compliance.comparing import totals
from liuhen.compliance.events import has
from liuhen.compliance.judge import context
from liuhen.compliance.prefill import prefill
from liuhen.compliance.weight import FINE
from liuhen.desk import sheets, spot
from liuhen.desk.doing import may_do, offers_for, seen
from liuhen.desk.drafting import kind_of
from liuhen.desk.fields import NOTHING, groups, offers_of
from liuhen.desk.fields import parse as parse_fields
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.pads import given_at, pads
from liuhen.desk.places import places, suggestions
from liuhen.desk.sight import actor_of, as_text, cases_of, names
from liuhen.desk.views.signing import REASONS
from liuhen.desk.words import today
from liuhen.measures import DOCUMENTS
from liuhen.measures.documents.summary import ON_THE_SPOT
from liuhen.measures.summary_facts import WHY_ORDINARY
from liuhen.office.policy import Actor, Subject, require
from liuhen.records import clock, read
from liuhen.records.models import Draft
from liuhen.records.numbers import next_blank
from liuhen.records.reveal import View, consulted

TITLE = 200
_RELATIONS = {"自然人": "本人", "个体工商户": "经营者", "法人": "法定代表人", "非法人组织": "负责人"}
Refused = tuple[FormErrors | None, list[Finding]]


@require_http_methods(["GET", "POST"])
def summary_new(request: HttpRequest) -> HttpResponse:
    """The page before there is a case: the first form opens it."""
    actor = actor_of(request)
    require(actor, "register_source", Subject(section=actor.section))
    known = spot.colleagues(read.office(), actor)
    form = spot.record_form(_blank_case(), tuple(known))
    if request.method == "GET":
        return _form_page(request, form, {**spot.begun(known, _usual(actor)), **_told(request)})
    values = spot.usual(parse_fields(form.fields, request.POST, NOTHING))
    if request.POST.get("action", "").startswith("add:"):
        return _form_page(request, form, values, more=request.POST["action"].removeprefix("add:"))
    found = spot.wrong(form, values)
    if found:
        return _form_page(request, form, values, FormErrors.of(found))
    whole = spot.completed(values)
    title = f"{whole['party']['name']}{whole['cause']}案"[-TITLE:]
    try:
        case = open_case(
            actor, title=title, procedure="penalty_summary", assist=known.get(str(values["assist"]), "")
        )
    except Invalid as error:
        return _form_page(request, form, values, FormErrors.of(error))
    return _recorded(request, case, form, values)


def _blank_case() -> CaseFile:
    return CaseFile(id="", office=read.office(), procedure="penalty_summary")


def _usual(actor: Actor) -> str:
    """The officer with whom this one handled a case last; empty when there is none."""
    mine = (
        cases_of(actor).alias(officers_text=as_text("officers")).filter(names("officers_text", actor.person))
    )
    for row in mine.order_by("-opened_on", "-case_no")[:1]:
        return next((person for person in row.officers if person != actor.person), "")
    return ""


def _told(request: HttpRequest) -> dict[str, Any]:
    """What 新建 was told of what happened."""
    title = request.GET.get("title", "").strip()
    return {"facts": title} if title else {}


def _form_page(
    request: HttpRequest,
    form: Any,
    values: Mapping[str, Any],
    errors: FormErrors | None = None,
    more: str = "",
) -> HttpResponse:
    """The page with the form of the record and no case yet."""
    told = {p.field: p.message for p in reversed(list(errors or ()))}
    offers = offers_of(_blank_case(), read.office(), today())
    page = {
        "here": "cases", "errors": errors, "stage": 0, "stages": spot.STAGES, "case": None, "offers": offers,
        "groups": spot.dependent(groups(form, values, offers=offers, messages=told, more_rows=more)),
        "action": reverse("summary_new"),
    }  # fmt: skip
    return render(request, "desk/summary.html", page, status=UNPROCESSABLE if errors else 200)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def summary(request: HttpRequest, case: str) -> HttpResponse:
    """The page of a case: whatever is to be done now."""
    view = seen(request, case)
    if view.case.procedure != "penalty_summary":
        messages.info(request, "本案适用普通程序，在案件页继续办理")
        return redirect("case", case)
    may_do(actor_of(request), "draft", view)
    if request.method == "GET":
        return _page(request, view)
    acts = {
        "record": _record, "sign": _sign, "decide": _decide, "convert": _convert, "hand": _hand,
    }  # fmt: skip
    action = request.POST.get("action", "")
    if action.startswith("add:"):
        return _page(request, view, more=action.removeprefix("add:"))
    if action not in acts:
        return _page(request, view)
    return acts[action](request, view)


def _draft(case: str, kind: str) -> Draft | None:
    return Draft.objects.filter(case=case, kind=kind).order_by("-updated_at").first()


def _record(request: HttpRequest, view: View) -> HttpResponse:
    form = spot.record_form(view.case, ())
    values = spot.usual(parse_fields(form.fields, request.POST, offers_for(view)))
    found = spot.wrong(form, values)
    if found:
        return _page(request, view, (FormErrors.of(found), []), values=values)
    return _recorded(request, view.case.id, form, values)


def _recorded(request: HttpRequest, case: str, form: Any, values: Mapping[str, Any]) -> HttpResponse:
    """Make the record final; what stands in the way is told above the form, which now belongs to the case."""
    refused = _filed(actor_of(request), case, spot.RECORD, spot.record_values(values))
    if refused is not None:
        return _page(request, seen(request, case), refused, values=values)
    return redirect("summary", case)


def _filed(actor: Actor, case: str, kind: str, values: Mapping[str, Any]) -> Refused | None:
    """Draft a paper with these values and make it final; the draft stays when that is refused."""
    draft = _draft(case, kind) or documents.new_draft(case, actor, kind, values)
    draft = documents.save_draft(draft.document, actor, {**draft.values, **values})
    try:
        documents.finalise(draft.document, actor)
    except Invalid as error:
        return FormErrors.of(error), []
    except Stopped as error:
        labels = {f.name: f.label for f in kind_of(draft).fields}
        lacking = [
            Problem(spot.AT.get(name, name), labels.get(name, name), text, True)
            for f in error.findings
            for name, text in f.fields
        ]
        return (FormErrors.of(lacking) if lacking else None), [f for f in error.findings if not f.fields]
    return None


def _decide(request: HttpRequest, view: View) -> HttpResponse:
    """File the decision and take its number: from now on it is made."""
    record = spot.paper(view.case, spot.RECORD)
    assert record is not None
    form = spot.decision_form(view.case, record)
    values = parse_fields(form.fields, request.POST, offers_for(view))
    found = problems(form.fields, values)
    if found:
        return _page(request, view, (FormErrors.of(found), []), values=values)
    actor, decision = actor_of(request), spot.paper(view.case, spot.DECISION)
    if decision is None:
        refused = _filed(actor, view.case.id, spot.DECISION, spot.decision_values(record, values))
        if refused is not None:
            return _page(request, seen(request, view.case.id), refused, values=values)
        decision = spot.paper(seen(request, view.case.id).case, spot.DECISION)
    assert decision is not None
    try:
        issuing.issue(view.case.id, actor, decision.id)
    except Invalid as error:
        return _page(request, seen(request, view.case.id), (FormErrors.of(error), []), values=values)
    return redirect("summary", view.case.id)


def _convert(request: HttpRequest, view: View) -> HttpResponse:
    given = {name: request.POST.get(f"turn_{name}", "") for name in ("reason", "text")}
    try:
        facts.state_fact(view.case.id, actor_of(request), "converted_to_ordinary", given)
    except Invalid as error:
        told = [Problem(f"turn_{p.field}", p.label, p.message, p.missing) for p in error.problems]
        return _page(request, view, (FormErrors.of(told, "还没有转为普通程序"), []))
    for draft in Draft.objects.filter(case=view.case.id, kind__in=(spot.RECORD, spot.DECISION)):
        # What was begun for the spot is no paper of the ordinary procedure.
        documents.discard_draft(draft.document, actor_of(request))
    messages.success(request, "已转为普通程序，已有的记录全部保留；接着登记案件来源")
    return redirect("case", view.case.id)


def _to_sign(case: CaseFile) -> Document | None:
    """The paper that waits for signatures."""
    kind = {1: spot.RECORD, 3: spot.DECISION}.get(spot.stage(case))
    return spot.paper(case, kind) if kind else None


def _sign(request: HttpRequest, view: View) -> HttpResponse:
    """The signatures that were given, all looked at before any of them is kept."""
    document = _to_sign(view.case)
    if document is None:
        return redirect("summary", view.case.id)
    try:
        check_shown(document, request.POST.get("seen", ""))
        given = [one for place in places(document) if (one := given_at(request, document, place)) is not None]
        if not given:
            raise invalid("pads", "请在签名框内书写姓名")
        for actor, more in given:
            signatures.sign(view.case.id, actor, document.id, **more)
    except Invalid as error:
        return _page(request, seen(request, view.case.id), (FormErrors.of(error, "还没有签上"), []))
    return redirect("summary", view.case.id)


def _hand(request: HttpRequest, view: View) -> HttpResponse:
    """The decision is handed over, or left with the reason for which it was refused."""
    decision = spot.paper(view.case, spot.DECISION)
    if decision is None:
        return redirect("summary", view.case.id)
    post = request.POST
    left = post.get("how") == "left"
    given: dict[str, Any] = {
        "method": "留置" if left else "直接", "what": "left" if left else "delivered",
        "place": str(decision.values.get("place", "")), "servers": view.case.officers,
    }  # fmt: skip
    said = ("why", "seen_by") if left else ("recipient", "relation")
    names = ("reason", "witness") if left else ("recipient", "relation")
    given |= {name: post.get(one, "") for name, one in zip(names, said, strict=True)}
    try:
        if left and not post.get("why", "").strip():
            raise invalid("why", "写明拒收的情况")
        serving.serve(view.case.id, actor_of(request), decision.id, **given)
    except Invalid as error:
        return _page(request, view, (FormErrors.of(error, "还没有登记交付"), []))
    messages.success(request, "决定书已经交付，期限从今日起算")
    return redirect("summary", view.case.id)


def _page(
    request: HttpRequest,
    view: View,
    refused: Refused = (None, []),
    *,
    values: Mapping[str, Any] | None = None,
    more: str = "",
) -> HttpResponse:
    errors, stops = refused
    case, stage = view.case, spot.stage(view.case)
    shown_: dict[str, Any] = {
        "here": "cases", "view": view, "case": case, "case_id": case.id, "errors": errors, "stops": stops,
        "stage": stage, "stages": spot.STAGES, "action": reverse("summary", args=[case.id]),
        "offers": offers_for(view), "post": request.POST, "reasons": REASONS, "why_ordinary": WHY_ORDINARY,
        "record": spot.paper(case, spot.RECORD), "decision": spot.paper(case, spot.DECISION),
        "filing": case.latest("summary_filing_form"), "receipt": case.latest("collection_receipt"),
        **_forms(request, view, stage, values, errors, more), **_signing(request, view), **_rest(case),
    }  # fmt: skip
    status = UNPROCESSABLE if errors or stops else 200
    return render(request, "desk/summary.html", shown_, status=status)


def _rest(case: CaseFile) -> dict[str, Any]:
    """Who is likely to take the paper, and what is left to do after it was handed over: title, why, kind, whether done."""
    decision = spot.paper(case, spot.DECISION)
    if decision is None:
        return {}
    signed = [sign.name for sign in decision.signed_by("party") if not sign.refused]
    party = case.party or {}
    rest = [
        (
            "报局备案",
            "按期报局备案，由科室负责人审阅。",
            "summary_filing_form",
            bool(case.of("summary_filing_form")),
        )
    ]
    if decision.values.get("pay") == ON_THE_SPOT:
        paid = bool(case.of("collection_receipt"))
        rest.insert(0, ("存罚款专用票据", "当场收缴必须出具专用票据，拍下存根。", "collection_receipt", paid))
        handed = bool(case.of("cash_handover"))
        rest.append(("把罚款交至本局", "二个工作日内交至本局，双方签名。", "cash_handover", handed))
    elif FINE in totals(decision.values.get("penalties")):
        rest.append(("登记缴款", "当事人缴纳以后，核对凭证入卷。", "payment_record", has(case, "paid")))
    return {
        "rest": rest,
        "taker": (signed or [party.get("legal_rep") or party.get("name", "")])[0],
        "relation": _RELATIONS.get(str(party.get("party_kind")), ""),
    }


def _forms(
    request: HttpRequest,
    view: View,
    stage: int,
    values: Mapping[str, Any] | None,
    errors: Iterable[Problem] | None,
    more: str,
) -> dict[str, Any]:
    """The form of the stage, with what was typed, else what the draft or the catalogue holds."""
    if stage not in (0, 2):
        return {}
    told = {p.field: p.message for p in reversed(list(errors or ()))}
    record = spot.paper(view.case, spot.RECORD)
    form = spot.record_form(view.case, ()) if record is None else spot.decision_form(view.case, record)
    draft = _draft(view.case.id, spot.RECORD if record is None else spot.DECISION)
    if more:
        values = parse_fields(form.fields, request.POST, offers_for(view))
    held = values if values is not None else _held(draft, record, view, actor_of(request))
    made = groups(form, held, offers=offers_for(view), messages=told, more_rows=more)
    held_blank = next_blank(DOCUMENTS[spot.DECISION].number, today().year, actor_of(request).person)
    return {"groups": spot.dependent(made), "blank": held_blank}


def _held(draft: Draft | None, record: Document | None, view: View, actor: Actor) -> dict[str, Any]:
    if record is None:
        return spot.form_values(draft.values) if draft else spot.begun({})
    if draft is not None:
        return spot.form_values(draft.values)
    found = prefill(
        view.case.release.documents[spot.DECISION],
        view.case,
        context(clock.now(), read.office()),
        actor.person,
    )
    return spot.form_values({name: one.value for name, one in found.items()})


def _signing(request: HttpRequest, view: View) -> dict[str, Any]:
    """The paper to be read and its empty places."""
    document = _to_sign(view.case)
    if document is None:
        decision = spot.paper(view.case, spot.DECISION)
        return {"pages": sheets.addresses(view.case, decision) if decision and decision.issued else []}
    actor = actor_of(request)
    consulted(actor, f"case/{view.case.id}/{document.id}", f"签名前阅看《{document.title}》")
    return {
        "to_sign": document, "pads": pads(request, document), "seen": shown(document), "pages": sheets.addresses(view.case, document),
        "suggestions": suggestions(document),
    }  # fmt: skip


urlpatterns = [
    path("summary/", summary_new, name="summary_new"),
    path("cases/<str:case>/summary/", summary, name="summary"),
]
