"""A sketch drawn in the page by mouse and finger is what is saved, printed and kept (R7.3, R14.1); lists by keyboard."""

import pytest
from playwright.sync_api import expect

from liuhen.acts import documents
from liuhen.acts.engine import situation
from liuhen.acts.storage import vault
from liuhen.casefile import sketch
from liuhen.papers import page_images
from liuhen.records.models import Draft
from tests.acts import drive as d
from tests.browser.conftest import TABLET
from tests.conftest import people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TIMES = {"started_at": "2026-03-03T09:00", "ended_at": "2026-03-03T09:30", "place": "某街道某路1号"}
SITE = {**TIMES, "certificates_shown": True, "recusal_answer": "不申请", "situation": "没有台账。"}


def begun(desk, kind, known, *, touch=False):
    """The page of a draft on the officer's screen."""
    staff = people()
    drive = d.Drive(staff)
    d.source(drive)
    desk.at("2026-03-03 10:00")
    with d.day("2026-03-03 10:00"):
        draft = documents.new_draft(drive.case, staff["jia"], kind, known)
    desk.page("jia", TABLET if touch else (1366, 768), touch=touch)
    return desk.open("jia", "document", draft.document), drive, staff, draft.document


def drag(page, *points):
    """Draw with the mouse through shares of the field."""
    box = page.locator(".sketch-field").bounding_box()
    places = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=4)
    page.mouse.up()


def drawn(draft):
    """The shapes that the draft holds now."""
    rows = Draft.objects.get(document=draft).values.get("sketch") or []
    return [shape for row in rows for shape in sketch.read(row["drawn"])]


def saved(page):
    page.evaluate("document.getElementById('saved').textContent = ''")
    page.locator("#save").click()
    expect(page.locator("#saved")).to_contain_text("已存稿")


def test_what_is_drawn_by_mouse_is_saved_printed_and_kept(desk):
    page, drive, staff, draft = begun(desk, "site_inspection_record", SITE)
    field = page.locator(".sketch-field")
    field.scroll_into_view_if_needed()
    drag(page, (0.1, 0.1), (0.5, 0.1))
    page.get_by_role("button", name="方框").click()
    drag(page, (0.2, 0.3), (0.6, 0.8))
    page.get_by_role("button", name="文字", exact=True).click()
    page.locator("[data-words]").fill("大门 <北>")
    field.click(position={"x": 20, "y": 20})
    page.get_by_role("button", name="照片位置").click()
    field.click(position={"x": 60, "y": 60})
    page.get_by_role("button", name="直线").click()
    drag(page, (0.8, 0.8), (0.9, 0.9))
    page.get_by_role("button", name="撤销").click()
    saved(page)
    shapes = drawn(draft)
    assert [shape.kind for shape in shapes] == ["line", "box", "text", "pin"]
    assert shapes[0].points == pytest.approx((100, 70, 500, 70), abs=4)
    assert shapes[1].points == pytest.approx((200, 210, 600, 560), abs=4)
    assert (shapes[2].text, shapes[3].text) == ("大门 <北>", "1")
    desk.shoot(page, "sketch")

    page.reload()
    expect(page.locator(".sketch-field > *")).to_have_count(5)
    with d.day("2026-03-03 10:05"):
        documents.finalise(draft, staff["jia"])
    (row,) = situation(drive.case, staff["jia"]).case.documents[draft].values["sketch"]
    with vault().open(row["digest"]) as file:
        assert sketch.read(file.read().decode()) == shapes
    with d.day("2026-03-03 10:10"):
        again = documents.revise(drive.case, staff["jia"], draft)
    assert again.values["sketch"] == [{"drawn": sketch.write(shapes), "name": sketch.NAME}]
    rendition = situation(drive.case, staff["jia"]).case.documents[draft].rendition("for_signature")
    with vault().open(rendition.digest) as file:
        assert page_images(file.read(), 40)
    assert desk.complaints == []


def test_a_finger_draws_freely_and_a_touch_erases(desk):
    page, _, _, draft = begun(desk, "site_inspection_record", SITE, touch=True)
    page.locator(".sketch-field").scroll_into_view_if_needed()
    page.get_by_role("button", name="手绘").tap()
    client = page.context.new_cdp_session(page)

    def touch(kind, *points):
        box = page.locator(".sketch-field").bounding_box()
        places = [{"x": box["x"] + box["width"] * x, "y": box["y"] + box["height"] * y} for x, y in points]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    for end in (0.4, 0.8):
        touch("touchStart", (0.2, end))
        for x in (0.3, 0.4, 0.5):
            touch("touchMove", (x, end))
        touch("touchEnd")
    saved(page)
    assert [len(shape.points) >= 8 for shape in drawn(draft)] == [True, True]
    page.get_by_role("button", name="擦除").click()
    page.locator(".sketch-field").scroll_into_view_if_needed()
    touch("touchStart", (0.3, 0.8))
    touch("touchEnd")
    saved(page)
    (left,) = drawn(draft)
    assert left.points[1] == pytest.approx(280, abs=8)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def paste(page, into, text):
    """What was copied from a spreadsheet is pasted into a field."""
    page.locator(f"[name='{into}']").evaluate(
        "(field, text) => { const data = new DataTransfer(); data.setData('text/plain', text); "
        "field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }",
        text,
    )


def test_enter_goes_down_a_list_adds_a_row_and_quantities_add_up(desk):
    page, _, _, draft = begun(
        desk, "evidence_register_list", {"items": [{"name": "账册", "unit": "本", "quantity": 2}]}
    )
    page.locator("[name='items.0.name']").press("Enter")
    expect(page.locator("[name='items.1.name']")).to_be_focused()
    page.keyboard.type("票据")
    page.locator("[name='items.1.quantity']").fill("1,200")
    page.locator("[name='items.1.unit']").fill("张")
    expect(page.locator("[data-totals=items] [data-sum]")).to_have_text("合计 2 项：2本，1,200张")
    paste(page, "items.1.name", "序号\t数量\t名称\t单位\n1\t12.5\t稻谷\t吨\n2\t0.1\t玉米\t吨\n")
    expect(page.locator("[data-totals=items] [data-sum]")).to_have_text("合计 3 项：2本，12.6吨")
    page.locator("[name='items.1.quantity']").press("ArrowUp")
    expect(page.locator("[name='items.0.quantity']")).to_be_focused()
    desk.shoot(page, "rows")
    saved(page)
    assert [row["quantity"] for row in Draft.objects.get(document=draft).values["items"]] == [
        2,
        "12.5",
        "0.1",
    ]
    assert desk.complaints == []
