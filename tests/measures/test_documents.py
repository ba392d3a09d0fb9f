"""Every document kind is declared whole: cited, placed, with fields that a form, a paper and a rule can use (R3.2)."""

from collections import Counter

import pytest

from liuhen.casefile.entries import KINDS as ENTRIES
from liuhen.measures import DOCUMENTS, REQUIREMENTS
from liuhen.measures.documents.groups import PENALTY_KINDS
from liuhen.measures.duties import DUTIES
from liuhen.measures.sources import UnknownSource, known, parts, words
from liuhen.measures.vocabulary import STAGES, Document, Field

KINDS = list(DOCUMENTS.values())
SIGNERS = {
    "officer", "party", "interviewee", "holder", "witness", "registrar", "participant", "notifier", "told",
    "presider", "applicant", "principal_leader", "depositor",
    "recorder", "agent", "keeper", "receiver", "hander", "expert", "appraiser", "legal_reviewer", "recipient", "server", "executor",
}  # fmt: skip
THIRTEEN = {
    "cause", "source_kind", "party_name", "legal_rep", "address", "discovered_at", "place", "docketed_on",
    "decision_number", "officers", "course", "penalties", "execution",
}  # fmt: skip

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)


def all_fields(kind: Document) -> list[Field]:
    """The fields of a kind and the columns of its lists."""
    return [inner for field in kind.fields for inner in (field, *field.columns)]


@every_kind
def test_cites_and_answers_to_a_requirement(kind: Document) -> None:
    assert kind.cites
    assert kind.requirement in REQUIREMENTS


@every_kind
def test_stands_in_a_stage_and_has_a_summary(kind: Document) -> None:
    assert kind.stage in STAGES
    assert kind.summary.endswith("。")


@every_kind
def test_belongs_to_a_case_by_its_number(kind: Document) -> None:
    """A paper of the bureau lies in no case."""
    if kind.kept_in == "case":
        assert kind.field("case_no").source == "case.case_no"
    else:
        assert not [p for f in all_fields(kind) for p in parts(f.source) if p.startswith("case.")]


@every_kind
def test_what_is_printed_is_printed_from_kinds_of_entry(kind: Document) -> None:
    assert set(kind.printed_from) <= set(ENTRIES)
    assert kind.filled == (kind.kept_in == "case" and not kind.printed_from)


@every_kind
def test_fields_have_distinct_names_labels_and_a_group(kind: Document) -> None:
    assert max(Counter(field.name for field in kind.fields).values()) == 1
    assert all(field.label and field.group for field in kind.fields)


@every_kind
def test_fields_are_of_one_piece(kind: Document) -> None:
    for field in all_fields(kind):
        assert (field.type == "enum") == bool(field.options), field.name
        assert field.type != "list" or field.columns, field.name
        assert not field.minimum or field.required, field.name
        assert not field.default or field.type != "enum" or field.default in field.options, field.name


@every_kind
def test_required_if_looks_at_a_field_that_can_say_so(kind: Document) -> None:
    for field in kind.fields:
        if field.required_if:
            other, value = field.required_if
            allowed = kind.field(other).options or ("true", "false")
            assert value in allowed, field.name


@every_kind
def test_sources_name_something_declared(kind: Document) -> None:
    assert [part for field in all_fields(kind) for part in parts(field.source) if not known(part)] == []


@every_kind
def test_a_source_is_never_the_paper_itself(kind: Document) -> None:
    """An earlier paper of the kind may tell, as where the site is; the first one still has something to begin with."""
    assert [
        f.name
        for f in kind.fields
        if f.source and {p.partition(".")[0] for p in f.source.split("|")} == {kind.code}
    ] == []


@every_kind
def test_approvals_are_in_order_and_its_own(kind: Document) -> None:
    assert list(kind.approvals) == sorted(kind.approvals, key="SLBP".index)
    assert bool(kind.approvals) == (kind.approved_by == "own")


@every_kind
def test_what_another_paper_approved_is_comparable(kind: Document) -> None:
    if kind.approved_by in ("", "own"):
        assert not kind.equal
        return
    approved = DOCUMENTS[kind.approved_by]
    for name in kind.equal:
        assert kind.field(name).type == approved.field(name).type, name


