"""Judgments as a stranger tells them after docs/case-scripts.md: what the court found is found, and nothing else.

``annulled``: each names what the court found; ``upheld``: a careful lawyer finds nothing, with rich and with poor detail.
"""

from pathlib import Path

import pytest

from liuhen.scripts.facts import against_expected, check
from liuhen.scripts.script import load

HERE = Path(__file__).parent
ANNULLED = sorted((HERE / "annulled").glob("*.yaml"))
UPHELD = sorted((HERE / "upheld").glob("*.yaml"))


@pytest.mark.parametrize("path", ANNULLED, ids=lambda path: path.stem)
def test_what_the_court_found_is_found_and_nothing_else(path: Path) -> None:
    script = load(path)
    assert script.expect, "判决指出的问题写进 expect"
    missing, surplus = against_expected(script)
    assert not missing, f"没有发现：{missing}"
    assert not surplus, "多发现：\n" + "\n".join(f"{f.code} {f.subject} {f.message}" for f in surplus)


@pytest.mark.parametrize("path", UPHELD, ids=lambda path: path.stem)
def test_nothing_is_found_in_a_decision_that_stood(path: Path) -> None:
    script = load(path)
    assert not script.expect
    assert [f"{f.code} {f.message}" for f in check(script)] == []


@pytest.mark.parametrize("path", ANNULLED, ids=lambda path: path.stem)
def test_each_finding_says_what_and_where_it_stands(path: Path) -> None:
    """R34.1: a finding is a sentence with the article; it says of which day."""
    for found in check(load(path)):
        assert found.line.endswith("）")
        assert found.cites
        assert found.at is not None
