"""``docs/entries.md`` is what the program and its samples say now."""

import json
import re

from liuhen.casefile.entries import KINDS
from liuhen.cli.docs import DOCS
from liuhen.cli.pages import entries


def test_it_is_current():
    assert (DOCS / "entries.md").read_text("utf-8") == entries.page(), "liuhen docs entries --write"


def test_every_kind_and_every_field_stands_in_it():
    page = entries.page()
    for kind in KINDS.values():
        section = page.partition(f"#### `{kind.name}` {kind.title}\n")[2].partition("\n#### ")[0]
        assert kind.by in section
        for value in kind.fields:
            assert f"| `{value.name}` |" in section


def test_the_vectors_are_printed_as_they_are():
    printed = [json.loads(text) for text in re.findall(r"```json\n(.*?)\n```", entries.page(), re.DOTALL)]
    vectors = json.loads((entries.TESTS / "ledger/vectors.json").read_text("utf-8"))
    assert printed[-len(vectors) :] == list(vectors.values())
