"""Every number of supervision opens exactly the cases it counts (R5.1)."""

import io
import re
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from liuhen.records.models import CaseRow, FindingRow, LimitRow
from liuhen.supervision import overview as figures
from liuhen.supervision.overview import Period
from tests.acts import drive as d
from tests.archives import making
from tests.desk.pages import browser

AT = "2026-06-01 09:00"


def several(people):
    """A closed case, one that waits, and one without its officers."""
    closed = making.closed(people)
    waiting = d.Drive(people)
    d.source(waiting)
    d.Drive(people, opened="2026-03-05 09:00")
    return [closed.case, waiting.case]


@pytest.fixture
def cases(bureau):
    return several(bureau)


def page(who="geng", **query):
    with d.day(AT):
        return browser(who).get(reverse("supervise"), query)


def test_each_number_opens_exactly_the_cases_it_counts(cases):
    html = page(**{"from": "2026-01-01", "to": "2026-12-31"}).content.decode()
    links = re.findall(r'<a href="(/supervision/cases/\?[^"]+)">(\d+)</a>', html)
    assert len(links) > 20
    with d.day(AT):
        client = browser("geng")
        for href, number in links:
            answer = client.get(href.replace("&amp;", "&"))
            assert answer.context["total"] == int(number), href
            assert len(answer.context["lines"]) == min(int(number), 50)


def test_the_figures_are_those_of_the_rows(cases):
    year = Period(date(2026, 1, 1), date(2026, 12, 31))
    found = figures.overview(CaseRow.objects.all(), year)
    numbers = {
        figure.code: cell.number for figure, cell in zip(figures.FIGURES, found.total.cells, strict=True)
    }
    assert numbers["opened"] == CaseRow.objects.count() == 3
    assert numbers["closed"] == 1
    assert numbers["open"] == 2
    missed = LimitRow.objects.filter(state__in=("late", "overdue")).values("case").distinct().count()
    assert numbers["late"] == missed
    assert sum(line.cells[0].number for line in found.sections) == numbers["opened"]
    codes = {line.code: line.cells[0].number for line in found.findings}
    assert codes == {
        code: FindingRow.objects.filter(code=code).values("case").distinct().count()
        for code in FindingRow.objects.values_list("code", flat=True)
    }


def test_the_period_narrows(cases):
    assert 'class="mut">0<' in page(**{"from": "2020-01-01", "to": "2020-12-31"}).content.decode()


@pytest.mark.parametrize(
    "query",
    [{"from": "x"}, {"from": "2026-13-01", "to": "2026-01-01"}, {"from": "2026-05-01", "to": "2026-01-01"}],
)
def test_a_bad_period_is_no_error(cases, query):
    assert page(**query).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"),
    [("geng", 200), ("ren", 200), ("jia", 403), ("ding", 403), ("admin", 403), ("gui", 403)],
)
def test_only_supervision_and_leaders_see_it(bureau, who, status):
    assert page(who).status_code == status
    with d.day(AT):
        for name in ("supervised_cases", "supervised_findings", "samples", "publish_penalties"):
            assert browser(who).get(reverse(name)).status_code == status, name


def test_the_table_is_the_same_as_a_file(cases):
    answer = page(table="1", **{"from": "2026-01-01", "to": "2026-12-31"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[-1][:2] == ("合计", "3")
