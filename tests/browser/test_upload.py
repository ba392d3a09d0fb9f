"""A film goes up from the page over a line that breaks (R31.2; desk principles 5 and 10)."""

import hashlib
import time

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from liuhen.acts.storage import uploads, vault
from liuhen.recordings import passing
from liuhen.records.models import TrayRow
from tests.acts import drive as d
from tests.browser.conftest import PASSWORD
from tests.conftest import people
from tests.recordings import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MEGABYTE = 1 << 20


@pytest.fixture
def film(tmp_path, own_data):
    """A real film with 12 MB of free space behind it, which takes a while to send."""
    path = tmp_path / "检查.mov"
    whole = making.film("film.mov", told=(("creation_time", "2026-03-03T01:00:00Z"),)).read_bytes()
    path.write_bytes(whole + (12 * MEGABYTE).to_bytes(4, "big") + b"free" + bytes(12 * MEGABYTE - 8))
    return path


@pytest.fixture(autouse=True)
def a_slow_line(monkeypatch):
    """About one megabyte a second."""
    waited = passing.Body._waited

    def slow(body):
        time.sleep(passing.BITE / MEGABYTE)
        return waited(body)

    monkeypatch.setattr(passing.Body, "_waited", slow)


def begun(desk, film, name="recordings", *args):
    """The page with the film on its way, a first piece of it there."""
    desk.at("2026-03-03 16:00")
    page = desk.open("jia", name, *args)
    page.locator("[data-pick]").set_input_files(film)
    for _ in range(150):
        page.wait_for_timeout(100)
        if offset():
            return page
    raise AssertionError("nothing arrived")


def offset():
    return sum(uploads().offset(upload) for upload in uploads().all())


def test_a_cut_line_costs_nothing(desk, film):
    page = begun(desk, film)
    page.context.set_offline(True)
    expect(page.locator(".up")).to_contain_text("连接中断")
    assert 0 < offset() < film.stat().st_size
    desk.shoot(page, "upload-cut")
    page.context.set_offline(False)
    page.wait_for_url("**/recordings/tie/**", timeout=60_000)

    row = TrayRow.objects.get()
    assert row.digest == f"sha256:{hashlib.sha256(film.read_bytes()).hexdigest()}"
    assert vault().verify(row.digest) == "ok"
    assert (row.name, row.starts.isoformat()) == ("检查.mov", "2026-03-03T01:00:00+00:00")
    assert desk.complaints == [c for c in desk.complaints if "ERR_INTERNET_DISCONNECTED" in c]


def test_paused_and_gone_on_after_the_page_was_left(desk, film):
    """The browser may not open the file again by itself: the officer chooses it once more, and it goes on."""
    page = begun(desk, film)
    page.get_by_role("button", name="暂停 检查.mov").click()
    expect(page.locator(".up")).to_contain_text("已暂停")
    before = offset()
    assert 0 < before < film.stat().st_size

    page.goto(desk.address + reverse("recordings"))
    expect(page.locator(".up")).to_contain_text("再选一次这个文件，接着传")
    desk.shoot(page, "upload-again")
    page.locator("[data-pick]").set_input_files(film)
    page.wait_for_url("**/recordings/tie/**", timeout=60_000)
    assert TrayRow.objects.get().size == film.stat().st_size
    assert len(list(uploads().all())) == 1


def test_a_session_that_ends_on_the_way_keeps_what_was_sent(desk, film):
    page = begun(desk, film)
    Session.objects.all().delete()
    expect(page.locator(".up")).to_contain_text("登录已经过期", timeout=20_000)
    other = page.context.new_page()
    other.goto(desk.address + reverse("sign_in"))
    other.get_by_label("用户名").fill("jia")
    other.get_by_label("密码").fill(PASSWORD)
    other.get_by_role("button", name="登录").click()
    other.get_by_role("heading", name="工作台").wait_for()
    page.get_by_role("button", name="继续 检查.mov").click()
    page.wait_for_url("**/recordings/tie/**", timeout=60_000)
    assert TrayRow.objects.get().size == film.stat().st_size


def test_several_at_once_and_one_that_is_refused(desk, tmp_path):
    """An empty file is told at its line and keeps the others from nothing; from a case they go on into it."""
    drive = d.Drive(people())
    desk.at("2026-03-03 16:00")
    page = desk.open("jia", "upload", drive.case)
    empty = tmp_path / "空.mp4"
    empty.touch()
    films = [making.film(seconds=n) for n in (1, 2, 3)]
    page.locator("[data-pick]").set_input_files([*films, empty])
    expect(page.locator(".up", has_text="空.mp4")).to_contain_text("文件是空的")
    expect(page.locator(".up .st-met")).to_have_count(3, timeout=30_000)
    page.get_by_role("button", name="不传了 空.mp4").click()
    page.wait_for_url(f"**/cases/{drive.case}/tie/**")
    expect(page.locator("fieldset")).to_have_count(3)
    assert desk.complaints == []
