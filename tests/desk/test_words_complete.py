"""Nothing is shown to a reader without Chinese words for it: entries, parts, opinions, acts, first papers."""

import re
from pathlib import Path

import liuhen.acts
from liuhen.acts.approvals import OPINIONS as GIVEN
from liuhen.acts.cases import PARTS as PART_CODES
from liuhen.acts.signatures import MEANS as SIGNED
from liuhen.casefile.entries import KINDS
from liuhen.desk.shown import sentences
from liuhen.desk.stop import ACTS, PLAIN
from liuhen.desk.views.cases import first_paper
from liuhen.measures import DOCUMENTS, PROCEDURES


def test_every_kind_of_entry_of_a_case_is_told_in_a_sentence():
    ours = {kind.name for kind in KINDS.values() if kind.stream in ("case", "any")}

    assert ours == set(sentences._SAY)


def test_every_part_opinion_and_means_has_a_name():
    assert set(PART_CODES) <= set(sentences.PARTS)
    assert set(GIVEN) <= set(sentences.OPINIONS)
    assert set(SIGNED) - {"refused"} <= set(sentences.MEANS)


def test_every_act_that_rules_can_stop_has_words():
    source = "".join(path.read_text() for path in Path(liuhen.acts.__file__).parent.glob("*.py"))
    performed = set(re.findall(r'perform\(\s*"([a-z_]+)"', source))

    assert len(performed) > 10
    assert performed - {"backfill"} <= set(ACTS) | set(PLAIN)


def test_every_procedure_begins_with_a_paper_and_is_told_by_what_happened():
    for code, procedure in PROCEDURES.items():
        assert first_paper(code) in DOCUMENTS
        assert procedure.when
