"""The cases of the demonstration bureau: played once, so that it looks like any working day of an office.

The scripts are dated early 2026. They are moved by whole weeks, so that their last day is the latest such weekday that is
over: deadlines run and approvals wait on whatever day somebody looks for the first time. Each case is one transaction:
killed half-way, nothing of it is there and the next start plays it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.db import transaction

from liuhen.archives.bag import PackageError
from liuhen.casefile.moments import ZONE
from liuhen.papers import NoFonts, PaperError
from liuhen.records import clock
from liuhen.records.models import Body
from liuhen.scripts.play import Halted, play
from liuhen.scripts.script import BadScript, Script, read_script

CASES = Path(__file__).parents[2] / "cases"
EVENING = time(18)
_WEEK = timedelta(days=7)
_WRITTEN = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_IN_WORDS = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")


def ensure(say: Callable[[str], None]) -> None:
    """Play the cases that the bureau does not have yet, told by title; ``say`` gets progress and what went wrong.

    Never raises for a case that cannot be played: the server starts without it, the next start tries again.
    """
    files = sorted(CASES.glob("demo-*.yaml"))
    for n, file in enumerate(files, 1):
        written = file.read_text(encoding="utf-8")
        if told(written, "title") in titles():
            continue
        say(f"正在准备演示案件 {n}/{len(files)} …")
        try:
            _play(script_for(written, clock.now(), str(file)))
        except NoFonts as error:
            say(f"{error}。演示案件没有备好，补齐字体后重新启动，会接着准备。")
            return
        except (BadScript, Halted, PaperError, PackageError, OSError) as error:
            say(f"演示案件“{told(written, 'title')}”没有备好：{error}")


def _play(script: Script) -> None:
    """Play a case, whole or not at all; of two servers that start at once the second finds it there."""
    with transaction.atomic():
        if script.title not in titles():
            play([script])


def titles() -> set[str]:
    """The titles under which cases were opened."""
    opened = Body.objects.filter(entry__kind="Opened").values_list("content", flat=True)
    return {json.loads(content)["title"] for content in opened}


def told(written: str, name: str) -> str:
    """A line of a script's head, read without reading the script; empty when it has none."""
    found = re.search(rf"^{name}: *(.+?) *$", written, re.MULTILINE)
    return found[1] if found else ""


def script_for(written: str, now: datetime, path: str = "") -> Script:
    """The script with its days moved towards ``now``. Raises BadScript."""
    last = datetime.combine(date.fromisoformat(told(written, "today")), EVENING, ZONE)
    return read_script(moved(written, (now - last) // _WEEK), path)


def moved(written: str, weeks: int) -> str:
    """The text with every whole day in it, as a date or in words, moved by weeks."""
    by = weeks * _WEEK

    def day(found: re.Match[str]) -> date:
        return date(*map(int, found.groups())) + by

    text = _WRITTEN.sub(lambda found: day(found).isoformat(), written)
    return _IN_WORDS.sub(lambda found: "{0.year}年{0.month}月{0.day}日".format(day(found)), text)
