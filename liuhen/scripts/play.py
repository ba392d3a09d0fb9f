"""Playing scripts: a case is worked through from its opening to its archive by the acts, with their stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from liuhen.acts import archiving
from liuhen.acts.situation import Invalid, Stopped
from liuhen.casefile.moments import ZONE
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Judgement
from liuhen.compliance.judge import context, judge
from liuhen.office.policy import NotPermitted
from liuhen.records import clock, read
from liuhen.scripts.agenda import Item, agenda
from liuhen.scripts.facts import now_of
from liuhen.scripts.performing import perform
from liuhen.scripts.shape import Script
from liuhen.scripts.staff import cast
from liuhen.scripts.stage import Stage, Unplayable


class NotForPlay(RuntimeError):
    """The bureau is a real one: nothing is played in it."""


class Halted(RuntimeError):
    """A play came to a halt; the message says at which line and why, ``findings`` which rules stopped it."""

    def __init__(self, script: Script, item: Item, error: Exception) -> None:
        at = item.at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
        super().__init__(f"{script.path} 第 {item.step.line} 行（{item.step.name}，{at}）：{error}")
        self.findings = error.findings if isinstance(error, Stopped) else []


@dataclass(frozen=True)
class Played:
    """A case that was played: its id and the document ids by local name."""

    script: Script
    case: str
    documents: dict[str, str]


def play(scripts: Sequence[Script]) -> list[Played]:
    """Work the cases through, side by side in order of time, and return them in the order of the scripts.

    Raises NotForPlay in a bureau that is not marked 演示, Halted at the first act that cannot be done.
    """
    if not read.office().demo:
        raise NotForPlay("这不是演示单位，不能演练；加 --scratch 在用完即弃的系统里演练")
    plans = [(script, agenda(script)) for script in scripts]
    stages: list[Stage] = []
    opened: dict[str, str] = {}
    for script, items in plans:
        with clock.at(items[0].at - timedelta(days=1)):
            stages.append(Stage(script, cast(script), opened))
    moves = [(item, stage) for stage, (_, items) in zip(stages, plans, strict=True) for item in items]
    for item, stage in sorted(moves, key=lambda move: move[0].at):
        _do(stage, item)
    return [Played(stage.script, stage.case, dict(stage.register.documents)) for stage in stages]


def _do(stage: Stage, item: Item) -> None:
    try:
        with clock.at(item.at):
            perform(stage, item.step, item.does)
    except (Stopped, Invalid, NotPermitted, Unplayable) as error:
        raise Halted(stage.script, item, error) from error


def outcome(played: Played) -> tuple[CaseFile, Judgement]:
    """The played case as recorded, and what follows from it at the end of the last day that the script tells."""
    office = read.office()
    entries = read.case_entries(played.case)
    case = settle(entries, office, earlier=read.earlier(entries, office))
    return case, judge(case, context(now_of(played.script), office))


def package(played: Played, folder: Path) -> Path:
    """Write the package of a played and archived case into a folder; returns where. Raises Invalid, PackageError."""
    folder.mkdir(parents=True, exist_ok=True)
    return archiving.publish(played.case, folder / played.script.id)
