"""Signing on a tablet with a finger: what is drawn is what is kept."""

import pytest
from playwright.sync_api import expect

from liuhen.acts import documents
from liuhen.acts.engine import situation
from tests.acts import drive as d
from tests.browser.conftest import PHONE, TABLET
from tests.conftest import people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signing(desk):
    """The sign page of an inspection record, on the officer's tablet."""
    staff = people()
    drive = d.Drive(staff)
    d.source(drive)
    desk.at("2026-03-03 10:00")
    with d.day("2026-03-03 10:00"):
        document, _ = documents.file_document(drive.case, staff["jia"], "site_inspection_record", {
            "started_at": "2026-03-03T09:00", "ended_at": "2026-03-03T09:30", "place": "某街道某路1号",
            "certificates_shown": True, "recusal_answer": "不申请", "situation": "没有台账。",
        })  # fmt: skip
    desk.page("jia", TABLET, touch=True)
    page = desk.open("jia", "sign", drive.case, document)
    return page, lambda: situation(drive.case, staff["jia"]).case.documents[document]


def finger(page, *strokes):
    """Draw strokes, each a list of shares of the pad, as touch events bring them."""
    box = page.locator("canvas").bounding_box()
    client = page.context.new_cdp_session(page)
    for stroke in strokes:
        points = [{"x": box["x"] + box["width"] * x, "y": box["y"] + box["height"] * y} for x, y in stroke]
        client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
        for point in points[1:]:
            client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_finger_signs_and_the_drawing_keeps_its_proportions(signing):
    """Strokes are integers 0..1000 of a field three wide and one high, whatever the shape of the pad."""
    page, document = signing
    page.locator("canvas").scroll_into_view_if_needed()
    finger(page, [(0.3, 0.3), (0.5, 0.3), (0.5, 0.6)], [(0.6, 0.5), (0.6, 0.5)])
    page.get_by_role("button", name="确认签名").click()
    expect(page.locator(".told")).to_contain_text("执法人员甲已签名")

    (sign,) = document().signed_by("officer")
    strokes = sign.body["strokes"]
    assert len(strokes) == 2
    assert all(isinstance(v, int) and 0 <= v <= 1000 for stroke in strokes for v in stroke)
    xs, ys = strokes[0][::2], strokes[0][1::2]
    across, down = 3 * (max(xs) - min(xs)), max(ys) - min(ys)
    box = page.locator("canvas").bounding_box()
    assert across / down == pytest.approx(0.2 * box["width"] / (0.3 * box["height"]), rel=0.05)


def test_redoing_begins_anew_and_an_empty_pad_is_told(signing):
    page, document = signing
    page.locator("canvas").scroll_into_view_if_needed()
    finger(page, [(0.3, 0.3), (0.5, 0.6)])
    page.get_by_role("button", name="重写").click()
    page.get_by_role("button", name="确认签名").click()
    expect(page.locator("#errors")).to_contain_text("请在签名框内书写姓名")
    assert document().signed_by("officer") == []


def test_the_pages_come_before_the_pad_at_every_width(desk, signing):
    """mock/README: reading before signing, in DOM and on screen."""
    page, _ = signing
    for size in (TABLET, PHONE):
        with desk.sized(page, size):
            sheet, pad = page.locator(".a-text").bounding_box(), page.locator("canvas").bounding_box()
            assert sheet["y"] + sheet["height"] <= pad["y"]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert desk.complaints == []
