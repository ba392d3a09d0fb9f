"""Since when the laws that this bureau applies have been in force: those that were new law, not only revised (罚 37; A36).

A revised law had an earlier text under the same name, so that its name alone does not tell which text is meant; it is not here.
"""

from __future__ import annotations

from datetime import date

from liuhen.measures.vocabulary import LAWS

NEW_LAW: dict[str, date] = {
    "粮例": date(2004, 5, 26),
    "管": date(2010, 10, 1),
    "招例": date(2012, 2, 1),
    "核例": date(2017, 2, 1),
    "投": date(2019, 7, 1),
    "粮法": date(2024, 6, 1),
}
_CHINA = "中华人民共和国"
_BY_NAME = {LAWS[code].removeprefix(_CHINA): since for code, since in NEW_LAW.items()}


def in_force_from(printed: str) -> date | None:
    """The day from which a law, by the name that a paper prints, has been law at all; None when that is not told here."""
    return _BY_NAME.get("".join(printed.split()).strip("《》").removeprefix(_CHINA))
