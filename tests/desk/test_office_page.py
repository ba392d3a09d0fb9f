"""机关设置: what the bureau sets, with basis and day, by those who may; what was judged by the former value stays (R36.2)."""

from datetime import date

import pytest
from django.urls import reverse

from liuhen.measures.matters import MATTERS
from liuhen.measures.thresholds import THRESHOLDS
from liuhen.records import read
from tests.acts import drive as d
from tests.desk.pages import browser, page, text

STANDARD = {"name": "defence_days", "value": "7", "basis": "示范局发〔2026〕1号", "since": "2026-07-01"}
YEAR = {
    "year": "2027", "notice": "示例：关于2027年部分节假日安排的通知", "make_up": "2027-02-07、2027-02-20",
    "holidays": "元旦 2027-01-01 2027-01-03\n\n清明节 2027-04-05",
}  # fmt: skip
CERTIFICATE = {
    "person": "jia", "number": "示例-0100", "valid_from": "2031-01-01", "valid_to": "2035-12-31",
}  # fmt: skip
DELEGATION = {
    "person": "xin", "acting_for": "ren", "role": "principal_leader", "from": "2026-03-10", "to": "2026-03-20",
    "basis": "示例：外出学习期间由副局长主持工作",
}  # fmt: skip
PARTS = {
    "standards": (STANDARD, "geng"),
    "calendar": (YEAR, "geng"),
    "certificates": (CERTIFICATE, "geng"),
    "delegations": (DELEGATION, "ren"),
}
each_part = pytest.mark.parametrize("part", PARTS)


def post(who, part, at="2026-03-03 09:00", **change):
    with d.day(at):
        return browser(who).post(reverse("office_part", args=[part]), {**PARTS[part][0], **change})


@each_part
def test_each_part_is_shown_to_the_bureau_and_added_to_by_those_who_may(bureau, part):
    who = PARTS[part][1]
    assert "<form class" in page(browser(who), "office_part", part, query="?name=defence_days")
    assert (
        "<form class"
        not in page(browser("jia"), "office_part", part, query="?name=defence_days").split("<main", 1)[1]
    )
    assert post(who, part).status_code == 302


@each_part
@pytest.mark.parametrize("who", ["jia", "ding", "xin", "gui", "chuang", "wu"])
def test_nobody_else_adds(bureau, part, who):
    before = read.office_head()
    assert post(who, part).status_code == 403
    assert read.office_head() == before


def test_a_standard_holds_from_its_day_and_not_before(bureau):
    post("geng", "standards")
    office = read.office()
    assert office.setting("defence_days", date(2026, 6, 30), 5) == 5
    assert office.setting("defence_days", date(2026, 7, 1), 5) == 7
    shown = text(page(browser("jia"), "office_part", "standards", at="2026-07-02 09:00"))
    assert "示范局发〔2026〕1号" in shown
    assert "7 个工作日" in shown
    assert "示范局发〔2026〕1号" not in text(page(browser("jia"), "office_part", "standards"))


def test_a_share_is_told_in_percent_and_matters_by_their_titles(bureau):
    shown = text(page(browser("geng"), "office_part", "standards"))
    assert "加处罚款每日比例 3% " in shown
    assert (
        "本局的许可事项 企业投资项目核准、固定资产投资项目节能审查、管道保护范围内特定施工作业审批" in shown
    )
    assert "energy_review" not in shown
    form = page(browser("geng"), "office_part", "standards", query="?name=matters")
    assert form.count('name="value"') == len(MATTERS)
    assert form.count(" checked") == 3


def test_of_two_values_from_the_same_day_the_later_recorded_holds(bureau):
    post("geng", "standards")
    post("geng", "standards", value="6")
    assert read.office().setting("defence_days", date(2026, 7, 1), 5) == 6


def test_every_declared_standard_is_shown_and_can_be_set_as_it_stands(bureau):
    shown = page(browser("geng"), "office_part", "standards")
    for one in THRESHOLDS:
        assert one.label in text(shown), one.name
    for name, value, wanted in (
        ("hearing_fine_organisation", "80,000.50", 8_000_050),
        ("hold_recorded", "否", False),
        ("bureau_phone", "0411-1234", "0411-1234"),
        ("archive_days", "20", 20),
        ("additional_fine_rate", "2.5", 25),
        ("additional_fine_rate", "3%", 30),
        ("matters", ["energy_review", "pipeline_works"], "energy_review、pipeline_works"),
        ("matters", [], ""),
    ):
        assert post("geng", "standards", name=name, value=value).status_code == 302, name
        assert read.office().setting(name, date(2026, 7, 1), None) == wanted


