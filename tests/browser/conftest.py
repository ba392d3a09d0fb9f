"""People of the demonstration bureau at real browsers, with the clock of the server set by the test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from liuhen.office.models import User
from liuhen.records import clock
from tests.acts.drive import local
from tests.conftest import people
from tests.remembered import remembered

CHROMIUM = "/usr/bin/chromium"
DESK, TABLET, PHONE = (1366, 768), (768, 1024), (390, 844)
PASSWORD = "留痕测试用口令2026"
# Where pictures of every page are put, in three sizes; empty: no pictures.
SCREENS = os.environ.get("LIUHEN_SCREENS", "")


class People:
    """One browser window a person; what any of them complained about is kept in ``complaints``."""

    def __init__(self, browser: Browser, address: str, monkeypatch: pytest.MonkeyPatch):
        self.browser, self.address = browser, address
        self.pages: dict[str, Page] = {}
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self._now = local("2026-03-02 09:00")
        monkeypatch.setattr(clock, "now", lambda: self._now)

    def at(self, text: str) -> None:
        """The clock of the server stands at ``YYYY-MM-DD HH:MM`` Asia/Shanghai."""
        self._now = local(text)

    def page(self, person: str, size: tuple[int, int] = DESK, *, touch: bool = False) -> Page:
        """The window of a person, signed in by hand the first time."""
        if person not in self.pages:
            self.pages[person] = self._signed_in(person, size, touch)
        return self.pages[person]

    def _signed_in(self, person: str, size: tuple[int, int], touch: bool) -> Page:
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", timezone_id="Asia/Shanghai",
            has_touch=touch, accept_downloads=True,
        )  # fmt: skip
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: self._hear(person, told.type, told.text))
        page.on("pageerror", lambda error: self.complaints.append(f"{person}: {error}"))
        page.goto(self.address + reverse("sign_in"))
        page.get_by_label("用户名").fill(person)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.get_by_role("heading", name="工作台").wait_for()
        return page

    def leave(self) -> None:
        """Close every window."""
        for context in self.contexts:
            context.close()

    def _hear(self, person: str, kind: str, text: str) -> None:
        """Errors of scripts and of the content security policy; a refused form (409, 422) is no fault."""
        if kind == "error" and "status of 4" not in text:
            self.complaints.append(f"{person}: {text}")

    def open(self, person: str, name: str, *args: str, query: str = "") -> Page:
        """A page opened by its address."""
        page = self.page(person)
        page.goto(self.address + reverse(name, args=args) + query)
        return page

    @contextmanager
    def sized(self, page: Page, size: tuple[int, int]) -> Iterator[None]:
        """The window in another size for a moment."""
        before = page.viewport_size
        page.set_viewport_size({"width": size[0], "height": size[1]})
        yield
        page.set_viewport_size(before)

    def shoot(self, page: Page, name: str, *, full: bool = False) -> None:
        """Pictures of a page in the three sizes, when they are asked for."""
        if not SCREENS:
            return
        Path(SCREENS).mkdir(parents=True, exist_ok=True)
        for size in (DESK, TABLET, PHONE):
            with self.sized(page, size):
                page.wait_for_timeout(150)
                page.screenshot(path=f"{SCREENS}/{name}-{size[0]}.png", full_page=full)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of a module. Its event loop, which ends with it, is no reason to refuse queries."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as drivers:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = drivers.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--lang=zh-CN"])
        expect.set_options(timeout=20_000)  # a machine shared by other work is slow now and then
        yield browser
        browser.close()


@pytest.fixture
def desk(transactional_db, own_data, live_server, browser, monkeypatch) -> Iterator[People]:
    """The bureau at its desks."""
    remembered(employed)
    desks = People(browser, live_server.url, monkeypatch)
    yield desks
    desks.leave()


def employed() -> None:
    """Everybody has an account with the same password."""
    people()
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()
