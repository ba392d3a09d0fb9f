"""How long a file is kept follows from what happened in it (domain §8.3; 档例 19, 24)."""

from datetime import date

import pytest

from liuhen.casefile.office import Office
from liuhen.casefile.state import CaseFile, Document, Fact, Issue, Revision, ServiceStep
from liuhen.compliance.retention import retention

ON = date(2026, 4, 1)


def archived(*documents, facts=(), procedure="penalty_ordinary", settings=(), demo=False):
    office = Office(settings=[(date(2020, 1, 1), name, value) for name, value in settings], demo=demo)
    case = CaseFile(id="x", office=office, procedure=procedure, archived_at=ON)
    case.documents = {document.id: document for document in documents}
    case.facts = [Fact(f"e{n}", code, values, ON, "", "gui") for n, (code, values) in enumerate(facts)]
    return case


def paper(kind, served=False, **values):
    revision = Revision(1, f"filed-{kind}", values, ON, ON, "jia", "made", True, "")
    document = Document(kind, kind, revisions=[revision], issued=Issue("i", "1号", ON, True, "某局"))
    if served:
        document.service = [ServiceStep("s", "直接", "delivered", ON, "某人", {})]
    return document


REVOKED = paper("penalty_decision", penalties=[{"kind": "吊销许可证件"}])
FINED = paper("penalty_decision", penalties=[{"kind": "罚款", "amount": 100}])
KEPT = {
    "an ordinary penalty": (archived(FINED), "30年", "一般案卷"),
    "a hearing": (archived(FINED, paper("hearing_record")), "永久", "举行过听证"),
    "collective discussion": (archived(FINED, paper("collective_discussion_minutes")), "永久", "经集体讨论"),
    "revocation": (archived(REVOKED), "永久", "吊销许可证件"),
    "suspected crime": (archived(FINED, facts=[("crime_suspected", {})]), "永久", "涉嫌犯罪"),
    "litigation": (archived(FINED, facts=[("contested", {})]), "永久", "经复议或者诉讼"),
    "a fine on the spot": (archived(paper("summary_decision"), procedure="penalty_summary"), "30年", "一般案卷"),
    "a licence": (archived(paper("license_grant_decision"), procedure="licensing"), "30年", "行政许可"),
    "not accepted": (
        archived(paper("license_refusal_to_accept", served=True), procedure="licensing"), "10年", "不予受理或者终止办理",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
def test_the_first_row_that_is_true_decides(name):
    case, label, why = KEPT[name]
    kept = retention(case)
    assert (kept.term.label, kept.why) == (label, why)
    years = kept.term.years
    assert kept.until == (None if years is None else date(2026 + years, 12, 31))


def test_before_archiving_no_day_is_named():
    case = archived(FINED)
    case.archived_at = None
    assert retention(case).until is None


@pytest.mark.parametrize(("years", "kept"), [(50, "50年"), (10, "30年")])
def test_the_bureau_may_keep_longer_and_not_shorter(years, kept):
    assert retention(archived(FINED, settings=[("retention_years", years)])).term.label == kept


def test_for_a_licence_the_bureaus_table_may_say_ten_years():
    """Domain §8.3: permanent, thirty or ten years, by the table that the archives authority agreed to."""
    case = archived(
        paper("license_grant_decision"), procedure="licensing", settings=[("retention_years", 10)]
    )
    assert retention(case).term.label == "10年"


def test_a_licence_is_kept_ten_years_beyond_its_validity():
    case = archived(paper("license_grant_decision", valid_to="2056-06-30"), procedure="licensing")
    assert retention(case).until == date(2066, 12, 31)


def test_an_appraisal_may_keep_the_file_on():
    """档例 24: what is still to be kept gets a new term."""
    values = {"conclusion": "继续保存", "years": 20}
    case = archived(FINED, facts=[("appraised", values)])
    case.facts = [Fact("e", "appraised", values, date(2057, 3, 1), "", "gui")]
    assert retention(case).until == date(2077, 12, 31)
