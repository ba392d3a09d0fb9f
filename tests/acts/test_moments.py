"""A moment of a recording is marked, corrected, and its picture filed with where it comes from (R3.3, R31.2, R34.3)."""

import hashlib
import io

import pytest

from liuhen.acts import facts, media, moments
from liuhen.acts.engine import situation
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.office.policy import NotPermitted
from liuhen.recordings.apart import NotDecoded
from liuhen.recordings.previews import frame_at
from liuhen.records.append import New, append
from liuhen.records.audit import Report, audit
from liuhen.records.project import project
from liuhen.records.reveal import look
from liuhen.records.seal import seal
from tests.acts.drive import Drive, day, local
from tests.recordings import making
from tests.remembered import step

AT = "2026-03-03 16:00"


@pytest.fixture
def drive(bureau):
    drive = Drive(bureau)
    filmed(drive)
    return drive


@step
def filmed(drive):
    with day(AT):
        media.deposit(
            drive.case, drive.people["jia"], making.film().read_bytes(), "检查.mp4", what="现场检查录像", recorded=True,
            starts=local("2026-03-03 09:00"), ends=local("2026-03-03 09:01"), device="1号记录仪",
        )  # fmt: skip
    (drive.film,) = drive.state().recordings


def marked(drive, second=1, text="出示执法证件。", who="jia"):
    with day(AT):
        return moments.mark(drive.case, drive.people[who], drive.film, second, text)[0].hash


def told(drive):
    case = drive.state()
    return [(f.values["second"], f.values["text"]) for f in moments.marks(case, case.recordings[drive.film])]


def filed(drive, seconds=1.5, **more):
    with day(AT):
        moments.file_still(
            drive.case, drive.people["jia"], drive.film, seconds, what="没有台账的柜子", **more
        )
    case = drive.state()
    return moments.stills(case, case.recordings[drive.film])[-1]


def checked():
    report = audit(vault())
    moments.check_derived(report)
    return report


def test_marks_stand_in_the_order_of_the_recording_with_the_time_of_day(drive):
    marked(drive, 2, "当事人陈述。")
    marked(drive, 1)
    assert told(drive) == [(1, "出示执法证件。"), (2, "当事人陈述。")]
    assert {f.at for f in drive.state().happened("recording_moment")} == {
        local("2026-03-03 09:00:01"), local("2026-03-03 09:00:02"),
    }  # fmt: skip


def test_a_mark_is_corrected_and_the_earlier_one_stays(drive):
    entry = marked(drive)
    with day(AT):
        facts.correct(drive.case, drive.people["jia"], entry, "/values/second", 2, "看错一秒")
        with pytest.raises(Invalid, match="由系统记下"):
            facts.correct(drive.case, drive.people["jia"], entry, "/values/recording", "0" * 64, "换一段")
    assert told(drive) == [(2, "出示执法证件。")]
    entries = situation(drive.case, drive.people["jia"]).entries
    assert [e.body["values"]["second"] for e in entries if e.kind == "Happened"] == [1]


@pytest.mark.parametrize(
    ("second", "text", "field"), [(99, "有字", "t"), (-1, "有字", "t"), (1, " ", "text")]
)
def test_a_mark_lies_in_its_recording_and_says_something(drive, second, text, field):
    with pytest.raises(Invalid) as refused:
        marked(drive, second, text)
    assert [p.field for p in refused.value.problems] == [field]
    assert told(drive) == []


def test_who_has_no_part_in_the_case_marks_and_files_nothing(drive):
    with pytest.raises(NotPermitted):
        marked(drive, who="bing")
    with day(AT), pytest.raises(NotPermitted):
        moments.file_still(drive.case, drive.people["bing"], drive.film, 1, what="画面")


def test_a_picture_is_filed_with_where_it_comes_from(drive):
    with making.film().open("rb") as film:
        expected = f"sha256:{hashlib.sha256(frame_at(film, 1.5)).hexdigest()}"
    still = filed(drive)
    film = drive.state().recordings[drive.film]
    assert (still.digest, still.media_type, still.recorded) == (expected, "image/jpeg", False)
    assert still.body["derived"] == {
        "digest": film.digest, "entry": drive.film, "at": 1500, "by": moments.program(),
    }  # fmt: skip
    assert (still.ends, still.device) == (
        local("2026-03-03 09:00:01.500").replace(microsecond=0),
        "1号记录仪",
    )
    assert vault().verify(film.digest) == "ok"
    with day("2026-04-20 09:00"):
        late = [
            f for f in look(drive.case, drive.people["jia"]).judgement.violated() if f.subject == still.entry
        ]
    assert late == []
    assert [one.verdict for one in moments.rederived()] == ["same"]
    assert checked().faults == []


def test_the_same_picture_is_filed_once(drive):
    filed(drive)
    with pytest.raises(Invalid, match="已经存入本案"):
        filed(drive)
    with pytest.raises(Invalid, match="没有画面"):
        filed(drive, 99)


def forged(drive, **more):
    """A picture of its own that claims to be out of the film, recorded by someone who calls the program's own functions."""
    stored = vault().put(io.BytesIO(b"\xff\xd8 painted"))
    film = drive.state().recordings[drive.film]
    body = {
        "digest": stored.digest, "size": stored.size, "name": "画.jpg", "media_type": "image/jpeg", "place": "vault",
        "what": "画", "derived": moments.derivation(film, 1.5) | more,
    }  # fmt: skip
    with day(AT):
        append(f"case/{drive.case}", "jia", [New("Deposited", body)])
        seal()
        project(drive.case)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "截不出同样的画面"),
        ({"digest": "sha256:" + "0" * 64}, "原片不在本案的记录里"),
        ({"entry": "0" * 64}, "原片不在本案的记录里"),
    ],
)
def test_a_picture_that_is_not_out_of_its_film_is_named(drive, more, words):
    forged(drive, **more)
    named = [(fault.code, fault.message) for fault in checked().faults if fault.code == "DERIVED"]
    assert len(named) == 1
    assert words in named[0][1]


def test_what_another_program_took_is_said_to_be_unchecked(drive):
    forged(drive, by="liuhen 0.0.1")
    report = Report()
    moments.check_derived(report)
    assert report.faults == []
    assert len(report.notes) == 1
    assert "没有重新截取比对" in report.notes[0]


def test_a_decoder_that_gives_no_answer_accuses_nobody(drive, monkeypatch):
    filed(drive)

    def silent(*_):
        raise NotDecoded("停止")

    monkeypatch.setattr(moments, "frame_taken", silent)
    assert [one.verdict for one in moments.rederived()] == ["open"]


def test_a_film_that_cannot_be_had_leaves_its_pictures_unchecked(drive):
    filed(drive)
    vault().first.destroy(drive.state().recordings[drive.film].digest)
    assert [one.verdict for one in moments.rederived()] == ["open"]
