"""A recording at the desk: played from its preview, gone through by keys and by its line, marked where it stands (R3.3; A14)."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from liuhen.acts import media, moments, previewing
from liuhen.office.models import User
from tests.acts import drive as d
from tests.browser.conftest import PHONE
from tests.recordings import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at(page):
    return page.evaluate("document.querySelector('video').currentTime")


def test_a_film_is_gone_through_by_keys_and_marked_where_it_stands(desk):
    people = {user.username: user.actor for user in User.objects.all()}
    case = d.Drive(people)
    film = making.film("检查.mkv", codec="mpeg4", seconds=12).read_bytes()
    desk.at("2026-03-03 16:00")
    media.deposit(
        case.case, people["jia"], film, "检查.mkv", what="检查录像", recorded=True,
        starts=d.local("2026-03-03 09:00"), ends=d.local("2026-03-03 09:01"),
    )  # fmt: skip
    (entry,) = case.state().recordings
    moments.mark(case.case, people["jia"], entry, 2, "出示执法证件。")
    previewing.make.call(case.state().recordings[entry].digest)
    page = desk.open("jia", "moment", case.case, entry)
    page.wait_for_function("document.querySelector('video').readyState > 0")
    assert page.evaluate("document.querySelector('video').duration") == pytest.approx(12, abs=0.3)

    page.locator("h1").click()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('video').currentTime === 5")
    expect(page.locator("[data-now]")).to_contain_text("0:00:05 / 0:00:12")
    expect(page.locator("[data-now]")).to_contain_text("09:00:05")
    page.keyboard.press(".")
    expect(page.locator("[data-speed]")).to_have_value("1.5")
    page.get_by_role("button", name="退 5 秒").click()
    page.wait_for_function("document.querySelector('video').currentTime === 0")
    page.get_by_role("link", name="0:00:02", exact=True).click()
    page.wait_for_function("document.querySelector('video').currentTime === 2")
    line = page.locator("[data-line]").bounding_box()
    page.mouse.click(line["x"] + line["width"] * 0.75, line["y"] + line["height"] - 4)
    page.wait_for_function("Math.abs(document.querySelector('video').currentTime - 9) < 0.2")

    page.keyboard.press("m")
    page.keyboard.type("加贴封条。")
    page.keyboard.press("Enter")
    page.get_by_text("已标记第 0:00:0").wait_for()
    (_, mark) = moments.marks(case.state(), case.state().recordings[entry])
    assert (mark.values["second"] in (8, 9), mark.values["text"]) == (True, "加贴封条。")
    with desk.sized(page, PHONE):
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    assert reverse("moment", args=[case.case, entry]) in page.url
    page.wait_for_load_state("networkidle")
    assert desk.complaints == []
