"""The archival number 档号: 全宗号-门类代码·年度-期限代码-机构-件（卷）号, in the style of DA/T 13 (domain §8.2)."""

from __future__ import annotations

import re
from datetime import date

from liuhen.casefile.state import CaseFile
from liuhen.compliance.retention import retention
from liuhen.measures.thresholds import default_setting

SHAPE = re.compile(
    r"(?P<fonds>[^-·]+)-(?P<category>[A-Z]+)·(?P<year>\d{4})-(?P<term>Y|D\d+)-(?P<section>[A-Z0-9]+)-(?P<n>\d{4,})"
)
UNKNOWN_SECTION = "BM"
FAMILY = "档"


def pattern(case: CaseFile, on: date) -> tuple[str, str]:
    """The series in which the number of a file runs, and the number with places for year and place in the series."""

    def set_to(name: str) -> str:
        return str(case.office.setting(name, on, default_setting(name, on))).replace("{", "").replace("}", "")

    codes = case.office.setting("section_codes", on, {})
    section = str(codes.get(case.section, UNKNOWN_SECTION))
    term = retention(case).term.code
    head = f"{set_to('bureau_fonds_no')}-{set_to('archive_category')}"
    return f"{FAMILY}-{term}-{section}", f"{head}·{{year}}-{term}-{section}-{{n:04d}}"
