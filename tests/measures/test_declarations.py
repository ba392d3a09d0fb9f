"""Facts, requirements, limits, steps, duties and articles cite, and name only what exists (design, no. 1)."""

import re
from itertools import chain

import pytest

from liuhen.compliance.events import plain
from liuhen.measures import ARTICLES, DOCUMENTS, DUTIES, FACTS, LIMITS, PROCEDURES, REQUIREMENTS, STATUTES
from liuhen.measures.articles import summary_of
from liuhen.measures.catalogue import VIOLATIONS
from liuhen.measures.procedures import SERVING
from liuhen.measures.releases import CURRENT
from liuhen.measures.sources import FIXED, IN_HAND, known, parts, words
from liuhen.measures.texts import ROWS, TEXTS, placeholders, rows, text
from liuhen.measures.thresholds import THRESHOLDS
from liuhen.measures.vocabulary import LAWS, ROLE_NAMES, STAGES, Document, Fact, Limit, Step

STEPS = [step for procedure in PROCEDURES.values() for step in procedure.steps]
ACTS = {"archive", "assign", "hand_in", "take_up"}
OF_CASE = {
    "opened", "assigned", "paired", "docketed", "decided", "materials_wanting", "accepted", "closed", "archived", "ended", "recorded", "deposited",
    "carried_out", "closable", "gone", "heard", "outcome", "paid", "party_gone", "refused", "seizures_over", "struck", "suspended", "told", "unreported",
    "contest_pending", "contests_ended", "suit_over", "reconsideration_answered", "suit_answered", "evidence_handed_in",
}  # fmt: skip
EXITS = {one.code for procedure in PROCEDURES.values() for one in procedure.exits}
OF_DOCUMENT = {"filed", "approved", "issued", "served", "sent", "signed"}
CITED = {
    (cite.law, cite.article)
    for declared in chain(
        DOCUMENTS.values(), FACTS.values(), REQUIREMENTS.values(), LIMITS.values(), PROCEDURES.values(),
        STEPS,
        DUTIES.values(),
    )
    for cite in declared.cites
}  # fmt: skip

every_fact = pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: fact.code)
every_limit = pytest.mark.parametrize("limit", LIMITS.values(), ids=lambda limit: limit.code)
every_step = pytest.mark.parametrize("step", STEPS, ids=lambda step: step.code)


def wrong(name: str) -> list[str]:
    """The parts of an event name (``a|b``, ``a+b``) that name nothing declared."""
    return [part for part in re.split(r"[|+]", name) if not _declared(part)]


def _declared(part: str) -> bool:
    bare, only = plain(part)
    head, colon, tail = bare.partition(":")
    if not colon:
        return head in OF_CASE
    if head == "exit":
        return tail in EXITS
    if head == "proposed":
        return tail in DOCUMENTS["investigation_report"].field("proposal").options
    kind, _, dated = tail.partition(".")
    declared = FACTS.get(kind) if head in ("fact", "date") and kind in FACTS else DOCUMENTS.get(kind)
    if declared is None:
        return False
    fields = {field.name: field for field in declared.fields}
    if only.field == "choice" and head == "approved":
        return set(only.values) <= set(declared.choices)
    if only.field and not set(only.values) <= {*fields[only.field].options, "是", "否"}:
        return False
    if head == "date":
        return fields[dated].type in ("date", "datetime")
    return not dated and (head == "fact") == (kind in FACTS) and head in {*OF_DOCUMENT, "fact"}


def test_nothing_is_declared_without_a_citation() -> None:
    tables = (DOCUMENTS, FACTS, REQUIREMENTS, LIMITS, PROCEDURES, DUTIES)
    assert [code for table in tables for code, declared in table.items() if not declared.cites] == []
    assert [step.code for step in STEPS if not step.cites] == []
    assert [code for code, violation in VIOLATIONS.items() if not violation.basis] == []


def test_the_key_of_a_table_is_the_code_of_the_declaration() -> None:
    tables = (DOCUMENTS, FACTS, REQUIREMENTS, LIMITS, PROCEDURES, DUTIES, VIOLATIONS)
    assert [key for table in tables for key, declared in table.items() if key != declared.code] == []


@every_fact
def test_facts_are_stated_by_roles_and_prefilled_from_what_exists(fact: Fact) -> None:
    assert set(fact.stated_by) <= set(ROLE_NAMES)
    assert [part for field in fact.fields for part in parts(field.source) if not known(part)] == []
    assert fact.summary.endswith("。")


