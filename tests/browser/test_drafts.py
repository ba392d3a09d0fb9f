"""A draft in real browsers: it saves itself, survives a lost connection, and tells two people of each other."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from liuhen.acts import documents
from liuhen.acts.engine import situation
from liuhen.records.models import Draft
from tests.acts import drive as d
from tests.browser.conftest import PASSWORD, PHONE
from tests.conftest import people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(desk):
    """An inspection record begun by the case's officer."""
    staff = people()
    drive = d.Drive(staff)
    d.source(drive)
    desk.at("2026-03-03 10:00")
    with d.day("2026-03-03 10:00"):
        return documents.new_draft(drive.case, staff["jia"], "site_inspection_record")


def opened(desk, person, draft):
    page = desk.open(person, "document", draft.document)
    expect(page.locator("#counts")).to_contain_text("项")
    return page


def values(draft):
    return Draft.objects.get(document=draft.document).values


def test_a_lost_connection_loses_no_word(desk, draft):
    """desk principle 5: the text stays in the page and in this browser, and goes out when the line is back."""
    page = opened(desk, "jia", draft)
    page.context.set_offline(True)
    page.locator("#situation").fill("断网时写下的文字。")
    expect(page.locator("#saved")).to_contain_text("连接中断，文字已留在本机")
    assert "situation" not in values(draft)

    page.context.set_offline(False)
    expect(page.locator("#saved")).to_contain_text("已自动保存")
    assert values(draft)["situation"] == "断网时写下的文字。"


def test_text_that_did_not_go_out_comes_back_with_the_page(desk, draft):
    page = opened(desk, "jia", draft)
    page.route("**/save/", lambda route: route.abort())
    page.locator("#situation").fill("关掉浏览器之前写的。")
    expect(page.locator("#saved")).to_contain_text("连接中断")
    page.goto(desk.address + reverse("work"))
    assert "situation" not in values(draft)
    page.unroute("**/save/")
    page = opened(desk, "jia", draft)
    expect(page.locator("#situation")).to_have_value("关掉浏览器之前写的。")
    expect(page.locator("#saved")).to_contain_text("已自动保存")
    assert values(draft)["situation"] == "关掉浏览器之前写的。"


def test_two_people_on_different_fields_see_each_others_words(desk, draft):
    mine, theirs = opened(desk, "jia", draft), opened(desk, "yi", draft)
    mine.locator("#situation").fill("甲写的现场情况。")
    expect(mine.locator("#saved")).to_contain_text("已自动保存")
    theirs.locator("#place").fill("乙写的地点")
    expect(theirs.locator("#others")).to_contain_text("执法人员甲")
    expect(theirs.locator("#situation")).to_have_value("甲写的现场情况。")
    assert {values(draft)["situation"], values(draft)["place"]} == {"甲写的现场情况。", "乙写的地点"}


def test_two_people_on_one_field_choose_whose_words_stand(desk, draft):
    mine, theirs = opened(desk, "jia", draft), opened(desk, "yi", draft)
    mine.locator("#situation").fill("甲写的。")
    expect(mine.locator("#saved")).to_contain_text("已自动保存")
    theirs.locator("#situation").fill("乙写的。")
    told = theirs.locator("#apart")
    expect(told).to_contain_text("执法人员甲")
    expect(told).to_contain_text("甲写的。")
    assert values(draft)["situation"] == "甲写的。"
    expect(theirs.locator("#situation")).to_have_value("乙写的。")

    told.get_by_role("button", name="用我写的").click()
    expect(told).to_be_hidden()
    assert values(draft)["situation"] == "乙写的。"

    mine.locator("#situation").fill("甲又写的。")
    mine.locator("#apart").get_by_role("button", name="用那边写的").click()
    expect(mine.locator("#situation")).to_have_value("乙写的。")
    assert values(draft)["situation"] == "乙写的。"


