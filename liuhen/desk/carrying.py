"""A form that was sent after its session had ended 会话过期: what it held is kept until the same person has signed in again.

Who that is tells a signed cookie that outlives the session; it proves nothing to anybody and opens nothing. What is kept lies in
the new session, on the server, and is given to nobody else.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponseBase

COOKIE, SALT = "person", "liuhen.desk.person"
AGE = 30 * 24 * 3600  # seconds, longer than a session lasts
KEPT = "kept_form"
LARGEST = 500_000  # characters of a form that are kept
# Forms that hold nothing but passwords.
_NEVER = frozenset({"sign_in", "sign_out", "password"})


def mark(request: HttpRequest, response: HttpResponseBase) -> None:
    """Leave with the browser who is signed in; take it away when they sign out."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        if request.resolver_match and request.resolver_match.url_name == "sign_out":
            response.delete_cookie(COOKIE)
        return
    if _person(request) != user.get_username():
        response.set_signed_cookie(
            COOKIE, quote(user.get_username()), salt=SALT, max_age=AGE, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip


def _person(request: HttpRequest) -> str:
    # A header holds no Chinese name.
    return unquote(str(request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=AGE)))


def keep(request: HttpRequest) -> bool:
    """Keep what a form holds that nobody is signed in for any more; whether it was kept."""
    person, match = _person(request), request.resolver_match
    if request.method != "POST" or not person or match is None or match.url_name in _NEVER:
        return False
    pairs = [(name, v) for name, values in request.POST.lists() if not _lost(name) for v in values]
    if not pairs or sum(len(name) + len(str(value)) for name, value in pairs) > LARGEST:
        return False
    request.session[KEPT] = {
        "person": person,
        "path": request.get_full_path(),
        "pairs": pairs,
        "files": [str(file.name) for name in request.FILES for file in request.FILES.getlist(name)],
    }
    return True


def _lost(name: str) -> bool:
    """What is not kept of a form: the token of the session that has ended, and a colleague's password."""
    return name == "csrfmiddlewaretoken" or "password" in name


def kept(request: HttpRequest) -> dict[str, Any]:
    """What is kept for the signed-in person; empty when nothing is."""
    found: dict[str, Any] = request.session.get(KEPT, {})
    return found if found.get("person") == request.user.get_username() else {}  # type: ignore[union-attr]


def drop(request: HttpRequest) -> None:
    """Keep it no longer."""
    request.session.pop(KEPT, None)


def _drop_of_another(sender: object, request: HttpRequest, user: Any, **_: object) -> None:
    found = request.session.get(KEPT)
    if found is not None and found["person"] != user.get_username():
        drop(request)


user_logged_in.connect(_drop_of_another, dispatch_uid="liuhen.desk.carrying")