@every_fact
def test_a_fact_has_no_field_twice(fact: Fact) -> None:
    names = [field.name for field in fact.fields]
    assert len(names) == len(set(names))


@every_limit
def test_limits_begin_and_end_with_declared_events(limit: Limit) -> None:
    assert wrong(limit.starts) == []
    assert not limit.ends or wrong(limit.ends) == []


@every_fact
def test_a_fact_has_its_place_among_declared_events(fact: Fact) -> None:
    assert [part for event in (fact.before, fact.after) if event for part in wrong(event)] == []


@every_limit
def test_a_missed_limit_is_found_under_a_declared_code(limit: Limit) -> None:
    if limit.severity is None:
        assert not limit.finding
    else:
        assert limit.ends, "a limit that never ends would always be missed"
        assert (limit.finding or limit.code) in REQUIREMENTS
        assert limit.code in REQUIREMENTS


@every_limit
def test_a_limit_that_a_setting_may_replace_has_the_same_default(limit: Limit) -> None:
    if limit.setting:
        defaults = [t.value for t in THRESHOLDS if t.name == limit.setting]
        assert defaults == [limit.span.length]


def test_d8_only_limits_of_the_other_side_roll_over() -> None:
    assert {code for code, limit in LIMITS.items() if limit.span.rolls} == {
        "TL-21",
        "TL-23",
        "TL-24",
        "TL-26",
    }


@every_step
def test_steps_do_something_declared(step: Step) -> None:
    head, _, tail = step.does.partition(":")
    assert (head == "file" and tail in DOCUMENTS) or (head == "state" and tail in FACTS) or step.does in ACTS


@every_step
def test_steps_wait_for_and_end_with_declared_events(step: Step) -> None:
    events = (*step.needs, *step.done, *step.unless, *step.only, *step.wanted)
    assert [part for event in events for part in wrong(event)] == []
    assert step.done
    assert step.optional or not step.wanted


@every_step
def test_steps_stand_in_a_stage_belong_to_a_role_and_say_why(step: Step) -> None:
    assert step.stage in STAGES
    assert step.role in ROLE_NAMES
    assert step.why.endswith("。")
    assert not step.limit or step.limit in LIMITS


def test_steps_have_distinct_codes() -> None:
    for procedure in PROCEDURES.values():
        codes = [step.code for step in procedure.steps]
        assert len(codes) == len(set(codes))


def test_a_procedure_begins_each_stage_in_order() -> None:
    for procedure in PROCEDURES.values():
        assert tuple(name for name, _ in procedure.stage_begins) == STAGES
        assert [part for _, events in procedure.stage_begins for e in events for part in wrong(e)] == []


def test_r2_1_a_procedure_says_its_states_endings_and_rules_in_what_is_declared() -> None:
    for procedure in PROCEDURES.values():
        events = [event for _, event in procedure.states] + [one.event for one in procedure.endings]
        assert [part for event in events for part in wrong(event)] == []
        assert procedure.states[-1][1] == "opened"
        assert procedure.when
        assert set(procedure.rules) <= set(REQUIREMENTS)
    letters = [procedure.letter for procedure in PROCEDURES.values()]
    assert len(letters) == len(set(letters))


def test_r3_1_the_main_path_goes_from_source_to_archive() -> None:
    must = [step.code for step in PROCEDURES["penalty_ordinary"].steps if not step.optional and not step.only]
    path = [
        "case_source_form", "docket_approval", "identity_evidence", "cure_order", "investigation_report",
        "proposal_approval", "penalty_notice", "decision_approval", "penalty_decision", "payment_record",
        "closing_report", "archive",
    ]  # fmt: skip
    assert must == path


def test_every_document_kind_can_be_reached() -> None:
    """A kind is made in some procedure, is printed from entries, or is the bureau's own."""
    made = {kind.code for procedure in PROCEDURES for kind in CURRENT.offered(procedure)}
    assert {code for code, kind in DOCUMENTS.items() if kind.filled} == made


def test_a_case_is_offered_the_papers_of_its_procedure_only() -> None:
    penalty, licence = (
        {kind.code for kind in CURRENT.offered(code)} for code in ("penalty_ordinary", "licensing")
    )
    assert penalty & licence == {*SERVING, "reconsideration_or_suit_notice"}
    assert {"case_cover", "interpretation"} & (penalty | licence) == set()
    assert penalty | licence <= {kind.code for kind in CURRENT.offered("nothing_declared")}


