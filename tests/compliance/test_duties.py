"""What must be recorded is recorded or excused, and the excuse is looked at (R4.1; domain §6)."""

import pytest

from liuhen.compliance.answers import RULES
from liuhen.measures import DOCUMENTS, DUTIES
from liuhen.scripts.script import read_script
from tests.compliance.told import HEAD, outcomes, script

RELEASED = (
    "  - {at: 2026-03-20, by: 甲, file: seizure_release_decision, as: 解除, "
    "values: {released_at: 2026-03-20 10:00}, issued: true}\n"
)
ASKED = (
    "  - {at: 2026-03-05, by: 甲, file: interview_record, as: 询问, values: "
    "{started_at: 2026-03-05 09:00, ended_at: 2026-03-05 10:00, interviewee: %s%s}}\n"
)
FILM = "  - {at: 2026-03-%s, by: 甲, record: {what: 录像, from: 2026-03-%s, to: 2026-03-%s, document: %s}}\n"
CHECKED = (
    "  - {at: 2026-03-05 11:00, by: 甲, file: site_inspection_record, as: 笔录, values: "
    "{started_at: 2026-03-05 09:00, ended_at: 2026-03-05 10:30, unsuitable_reason: 防爆场所}}\n"
)
REVIEWED = (
    "  - {at: 2026-03-%s, by: 科长, state: recording_unsuitable_reviewed, document: 笔录, "
    "values: {result: %s, opinion: 已核实。}}\n"
)
DOCKET = "  - {at: 2026-03-02, by: 甲, file: docket_approval}\n"
REPORT = "  - {at: 2026-03-10, by: 甲, file: investigation_report}\n"
CHILD = "party: {party_kind: 自然人, name: 林某, birth_date: %s}"


def test_every_must_is_found_by_a_rule() -> None:
    """Devices that record by themselves leave no paper of ours, so that nothing can be missed there."""
    judged = {rule.code for rule in RULES}
    musts = {code: duty.found for code, duty in DUTIES.items() if duty.level == "M"}
    assert {code for code, found in musts.items() if found not in judged} == {"automatic_monitoring"}


def test_the_level_on_a_paper_is_that_of_its_duty() -> None:
    for duty in DUTIES.values():
        if duty.document and DOCUMENTS[duty.document].recording:
            assert DOCUMENTS[duty.document].recording == duty.level, duty.code


@pytest.mark.parametrize(
    ("more", "outcome"),
    [("", "violated"), (FILM % ("20 10:30", "20 09:55", "20 10:30", "解除"), "met")],
)
def test_handing_back_what_was_seized_is_filmed(more: str, outcome: str) -> None:
    assert outcomes("R4.1", script(RELEASED + more)) == {"解除": outcome}


@pytest.mark.parametrize(
    ("born", "who", "more", "found"),
    [
        ("2009-03-06", "林某", "", {"询问": "violated"}),
        ("2008-03-05", "林某", "", {}),
        ("2009-03-06", "王某", "", {}),
        ("1990-01-01", "林某", ", interpreter: 某翻译", {"询问": "violated"}),
    ],
)
def test_a_questioning_is_recorded_of_a_minor_or_with_an_interpreter(
    born: str, who: str, more: str, found: dict[str, str]
) -> None:
    head = HEAD.replace("party: {party_kind: 法人, name: 某粮食有限公司}", CHILD % born)
    assert outcomes("R4.1", read_script(f"{head}\nsteps:\n{DOCKET}{ASKED % (who, more)}")) == found


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        ("", "open"),
        (REPORT, "violated"),
        (REVIEWED % ("06", "同意") + REPORT, "met"),
        (REVIEWED % ("06", "不同意") + REPORT, "violated"),
    ],
)
def test_a_reason_for_not_recording_is_looked_at_by_the_section_head(more: str, outcome: str) -> None:
    assert outcomes("R4.1", script(CHECKED + more)) == {"笔录.reason": outcome}


def test_what_an_outside_source_does_not_tell_is_unknown() -> None:
    assert outcomes("R4.1", script(RELEASED), outside=True) == {"解除": "unknown"}
    assert outcomes("R4.1", script(CHECKED + REPORT), outside=True) == {"笔录.reason": "unknown"}
