"""One minimal bad case per code: ``<code>[-variant].yaml`` breaks that requirement, and nothing it does not name."""

from pathlib import Path

import pytest

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