def test_two_windows_of_one_person_do_not_overwrite_each_other(desk, draft):
    """desk principle 5: the same person in a second window is told like another one; different fields are put together."""
    first = opened(desk, "jia", draft)
    second = first.context.new_page()
    second.goto(first.url)
    first.locator("#situation").fill("第一个窗口写的。")
    expect(first.locator("#saved")).to_contain_text("已自动保存")
    second.locator("#place").fill("第二个窗口写的地点")
    expect(second.locator("#situation")).to_have_value("第一个窗口写的。")
    with second.expect_response("**/save/"):
        second.locator("#situation").fill("第二个窗口写的。")

    first.locator("#situation").fill("第一个窗口又写的。")
    told = first.locator("#apart")
    expect(told).to_contain_text("你在另一个窗口")
    expect(told).to_contain_text("第二个窗口写的。")
    assert values(draft)["situation"] == "第二个窗口写的。"
    told.get_by_role("button", name="用我写的").click()
    expect(told).to_be_hidden()
    assert values(draft)["situation"] == "第一个窗口又写的。"
    assert values(draft)["place"] == "第二个窗口写的地点"


def sign_in(page, desk, person):
    page.goto(desk.address + reverse("sign_in"))
    page.get_by_label("用户名").fill(person)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("heading", name="工作台").wait_for()


def test_typing_goes_on_when_the_session_ends_and_is_saved_after_signing_in_again(desk, draft):
    """desk principle 5: told in the page, kept in this browser, saved when the same person is back, and by nobody else."""
    page = opened(desk, "jia", draft)
    Session.objects.all().delete()
    page.locator("#situation").fill("登录过期以后写的。")
    expect(page.locator("#out")).to_be_visible()
    expect(page.locator("#out")).to_contain_text("登录已经过期")
    assert "situation" not in values(draft)

    with page.expect_popup() as opening:
        page.locator("#out").get_by_role("link", name="在新窗口重新登录").click()
    window = opening.value
    sign_in(window, desk, "yi")
    expect(page.locator("#out-who")).to_contain_text("现在登录的是执法人员乙")
    assert "situation" not in values(draft)

    window.get_by_role("link", name="执法人员乙").click()
    window.get_by_role("button", name="退出").click()
    sign_in(window, desk, "jia")
    expect(page.locator("#out")).to_be_hidden(timeout=15_000)
    expect(page.locator("#saved")).to_contain_text("已自动保存")
    assert values(draft)["situation"] == "登录过期以后写的。"
    page.get_by_role("button", name="存稿", exact=False).last.click()
    expect(page.locator("#saved")).to_contain_text("已存稿")


def test_a_character_that_no_font_has_is_told_at_its_field_as_soon_as_it_is_saved(desk, draft):
    page = opened(desk, "jia", draft)
    page.locator("#situation").fill("仓房\ue000内没有台账。")
    expect(page.locator('[data-field="situation"] .msg')).to_contain_text("U+E000")
    page.locator("#before-final").get_by_role("link", name="U+E000").click()
    expect(page.locator("#situation")).to_be_focused()
    page.locator("#situation").fill("仓房内没有台账。")
    expect(page.locator('[data-field="situation"] .msg')).to_have_count(0)


def test_a_photograph_that_is_none_is_refused_at_its_field(desk, draft):
    """A14: by its bytes, whatever it is called."""
    page = opened(desk, "jia", draft)
    field = page.locator('[data-field="photos"]')
    field.locator("input[type=file]").set_input_files(
        [{"name": "照片.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.4 no picture"}]
    )
    expect(field.get_by_role("status")).to_contain_text("照片.jpg：不是照片")
    expect(field.locator("input:checked")).to_have_count(0)


def test_the_page_shows_what_is_written_and_shades_it(desk, draft):
    """desk principle 4: see the paper while you write it."""
    page = opened(desk, "jia", draft)
    first = page.locator("#paper img").first.get_attribute("src")
    page.locator("#situation").fill("仓房内没有台账。")
    expect(page.locator("#paper img").first).not_to_have_attribute("src", first)
    expect(page.locator("#paper img").first).to_have_attribute("src", re.compile("mark=situation"))


