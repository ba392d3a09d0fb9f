"""对照检查报告: what a case looks like against the Measures, and its score, as one PDF (R3.1; domain §8.4).

A report is generated for its reader and belongs to no file: it bears a watermark, the moment it was made and the moment as of
which it speaks, and is never kept among the documents of the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from liuhen.casefile.moments import write
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Finding, Outcome
from liuhen.compliance.checking import Line, group_of, tally
from liuhen.compliance.scoring import Mark, Score
from liuhen.papers import wording
from liuhen.papers.context import NoGlyph
from liuhen.papers.typesetter import compile_plan

OUTCOMES: dict[Outcome, str] = {
    "violated": "违反",
    "open": "未到",
    "unknown": "看不出",
    "met": "符合",
    "na": "不适用",
}
SEVERITIES = {"stop": "阻止", "flag": "提示"}
GOT = {"full": "满分", "part": "部分", "zero": "零分", "na": "不适用", "open": "未到", "unknown": "看不出"}
WATERMARK = "对照检查　非案卷材料"
_MOST, _FEW = 6, 2
_STAND_IN = "〓"
_RARE = 50


def points(value: Fraction) -> str:
    """Points with at most one decimal: 98.7, 3, 2.5."""
    tenths = round(value * 10)
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def state_of(line: Line) -> str:
    """The outcome of a requirement in one word; what is violated is a stop or a flag."""
    first = line.findings[0] if line.findings else None
    return SEVERITIES[first.severity] if first and line.outcome == "violated" else OUTCOMES[line.outcome]


def check_report(
    case: CaseFile,
    found: Sequence[Line],
    score: Score | None,
    *,
    bureau: str,
    as_of: datetime,
    made_at: datetime,
    reader: str,
) -> bytes:
    """The PDF of the check of a case as it was known at ``as_of``, made for ``reader``. Raises NoFonts.

    A character that no font can draw is printed as 〓: a report must not fail for the name of a party.
    """
    plan = _plan(case, found, score, bureau=bureau, as_of=as_of, made_at=made_at, reader=reader)
    for _ in range(_RARE):
        try:
            return compile_plan(plan)[0]
        except NoGlyph as error:
            plan = _without(plan, error.character)
    return compile_plan(plan)[0]


def _without(plan: Any, character: str) -> Any:
    if isinstance(plan, str):
        return plan.replace(character, _STAND_IN)
    if isinstance(plan, dict):
        return {key: _without(value, character) for key, value in plan.items()}
    return [_without(value, character) for value in plan] if isinstance(plan, list | tuple) else plan


def _plan(
    case: CaseFile,
    found: Sequence[Line],
    score: Score | None,
    *,
    bureau: str,
    as_of: datetime,
    made_at: datetime,
    reader: str,
) -> dict[str, Any]:
    procedure = case.release.procedures.get(case.procedure)
    counted = tally(found)
    return {
        "layout": "report",
        "bureau": bureau,
        "title": "案件对照检查报告",
        "watermark": WATERMARK,
        "note": "",
        "foot": f"截至{wording.moment(write(as_of))}　{wording.moment(write(made_at))}由{reader}生成　不是案卷材料",
        "facts": [
            ["案号", case.case_no],
            ["案件", wording.tidy(case.title)],
            ["程序", procedure.title if procedure else case.procedure],
            ["承办科室", case.section],
            ["办法版本", case.measures],
            ["截至", wording.moment(write(as_of))],
        ],
        "counts": [[word, str(counted[outcome])] for outcome, word in OUTCOMES.items()],
        "problems": [_problem(f) for line in found for f in line.findings if f.outcome == "violated"],
        "groups": [
            {"title": title, "rows": [_row(line) for line in lines]} for title, lines in _grouped(found)
        ],
        "score": _score(score) if score else None,
    }


def _cites(finding: Finding) -> str:
    return "、".join(cite.short() for cite in finding.cites)


def _about(finding: Finding) -> str:
    """The message, with the document that it is about when it does not name it itself."""
    title = f"《{finding.subject_title}》"
    named = not finding.subject_title or title in finding.message
    return wording.tidy(finding.message if named else f"{title}{finding.message}")


def _problem(finding: Finding) -> dict[str, Any]:
    return {
        "state": SEVERITIES[finding.severity],
        "message": _about(finding),
        "cites": _cites(finding),
        "ways": "；".join(way.text for way in finding.ways),
        "explained": wording.tidy(finding.explained),
    }


def _row(line: Line) -> list[str]:
    cites = "、".join(cite.short() for cite in line.requirement.cites)
    return [state_of(line), line.requirement.title, "\n".join(shown(line)), cites]


def shown(line: Line) -> list[str]:
    """What shows the outcome, in a few sentences: the worst answers, and how many there are besides."""
    if not line.findings:
        return [line.note]
    deciding = [f for f in line.findings if f.outcome == line.outcome]
    sentences = list(dict.fromkeys(_about(f) for f in deciding))
    most = _MOST if line.outcome == "violated" else _FEW
    said = sentences[:most] + ([f"等{len(sentences)}处"] if len(sentences) > most else [])
    others: list[Outcome] = [f.outcome for f in line.findings if f.outcome != line.outcome]
    beside = [f"{OUTCOMES[o]}{others.count(o)}处" for o in dict.fromkeys(others)]
    return said + (["另有" + "，".join(beside)] if beside else [])


def _grouped(found: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    groups: dict[str, list[Line]] = {}
    for line in found:
        groups.setdefault(group_of(line), []).append(line)
    return list(groups.items())


def _score(score: Score) -> dict[str, Any]:
    return {
        "title": score.sheet.title,
        "result": f"{points(score.score)}分" if score.score is not None else "没有可以计分的项目",
        "grade": score.grade,
        "how": f"适用{score.applicable}分（标准{score.sheet.points}分），得{points(score.got)}分",
        "vetoes": [
            [
                one.veto.number,
                one.veto.title,
                "成立" if one.holds else "由人核对" if one.note else "未发现",
                "\n".join(wording.tidy(reason) for reason in one.reasons) or one.note,
            ]
            for one in score.vetoes
        ],
        "rows": [_mark_row(mark) for mark in score.marks],
    }


def _mark_row(mark: Mark) -> list[str]:
    got = points(mark.points) if mark.counted else "—"
    return [
        mark.item.number,
        mark.item.title,
        str(mark.item.points),
        got,
        GOT[mark.got],
        "\n".join(why(mark)),
    ]


def why(mark: Mark) -> list[str]:
    """Why an item did not get all its points, or is left to a person."""
    if mark.got in ("full", "na"):
        return []
    said = [mark.note, *(_about(f) for f in mark.findings if f.outcome != "met")]
    return list(dict.fromkeys(filter(None, said)))[:_MOST]
