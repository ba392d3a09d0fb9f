"""双公示: national fields; slight penalties are not published, numbers of identity papers never (domain §9)."""

from liuhen.supervision import publication
from tests.acts import drive as d
from tests.archives import making

BUREAU = {"name": "某局", "uscc": "11210000000000000X"}


def record(drive):
    case = drive.state()
    (decision,) = case.of("penalty_decision")
    return publication.penalty(case, decision, BUREAU)


def test_a_penalty_has_the_national_fields(bureau):
    made = record(making.closed(bureau))
    assert made["CF_XDR_MC"] == d.PARTY["name"]
    assert made["CF_XDR_LB"] == "法人及非法人组织"
    assert made["CF_WSH"].startswith("大金普发改罚决〔2026〕")
    assert made["CF_NR_FK"] == "2.000000"
    assert made["CF_CFLB"] == "警告、罚款"
    assert made["CF_JDRQ"] == "2026-03-18"
    assert made["CF_GSJZQ"] == "2027-03-18"
    assert len(made) == 30


def test_no_number_of_an_identity_paper_goes_out(bureau, monkeypatch):
    drive = making.closed(bureau)
    case = drive.state()
    (decision,) = case.of("penalty_decision")
    person = {
        "party_kind": "自然人",
        "name": "张某",
        "id_number": "210200199001010011",
        "phone": "13800000000",
    }
    monkeypatch.setitem(decision.values, "party", person)
    made = publication.penalty(case, decision, BUREAU)
    assert made["CF_XDR_LB"] == "自然人"
    assert not {"210200199001010011", "13800000000"} & set(made.values())


def test_a_warning_alone_is_slight(bureau, monkeypatch):
    case = making.closed(bureau).state()
    (decision,) = case.of("penalty_decision")
    monkeypatch.setitem(decision.values, "penalties", [{"kind": "警告"}])
    assert publication.penalty(case, decision, BUREAU) is None
