"""What was recorded wrongly or lies elsewhere: numbers set free, files on the device."""

import hashlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from liuhen.acts import approvals, backfill, documents, facts, media
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.desk.recorded import IN_TIME
from liuhen.office.policy import NotPermitted
from liuhen.records import audit, numbers
from tests.acts import drive as d
from tests.desk.doing import Desk, html, told
from tests.records.test_audit import path_of

AT, LATER = "2026-03-20 09:00", "2026-03-25 09:00"
MISTYPED, RIGHT = "大金普发改罚决〔2025〕71号", "大金普发改罚决〔2025〕17号"
DIGEST = "sha256:" + hashlib.sha256(b"film").hexdigest()


@pytest.fixture
def desk(bureau):
    return Desk.until(bureau, d.source)


# --------------------------------------------------------------------------------- numbers on old paper


def old_paper(desk, number):
    """An old decision that exists on paper; the document and the entries."""
    with d.day(AT):
        scan = vault().put(f"scan {number}".encode()).digest
        return backfill.backfill_document(
            desk.case, desk.people["jia"], "penalty_decision", {}, at=date(2025, 6, 2), scan=scan, reason="旧案。",
            number=number, issued_on=date(2025, 6, 2),
        )  # fmt: skip


def issued_of(receipts):
    return next(r.hash for r in receipts if r.kind == "Issued")


def test_a_mistyped_number_is_corrected_and_free_for_the_paper_that_really_bears_it(desk):
    """P17.1; design, Corrected: both values stay in the record, the right one counts."""
    document, receipts = old_paper(desk, MISTYPED)
    with pytest.raises(Invalid, match="已经用在别的文书上"):
        old_paper(desk, MISTYPED)
    with d.day(AT):
        entry = issued_of(receipts)
        corrected = facts.correct(desk.case, desk.people["jia"], entry, "/number", RIGHT, "抄错。")[0]
        approvals.confirm(desk.case, desk.people["ding"], corrected.hash)

    assert desk.state().documents[document].issued.number == RIGHT
    assert numbers.taken(RIGHT)
    assert not numbers.taken(MISTYPED)
    other, _ = old_paper(desk, MISTYPED)
    assert desk.state().documents[other].issued.number == MISTYPED
    with pytest.raises(Invalid, match="已经用在别的文书上"), d.day(AT):
        facts.correct(desk.case, desk.people["jia"], entry, "/number", MISTYPED, "又改回。")
    assert [f.message for f in audit.audit(vault()).faults if f.code.startswith("NUMBER")] == []
    assert desk.state().corrections[0].old == MISTYPED


def test_a_backfilled_paper_that_is_sealed_away_gives_its_number_back_once_that_is_confirmed(desk):
    document, receipts = old_paper(desk, MISTYPED)
    with d.day(AT):
        voided = facts.void(desk.case, desk.people["jia"], receipts[0].hash, "录到别的案件里了。")[0]
        assert numbers.taken(MISTYPED)
        approvals.confirm(desk.case, desk.people["ding"], voided.hash)
    assert desk.state().documents[document].voided
    assert not numbers.taken(MISTYPED)
    old_paper(desk, MISTYPED)


def test_the_page_offers_the_number_of_old_paper_only(desk):
    _, receipts = old_paper(desk, MISTYPED)
    page = html(desk.get("jia", desk.path("correct", issued_of(receipts)) + "?path=/number", AT))
    assert MISTYPED in page
    answer = desk.submit(
        "jia",
        desk.path("correct", issued_of(receipts)) + "?path=/number",
        AT,
        value=RIGHT,
        reason="抄错。",
        action="correct",
    )
    assert answer.status_code == 302
    made = next(
        e for e in desk.state().kinds if desk.state().kinds[e] == "Issued" and e != issued_of(receipts)
    )
    assert "没有可以更正的内容" in told(desk.get("jia", desk.path("correct", made), AT))
    with pytest.raises(Invalid), d.day(AT):
        facts.correct(desk.case, desk.people["jia"], made, "/number", RIGHT, "改。")


# ------------------------------------------------------------------------------------- on the device


def registered(desk, **more):
    values = {
        "what": "检查录像",
        "device": "专用存储设备一号",
        "starts": None,
        "ends": d.local("2026-03-20 08:00"),
    } | more
    with d.day(AT):
        return media.register(desk.case, desk.people["jia"], DIGEST, 4, "检查.mp4", **values)


