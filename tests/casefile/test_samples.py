"""Every kind of entry that was ever released keeps its sample and its reader (docs/entries.md).

A sample is never made again: what it holds was hashed, and must be read the same for ever.
"""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from liuhen.casefile.entries import KINDS, Entry, UnknownEntry, check_body
from liuhen.casefile.moments import parse
from liuhen.casefile.office import Office, settle_office
from liuhen.casefile.settle import settle
from liuhen.ledger import chain, commitment

FOLDER = Path(__file__).with_name("samples")
SAMPLES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}


def entry(sample):
    header = sample["header"]
    return Entry(
        header["stream"], header["position"], header["kind"], header["kind_version"], parse(header["at"]),
        parse(header["recorded_at"]), header["actor"], header["origin"], header["measures"], sample["hash"],
        sample["body"], header["commitment"],
    )  # fmt: skip


def stream(family):
    found = [entry(sample) for sample in SAMPLES.values() if sample["header"]["stream"].startswith(family)]
    return sorted(found, key=lambda each: (each.stream, each.position))


def test_every_kind_and_version_has_its_sample():
    wanted = {f"{kind.name}.v{n}" for kind in KINDS.values() for n in range(1, kind.version + 1)}
    assert set(SAMPLES) == wanted


def of_kind(name):
    return [each for each in stream("case/") if each.kind == name]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_what_was_hashed(name):
    sample = SAMPLES[name]
    header = sample["header"]
    assert name == f"{header['kind']}.v{header['kind_version']}"
    assert header["commitment"] == commitment.commitment(sample["body"], bytes.fromhex(sample["seed"]))
    assert sample["hash"] == chain.entry_hash(header)
    check_body(header["kind"], sample["body"])


@pytest.fixture
def case():
    return settle(stream("case/"), Office())


READ = {
    "Opened": lambda case: case.title == "某粮食有限公司未按规定建立粮食经营台账",
    "Assigned": lambda case: case.officers == ["jia"],
    "Filed": lambda case: case.documents["D7Q2M4K9"].kind == "site_inspection_record",
    "Decided": lambda case: case.documents["D7Q2M4K9"].current.opinions[0].acting_for == "科长戊",
    "Rendered": lambda case: case.documents["D7Q2M4K9"].rendition("for_signature").pages == 2,
    "Signed": lambda case: case.documents["D7Q2M4K9"].current.signatures[0].name == "张某",
    "Issued": lambda case: case.documents["D7Q2M4K9"].issued.number == "大金普发改罚告〔2026〕1号",
    "ServiceStep": lambda case: case.documents["D7Q2M4K9"].service[0].what == "delivered",
    "Deposited": lambda case: [r.device for r in case.recordings.values()] == ["1号记录仪", "1号记录仪"],
    "Tied": lambda case: (
        [(r.duty, r.what) for r in case.recordings.values()]
        == [("site_inspection", "现场检查录像"), ("inspection", "复查现场录像")]
    ),
    "Happened": lambda case: case.facts[0].code == "hearing_requested",
    "Corrected": lambda case: case.documents["D7Q2M4K9"].values["place"] == "某街道某路11号",
    "Voided": lambda case: [r.voided for r in case.recordings.values()] == ["附错案件", ""],
    "Marked": lambda case: case.marks == {"重大复杂": "涉及面广"},
    "Supervised": lambda case: case.explained[("TL-33", "")] == "存储设备检修，次日存入",
    "Handed": lambda case: [body.get("batch", "") for body in case.handed] == ["", "2036年第1批"],
    "Closed": lambda case: case.outcome == "行政处罚",
    "Archived": lambda case: (
        [body["files"] for body in case.packages] == [29, 7] and case.archived["files"] == 29
    ),
    "Disposed": lambda case: (
        settle(of_kind("Disposed"), Office()).case_no == "LC-2026-0001" and case.destroyed["supervisors"]
    ),
}
READ_OFFICE = {
    "Released": lambda office: office.releases[0][1] == "2026-1",
    "Interpreted": lambda office: office.interpreted(13)[0].basis == "局务会纪要第3号",
    "Appointed": lambda office: office.name("jia") == "执法人员甲",
    "Certified": lambda office: office.certificate_of("jia", parse("2026-03-03")) == "示例-0001",
    "Delegated": lambda office: office.delegations[0].acting_for == "ren",
    "ClockChecked": lambda office: office.clock_offset("1号记录仪")[0] == 12,
    "CalendarSet": lambda office: [year.year for year in office.years] == [2027],
    "SettingSet": lambda office: (
        office.setting("bureau_name", parse("2026-03-03"), "") == "大连金普新区发展和改革局"
    ),
}
# Kept for proof, number series, access and packages; the registers' fold takes nothing from them.
NOT_FOLDED = {
    "Permitted", "KeySet", "NumberReserved", "NumberVoided", "Restored", "Consulted", "Refused",
    "RectificationOrdered", "RectificationStep", "FailingEntered", "Sampled", "Reviewed", "ListReported",
}  # fmt: skip


def test_every_kind_has_its_reader():
    assert READ.keys() | READ_OFFICE.keys() | NOT_FOLDED == KINDS.keys()


def test_a_file_from_the_tray_is_in_its_case_as_it_was_deposited(case):
    """R31.2: the case knows by itself when the file was deposited, what it is and by whom it was made."""
    brought = list(case.recordings.values())[1]
    assert brought.entry == of_kind("Tied")[-1].hash
    assert brought.deposited == SAMPLES["Deposited.v2"]["hash"]
    assert brought.deposited_at == parse("2026-03-04T06:00:00Z")
    assert (brought.by, brought.recorded, brought.body["taken"]["model"]) == ("jia", True, "DSJ-X1")


@pytest.mark.parametrize("kind", READ)
def test_the_case_reads_it(case, kind):
    assert READ[kind](case)


@pytest.mark.parametrize("kind", READ_OFFICE)
def test_the_office_reads_it(kind):
    assert READ_OFFICE[kind](settle_office(stream("office/")))


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("change", [{"kind": "Teleported"}, {"version": 99}])
def test_an_unknown_kind_or_version_stops_loudly(name, change):
    unknown = replace(entry(SAMPLES[name]), **change)
    with pytest.raises(UnknownEntry, match="不认识"):
        settle([unknown], Office())
    with pytest.raises(UnknownEntry, match="不认识"):
        settle_office([unknown])
