"""Who gets in, and what a refusal looks like: sign-in is required everywhere unless a view says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from liuhen.acts.situation import Invalid, Stopped
from liuhen.desk import carrying, errors
from liuhen.desk.shown.secrets import Closed
from liuhen.desk.stop import stop_page
from liuhen.office.policy import NotPermitted
from liuhen.papers import PaperError
from liuhen.records.append import Conflict
from liuhen.records.read import NoSuchCase
from liuhen.vault.errors import VaultError

Answer = Callable[[HttpRequest, Any], HttpResponse]


class SignedIn(LoginRequiredMiddleware):
    """Django's own, except that a request made by a script is answered with 401 and not with the page of the sign-in,
    so that what was typed stays in the page; and that what a form held is kept until its writer has signed in again."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """401 for a script, else what Django answers."""
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        scripted = getattr(request, "htmx", False) or request.headers.get("X-Requested-With")
        scripted = scripted or getattr(view_func, "scripted", False)
        if answer is not None and scripted:
            return HttpResponse("登录已经过期，请在另一个窗口重新登录，再回到本页", status=401)
        if answer is not None and carrying.keep(request):
            return redirect_to_login(reverse("resend"))
        return answer

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave with the browser who is signed in, so that a form sent too late is kept for them."""
        carrying.mark(request, response)
        return response


ANSWERS: tuple[tuple[type[Exception], Answer], ...] = (
    (Stopped, stop_page),
    (Closed, errors.closed),
    (NotPermitted, errors.not_permitted),
    (errors.NotYet, errors.not_yet),
    (NoSuchCase, errors.no_such_case),
    (Invalid, errors.invalid),
    (Conflict, errors.conflict),
    (PaperError, errors.no_paper),
    (VaultError, errors.no_file),
)


class Refusals:
    """Turns what acts and reveal raise into pages of their own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal; None leaves the exception to Django."""
        for kind, answer in ANSWERS:
            if isinstance(exception, kind):
                return answer(request, exception)
        return None
