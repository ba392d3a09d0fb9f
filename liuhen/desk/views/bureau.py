"""机关设置: standards with basis and first day, years of the calendar, certificates, delegations; each by those permitted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from liuhen.acts import bureau, standards
from liuhen.acts.situation import Invalid, invalid
from liuhen.casefile.office import Office
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.sight import actor_of
from liuhen.desk.words import today, yuan
from liuhen.measures.calendar import Break
from liuhen.measures.matters import MATTERS, confirmed
from liuhen.measures.thresholds import THRESHOLDS, Threshold, threshold
from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.office.policy import Subject, may, require
from liuhen.records import read

TABS = (
    ("standards", "标准和本局情况"), ("calendar", "工作日历"), ("certificates", "执法证"), ("delegations", "代行"),
)  # fmt: skip
# Which act each part of the page needs.
NEEDS = {
    "standards": "set_value", "calendar": "set_calendar", "certificates": "certify", "delegations": "delegate",
}  # fmt: skip
# How a unit is said after a number.
_UNITS = {"工作日": " 个工作日", "日": " 日", "小时": " 小时", "千分之": "%", "评分": " 分", "年": " 年"}
# What the field of a unit is called.
_LABELS = {
    "分": "数额（元）",
    "千分之": "比例（%）",
    "工作日": "数值（工作日）",
    "日": "数值（日）",
    "小时": "数值（小时）",
    "评分": "分数",
    "年": "数值（年）",
}


@dataclass(frozen=True)
class Standard:
    """A declared value, what holds today, why, since when, and whether the bureau has yet to confirm it."""

    declared: Threshold
    value: str
    basis: str
    since: date | None
    example: bool


def standards_of(office: Office, on: date) -> list[Standard]:
    """All declared values as they hold on a day."""
    names = dict.fromkeys(one.name for one in THRESHOLDS)
    return [_standard(office, threshold(name, on), on) for name in names]


def _standard(office: Office, declared: Threshold, on: date) -> Standard:
    own = [(since, value) for since, name, value in office.settings if name == declared.name and since <= on]
    value = office.setting(declared.name, on, declared.value)
    money = declared.unit == "分" and isinstance(value, int)
    told = yuan(value) if money else standards.shown(declared, value) + _UNITS.get(declared.unit, "")
    basis = office.bases.get((declared.name, max(s for s, _ in own))) if own else None
    return Standard(
        declared, told, basis or declared.basis, max(s for s, _ in own) if own else None,
        "示例" in (basis or declared.basis),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, name: str) -> HttpResponse:
    """One part of the page; a POST adds to its register."""
    if name not in NEEDS:
        raise Http404
    actor = actor_of(request)
    require(actor, "see_office", Subject())
    if request.method == "GET":
        return _page(request, name)
    require(actor, NEEDS[name], Subject())
    try:
        _ADD[name](request)
    except Invalid as error:
        return _page(request, name, FormErrors.of(error))
    messages.success(request, "已经记入，以前的仍在记录里")
    return redirect("office_part", name)


def _day(request: HttpRequest, name: str, label: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, "").strip())
    except ValueError as error:
        raise invalid(name, f"填写{label}，如 2027-01-01") from error


def _person(request: HttpRequest, name: str, label: str) -> str:
    person = request.POST.get(name, "")
    if person not in read.office().people:
        raise invalid(name, f"选择{label}")
    return person


def _together(*asked: Callable[[], Any]) -> list[Any]:
    """What each of these reads from the form; Invalid with the problems of all of them at once."""
    found, wrong = [], []
    for one in asked:
        try:
            found.append(one())
        except Invalid as error:
            wrong += error.problems
    if wrong:
        raise Invalid(wrong)
    return found


def _text(request: HttpRequest, name: str, wanted: str) -> str:
    text = request.POST.get(name, "").strip()
    if not text:
        raise invalid(name, wanted)
    return text


def _set_standard(request: HttpRequest) -> None:
    given = request.POST
    name, text = given.get("name", ""), "、".join(given.getlist("value"))
    _, basis, since = _together(
        lambda: standards.typed(standards.declared(name, today()), text),
        lambda: _text(request, "basis", standards.BASIS_WANTED),
        lambda: _day(request, "since", "自哪天起"),
    )
    standards.set_standard(actor_of(request), name, text, basis=basis, since=since)


def _add_year(request: HttpRequest) -> None:
    given = request.POST
    asked = given.get("year", "").strip()
    year, notice, holidays, make_up = _together(
        lambda: _year(asked),
        lambda: _text(request, "notice", "填写通知的名称和文号"),
        lambda: _holidays(given.get("holidays", ""), asked),
        lambda: [
            _date(one, asked, "make_up")
            for one in re.split(r"[\s，、；,;]+", given.get("make_up", ""))
            if one
        ],
    )
    table = {"year": year, "notice": notice, "holidays": holidays, "make_up": make_up}
    bureau.set_calendar(actor_of(request), table)


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 2000 <= int(text) <= 2100):
        raise invalid("year", "填写年份，如 2027")
    return int(text)


_DAY = re.compile(r"(?:(?P<year>\d{4})[-年./])?(?P<month>\d{1,2})[-月./](?P<day>\d{1,2})日?")


def _date(text: str, year: str, field: str, line: int = 0) -> str:
    """A day as the notice or a person writes it (2027-02-05, 2月5日: of the year that is entered, which is told by itself when it
    is none). Raises Invalid."""
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        return date(
            int(found["year"] or (year if year.isdecimal() else "2000")),
            int(found["month"]),
            int(found["day"]),
        ).isoformat()
    except ValueError:
        where = f"第 {line} 行的" if line else ""
        raise invalid(field, f"{where}“{text}”不是日期，写作 2月5日或者 2027-02-05") from None


def _holidays(text: str, year: str) -> list[dict[str, str]]:
    """Lines of name, first and last day; a single day once."""
    rows: list[dict[str, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        parts = line.split()
        if not parts:
            continue
        if len(parts) not in (2, 3):
            raise invalid("holidays", f"第 {number} 行应为“名称 第一天 最后一天”，如：元旦 1月1日 1月3日")
        first, last = (_date(one, year, "holidays", number) for one in (parts[1], parts[-1]))
        rows.append({"name": parts[0], "first": first, "last": last})
    if not rows:
        raise invalid("holidays", "逐行填写各个假期")
    return rows


def _add_certificate(request: HttpRequest) -> None:
    person, number, starts, ends = _together(
        lambda: _person(request, "person", "持证人"),
        lambda: _text(request, "number", "填写证号"),
        lambda: _day(request, "valid_from", "有效期自"),
        lambda: _day(request, "valid_to", "有效期至"),
    )
    bureau.certify(actor_of(request), person, number, starts, ends)


def _add_delegation(request: HttpRequest) -> None:
    person, other, starts, ends = _together(
        lambda: _person(request, "person", "代行人"),
        lambda: _person(request, "acting_for", "代行谁"),
        lambda: _day(request, "from", "自哪天起"),
        lambda: _day(request, "to", "至哪天止"),
    )
    given = request.POST
    bureau.delegate(
        actor_of(request), person, other, given.get("role", ""), starts, ends, given.get("basis", "")
    )


_ADD: dict[str, Callable[[HttpRequest], None]] = {
    "standards": _set_standard,
    "calendar": _add_year,
    "certificates": _add_certificate,
    "delegations": _add_delegation,
}


def _page(request: HttpRequest, name: str, errors: FormErrors | None = None) -> HttpResponse:
    office, on = read.office(), today()
    people = sorted(office.people.values(), key=lambda p: (p.section, p.name))
    chosen = request.POST.get("name") or request.GET.get("name", "")
    named = next((s for s in standards_of(office, on) if s.declared.name == chosen), None)
    values: dict[str, Any] = {
        "here": "measures",
        "part": name,
        "tabs": [(reverse("office_part", args=[code]), label, code == name) for code, label in TABS],
        "may_add": may(actor_of(request), NEEDS[name], Subject()),
        "standards": standards_of(office, on),
        "chosen": named,
        "chosen_value": standards.shown(named.declared, office.setting(chosen, on, named.declared.value)) if named else "",
        "chosen_label": _LABELS.get(named.declared.unit, "内容") if named else "",
        "matters": MATTERS.values(),
        "matters_chosen": confirmed("、".join(request.POST.getlist("value")) or office.setting("matters", on, "")),
        "years": [
            (year, "；".join(f"{one.name} {_span(one, year.year)}" for one in year.holidays),
             "、".join(_told(day, year.year) for day in year.make_up))
            for year in sorted(office.calendar().years.values(), key=lambda y: -y.year)
        ],
        "own_years": {year.year for year in office.years},
        "certificates": sorted(
            ((office.name(c.person), c, c.valid(on)) for c in office.certificates), key=lambda row: row[0]
        ),
        "delegations": [
            (office.name(x.person), office.name(x.acting_for), ROLE_NAMES.get(x.role, x.role), x, x.starts <= on <= x.ends)
            for x in sorted(office.delegations, key=lambda x: x.starts, reverse=True)
        ],
        "people": people,
        "roles": [(code, ROLE_NAMES[code]) for code in bureau.DELEGATED],
        "errors": errors,
        "post": request.POST,
    }  # fmt: skip
    return render(request, "desk/office.html", values, status=UNPROCESSABLE if errors else 200)


def _told(day: date, year: int) -> str:
    """A day in a row of its year: 5月1日, of another year with that."""
    return f"{day.month}月{day.day}日" if day.year == year else f"{day.year}年{day.month}月{day.day}日"


def _span(one: Break, year: int) -> str:
    """A break as a row tells it, one of a single day by that day alone."""
    first, last = _told(one.first, year), _told(one.last, year)
    return first if first == last else f"{first}至{last}"


def office(request: HttpRequest) -> HttpResponse:
    """The first part."""
    return redirect("office_part", TABS[0][0])


urlpatterns = [
    path("office/", office, name="office"),
    path("office/<str:name>/", part, name="office_part"),
]
