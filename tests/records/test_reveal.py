"""R33.1, domain §10: numbers of identity papers, telephones and secret fields reach only those who need them, anywhere."""

import json

import pytest
from django.urls import get_resolver

from liuhen.acts import documents, facts
from liuhen.office.policy import NotPermitted
from liuhen.records import read, reveal
from liuhen.records.models import CaseRow, Draft, FindingRow, LimitRow, TaskRow
from tests.acts import drive as d
from tests.desk.pages import browser
from tests.remembered import remembered

NUMBER, PHONE, OTHER, CHANGED = "210213190001010011", "13811110000", "210213190001010022", "13822220000"
CANARIES = (NUMBER, PHONE, OTHER, CHANGED)
PARTY = {
    "party_kind": "自然人",
    "name": "张某",
    "id_kind": "居民身份证",
    "id_number": NUMBER,
    "phone": PHONE,
    "address": "某街道某路1号",
}
MAY = ("jia", "yi", "ding", "xin", "ren")
MAY_NOT = ("ji", "geng", "gui", "bing", "wu", "chuang", "admin")


@pytest.fixture
def drive(bureau, monkeypatch):
    monkeypatch.setattr(d, "PARTY", PARTY)
    return remembered(driven, bureau)


def driven(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    d.investigation(drive)
    d.report(drive)
    inspected = drive.document("site_inspection_record").current.filed
    other = PARTY | {"id_number": OTHER}
    again = {
        "place": "某街道某路1号",
        "certificates_shown": True,
        "recusal_answer": "不申请",
        "situation": "同前。",
    }
    hours = {"started_at": "2026-03-08T08:00", "ended_at": "2026-03-08T08:30"}
    drive.file("site_inspection_record", again | hours | {"party": other}, at="2026-03-08 09:00")
    d.notice(drive)
    with d.day("2026-03-10 09:00"):
        facts.correct(drive.case, bureau["jia"], inspected, "/values/party/phone", CHANGED, "号码写错")
        facts.state_fact(
            drive.case,
            bureau["jia"],
            "service_address_changed",
            {"on": "2026-03-10", "party": PARTY, "address": "某街道某路2号", "phone": CHANGED},
            proofs=[drive.scan(b"form")],
        )
    return drive


def told(value):
    return [canary for canary in CANARIES if canary in value]


def case_of(drive, who):
    with d.day("2026-03-20 09:00"):
        return reveal.look(drive.case, drive.people[who])


def test_only_those_of_the_case_have_it_in_state_facts_corrections_entries_and_findings(drive):
    for who in ("ji", "geng", "gui"):
        view = case_of(drive, who)
        shown = [view.case.documents, view.case.facts, view.case.corrections, view.case.party, view.entries]
        assert told(repr(shown)) == [], who
        assert told(repr(view.judgement)) == [], who
        assert view.masked, who
        assert reveal.MASKED in repr(view.case.party), who
    for who in MAY:
        view = case_of(drive, who)
        seen = repr([view.case.documents, view.case.corrections, view.entries])
        assert set(told(seen)) == set(CANARIES), who


def test_what_is_recorded_is_not_changed_by_hiding_it(drive):
    before = repr(drive.state())
    reveal.reveal(drive.state(), drive.people["gui"])
    assert repr(drive.state()) == before


def test_lists_and_search_hold_none_of_it(drive):
    for table in (CaseRow, TaskRow, FindingRow, LimitRow):
        assert told(json.dumps(list(table.objects.values()), default=str, ensure_ascii=False)) == []


def addresses(drive):
    """Every address of the desk that can be opened in this case, with each kind of thing that it may name."""
    entries = kinds_of_entries(read.case_entries(drive.case))
    drafts = [draft.document for draft in Draft.objects.all()]
    digests = [r.digest for x in drive.state().documents.values() for v in x.revisions for r in v.renditions]
    choices = {
        "case": [drive.case],
        "document": list(drive.state().documents),
        "entry": entries,
        "draft": drafts,
        "digest": digests,
        "number": [1],
        "text": [1],
        "page": [1],
        "kind": ["interview_record"],
        "code": ["service_address_changed"],
    }
    for name, (possibilities, *_) in get_resolver().reverse_dict.items():
        pattern, names = possibilities[0]
        if isinstance(name, str) and name not in ("sign_in", "sign_out") and set(names) <= choices.keys():
            yield from ("/" + pattern % values for values in _combined(names, choices))


def kinds_of_entries(entries):
    """One entry of each kind of document, fact and correction, and of each that holds others of the secrets."""
    found = {}
    for e in entries:
        named = [str(e.body.get(name, "")) for name in ("document_kind", "fact", "path", "purpose")]
        found.setdefault((e.kind, *named, *told(repr(e.body))), e.hash)
    return list(found.values())


def _combined(names, choices):
    found = [{}]
    for name in names:
        found = [{**values, name: choice} for values in found for choice in choices[name]]
    return found


def test_no_page_answer_or_paper_gives_it_to_others(drive):
    with d.day("2026-03-20 09:00"):
        documents.new_draft(drive.case, drive.people["jia"], "decision_approval")
        every = sorted(set(addresses(drive)))
        papers = [
            a
            for a in every
            if a.endswith(("paper.pdf", ".png", "draft.pdf")) or "/media/" in a or "/pages/" in a
        ]
        for who in MAY_NOT:
            client = browser(who)
            for address in every:
                answer = client.get(address)
                content = answer.getvalue() if answer.status_code == 200 else b""
                assert told(content.decode("utf-8", "replace")) == [], (who, address)
        client = browser("gui")
        # A sheet is drawn for these eyes, its secrets blotted out: tests/desk/test_masks.py looks at what is drawn.
        papers = [address for address in papers if "/sheet/" not in address]
        personal = {drive.documents[k] for k in ("docket_approval", "penalty_notice")}
        for address in papers:
            if any(document in address for document in personal):
                assert client.get(address).status_code in (403, 404), address


def test_a_draft_begun_by_others_holds_none_of_it(drive):
    with d.day("2026-03-20 09:00"):
        draft = documents.new_draft(drive.case, drive.people["ji"], "legal_review_opinion", {"party": {}})
        assert told(repr(draft.values) + repr(draft.sources)) == []


def test_a_text_with_secret_fields_is_revised_and_its_draft_opened_only_by_those_who_see_them(drive):
    """What an officer who is not the main one, or a reviewer, may not read does not reach them as a draft."""
    values = {"source_kind": "举报", "is_named": True, "provider": "周某某", "content": "另一线索。"}
    with d.day("2026-03-11 09:00"):
        document, _ = documents.file_document(
            drive.case,
            drive.people["jia"],
            "case_source_form",
            values | {"discovered_at": "2026-03-11T08:30"},
        )
        with pytest.raises(NotPermitted, match="无权查看"):
            documents.revise(drive.case, drive.people["yi"], document)
        assert not Draft.objects.exists()
        draft = documents.revise(drive.case, drive.people["jia"], document)
        with pytest.raises(NotPermitted, match="无权查看"):
            documents.revise(drive.case, drive.people["yi"], document)
        with pytest.raises(NotPermitted, match="无权查看"):
            documents.save_draft(draft.document, drive.people["yi"], {})
        assert browser("yi").get(f"/drafts/{draft.document}/").status_code == 403
        assert browser("ding").get(f"/drafts/{draft.document}/").status_code == 200
