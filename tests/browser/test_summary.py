"""A penalty on the spot on a tablet: two officers, one page, drawn signatures (R26.1, R26.2, P52.1)."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from liuhen.acts.engine import situation
from liuhen.records.models import CaseRow
from tests.browser.conftest import PASSWORD, TABLET
from tests.conftest import people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FACTS = "当事人收购玉米3吨，没有办理备案。"


def draw(page, n, *points):
    """A finger draws on the n-th pad; points are shares of it."""
    pad = page.locator("[data-pad] canvas").nth(n)
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    client = page.context.new_cdp_session(page)
    at = [{"x": box["x"] + box["width"] * x, "y": box["y"] + box["height"] * y} for x, y in points]
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": at[:1]})
    for point in at[1:]:
        client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def all_sign(page, password=PASSWORD):
    """Party, lead officer, colleague: each draws; the colleague types the own password."""
    for n in range(page.locator("[data-pad] canvas").count()):
        draw(page, n, (0.2, 0.3), (0.5, 0.3 + 0.1 * n), (0.7, 0.6))
    page.get_by_label("执法人员乙的密码").fill(password)
    page.get_by_role("button", name="确认签名").click()


def choose(page, group, option):
    page.get_by_role("group", name=group).get_by_text(option, exact=True).click()


def filled(page, *, fine="", facts=FACTS, violation="grain_no_filing"):
    """The first form; what the page knows is left alone."""
    page.get_by_label("同行的执法人员").select_option("执法人员乙（示例-0002）")
    choose(page, "当事人", "个体工商户")
    page.get_by_label("姓名或者名称").fill("某粮油商行")
    page.get_by_label("法定代表人（负责人、经营者）").fill("苗某")
    page.get_by_label("住所（住址）").fill("某镇集市街3号")
    page.get_by_label("违法行为（目录）").select_option(violation)
    page.get_by_label("检查地点").fill("某镇集市街3号")
    page.get_by_label("现场情况和违法事实").fill(facts)
    choose(page, "已出示执法证件并说明来意", "是")
    choose(page, "已告知处罚的事实、理由、依据和陈述申辩权", "是")
    choose(page, "处罚种类", "警告并罚款" if fine else "警告")
    if fine:
        page.get_by_label("罚款数额").fill(fine)


@pytest.fixture
def spot(desk):
    """The page, opened by the first officer on a tablet."""
    desk.at("2026-03-02 09:00")
    desk.page("jia", TABLET, touch=True)
    return desk.open("jia", "summary_new")


def case_of():
    return situation(CaseRow.objects.get().case, people()["jia"]).case


def test_two_officers_do_it_all_on_one_page(desk, spot):
    page = spot
    filled(page)
    desk.shoot(page, "summary-1", full=True)
    page.get_by_role("button", name="制作笔录，送签").click()
    page.get_by_role("heading", name="签名：现场检查（询问）笔录").wait_for()
    desk.shoot(page, "summary-2", full=True)
    desk.at("2026-03-02 09:02")
    all_sign(page)
    page.get_by_role("button", name="作出当场处罚决定").wait_for()
    desk.shoot(page, "summary-3", full=True)
    desk.at("2026-03-02 09:03")
    page.get_by_role("button", name="作出当场处罚决定").click()
    page.get_by_role("heading", name="签名：当场处罚决定书").wait_for()
    desk.at("2026-03-02 09:04")
    all_sign(page)
    page.get_by_role("button", name="已经交付").wait_for()
    desk.shoot(page, "summary-4", full=True)
    assert page.get_by_label("收件人").input_value() == "苗某"
    assert page.get_by_label("与当事人的关系").input_value() == "经营者"
    page.get_by_role("button", name="已经交付").click()
    page.get_by_role("heading", name="决定书已经交付").wait_for()
    desk.shoot(page, "summary-5", full=True)

    case = case_of()
    decision, record = case.latest("summary_decision"), case.latest("summary_inspection_record")
    assert case.officers == ["jia", "yi"]
    assert [d.values["penalties"] for d in (record, decision)] == [[{"kind": "警告"}]] * 2
    assert decision.issued.number == "大金普发改当罚〔2026〕1号"
    assert decision.values["remedies"]["kind"] == "reconsideration_first"
    for paper in (record, decision):
        assert [(s.person, s.name) for s in paper.signed_by("officer")] == [
            ("jia", "执法人员甲"),
            ("yi", "执法人员乙"),
        ]
        assert all(s.body["strokes"] for role in ("officer", "party") for s in paper.signed_by(role))
    assert decision.rendition("final") is not None
    assert decision.service[0].body["servers"] == ["jia", "yi"]
    page.get_by_role("button", name="去办").first.click()
    page.get_by_role("heading", name="当场处罚备案表").wait_for()
    assert desk.complaints == []


def test_bad_input_loses_nothing_and_a_wrong_password_signs_nothing(desk, spot):
    page = spot
    filled(page, fine="二百", violation="grain_standard")
    page.get_by_role("button", name="制作笔录，送签").click()
    expect(page.locator("#errors")).to_contain_text("罚款数额")
    assert page.get_by_label("现场情况和违法事实").input_value().strip() == FACTS
    assert CaseRow.objects.count() == 0
    page.get_by_label("罚款数额").fill("150")
    page.get_by_role("button", name="制作笔录，送签").click()
    page.get_by_role("heading", name="签名：现场检查（询问）笔录").wait_for()
    all_sign(page, password="猜的口令")
    expect(page.locator("#errors")).to_contain_text("执法人员乙的密码不对")
    assert case_of().latest("summary_inspection_record").signed_by("officer") == []
    page.get_by_label("执法人员乙的密码").fill(PASSWORD)
    page.get_by_role("button", name="确认签名").click()
    page.get_by_role("button", name="作出当场处罚决定").wait_for()
    assert len(case_of().latest("summary_inspection_record").signed_by("officer")) == 2


def test_r26_2_a_fine_above_the_limit_stops_and_the_case_turns(desk, spot):
    page = spot
    filled(page, fine="500", violation="grain_standard")
    page.get_by_role("button", name="制作笔录，送签").click()
    page.get_by_role("heading", name="签名：现场检查（询问）笔录").wait_for()
    all_sign(page)
    page.get_by_role("group", name="罚款缴纳方式").get_by_text("银行", exact=True).click()
    page.get_by_role("button", name="作出当场处罚决定").click()
    expect(page.locator("#stops")).to_contain_text("超过对公民当场罚款的限额200元")
    desk.shoot(page, "summary-stop", full=True)
    page.locator("#turn > summary").click()
    page.get_by_label("理由").select_option("处罚超过当场处罚的限额或者种类")
    page.get_by_label("具体情况").fill("拟罚款500元。")
    page.get_by_role("button", name="转为普通程序").click()
    expect(page.locator(".told")).to_contain_text("已转为普通程序")
    assert case_of().procedure == "penalty_ordinary"
    assert page.url.endswith(reverse("case", args=[case_of().id]))


def test_p52_1_a_refusal_to_sign_is_noted_on_the_form(desk, spot):
    page = spot
    filled(page)
    page.get_by_role("button", name="制作笔录，送签").click()
    all_sign(page)
    page.get_by_role("button", name="作出当场处罚决定").click()
    page.get_by_role("heading", name="签名：当场处罚决定书").wait_for()
    page.get_by_text("拒绝签名", exact=True).first.click()
    page.get_by_text("拒绝签名，在文书上注明").click()
    page.get_by_label("理由").fill("认为不应处罚。")
    draw(page, 1, (0.2, 0.3), (0.7, 0.6))
    draw(page, 2, (0.2, 0.6), (0.7, 0.3))
    page.get_by_label("执法人员乙的密码").fill(PASSWORD)
    page.get_by_role("button", name="确认签名").click()
    page.get_by_role("button", name="已经交付").wait_for()
    (sign,) = case_of().latest("summary_decision").signed_by("party")
    assert (sign.refused, sign.reason) == (True, "认为不应处罚。")