def test_a_file_on_the_dedicated_device_is_registered_by_its_digest_and_may_follow_into_the_vault(desk):
    """A31; domain/12 no. 32: the device is allowed and sufficient, the file follows."""
    registered(desk)
    (kept,) = desk.state().recordings.values()
    assert (kept.place, kept.digest, kept.size, kept.device) == ("device", DIGEST, 4, "专用存储设备一号")
    assert not vault().exists(DIGEST)
    assert [f for f in audit.audit(vault()).faults if DIGEST in f.message] == []
    with pytest.raises(Invalid, match="已经登记"):
        registered(desk)
    with d.day(LATER):
        receipts = media.deposit(
            desk.case,
            desk.people["jia"],
            b"film",
            "检查.mp4",
            what="检查录像",
            recorded=True,
            ends=d.local("2026-03-20 08:00"),
        )
    state = desk.state()
    (one,) = state.recordings.values()
    assert (one.place, one.device, one.entry) == ("vault", "专用存储设备一号", kept.entry)
    assert one.deposited_at == kept.deposited_at, "kept since it was registered on the device (A31)"
    assert state.recording(receipts[0].hash) == state.recording(kept.entry) == one
    path_of(DIGEST).unlink()
    assert [f.code for f in audit.audit(vault()).faults if DIGEST in f.message] == ["FILE_LOST"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "现场\U00012000.jpg"}, "file"),
        ({"what": "现场\U00012000照片"}, "what"),
        ({"device": "\U00012000号机"}, "device"),
        ({"late_reason": "\U00012000"}, "late_reason"),
    ],
)
def test_what_the_catalogue_prints_of_a_file_can_be_printed(desk, given, field):
    values = {"name": "现场.jpg", "what": "现场照片"} | given
    with d.day(AT), pytest.raises(Invalid) as refused:
        media.deposit(desk.case, desk.people["jia"], b"film", **values)
    assert [(p.field, "没有可用的字形" in p.message) for p in refused.value.problems] == [(field, True)]
    assert not vault().exists(DIGEST)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"device": " "}, "device"),
        ({"digest": "sha256:12"}, "digest"),
        ({"size": 0}, "size"),
        ({"name": ""}, "name"),
    ],
)
def test_what_stands_for_the_file_must_be_whole(desk, wrong, field):
    given = {
        "digest": DIGEST,
        "size": 4,
        "name": "检查.mp4",
        "what": "录像",
        "device": "一号",
        "ends": d.local("2026-03-20 08:00"),
    } | wrong
    with d.day(AT), pytest.raises(Invalid) as refused:
        media.register(desk.case, desk.people["jia"], **given)
    assert refused.value.problems[0].field == field


def test_only_the_officers_of_the_case_register_it(desk):
    with d.day(AT), pytest.raises(NotPermitted):
        media.register(desk.case, desk.people["bing"], DIGEST, 4, "a.mp4", what="x", device="一号")


@pytest.mark.parametrize("chosen", [True, False])
def test_the_page_computes_the_digest_or_takes_what_is_typed(desk, chosen):
    typed = (
        {} if chosen else {"digest": DIGEST.removeprefix("sha256:").upper(), "size": "4", "name": "检查.mp4"}
    )
    more = {"uploads": {"file": SimpleUploadedFile("检查.mp4", b"film")}} if chosen else {}
    answer = desk.submit(
        "jia",
        desk.path("upload"),
        AT,
        place="device",
        what="录像",
        recorded="1",
        to="2026-03-20T08:00",
        device="一号机",
        **typed,
        **more,
    )
    assert answer.status_code == 302, html(answer)[:3000]
    (kept,) = desk.state().recordings.values()
    assert (kept.place, kept.digest, kept.name) == ("device", DIGEST, "检查.mp4")
    assert not vault().exists(DIGEST)
    assert desk.get("jia", desk.path("media_file", DIGEST), AT).status_code == 404
    assert "检查.mp4" in told(desk.get("jia", desk.path("case_recordings"), AT))
    assert IN_TIME


def test_a_digest_that_is_none_is_told_at_its_field(desk):
    answer = desk.submit(
        "jia",
        desk.path("upload"),
        AT,
        place="device",
        what="录像",
        recorded="1",
        to="2026-03-20T08:00",
        device="一号机",
        digest="12",
        size="4",
        name="a.mp4",
    )
    assert answer.status_code == 422
    assert 'id="digest-e"' in html(answer)


# -------------------------------------------------------------------------------- leaving without a successor


def test_somebody_leaves_a_part_and_nobody_takes_it(desk):
    """domain §5: a recusal or transfer, with the reason; who succeeds may be named later."""
    url = desk.path("case_people")
    given = {"act": "leave", "part": "assist_officer", "person": "yi", "reason": ""}
    with d.day(AT):
        assert desk.clients["ding"].post(url, given).status_code == 422
        assert desk.clients["jia"].post(url, given | {"reason": "调离。"}).status_code == 403
        assert desk.state().holders("assist_officer") == ["yi"]
        assert desk.clients["ding"].post(url, given | {"reason": "调离。"}).status_code == 302
    assert desk.state().holders("assist_officer") == []
    assert desk.state().assignments[-1].reason == "调离。"


def test_a_further_text_still_tells_what_came_by_itself(bureau):
    """What nobody typed in the first text, nobody types in the second."""
    drive = d.Drive(bureau)
    for step in (d.source, d.investigation, d.report):
        step(drive)
    report = drive.documents["investigation_report"]
    first = drive.state().documents[report].current.sources
    assert first

    with d.day("2026-03-12 09:00"):
        draft = documents.revise(drive.case, bureau["jia"], report)
        assert {name: source["from"] for name, source in draft.sources.items()} == dict(first)
        documents.finalise(draft.document, bureau["jia"])
    second = drive.state().documents[report].current
    assert (second.number, dict(second.sources)) == (2, dict(first))
