"""A case is judged by the release of the Measures under which it began (R36.1)."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from liuhen.casefile.entries import Entry
from liuhen.casefile.office import settle_office
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Judgement
from liuhen.compliance.checking import lines
from liuhen.compliance.contest import answer_due, contests
from liuhen.compliance.events import has
from liuhen.compliance.judge import context, judge
from liuhen.compliance.steps import event_words
from liuhen.measures import releases
from liuhen.measures.release import RELEASE, export, plain
from liuhen.measures.releases import CURRENT, UnknownRelease, declared, release
from liuhen.scripts.facts import entries_of, now_of
from liuhen.scripts.script import Script, read_script

EARLIER = "2025-1"
TABLES = ("documents", "facts", "requirements", "limits", "procedures", "duties")
SCRIPT = """
id: t
title: 某公司案
closed: true
people:
  甲: {name: 执法人员甲, roles: [officer]}
  主持: {name: 主持人, roles: [presider]}
steps:
  - {at: 2026-03-02, by: 甲, file: case_source_form, values: {source_kind: 举报, is_named: false, content: 举报某公司}}
  - {at: 2026-03-20 11:00, by: 甲, file: hearing_record, values: {started_at: 2026-03-20 09:00, ended_at: 2026-03-20 11:00}}
  - {at: 2026-03-31, by: 主持, file: hearing_report}
"""
PUBLISHED = """
  - at: 2026-03-02
    file: penalty_notice
    issued: true
    served: [{method: 公告, what: published, on: 2026-03-02, carrier: 报纸}]
"""
CONTEST = """
  - {at: 2026-04-01, state: contested, values: {route: 行政复议, on: 2026-04-01, notice_on: 2026-04-02}}
"""


@pytest.fixture
def earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An earlier release: the hearing report in ten working days, a contact of the provider required, no R4.2 yet."""
    stored = json.loads(json.dumps(export()))
    stored["release"] = EARLIER
    stored["limits"]["TL-17"]["span"]["length"] = 10
    for field in stored["documents"]["case_source_form"]["fields"]:
        if field["name"] == "provider_contact":
            field["required"] = True
    del stored["requirements"]["R21.1"]
    stored["limits"]["TL-99"] = {
        **stored["limits"]["TL-17"],
        "code": "TL-99",
        "title": "旧期限",
        "finding": "R21.3",
    }
    stored["requirements"]["R21.3"] = {**stored["requirements"]["R21.2"], "code": "R21.3", "title": "旧要求"}
    stored["duties"]["PF-99"] = {
        **next(iter(stored["duties"].values())), "code": "PF-99", "document": "hearing_report", "found": "R4.1", "level": "M",
    }  # fmt: skip
    stored["limits"]["TL-50"]["span"]["length"] = 20
    stored["limits"]["TL-36"]["span"]["length"] = 40
    del stored["documents"]["warning_talk_record"], stored["facts"]["document_read"]
    stored["facts"]["hearing_absent"]["label"] = "旧名称"
    stored["procedures"]["penalty_ordinary"]["exits"][0]["outcome"] = "旧结果"
    (tmp_path / f"{EARLIER}.json").write_text(json.dumps(stored), encoding="utf-8")
    monkeypatch.setattr(releases, "FOLDER", tmp_path)
    return EARLIER


def judged(script: Script, under: str) -> Judgement:
    entries, office = entries_of(script)
    case = settle([replace(entry, measures=under) for entry in entries], office, closed_world=True)
    return judge(case, context(now_of(script), office, outside=True))


def words(judgement: Judgement) -> str:
    return "\n".join(finding.message for finding in judgement.violated())


@pytest.mark.parametrize("table", TABLES)
def test_what_was_frozen_is_read_back_as_it_was_declared(table: str) -> None:
    now = getattr(CURRENT, table)
    kind = type(next(iter(now.values())))
    assert {code: declared(kind, json.loads(json.dumps(plain(value)))) for code, value in now.items()} == now


def test_a_limit_is_that_of_the_release_under_which_the_case_began(earlier: str) -> None:
    script = read_script(SCRIPT)
    late = {d.code: d.state for d in judged(script, RELEASE).deadlines}
    kept = {d.code: d.state for d in judged(script, earlier).deadlines}
    assert (late["TL-17"], kept["TL-17"]) == ("late", "met")


def test_a_required_field_is_that_of_the_release_under_which_the_case_began(earlier: str) -> None:
    script = read_script(SCRIPT)
    assert "联系方式" in words(judged(script, earlier))
    assert "联系方式" not in words(judged(script, RELEASE))


def test_a_requirement_that_a_release_does_not_know_is_not_asked(earlier: str) -> None:
    script = read_script(SCRIPT)
    assert "R21.1" in {f.code for f in judged(script, RELEASE).violated()}
    assert "R21.1" not in {f.code for f in judged(script, earlier).violated()}


