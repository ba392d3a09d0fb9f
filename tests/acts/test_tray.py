"""The tray 待归入: kept at once, brought into its case afterwards; the day of deposit stays what it was (A31; R31.2)."""

from datetime import UTC, datetime

import pytest

from liuhen.acts import bureau as registers
from liuhen.acts import facts, media, tray
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.cli.__main__ import main
from liuhen.compliance.judge import context, judge
from liuhen.office.policy import NotPermitted
from liuhen.records import read
from liuhen.records import tray as rows
from liuhen.records.audit import audit
from liuhen.records.models import Entry, TrayRow
from liuhen.records.read import NoSuchCase
from tests.acts import drive as d
from tests.acts.drive import local
from tests.recordings import making

RECORDED = (("creation_time", "2026-03-03T01:00:00Z"),)


def film(told=RECORDED):
    return making.film(told=told).read_bytes()


def kept(people, who="jia", at="2026-03-03 16:00", data=None, name="检查.mp4", **more):
    with d.day(at):
        stored = vault().put(film() if data is None else data)
        return tray.keep(people[who], stored.digest, tray.Source(name, **more))


def tie(drive, entry, at="2026-03-05 09:00", who="jia", **more):
    more = {"starts": local("2026-03-03 09:00"), "ends": local("2026-03-03 10:00")} | more
    with d.day(at):
        return tray.tie(drive.case, drive.people[who], entry, **more)