@every_kind
def test_what_is_served_is_numbered_and_sealed(kind: Document) -> None:
    if kind.served:
        assert kind.number
        assert kind.sealed
        assert kind.facing in "PT"


@every_kind
def test_received_papers_are_neither_numbered_nor_approved(kind: Document) -> None:
    assert (kind.facing == "X") == (kind.layout == "received")
    if kind.layout == "received":
        assert not kind.number
        assert not kind.approvals
        assert kind.field("files").required


@every_kind
def test_signatures_are_of_known_roles(kind: Document) -> None:
    assert {signature.role for signature in kind.signatures} <= SIGNERS


@every_kind
def test_r13_2_evidence_papers_name_two_officers_and_bear_two_signatures(kind: Document) -> None:
    if kind.evidence:
        assert kind.field("officers").minimum >= 2
        assert [s.count for s in kind.signatures if s.role == "officer"] == [2]


@every_kind
def test_r14_3_what_must_be_recorded_has_a_duty(kind: Document) -> None:
    must = {duty.document for duty in DUTIES.values() if duty.level == "M" and duty.document}
    assert (kind.recording == "M") == (kind.code in must)


@every_kind
def test_internal_papers_stand_in_the_internal_part(kind: Document) -> None:
    assert (kind.part == "internal") == (kind.order >= 100)


def test_numbers_are_unique() -> None:
    numbers = Counter(kind.number for kind in KINDS if kind.number)
    assert [number for number, count in numbers.items() if count > 1] == []


def test_titles_are_unique() -> None:
    assert len({kind.title for kind in KINDS}) == len(KINDS)


def test_penalties_are_declared_alike_so_that_they_compare() -> None:
    proposed = [kind.field("penalties") for kind in KINDS if any(f.name == "penalties" for f in kind.fields)]
    assert len(proposed) >= 6
    assert {field.type for field in proposed} == {"penalties"}
    assert {field.columns[0].options for field in proposed} == {PENALTY_KINDS}


def test_r14_1_rights_are_told_in_every_paper_of_the_article() -> None:
    named = (
        "interview_record", "evidence_production_notice", "evidence_register_list", "site_inspection_record",
        "sampling_notice", "sample_disposal_notice", "hold_notice", "hold_disposal_notice",
        "appraisal_result_notice",
    )  # fmt: skip
    assert [code for code in named if not DOCUMENTS[code].field("rights_told").required] == []


def test_r20_2_the_hearing_record_is_signed_page_by_page() -> None:
    signatures = DOCUMENTS["hearing_record"].signatures
    assert {s.role for s in signatures if s.every_page} == {"presider", "officer", "party", "agent"}


def test_r21_2_the_hearing_report_has_its_six_contents() -> None:
    contents = {"cause", "participants", "time_and_place", "course", "facts", "opinion"}
    assert contents <= {field.name for field in DOCUMENTS["hearing_report"].fields if field.required}


def test_r24_1_the_decision_has_its_seven_contents_and_the_seal() -> None:
    decision = DOCUMENTS["penalty_decision"]
    contents = {
        "party", "facts", "evidence", "penalties", "basis", "defence_outcome", "performance", "remedies",
        "authority",
    }  # fmt: skip
    assert contents <= {field.name for field in decision.fields if field.required}
    assert decision.sealed


def test_r30_1_the_closing_report_has_its_thirteen_fields() -> None:
    required = {field.name for field in DOCUMENTS["closing_report"].fields if field.required}
    assert required == {*THIRTEEN, "case_no"}


def test_minutes_are_signed_by_all_who_took_part() -> None:
    """R23.1: a count of nought means everyone whom the paper names."""
    everyone = DOCUMENTS["collective_discussion_minutes"].signatures[0]
    assert (everyone.role, everyone.count) == ("participant", 0)


def test_most_required_fields_need_no_typing() -> None:
    required = [field for kind in KINDS if kind.filled for field in kind.fields if field.required]
    typed = [field for field in required if not (field.source or field.default)]
    assert len(typed) / len(required) < 0.3


def test_a_source_says_in_chinese_where_a_value_came_from() -> None:
    assert words("docket_approval.basis") == "立案审批表"
    assert words("case.party") == "案件"
    assert words("text.rights_interview") == "规范用语"
    assert words("limit.TL-12") == "期限：处理先行登记保存的证据"
    with pytest.raises(UnknownSource):
        words("case.nothing")
