"""One minimal bad case per code: ``<code>[-variant].yaml`` breaks that requirement, and nothing it does not name."""

from pathlib import Path

import pytest

from liuhen.compliance.answers import RULES
from liuhen.measures import LIMITS
from liuhen.scripts.facts import against_expected
from liuhen.scripts.script import load

BAD = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_the_bad_case_gives_exactly_the_findings_it_names(path: Path) -> None:
    missing, surplus = against_expected(load(path))
    assert not missing, f"没有发现：{missing}"
    assert not surplus, "多发现：\n" + "\n".join(f"{f.code} {f.subject} {f.message}" for f in surplus)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_the_bad_case_names_its_own_code(path: Path) -> None:
    codes = {want.code for want in load(path).expect}
    assert any(path.stem == code or path.stem.startswith(f"{code}-") for code in codes)


def test_every_code_has_its_bad_case() -> None:
    """R4.2 alone has none: how late we record is no question to an outside source (tests/compliance asks it)."""
    codes = {rule.code for rule in RULES} | {
        limit.finding or limit.code for limit in LIMITS.values() if limit.severity
    }
    shown = {want.code for path in BAD for want in load(path).expect}
    assert codes - shown == {"R4.2"}