def test_keys_save_and_go_on(desk, draft):
    """desk principle 8: Alt+S saves, Ctrl+Enter goes on."""
    page = opened(desk, "jia", draft)
    page.locator("#situation").fill("仓房内没有台账。")
    page.keyboard.press("Alt+s")
    expect(page.locator("#saved")).to_contain_text("已存稿")
    assert values(draft)["situation"] == "仓房内没有台账。"
    page.keyboard.press("Control+Enter")
    expect(page.locator("#errors")).to_be_focused()


def test_a_usual_wording_is_put_in_at_the_cursor(desk, draft):
    page = opened(desk, "jia", draft)
    field = page.locator('[data-field="situation"]')
    field.locator("textarea").fill("前。")
    field.get_by_text("常用表述").click()
    phrase = field.locator(".phrases button").first
    words = phrase.inner_text()
    phrase.click()
    expect(field.locator("textarea")).to_have_value("前。" + words)


def test_a_carried_value_turns_into_ones_own_when_changed(desk, draft):
    """desk principle 3: 来自：… until it is changed."""
    page = opened(desk, "jia", draft)
    field = page.locator('[data-field="place"]')
    expect(field).to_contain_text("来自：立案审批表")
    field.locator("input").first.press_sequentially("库房")
    expect(field).not_to_contain_text("来自")


def test_what_does_not_apply_to_a_kind_of_party_is_not_asked(desk, draft):
    page = opened(desk, "jia", draft)
    party = page.locator('[data-field="party"]')
    party.locator("summary").first.click()
    expect(party.get_by_label("统一社会信用代码")).to_be_visible()
    party.get_by_role("radio", name="自然人").check()
    expect(party.get_by_label("统一社会信用代码")).to_be_hidden()
    expect(party.get_by_label("出生日期")).to_be_visible()
    expect(page.locator("#saved")).to_contain_text("已自动保存")
    assert "uscc" not in values(draft)["party"]


def test_the_form_fits_a_phone(desk, draft):
    """mock/README: 390 px; nothing sticks out to the side."""
    page = opened(desk, "jia", draft)
    with desk.sized(page, PHONE):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("link", name="看纸面").click()
        expect(page.locator("#paper img").first).to_be_in_viewport()
    assert [c for c in desk.complaints if "ERR_INTERNET" not in c] == []


def test_a_mistyped_number_is_told_while_it_is_typed_and_saved_all_the_same(desk, draft):
    page = opened(desk, "jia", draft)
    party = page.locator('[data-field="party"]')
    party.locator("summary").first.click()
    code = party.get_by_label("统一社会信用代码")
    code.fill("91350100M000100Y44")
    code.press("Tab")
    expect(party.locator('[data-doubt="party.uscc"]')).to_contain_text("校验位不符")
    expect(page.locator("#saved")).to_contain_text("已自动保存")
    assert values(draft)["party"]["uscc"] == "91350100M000100Y44"
    code.fill("91350100M000100Y43")
    code.press("Tab")
    expect(party.locator('[data-doubt="party.uscc"]')).to_be_hidden()
    assert desk.complaints == []


def test_a_file_that_the_case_has_already_is_tied_from_the_page(desk, draft, tmp_path):
    film = tmp_path / "检查.mp4"
    film.write_bytes(b"film" * 100)
    desk.at("2026-03-03 16:00")

    def choose():
        page = desk.open("jia", "upload", draft.case)
        page.locator("details[data-plain]").evaluate("fold => { fold.open = true }")
        page.set_input_files("#file", str(film))
        page.fill("#to", "2026-03-03T10:25:00")
        return page

    page = choose()
    page.locator("#upload").get_by_role("button", name="存入", exact=True).click()
    page.wait_for_url("**/recordings/")
    page = choose()
    page.locator("#document").select_option(draft.document)
    page.locator("#upload").get_by_role("button", name="存入", exact=True).click()
    expect(page.locator("[data-bars]")).to_contain_text("没有归入文书")
    page.get_by_role("button", name="归入已存的文件").click()
    page.wait_for_url("**/recordings/")
    assert [r.document for r in situation(draft.case, people()["jia"]).case.recordings.values()] == [
        draft.document
    ]
