"""更正: after 定稿 one click away; the old and the new both stay. And 封存 of what must not be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from liuhen.acts import facts
from liuhen.acts.documents import local_values, recorded_values
from liuhen.acts.situation import Invalid
from liuhen.casefile.entries import KINDS, Entry
from liuhen.casefile.moments import ZONE, write
from liuhen.casefile.state import CaseFile, Document
from liuhen.casefile.values import Problem
from liuhen.desk.doing import local_moment, may_do, offers_for, page, plain, seen
from liuhen.desk.fields import Offers, Shown, parse_value, show, wording
from liuhen.desk.forms import FormErrors
from liuhen.desk.shown import secrets
from liuhen.desk.shown.sentences import document_of, say
from liuhen.desk.sight import actor_of
from liuhen.measures.vocabulary import Fact, Field
from liuhen.office.policy import NotPermitted
from liuhen.records.read import NoSuchCase
from liuhen.records.reveal import View

# Of entries without declared fields: how what may be wrong in them is told and asked for.
PLAIN: dict[str, tuple[Field, ...]] = {
    "ServiceStep": (
        plain("addressee", "受送达人"), plain("place", "送达地点"), plain("recipient", "收件人"),
        plain("relation", "与受送达人关系"), plain("carrier", "承运人或者载体"), plain("tracking", "邮件号"),
        plain("reason", "事由"), plain("witness", "见证人"),
    ),
    "Deposited": (
        plain("what", "内容"), plain("from", "开始时间", "datetime"), plain("to", "结束时间", "datetime"),
        plain("device", "设备"), plain("late_reason", "迟延原因"),
    ),
    "Tied": (
        plain("what", "内容"), plain("from", "开始时间", "datetime"), plain("to", "结束时间", "datetime"),
        plain("device", "设备"), plain("late_reason", "迟延原因"),
    ),
    "Signed": (plain("reason", "拒签理由"), plain("witness", "见证人")),
    "Issued": (plain("number", "文号"), plain("date", "签发日期", "date")),
    "Handed": (plain("to", "提供给谁"), plain("purpose", "用途")),
}  # fmt: skip
WHEN = plain("at", "发生的时间", "datetime")
UNSEEN = "这份文书里有你无权查看的内容，不能由你更正"


@dataclass(frozen=True)
class Item:
    """One value of an entry that can be corrected: its place, its field, how it reads now."""

    path: str
    field: Field
    value: Any
    words: str


def items(entry: Entry, offers: Offers, case: CaseFile) -> list[Item]:
    """What can be corrected in an entry, as it stands with earlier corrections; when it happened comes first."""
    body, at = _standing(entry, case)
    found = [Item("/at", WHEN, at, wording.words(WHEN, at))]
    kind = facts.declared_of(entry, case.release)
    if kind is not None:
        local = local_values(kind, body["values"])
        found += [
            _item(f, f"/values/{f.name}", local.get(f.name), offers) for f in kind.fields if not f.system
        ]
    else:
        holder, held = ("/file", body["file"]) if "file" in body else ("", body)
        told = [f for f in PLAIN.get(entry.kind, ()) if f.name in held]
        found += [_item(f, f"{holder}/{f.name}", _local(f, held[f.name]), offers) for f in told]
    return [item for item in found if facts.correctable(entry, item.path)]


def _standing(entry: Entry, case: CaseFile) -> tuple[dict[str, Any], str]:
    """Body and moment of an entry with the corrections so far."""
    body: dict[str, Any] = {**(entry.body or {})}
    at = _wall(entry.at) if isinstance(entry.at, datetime) else entry.at.isoformat()
    for correction in case.corrections:
        if correction.target != entry.hash:
            continue
        if correction.path == "/at":
            at = correction.value
        elif (way := correction.path[1:].split("/", 1))[0] in ("values", "file"):
            body[way[0]] = {**body[way[0]], way[1]: correction.value}
        else:
            body[way[0]] = correction.value
    return body, at


def _wall(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%Y-%m-%dT%H:%M}"


def _local(field: Field, value: Any) -> Any:
    if field.type != "datetime" or not isinstance(value, str):
        return value
    return local_values(_holding(field), {field.name: value})[field.name]


def _holding(field: Field) -> Fact:
    return Fact(code="", label="", cites=(), fields=(field,))


def _item(field: Field, place: str, value: Any, offers: Offers) -> Item:
    return Item(place, field, value, wording.words(field, value, offers))


def _entry(view: View, entry: str) -> Entry:
    for found in view.entries:
        if found.hash == entry:
            return found
    raise NoSuchCase("案卷里没有这一条")


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, case: str, entry: str) -> HttpResponse:
    """Pick the value, write the new one and why."""
    view = seen(request, case)
    may_do(actor_of(request), "correct", view)
    found = _entry(view, entry)
    if secrets.hidden(document_of(view.case, entry)):
        raise NotPermitted(UNSEEN)
    offers = offers_for(view)
    known = items(found, offers, view.case) if found.body is not None else []
    asked = request.POST.get("path") or request.GET.get("path", "")
    item = next((one for one in known if one.path == asked), None)
    if request.method == "GET" or item is None:
        return _page(request, view, found, known, item)
    value = parse_value(item.field, request.POST, "value", offers, item.value)
    if request.POST.get("action", "").startswith("add:"):
        return _page(request, view, found, known, item, value=value, more=True)
    try:
        facts.correct(
            case, actor_of(request), entry, item.path, _recorded(item, value), request.POST.get("reason", "")
        )
    except Invalid as error:
        return _page(request, view, found, known, item, _named(error), value)
    messages.success(request, f"已更正“{item.field.label}”，等科室负责人确认；原来的仍然保留")
    return redirect(f"{reverse('case_timeline', args=[case])}#e{found.position}")


def _recorded(item: Item, value: Any) -> Any:
    """The new value as entries hold it. Raises Invalid when it is the old one or none."""
    if value is None or value == item.value:
        raise Invalid([Problem("value", item.field.label, "写明改为什么，要与原来的不同", True)])
    if item.path == "/at":
        moment, wrong = local_moment(str(value), "发生的时间", "value")
        if wrong:
            raise Invalid(wrong)
        return write(moment)
    return recorded_values(_holding(item.field), {item.field.name: value}).get(item.field.name, value)


def _named(error: Invalid) -> FormErrors:
    """What is wrong with the value stands at the one field that there is."""
    kept = ("reason", "entry")
    return FormErrors.of([
        p if p.field in kept else Problem("value", p.label, p.message, p.missing) for p in error.problems
    ])  # fmt: skip


def _page(
    request: HttpRequest,
    view: View,
    entry: Entry,
    known: list[Item],
    item: Item | None,
    errors: FormErrors | None = None,
    value: Any = None,
    more: bool = False,
) -> HttpResponse:
    what, sub = say(view.case, entry)
    document = document_of(view.case, entry.hash)
    context = {
        "entry": entry,
        "kind": KINDS[entry.kind].title,
        "what": what,
        "sub": sub,
        "items": known,
        "item": item,
        "shown": _shown(view, item, errors, value, more) if item else None,
        "offers": offers_for(view),
        "issued": _is_issued(document) and entry.kind == "Filed",
        "unfinished": entry.kind == "Filed" and _is_unfinished(document),
        "document": document,
        "voidable": not facts.not_voidable(view.case, entry),
        "post": request.POST,
    }
    return page(request, "desk/correct.html", view, errors, **context)


def _shown(view: View, item: Item, errors: FormErrors | None, value: Any, more: bool) -> Shown:
    """The field to be corrected, with the new value or, before there is one, the old."""
    message = errors.message("value") if errors else ""
    return show(item.field, "value", value or item.value, offers=offers_for(view), message=message, more=more)


def _is_issued(document: Document | None) -> bool:
    """Whether it went out under a number: then only a served correction notice mends it."""
    return document is not None and document.issued is not None and document.declared.facing != "I"


def _is_unfinished(document: Document | None) -> bool:
    """Whether it is a paper of ours that is still on its way: then it is written anew."""
    if document is None or document.current.origin != "made" or document.declared.layout == "received":
        return False
    return document.rendition("final") is None


@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, case: str, entry: str) -> HttpResponse:
    """Seal away an entry that must not be shown."""
    view = seen(request, case)
    may_do(actor_of(request), "void", view)
    found = _entry(view, entry)
    why, errors = facts.not_voidable(view.case, found), None
    if request.method == "POST":
        try:
            facts.void(case, actor_of(request), entry, request.POST.get("reason", ""))
        except Invalid as error:
            errors = FormErrors.of(error, "还不能封存")
        else:
            messages.success(request, "已封存：内容不再显示，校验值仍在，等科室负责人确认")
            return redirect("case_timeline", case)
    what, sub = say(view.case, found)
    context = {"entry": found, "what": what, "sub": sub, "why": why, "post": request.POST}
    return page(request, "desk/void.html", view, errors, **context)


urlpatterns = [
    path("cases/<str:case>/entries/<str:entry>/correct/", correct, name="correct"),
    path("cases/<str:case>/entries/<str:entry>/void/", void, name="void"),
]
