"""Several signatures in one form: the party, the officer signed in, a colleague who types the own password (domain §5).

Names in the form: ``strokes_<n>``, ``name_<n>``, ``password_<n>``, ``refuse_<n>``, ``reason_<n>``, ``witness_<n>`` of the place ``n``.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest

from liuhen.acts import signatures
from liuhen.acts.situation import Invalid, invalid
from liuhen.casefile.state import Document
from liuhen.casefile.values import Problem
from liuhen.compliance.reading import people
from liuhen.desk.places import Place, places
from liuhen.desk.sight import actor_of
from liuhen.desk.views.signing import strokes_of
from liuhen.office.models import User
from liuhen.office.policy import Actor


def pads(request: HttpRequest, document: Document) -> list[dict[str, Any]]:
    """The places that are still empty and must be signed, with what was typed and drawn before the form was given back."""
    actor = actor_of(request)
    return [
        {
            "place": place, "colleague": place.own and not place.open_to(actor),
            "name": request.POST.get(f"name_{place.index}", place.name),
            "strokes": request.POST.get(f"strokes_{place.index}", ""),
            "refused": bool(request.POST.get(f"refuse_{place.index}")),
            "reason": request.POST.get(f"reason_{place.index}", ""),
            "witness": request.POST.get(f"witness_{place.index}", ""),
        }
        for place in places(document)
        if place.sign is None and place.required
    ]  # fmt: skip


def given_at(request: HttpRequest, document: Document, place: Place) -> tuple[Actor, dict[str, Any]] | None:
    """What was given at one place: who acts, and what is signed; None for nothing. Raises Invalid."""
    n, post = place.index, request.POST
    if place.sign is not None:
        return None
    if post.get(f"refuse_{n}"):
        reason = post.get(f"reason_{n}", "")
        if not reason.strip():
            raise invalid(f"reason_{n}", "写明拒绝签名的理由")
        name = post.get(f"name_{n}", "").strip() or place.name or place.label
        more = {"role": place.role, "name": name, "means": "refused", "reason": reason}
        return actor_of(request), {**more, "witness": post.get(f"witness_{n}", "")}
    strokes = strokes_of(post.get(f"strokes_{n}", ""))
    if not strokes:
        return None
    try:
        signatures.check_strokes(strokes)
    except Invalid as error:
        raise Invalid(
            [Problem(f"strokes_{n}", place.label, p.message, False) for p in error.problems]
        ) from error
    if not place.own:
        name = post.get(f"name_{n}", "").strip()
        if not name:
            raise invalid(f"name_{n}", "填写签名人姓名")
        return actor_of(request), {"role": place.role, "name": name, "strokes": strokes}
    return _officer(request, document, place), {"role": place.role, "strokes": strokes}


def _officer(request: HttpRequest, document: Document, place: Place) -> Actor:
    """The officer whose place it is: the one signed in, or a colleague by the own password. Raises Invalid."""
    me = actor_of(request)
    if place.open_to(me):
        return me
    field = f"password_{place.index}"
    person = next((p.id for p in people(document.values.get("officers")) if p.name == place.name), "")
    password = request.POST.get(field, "")
    if not password:
        raise invalid(field, f"请{place.name}输入本人的密码")
    user = authenticate(request=request, username=person, password=password)
    if not isinstance(user, User):
        raise invalid(field, f"{place.name}的密码不对，没有签上")
    return user.actor