def test_what_a_paper_follows_can_be_in_a_case_of_the_procedure() -> None:
    """Nobody is asked to choose a document from an empty list: a payment on the spot is for the decision on the spot."""
    for procedure in PROCEDURES:
        offered = {kind.code for kind in CURRENT.offered(procedure)}
        for kind in (*CURRENT.offered(procedure), *CURRENT.stated(procedure)):
            for field in kind.fields:
                named = [
                    p.removeprefix("document.") for p in field.source.split("|") if p.startswith("document.")
                ]
                follows = {code for code in named if code not in IN_HAND}
                assert not follows or follows & offered, (procedure, kind.code, field.name)
            if isinstance(kind, Document) and kind.approved_by not in ("", "own"):
                assert kind.approved_by in offered, (procedure, kind.code)


def test_what_a_procedure_names_besides_exists_and_no_step_makes_it() -> None:
    for procedure in PROCEDURES.values():
        made = {step.does for step in procedure.steps}
        assert [kind for kind in procedure.also if not DOCUMENTS[kind].filled or f"file:{kind}" in made] == []


def test_duties_name_papers_that_exist() -> None:
    assert [duty.code for duty in DUTIES.values() if duty.document and duty.document not in DOCUMENTS] == []


def test_the_measures_have_thirty_six_articles() -> None:
    assert sorted(ARTICLES) == list(range(1, 37))


def test_every_cited_article_has_our_summary() -> None:
    assert [cite for cite in sorted(CITED) if not summary_of(*cite)] == []


def test_every_article_of_the_penalty_chapter_is_cited() -> None:
    cited = {article for law, article in CITED if law == "办法"}
    assert set(range(9, 32)) <= cited


def test_statutes_are_of_known_laws() -> None:
    assert {law for law, _ in STATUTES} <= set(LAWS)


def test_requirements_of_the_penalty_chapter_are_all_there() -> None:
    chapter = (
        "R9.1 R9.2 R10.1 R10.2 R10.3 R11.1 R11.2 R12.1 R12.2 R13.1 R13.2 R14.1 R14.2 R14.3 R14.4 R15.1 R15.2 R16.1 R17.1 "
        "R18.1 R19.1 R19.2 R19.3 R20.1 R20.2 R20.3 R21.1 R21.2 R22.1 R23.1 R24.1 R25.1 R26.1 R26.2 R27.1 R27.2 R27.3 "
        "R28.1 R29.1 R29.2 R30.1 R4.2 R31.1 R31.2 R36.1 R36.2"
    )
    superior = (
        "P17.1 P29.1 P36.1 P37.1 P43.1 P44.1 P45.1 P45.2 P46.1 P48.1 P52.1 P54.1 P55.1 P56.1 P57.1 P58.1 P59.1 P60.1 P61.1 "
        "P62.1 P66.1 P67.1 P72.1 F18.1 F24.1 F25.1 F54.1 C5.1 C6.1 C12.1 A48.1 S67.1 D14.1 TL-16"
    )
    conflicts = [f"K{n}" for n in range(1, 11)]
    assert [c for c in (*chapter.split(), *superior.split(), *conflicts) if c not in REQUIREMENTS] == []


def test_wordings_are_used_and_fill_in() -> None:
    used = {
        p for kind in (*DOCUMENTS.values(), *FACTS.values()) for f in kind.fields for p in parts(f.source)
    }
    unused = {name for name in (*TEXTS, *ROWS) if f"text.{name}" not in used}
    arrival = {name for name in TEXTS if name.startswith("arrival_")}
    assert unused == arrival
    for name in TEXTS:
        filled = text(name, **dict.fromkeys(placeholders(name), "甲"))
        assert "{" not in filled
        assert filled.endswith("。") or not TEXTS[name].endswith("。")


def test_a_wording_is_never_printed_half() -> None:
    with pytest.raises(KeyError, match="court"):
        text("remedies_general", reconsideration_days="六十", reconsideration_body="某政府", sue_months="六")


def test_rows_are_handed_out_as_copies() -> None:
    rows("legal_checks")[0]["item"] = "别的"
    assert rows("legal_checks")[0] == {"item": "执法主体和人员资格"}


def test_fixed_sources_are_used_and_have_words() -> None:
    used = {
        p for kind in (*DOCUMENTS.values(), *FACTS.values()) for f in kind.fields for p in parts(f.source)
    }
    assert set(FIXED) <= used
    assert all(words(part) for part in used)
    assert {f"document.{name}" for name in IN_HAND} <= used
