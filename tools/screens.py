"""Photograph pages of a running demonstration into `docs/screens/`: a case from `cases/` is played as far as the party's defence.

With a folder as its argument it photographs every page there is, at a desk, on a tablet and on a phone, into that folder.
Needs what `make setup` and the tests need (Debian's chromium). The bureau is thrown away afterwards.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ROOT / "docs" / "screens"
SCRIPT = ROOT / "cases" / "01-pesticide-defence.yaml"
# The case stands on this day of the script: notice served, the party has answered.
UNTIL = datetime(2025, 12, 10, 12, tzinfo=UTC)
CHROMIUM = "/usr/bin/chromium"
WIDTH, HEIGHT = 1366, 768
SIZES = ((WIDTH, HEIGHT), (768, 1024), (390, 844))
# Cells and buttons in which a line holds fewer than three characters, and a word is broken for it.
SQUEEZED = """[...document.querySelectorAll('td, th, .btn, .sm, label')].filter(one => {
  const words = one.innerText.trim(), size = parseFloat(getComputedStyle(one).fontSize);
  return words.length > 3 && one.clientWidth > 0 && one.clientWidth < 3.2 * size && one.clientHeight > 3 * size;
}).map(one => one.innerText.trim().slice(0, 12))"""
SECTION = "粮食和物资储备科"
NAMES = {"甲": "执法人员甲", "乙": "执法人员乙", "科长": "科长丁", "副局长": "副局长辛", "档案员": "档案员癸"}
# Name of the picture → path of the page; {case} is the case's id.
PAGES = {
    "work": "/",
    "case": "/cases/{case}/",
    "timeline": "/cases/{case}/timeline/",
    "check": "/cases/{case}/check/",
}


def shifted(text: str, weeks: int) -> str:
    """The script with every date so many weeks later; the days of the week stay."""

    def later(year: str, month: str, day: str) -> date:
        return date(int(year), int(month), int(day)) + timedelta(weeks=weeks)

    def words(found: re.Match[str]) -> str:
        day = later(*found.groups())
        return f"{day.year}年{day.month}月{day.day}日"

    text = re.sub(r"\b(202[56])-(\d\d)-(\d\d)\b", lambda m: later(*m.groups()).isoformat(), text)
    return re.sub(r"(202[56])年(\d+)月(\d+)日", words, text)


def told_so_far() -> str:
    """The case as a script of the demonstration bureau, told as far as `UNTIL`, which becomes the recent past."""
    weeks = (datetime.now(UTC) - UNTIL).days // 7
    last = (UNTIL + timedelta(weeks=weeks)).strftime("%Y-%m-%d %H:%M")
    whole, _, _ = shifted(SCRIPT.read_text(encoding="utf-8"), weeks).partition("\nexpect:")
    head, steps = whole.split("\nsteps:\n")
    head = re.sub(r"^section: .*", f"section: {SECTION}", head, flags=re.MULTILINE)
    for key, name in NAMES.items():
        head = re.sub(rf"^  {key}: {{name: \w+", f"  {key}: {{name: {name}", head, flags=re.MULTILINE)
    told = [step for step in re.split(r"^(?=  - )", steps, flags=re.MULTILINE) if happened_at(step) <= last]
    return f"{head}\nsteps:\n{''.join(told)}"


def happened_at(step: str) -> str:
    """When a step is told to have happened, as it is written; what is no step comes first."""
    found = re.search(r"\bat: ([\d: -]+\d)", step)
    return found.group(1) if found else ""


@contextmanager
def served(folder: str) -> Iterator[str]:
    """A running demonstration in a folder; yields its address."""
    os.environ |= {
        "LIUHEN_DATA": folder,
        "LIUHEN_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "liuhen.project.settings",
    }
    command = [sys.executable, "-m", "liuhen.cli", "serve", "--demo", "--port", "8700"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            found = re.search(r"http://[^/\s]+", server.stdout.readline())
            assert found is not None
            yield found.group()
        finally:
            server.terminate()


def played(folder: Path) -> str:
    """Play the case in the demonstration's data folder; its id."""
    import django

    django.setup()
    from liuhen.scripts.play import play
    from liuhen.scripts.script import load

    file = folder / "case.yaml"
    file.write_text(told_so_far(), encoding="utf-8")
    return play([load(str(file))])[0].case


