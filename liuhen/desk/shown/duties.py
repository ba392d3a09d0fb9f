"""记录要求: what a step asks to be seen or heard, told before it is begun (R4.1)."""

from __future__ import annotations

from dataclasses import dataclass

from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import setting
from liuhen.desk import words
from liuhen.measures.vocabulary import RAISED, Cite, Duty

LEVELS = {"M": "应录", "S": "宜录"}
EXCUSED = (
    "不适宜音像记录的（涉密场所、防爆、隐私、设备故障、当事人安全等），当场写明原因，事后由科室负责人确认"
)


@dataclass(frozen=True)
class Told:
    """A duty as it is told: 应录 or 宜录, how, from when to when, what must be seen or heard, what excuses."""

    code: str
    step: str
    level: str
    must: bool
    means: str
    span: str
    what: str
    exception: str
    cites: tuple[Cite, ...]

    @property
    def short(self) -> str:
        """应录：录像和照片，进入现场至离开现场."""
        return f"{self.level}：{self.means}，{self.span}"


def of_kind(case: CaseFile, kind: str) -> list[Told]:
    """The duties that making a paper of this kind begins."""
    duties = case.release.duties.values()
    return [_told(case, duty) for duty in duties if duty.document == kind and not duty.method]


def of_method(case: CaseFile, method: str) -> list[Told]:
    """The duties of serving in this way."""
    return [_told(case, duty) for duty in case.release.duties.values() if method and duty.method == method]


def of_case(case: CaseFile) -> list[tuple[str, str, str]]:
    """The duties that can arise in a case, to choose from: code, step, means."""
    made = {kind.code for kind in case.release.offered(case.procedure)}
    return [
        (duty.code, duty.step, duty.means)
        for duty in case.release.duties.values()
        if not duty.document or duty.document in made
    ]


def of_step(case: CaseFile, does: str) -> list[Told]:
    """The duties of a next step."""
    verb, _, kind = does.partition(":")
    return of_kind(case, kind) if verb == "file" else []


def _told(case: CaseFile, duty: Duty) -> Told:
    must = duty.level == "M" or bool(duty.setting and setting(case, duty.setting, words.today()))
    raised = (
        f"；{'、'.join(RAISED[name] for name in duty.raised)}的，应录" if duty.raised and not must else ""
    )
    exception = duty.exception or (EXCUSED if must else "")
    return Told(
        duty.code, duty.step, LEVELS["M" if must else "S"] + raised, must, duty.means, duty.span, duty.what, exception, duty.cites
    )  # fmt: skip
