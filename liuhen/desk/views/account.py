"""Sign in, sign out, and what a person sets for themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from liuhen.casefile.values import Problem
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.frame import THEMES
from liuhen.office.models import User

LOCKED = "连续输错多次，这个账号在这台电脑上暂停登录 15 分钟。忘记密码的，请系统管理员重设。"


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: an address of this site, else the desk."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else resolve_url("work")


def _form(request: HttpRequest, errors: FormErrors | None = None, status: int = 200) -> HttpResponse:
    values = {"username": request.POST.get("username", ""), "next": _next(request), "errors": errors}
    return render(request, "desk/sign_in.html", values, status=status)


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    if request.method == "GET":
        return _form(request)
    username, password = request.POST.get("username", "").strip(), request.POST.get("password", "")
    blank = [Problem("username", "用户名", "填写用户名", True)] if not username else []
    blank += [Problem("password", "密码", "填写密码", True)] if not password else []
    if blank:
        return _form(request, FormErrors.of(blank), UNPROCESSABLE)
    user = authenticate(request=request, username=username, password=password)
    if user is None:
        wrong = Problem("username", "用户名", "用户名或者密码不对，请重新填写", False)
        return _form(request, FormErrors.of([wrong], "没有登录"), UNPROCESSABLE)
    login(request, user)
    return redirect(_next(request))


@sensitive_post_parameters("password")
def locked_out(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """What axes answers after too many wrong passwords."""
    problem = Problem("username", "用户名", LOCKED, False)
    return _form(request, FormErrors.of([problem], "暂停登录"), 429)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign_in")


@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here, which theme I see."""
    user = _user(request)
    if request.method == "POST":
        chosen = request.POST.get("theme", "")
        if chosen in THEMES:
            user.theme = chosen
            user.save(update_fields=["theme"])
            messages.success(request, f"显示已改为{THEMES[chosen]}")
        return redirect("me")
    return _me(request, None)


@sensitive_post_parameters()
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Change my password."""
    user = _user(request)
    problems = _password_problems(user, request.POST)
    if problems:
        return _me(request, FormErrors.of(problems, "密码没有改"), UNPROCESSABLE)
    user.set_password(request.POST["new"])
    user.save(update_fields=["password"])
    update_session_auth_hash(request, user)
    messages.success(request, "密码已改，下次登录起使用")
    return redirect("me")


def _password_problems(user: User, given: Any) -> list[Problem]:
    if not user.check_password(given.get("old", "")):
        return [Problem("old", "原密码", "填写现在使用的密码", False)]
    if given.get("new") != given.get("again"):
        return [Problem("again", "再写一遍", "两遍新密码不一样，请重新填写", False)]
    try:
        validate_password(given.get("new", ""), user)
    except ValidationError as error:
        return [Problem("new", "新密码", "".join(error.messages), False)]
    return []


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _me(request: HttpRequest, errors: FormErrors | None, status: int = 200) -> HttpResponse:
    values = {"here": "me", "themes": THEMES, "errors": errors}
    return render(request, "desk/me.html", values, status=status)


urlpatterns = [
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-out/", sign_out, name="sign_out"),
    path("me/", me, name="me"),
    path("me/password/", password, name="password"),
]