@pytest.fixture
def drive(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    return drive


@pytest.fixture
def inspected(drive):
    drive.file("site_inspection_record", {
        "started_at": "2026-03-03T09:00", "ended_at": "2026-03-03T10:00", "place": "某街道某路1号",
        "certificates_shown": True, "recusal_answer": "不申请", "situation": "没有台账。",
    }, at="2026-03-03 10:10")  # fmt: skip
    return drive


def findings(drive, code, now="2026-03-20 09:00"):
    with d.day(now):
        judgement = judge(drive.state(), context(local(now).astimezone(UTC), read.office()))
    return [f.message for f in judgement.findings if f.code == code and f.outcome == "violated"]


def test_what_is_kept_waits_with_what_the_file_says(bureau):
    entry = kept(
        bureau, device="1号记录仪", path="DCIM/1.MP4", modified=datetime(2026, 3, 3, 1, 0, 3, tzinfo=UTC)
    )
    (row,) = rows.waiting()
    assert (row.entry, row.by, row.device, row.path) == (entry, "jia", "1号记录仪", "DCIM/1.MP4")
    assert row.starts == local("2026-03-03 09:00")
    body = tray.body_in_tray(entry)
    assert (body["recorded"], body["taken"]["video"], body["deposited_at"]) == (
        True,
        "h264",
        "2026-03-03T08:00:00Z",
    )


def test_it_comes_into_its_case_as_it_was_deposited(inspected):
    """The case knows by itself when the file was deposited, and has it for its duty."""
    entry = kept(inspected.people)
    tie(
        inspected,
        entry,
        document=inspected.documents["site_inspection_record"],
        duty="inspection",
        what="现场检查录像",
    )
    (recording,) = inspected.state().recordings.values()
    assert recording.deposited_at == local("2026-03-03 16:00")
    assert (recording.what, recording.duty, recording.by) == ("现场检查录像", "inspection", "jia")
    assert recording.body["taken"]["from"] == "2026-03-03T01:00:00Z"
    assert findings(inspected, "R14.3") == []
    assert list(rows.waiting()) == []


@pytest.mark.parametrize(("deposited", "late"), [("2026-03-04 09:30", False), ("2026-03-04 11:00", True)])
def test_the_day_is_counted_to_the_first_deposit(inspected, deposited, late):
    """Tied a week later: what counts is when it was handed in (TL-37)."""
    entry = kept(inspected.people, at=deposited)
    tie(inspected, entry, at="2026-03-10 09:00", document=inspected.documents["site_inspection_record"])
    told = findings(inspected, "R31.2")
    assert len(told) == (2 if late else 0)
    assert not late or "应在2026年3月4日10:00前完成，实际为2026年3月4日11:00" in told[0]


def test_a_late_one_tells_its_reason_when_it_is_tied(inspected):
    entry = kept(inspected.people, at="2026-03-04 11:00")
    tie(inspected, entry, late_reason="设备检修")
    assert not any("没有写明迟延原因" in told for told in findings(inspected, "R31.2"))


def test_after_the_return_to_the_unit_a_day_more(inspected):
    with d.day("2026-03-05 17:00"):
        registers.return_to_unit(
            inspected.people["jia"], "jia", local("2026-03-05 16:00"), "边远地区", "某岛"
        )
    tie(inspected, kept(inspected.people, at="2026-03-06 10:00"), at="2026-03-06 11:00")
    assert findings(inspected, "R31.2") == []


def test_one_film_serves_two_cases_and_each_once(inspected):
    entry = kept(inspected.people)
    other = d.Drive(inspected.people)
    tie(inspected, entry)
    tie(other, entry)
    with pytest.raises(Invalid, match="已经存入本案"):
        tie(inspected, entry)
    assert {tie.case for tie in TrayRow.objects.get().ties.all()} == {inspected.case, other.case}


def test_brought_into_the_wrong_case_it_waits_again(inspected):
    """Sealed away where it does not belong; nothing is lost."""
    entry = kept(inspected.people)
    (tied,) = tie(inspected, entry)
    with d.day("2026-03-05 10:00"):
        facts.void(inspected.case, inspected.people["jia"], tied.hash, "附错案件")
    assert inspected.state().recordings == {}
    assert [row.entry for row in rows.waiting()] == [entry]
    assert audit(vault()).faults == []
    tie(inspected, entry)
    assert list(rows.waiting()) == []


def test_what_was_stated_of_it_is_corrected_like_any_entry(inspected):
    entry = kept(inspected.people)
    (tied,) = tie(inspected, entry, what="录像")
    with d.day("2026-03-05 10:00"):
        facts.correct(
            inspected.case, inspected.people["jia"], tied.hash, "/file/to", "2026-03-03T02:10:00Z", "看错时间"
        )
        with pytest.raises(Invalid, match="不能更正"):
            facts.correct(
                inspected.case,
                inspected.people["jia"],
                tied.hash,
                "/file/deposited_at",
                "2026-03-03T01:10:00Z",
                "x",
            )
    (recording,) = inspected.state().recordings.values()
    assert recording.ends == local("2026-03-03 10:10")


def test_nothing_to_do_with_any_case_is_marked_with_the_reason_and_taken_back(bureau):
    entry = kept(bureau)
    with pytest.raises(Invalid, match="填写理由"):
        tray.mark_unrelated(bureau["jia"], entry, " ")
    tray.mark_unrelated(bureau["jia"], entry, "误按录制键")
    assert list(rows.waiting()) == []
    assert TrayRow.objects.get().unrelated == "误按录制键"
    case = d.Drive(bureau)
    with pytest.raises(Invalid, match="与办案无关"):
        tie(case, entry)
    tray.mark_unrelated(bureau["jia"], entry, "查明属于本案", set_=False)
    tie(case, entry)
    with pytest.raises(Invalid, match="已经归入案件"):
        tray.mark_unrelated(bureau["jia"], entry, "误标")
    assert vault().verify(TrayRow.objects.get().digest) == "ok"


@pytest.mark.parametrize(
    ("who", "sees"),
    [("jia", True), ("yi", True), ("ding", True), ("geng", True), ("bing", False), ("admin", False)],
)
def test_who_sees_what_waits(bureau, who, sees):
    """One's own, one's section's; 政策法规科 all (R5.1); another section and the administrator nothing."""
    entry = kept(bureau)
    if sees:
        assert tray.row_for(bureau[who], entry).entry == entry
    else:
        with pytest.raises(NoSuchCase):
            tray.row_for(bureau[who], entry)


def test_who_may_not_deposit_keeps_nothing(bureau):
    with pytest.raises(NotPermitted):
        kept(bureau, "admin")
    assert not TrayRow.objects.exists()


def test_another_section_ties_nothing_into_its_case(bureau):
    entry = kept(bureau)
    case = d.Drive(bureau)
    with pytest.raises(NoSuchCase):
        tie(case, entry, who="bing")


def test_a_paper_of_another_case_is_no_place_for_it(inspected):
    entry = kept(inspected.people)
    with pytest.raises(Invalid, match="选择本案的文书"):
        tie(inspected, entry, document="OTHER")


@pytest.mark.parametrize(
    ("times", "told"),
    [
        ({"ends": None}, "填写音像记录的结束时间"), ({"ends": local("2026-03-03 08:00")}, "不能早于开始"),
        ({"ends": local("2026-03-09 08:00")}, "不能晚于现在"),
    ],
)  # fmt: skip
def test_impossible_times(inspected, times, told):
    entry = kept(inspected.people)
    with pytest.raises(Invalid, match=told):
        tie(inspected, entry, **times)


def test_a_devices_clock_is_compared_and_corrects_what_follows(bureau):
    """Offset in seconds, ahead counts as more than nothing; what was kept before stays as it was."""
    before = kept(bureau, device="1号记录仪")
    with d.day("2026-03-03 17:00"):
        assert tray.check_clock(bureau["jia"], "1号记录仪", local("2026-03-03 17:05:03")) == 303
    after = kept(bureau, at="2026-03-03 18:00", device="1号记录仪", data=film((*RECORDED, ("comment", "2"))))
    other = kept(bureau, at="2026-03-03 18:00", device="2号记录仪", data=film((*RECORDED, ("comment", "3"))))
    assert TrayRow.objects.get(entry=before).starts == local("2026-03-03 09:00")
    assert TrayRow.objects.get(entry=after).starts == local("2026-03-03 08:54:57")
    assert tray.body_in_tray(after)["clock_offset"] == 303
    assert "clock_offset" not in tray.body_in_tray(other)


def test_a_device_whose_clock_runs_ahead_states_no_time_that_is_still_to_come(bureau):
    entry = kept(bureau, at="2026-03-03 08:00")
    assert TrayRow.objects.get(entry=entry).starts is None
    assert tray.body_in_tray(entry)["taken"]["from"] == "2026-03-03T01:00:00Z"


def test_an_empty_file_and_a_broken_one(bureau):
    with pytest.raises(Invalid, match="文件是空的"):
        kept(bureau, data=b"")
    entry = kept(bureau, data=b"rubbish")
    assert tray.body_in_tray(entry)["taken"]["notes"] == ["不是认得的音像格式，元数据读不出"]


def test_rows_are_rebuilt_from_the_entries(inspected, capsys):
    """And whoever changes them is found out (R34.3)."""
    first, second = kept(inspected.people), kept(inspected.people, data=film((*RECORDED, ("comment", "2"))))
    tie(inspected, first)
    tray.mark_unrelated(inspected.people["jia"], second, "误按录制键")
    assert list(rows.misplaced()) == []
    TrayRow.objects.filter(entry=second).update(unrelated="", by="yi")
    TrayRow.objects.get(entry=first).ties.all().delete()
    assert set(rows.misplaced()) == {first, second}
    assert {f.code for f in audit(vault()).faults} == {"PROJECTION"}
    assert main(["rebuild", "--check"]) == 1
    assert main(["rebuild"]) == 0
    assert list(rows.misplaced()) == []
    assert list(rows.waiting()) == []


def test_the_office_is_not_folded_anew_for_every_film(bureau):
    """A year brings tens of thousands; no register of the office changes by it."""
    head = read.office_head()
    kept(bureau)
    assert read.office_head() == head
    assert Entry.objects.filter(stream=read.TRAY).count() == 1


def test_a_file_of_a_case_of_its_own_is_not_of_the_tray(drive):
    drive.deposit(film(), "检查.mp4", what="录像", recorded=True, ends=local("2026-03-02 12:00"))
    assert not TrayRow.objects.exists()
    assert media.told_by_itself(vault().put(film()).digest, "检查.mp4").kind == "video"
