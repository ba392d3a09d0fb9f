"""The pages for what cannot be shown or done: not permitted, not there, form expired, fault."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from liuhen.acts.situation import Invalid
from liuhen.desk.shown.secrets import Closed
from liuhen.office.policy import NotPermitted
from liuhen.papers import PaperError
from liuhen.records.append import Conflict
from liuhen.records.read import NoSuchCase
from liuhen.vault.errors import VaultError


class NotYet(NoSuchCase):
    """At the moment asked for there was no such case yet; ``href`` leads to it as it is now."""

    def __init__(self, href: str) -> None:
        super().__init__("那时还没有这个案件")
        self.href = href


def _page(
    request: HttpRequest, status: int, title: str, *lines: str, ways: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    values = {"title": title, "lines": lines, "ways": ways}
    return render(request, "desk/refused.html", values, status=status)


def not_permitted(request: HttpRequest, error: NotPermitted) -> HttpResponse:
    """403: the words of policy, and whom to ask."""
    return _page(
        request,
        403,
        "没有权限",
        str(error),
        "需要办理或者查看本案的，请承办科室的负责人在“人员与当事人”里指派你；其他事，与系统管理员联系。",
    )


def closed(request: HttpRequest, error: Closed) -> HttpResponse:
    """403: why the paper itself is not given out, and what of it can be read."""
    return _page(
        request, 403, "这份纸面不能直接打开", str(error),
        "其余的内容都可以看：遮盖样上，不能看的地方写着〔保密〕。",
        "工作需要看原件的，请本案主办人或者承办科室的负责人提供；检查案卷的，可以要求其遮盖以后提供副本。",
        ways=(("看遮盖样和填写内容", error.href),),
    )  # fmt: skip


def no_such_case(request: HttpRequest, error: NoSuchCase) -> HttpResponse:
    """404: there is no such case, or nothing of that id in it."""
    return _page(request, 404, str(error), "地址里的编号不对。可以在案件页按案号、当事人查找。")


def not_yet(request: HttpRequest, error: NotYet) -> HttpResponse:
    """404: the case began later."""
    way = ("看现在的案卷", error.href)
    return _page(request, 404, str(error), "它是在这以后登记的。另选一天，或者看现在的案卷。", ways=(way,))


def invalid(request: HttpRequest, error: Invalid) -> HttpResponse:
    """400: an act refused what it was given and the page that asked did not say so at its form."""
    return _page(request, 400, "内容还不能这样办", *(problem.message for problem in error.problems))


def conflict(request: HttpRequest, error: Conflict) -> HttpResponse:
    """409: too many people wrote to the same case at once."""
    return _page(request, 409, "有人同时在办这个案件", "没有记下任何内容。请回到刚才的页面，再办一次。")


def no_paper(request: HttpRequest, error: PaperError) -> HttpResponse:
    """409: the paper of a document could not be made."""
    return _page(request, 409, "文书没有成文", str(error), "没有记下任何内容。改好以后，再办一次。")


def no_file(request: HttpRequest, error: VaultError) -> HttpResponse:
    """500: the vault does not give a file out or take it in."""
    return _page(request, 500, "文件取不出来", str(error), "请把这段话和现在的时间告诉系统管理员。")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own 403."""
    return _page(request, 403, "没有权限", "你没有打开这个页面的权限。")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page."""
    return _page(request, 404, "没有这个页面", "地址可能写错了，或者页面已经改名。")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a request that no page of ours makes."""
    return _page(request, 400, "看不懂的请求", "请回到刚才的页面，再办一次。")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token does not fit, mostly because of a sign-in in another window."""
    return _page(
        request, 403, "页面已经过期", "多半是在别的窗口重新登录过。没有记下任何内容。", "请回到刚才的页面，刷新以后再办一次。"
    )  # fmt: skip


def fault(request: HttpRequest) -> HttpResponse:
    """500: nothing that could fail again is used."""
    return HttpResponse(render_to_string("desk/fault.html"), status=500)
