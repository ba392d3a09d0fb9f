"""The pages made from the program are current, and what they rest on is true."""

import re
from pathlib import Path

import pytest

from liuhen.cli.__main__ import main
from liuhen.cli.docs import DOCS, made
from liuhen.cli.pages import coverage, glossary
from liuhen.measures import ARTICLES, REQUIREMENTS

SOURCE = Path(__file__).parents[2] / "liuhen"


@pytest.mark.parametrize("name", sorted(made()))
def test_a_made_page_is_current(name: str) -> None:
    """Regenerate with `liuhen docs --write`."""
    assert (DOCS / f"{name}.md").read_text(encoding="utf-8") == made()[name]()


def test_the_command_prints_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs", "glossary"]) == 0
    assert capsys.readouterr().out == glossary.page()


def test_the_command_without_a_page_says_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs"]) == 2
    assert "measures" in capsys.readouterr().err


def test_exactly_the_codes_without_a_rule_have_a_reason() -> None:
    """Whoever adds a rule takes its code out of `without_rule.toml`."""
    reasoned = [code for group in coverage.unruled() for code in group.codes]
    assert len(reasoned) == len(set(reasoned))
    assert set(reasoned) == {code for code in coverage.all_codes() if not coverage.has_rule(code)}


def test_a_code_is_titled_once() -> None:
    titled = {code for group in coverage.unruled() for code in group.titles}
    assert not titled & set(REQUIREMENTS)
    assert all(coverage.title_of(code) for code in coverage.all_codes())


def test_what_keeps_a_code_without_a_rule_is_there() -> None:
    held = [place for group in coverage.unruled() for place in group.held]
    assert held
    assert [place for place in held if not coverage.exists(place)] == []


def test_every_article_that_asks_for_something_has_a_code() -> None:
    """Articles 1 (purpose) and those that only say who answers for what are named by no code of their own."""
    cited = {c.article for code in coverage.all_codes() for c in coverage.cites_of(code) if c.law == "办法"}
    assert set(range(2, 37)) - cited == set()
    assert set(ARTICLES) == set(range(1, 37))


def test_every_code_that_is_judged_has_a_test_that_cites_it() -> None:
    judged = [code for code in REQUIREMENTS if coverage.rules_of(code)]
    assert [code for code in judged if not coverage.tests().get(code)] == []


def test_a_reference_to_nothing_is_noticed() -> None:
    assert coverage.exists("liuhen/acts/engine.py:perform")
    assert not coverage.exists("liuhen/acts/engine.py:nothing_of_the_kind")
    assert not coverage.exists("liuhen/acts/nothing.py")


def test_a_code_is_not_found_within_another() -> None:
    assert coverage.CODE.findall("R13.1 R13.11, TL-10；K1—K10 P44.1-kind") == [
        "R13.1",
        "R13.11",
        "TL-10",
        "K1",
        "K10",
        "P44.1",
    ]


def test_the_glossary_has_only_words_in_use() -> None:
    used = {
        word
        for path in SOURCE.rglob("*.py")
        for word in re.findall(r"[A-Za-z_]\w*", path.read_text(encoding="utf-8"))
    }
    listed = [identifier for terms in glossary.words().values() for identifier in terms.values()]
    assert [identifier for identifier in listed if identifier not in used] == []