def test_a_limit_that_is_gone_is_told_under_the_release_that_had_it(earlier: str) -> None:
    """R36.1: the check of a case names limits and requirements that the current release does not know."""
    script = read_script(SCRIPT)
    entries, office = entries_of(script)
    case = settle([replace(entry, measures=earlier) for entry in entries], office)
    found = {line.requirement.code: line.outcome for line in lines(case, judged(script, earlier))}
    assert found["R21.3"] == "met"
    assert "R21.1" not in found


def test_duties_of_recording_are_those_of_the_release_under_which_the_case_began(earlier: str) -> None:
    script = read_script(SCRIPT)
    recorded = {f.subject for f in judged(script, earlier).findings if f.code == "R4.1"}
    assert recorded - {f.subject for f in judged(script, RELEASE).findings if f.code == "R4.1"} == {
        "hearing_report"
    }


def test_the_answer_to_a_contest_is_due_by_the_release_under_which_the_case_began(earlier: str) -> None:
    entries, office = entries_of(read_script(SCRIPT + CONTEST))
    due = {
        under: answer_due(case, contests(case)[0], context(now_of(read_script(SCRIPT + CONTEST)), office))
        for under in (RELEASE, earlier)
        if (case := settle([replace(entry, measures=under) for entry in entries], office))
    }
    ends = [one.day for one in due.values() if one is not None]
    assert len(ends) == 2
    assert ends[0] < ends[1]


def test_steps_say_their_events_in_the_words_of_the_release(earlier: str) -> None:
    was, now = release(earlier), CURRENT
    gone = now.procedures["penalty_ordinary"].exits[0].code
    assert event_words("fact:hearing_absent", was) == "旧名称" != event_words("fact:hearing_absent")
    assert event_words(f"exit:{gone}", was) == "旧结果" != event_words(f"exit:{gone}")


def test_nothing_is_judged_by_a_release_that_is_not_kept(earlier: str) -> None:
    with pytest.raises(UnknownRelease, match="1999-1"):
        judged(read_script(SCRIPT), "1999-1")
    with pytest.raises(UnknownRelease):
        release("../release")


def test_an_outside_source_is_judged_by_the_current_release() -> None:
    assert release("") is release(RELEASE) is CURRENT


def test_the_digest_of_a_kept_release_is_that_of_its_content(earlier: str) -> None:
    assert releases.names() == [RELEASE, earlier]
    assert releases.digest_named(earlier).startswith("sha256:")
    assert releases.digest_named(earlier) != releases.digest_named(RELEASE)


def test_the_release_in_force_is_the_last_that_was_adopted() -> None:
    def adopted(position: int, name: str, since: str) -> Entry:
        sample = json.loads((Path(__file__).parents[1] / "casefile/samples/Released.v1.json").read_text())
        body = {**sample["body"], "release": name, "from": since}
        at = date.fromisoformat(since)
        now = entries_of(read_script(SCRIPT))[0][0].recorded_at
        return Entry(
            "office/measures", position, "Released", 1, at, now, "ren", "made", RELEASE, f"h{position}", body
        )

    office = settle_office([adopted(1, "2025-1", "2025-01-01"), adopted(2, RELEASE, "2026-07-01")])
    on = (date(2024, 12, 31), date(2025, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [office.release(day) for day in on] == [RELEASE, "2025-1", "2025-1", RELEASE]
    assert settle_office([]).release(date(2026, 1, 1)) == RELEASE


def under(script: Script, name: str) -> CaseFile:
    entries, office = entries_of(script)
    return settle([replace(entry, measures=name) for entry in entries], office)


def test_what_was_declared_only_later_never_happens_in_an_earlier_release(earlier: str) -> None:
    """A rule may ask for a paper, a fact or an exit that the release of the case did not know."""
    case = under(read_script(SCRIPT), earlier)
    assert not has(case, "filed:warning_talk_record|fact:document_read")
    with pytest.raises(KeyError):
        has(case, "filed:no_such_paper")
    with pytest.raises(KeyError):
        has(case, "exit:no_such_exit")


def test_papers_and_facts_are_offered_as_the_release_has_them(earlier: str) -> None:
    was = release(earlier)
    assert {kind.code for kind in was.offered("penalty_ordinary")} == {
        kind.code for kind in CURRENT.offered("penalty_ordinary")
    } - {"warning_talk_record"}
    assert "document_read" not in {fact.code for fact in was.stated("penalty_ordinary")}


def test_a_public_notice_serves_after_the_days_of_the_release(earlier: str) -> None:
    """TL-36."""
    script = read_script(SCRIPT + PUBLISHED)
    assert {name: under(script, name).of("penalty_notice")[0].served_at for name in (RELEASE, earlier)} == {
        RELEASE: date(2026, 4, 1), earlier: date(2026, 4, 11),
    }  # fmt: skip
