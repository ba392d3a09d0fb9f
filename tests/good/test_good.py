"""Cases in which nothing is wrong: what a rule must not find."""

from pathlib import Path

import pytest

from liuhen.scripts.facts import against_expected
from liuhen.scripts.script import load

GOOD = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_the_good_case_gives_no_finding(path: Path) -> None:
    script = load(path)
    missing, surplus = against_expected(script)
    assert not script.expect
    assert not missing
    assert not surplus, "多发现：\n" + "\n".join(f"{f.code} {f.subject} {f.message}" for f in surplus)
