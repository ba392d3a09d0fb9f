"""Photograph pages of a running demonstration into `docs/screens/`: a case from `cases/` is played as far as the party's defence.

Needs what `make setup` and the tests need (Debian's chromium). The bureau is thrown away afterwards.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ROOT / "docs" / "screens"
SCRIPT = ROOT / "cases" / "01-pesticide-defence.yaml"
# The case stands on this day of the script: notice served, the party has answered.
UNTIL = datetime(2025, 12, 10, 12, tzinfo=UTC)
CHROMIUM = "/usr/bin/chromium"
WIDTH, HEIGHT = 1366, 768
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


def sign_in(page: Page, address: str, folder: Path) -> None:
    """Sign in as the officer of the case, with the password that the demonstration wrote down."""
    lines = (folder / "accounts.txt").read_text(encoding="utf-8").splitlines()
    password = next(line.split("\t")[1] for line in lines if line.startswith("jia\t"))
    page.goto(f"{address}/sign-in/")
    page.fill("[name=username]", "jia")
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")


def main() -> int:
    """Write the pictures; 0 when all pages answered."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="liuhen-", ignore_cleanup_errors=True) as name,
        served(name) as address,
    ):
        case = played(Path(name))
        with sync_playwright() as browsers:
            browser = browsers.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
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


def photographed(page: Page, address: str, picture: str) -> bool:
    """Whether a page answered; if so its picture is written."""
    answer = page.goto(address, wait_until="networkidle")
    if answer is None or not answer.ok:
        return False
    page.screenshot(path=SCREENS / f"{picture}.png")
    return True


if __name__ == "__main__":
    sys.exit(main())