def sign_in(page: Page, address: str, folder: Path, person: str = "jia") -> None:
    """Sign in as a person, the officer of the case, with the password that the demonstration wrote down."""
    lines = (folder / "accounts.txt").read_text(encoding="utf-8").splitlines()
    password = next(line.split("\t")[1] for line in lines if line.startswith(f"{person}\t"))
    page.goto(f"{address}/sign-in/")
    page.fill("[name=username]", person)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")


def main(arguments: list[str]) -> int:
    """Write the pictures; 0 when all pages answered."""
    return every_page(Path(arguments[0])) if arguments else some_pages()


def some_pages() -> int:
    """The pictures of the README."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="liuhen-", ignore_cleanup_errors=True) as name,
        served(name) as address,
    ):
        case = played(Path(name))
        with sync_playwright() as browsers:
            browser = browsers.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--lang=zh-CN"]
            )
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN")
            sign_in(page, address, Path(name))
            wrong = [
                picture
                for picture, path in PAGES.items()
                if not photographed(page, address + path.format(case=case), picture)
            ]
            browser.close()
    print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


def every_page(folder: Path) -> int:
    """Every page of the demonstration's own cases, in three sizes; their names and what is wrong with them are told."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="liuhen-", ignore_cleanup_errors=True) as name,
        served(name) as address,
        sync_playwright() as browsers,
    ):
        stops = toured()
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--lang=zh-CN"])
        wrong: list[str] = []
        for person in dict.fromkeys(stop.person for stop in stops):
            page = browser.new_context(locale="zh-CN").new_page()
            if person:
                sign_in(page, address, Path(name), person)
            for stop in (s for s in stops if s.person == person):
                wrong += looked_at(page, address, stop, folder / stop.name)
        browser.close()
    print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


def toured() -> list[Any]:
    """The pages of the demonstration, with what they are to show made beforehand."""
    import django

    django.setup()
    from tools.tour import tour

    # Read before the browser's event loop begins, which forbids queries.
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(lambda: list(tour())).result()


def looked_at(page: Page, address: str, stop: Any, picture: Path) -> list[str]:
    """Photograph a page in every size; what does not answer as it must, or sticks out to the side, or is too small to touch."""
    wrong: list[str] = []
    for wide, high in SIZES:
        page.set_viewport_size({"width": wide, "height": high})
        answer = page.goto(address + stop.path, wait_until="networkidle")
        if answer is None or answer.status != stop.status:
            return [f"{picture.name}：{answer.status if answer else '没有回答'}"]
        if stop.fill:
            status = sent(page, stop.fill)
            if status != stop.sent:
                return [f"{picture.name}：交上以后是 {status}"]
        page.screenshot(path=f"{picture}-{wide}.png", full_page=True)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{picture.name}：{wide} 像素宽时超出页面")
        wrong += [f"{picture.name}：{wide} 像素宽时太窄：{words}" for words in page.evaluate(SQUEEZED)]
    return wrong


def sent(page: Page, fill: dict[str, str]) -> int:
    """Fill in controls of the page's form by name, hidden ones too, and send it as its button does; how that was answered."""
    script = """fill => {
      const names = Object.keys(fill), forms = [...document.querySelectorAll("main form[method=post]")];
      const form = forms.find(f => names.some(n => f.elements[n])) || forms[0];
      for (const [name, value] of Object.entries(fill)) {
        const found = form.elements[name];
        if (name === "action" || !found) {
          form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
        } else if (found instanceof RadioNodeList) {
          for (const one of found) one.checked = one.value === value;
        } else found.value = value;
      }
      HTMLFormElement.prototype.submit.call(form);
    }"""
    with page.expect_navigation(wait_until="networkidle") as done:
        page.evaluate(script, fill)
    return done.value.status if done.value else 0


def photographed(page: Page, address: str, picture: str) -> bool:
    """Whether a page answered; if so its picture is written."""
    answer = page.goto(address, wait_until="networkidle")
    if answer is None or not answer.ok:
        return False
    page.screenshot(path=SCREENS / f"{picture}.png")
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