@pytest.mark.parametrize(
    ("part", "change", "message"),
    [
        ("standards", {"value": "五"}, "填写整数"),
        ("standards", {"value": "0"}, "至少为 1"),
        ("standards", {"value": "1.5"}, "填写整数"),
        ("standards", {"basis": " "}, "填写依据"),
        ("standards", {"since": "七月"}, "填写自哪天起"),
        ("standards", {"name": "demo", "value": "1"}, "没有这一项标准"),
        ("standards", {"name": "hold_recorded", "value": "7"}, "选择是或者否"),
        ("standards", {"name": "hearing_fine_citizen", "value": "1.234"}, "最多写到分"),
        ("standards", {"name": "additional_fine_rate", "value": "千分之三"}, "填写百分数"),
        ("standards", {"name": "additional_fine_rate", "value": "0.25"}, "最多写一位小数"),
        ("standards", {"name": "additional_fine_rate", "value": "101"}, "不能超过 100%"),
        ("standards", {"name": "matters", "value": "tea_ceremony"}, "没有“tea_ceremony”这一事项"),
        ("standards", {"name": "archive_days", "value": "3%"}, "填写整数"),
        ("calendar", {"year": "明年"}, "填写年份"),
        ("calendar", {"notice": ""}, "填写通知"),
        ("calendar", {"holidays": "元旦"}, "第 1 行"),
        ("calendar", {"holidays": ""}, "逐行填写"),
        ("calendar", {"holidays": "元旦 2027-13-01"}, "第 1 行的“2027-13-01”不是日期"),
        ("calendar", {"make_up": "1月31日、下周六"}, "“下周六”不是日期"),
        ("certificates", {"person": "nobody"}, "选择持证人"),
        ("certificates", {"number": " "}, "填写证号"),
        ("certificates", {"valid_to": "2030-01-01"}, "不能早于"),
        ("delegations", {"person": "ren"}, "不能代行自己"),
        ("delegations", {"role": "bureau_leader"}, "现在担任的岗位"),
        ("delegations", {"to": "2026-03-01"}, "不能早于"),
        ("delegations", {"basis": ""}, "填写依据"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_recorded(bureau, part, change, message):
    before = read.office_head()
    answer = post(PARTS[part][1], part, **change)
    assert answer.status_code == 422
    assert message in text(answer.content.decode())
    assert read.office_head() == before


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("standards", ("value", "basis", "since")),
        ("calendar", ("year", "notice", "holidays")),
        ("certificates", ("person", "number", "valid_from", "valid_to")),
        ("delegations", ("person", "acting_for", "from", "to")),
    ],
)
def test_all_that_is_missing_is_said_at_once(bureau, part, fields):
    html = post(PARTS[part][1], part, **dict.fromkeys(fields, "")).content.decode()
    for field in fields:
        assert f'<a href="#{field}">' in html, field


def test_a_break_of_one_day_is_told_by_that_day(bureau):
    shown = text(page(browser("jia"), "office_part", "calendar"))
    assert "元旦 1月1日；春节 1月28日至2月4日" in shown
    assert "元旦 2023年12月30日至1月1日" in shown


def test_a_year_of_the_calendar_is_known_once_it_is_recorded(bureau):
    assert 2027 not in read.office().calendar().years
    post("geng", "calendar")
    calendar = read.office().calendar()
    assert not calendar.is_working_day(date(2027, 1, 1))
    assert calendar.is_working_day(date(2027, 2, 7))
    assert "本局记入" in page(browser("jia"), "office_part", "calendar")


def test_a_year_is_written_as_the_notice_writes_it(bureau):
    """元旦 1月1日至3日放假…，2月7日上班: the days are of that year unless they say another one."""
    holidays = "元旦 2026年12月31日 1月3日\n春节 2月5日 2月12日"
    assert post("geng", "calendar", holidays=holidays, make_up="1月31日、2月13日").status_code == 302
    year = read.office().calendar().years[2027]
    assert (year.holidays[0].first, year.holidays[0].last) == (date(2026, 12, 31), date(2027, 1, 3))
    assert [*map(str, sorted(year.make_up))] == ["2027-01-31", "2027-02-13"]


def test_a_certificate_and_a_delegation_are_shown_with_their_term(bureau):
    post("geng", "certificates")
    post("ren", "delegations")
    assert "示例-0100" in page(browser("jia"), "office_part", "certificates")
    shown = page(browser("jia"), "office_part", "delegations", at="2026-03-12 09:00")
    assert "现行" in shown
    assert "外出学习" in shown


def test_a_part_that_is_not_there_is_not_found(bureau):
    assert browser("geng").get(reverse("office_part", args=["keys"])).status_code == 404
