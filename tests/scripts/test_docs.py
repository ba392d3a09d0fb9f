"""`docs/case-scripts.md` can be followed as it stands: its examples load, it names every key, its lists are current."""

import re
from pathlib import Path

import pytest

from liuhen.scripts import papers, steps
from liuhen.scripts.facts import against_expected
from liuhen.scripts.reference import reference
from liuhen.scripts.script import HEAD, read_script
from liuhen.scripts.usual import KEYS
from liuhen.scripts.values import PARTY_KEYS, REMEDY_KEYS

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "case-scripts.md").read_text(encoding="utf-8")
SHORT, EXAMPLE, *FRAGMENTS = re.findall(r"```yaml\n(.*?)```", GUIDE, flags=re.DOTALL)
PEOPLE = """
id: t
title: 某案
people:
  甲: {name: 执法人员甲, roles: [officer]}
  乙: {name: 执法人员乙, roles: [officer]}
  科长: {name: 科长丙, roles: [section_head]}
  副局长: {name: 副局长丁, roles: [bureau_leader]}
steps:
"""


@pytest.mark.parametrize("example", [SHORT, EXAMPLE], ids=["short", "whole"])
def test_the_examples_are_judged_as_the_guide_says(example: str) -> None:
    missing, surplus = against_expected(read_script(example))
    assert not missing
    assert not [f"{f.code} {f.message}" for f in surplus]


def test_the_fragments_together_are_a_script() -> None:
    script = read_script(PEOPLE + "".join(FRAGMENTS))
    verbs = {type(step.does).__name__ for step in script.steps}
    assert verbs >= {
        "File",
        "Serve",
        "State",
        "Record",
        "Correct",
        "Void",
        "Confirm",
        "Assign",
        "Mark",
        "Archive",
    }


def test_every_key_is_told() -> None:
    keys = {*HEAD, *steps.VERBS, *steps.COMMON, *steps.PARTS, *PARTY_KEYS, *REMEDY_KEYS}
    keys |= {key for known, _ in steps.READ.values() for key in known}
    keys |= {
        *papers.LETTERS,
        *papers.OPINIONS,
        *papers.METHODS,
        *papers.WHATS,
        *papers.MEANS,
        *papers.DETAILS,
    }
    untold = {key for key in keys if key not in GUIDE} - {"text", "kind"}
    assert not untold


def test_the_chinese_keys_of_the_head_are_told() -> None:
    assert not [
        f"{code} {word}"
        for word, code in KEYS["head"].items()
        if word != "标题" and f"`{code}`（{word}）" not in GUIDE
    ]


def test_the_list_of_kinds_and_fields_is_current() -> None:
    """Regenerate with `liuhen docs --write`."""
    assert (DOCS / "fields.md").read_text(encoding="utf-8") == reference()
