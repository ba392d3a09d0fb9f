"""Deny by default: no page without signing in, no case outside what policy shows, no act that policy does not give."""

from django.test import Client
from django.urls import get_resolver, reverse

from liuhen.acts import cases, documents
from liuhen.acts.situation import subject_of
from liuhen.office.policy import may
from liuhen.records.models import CaseRow
from tests.acts import drive as d
from tests.desk.pages import CASE_PAGES, browser, page, status

OPEN = {"sign_in", "sign_out", "log_checkpoint", "log_tile", "health"}
# Spoken to by programs, which are told in a status and not by another page.
SCRIPTED = {"tus_begin", "tus_upload"}
SAMPLES = {"int": "1", "str": "x"}
# The case is of 粮食和物资储备科, its officers are jia and yi, its head ding.
SEES = {"jia", "yi", "ding", "ji", "geng", "xin", "ren", "gui"}
NOT = {"bing", "wu", "chuang", "admin"}


def every_address():
    for name, (possibilities, *_) in (
        (name, found) for name, found in get_resolver().reverse_dict.items() if isinstance(name, str)
    ):
        pattern, names = possibilities[0]
        yield name, "/" + pattern % dict.fromkeys(names, "1")


def test_no_page_opens_without_signing_in(client, db):
    for name, address in every_address():
        if name in OPEN:
            continue
        answer = client.get(address)
        if name in SCRIPTED:
            assert answer.status_code == 401, name
            continue
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("sign_in")), name


def test_nothing_is_done_without_signing_in(client, db):
    for name, address in every_address():
        if name not in OPEN:
            assert client.post(address).status_code == (401 if name in SCRIPTED else 302), name


def test_a_script_is_told_that_the_session_ended_and_keeps_its_page(client, db):
    answer = client.get(reverse("work"), headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert "登录已经过期" in answer.content.decode()


def test_a_case_opens_to_those_whom_policy_shows_it(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    d.investigation(drive)
    document = drive.documents["site_inspection_record"]
    film = next(iter(drive.state().recordings.values())).digest
    pages = [(name, drive.case) for name in CASE_PAGES]
    pages += [("read_document", drive.case, document), ("page_image", drive.case, document, 1, 1)]
    pages += [("media_file", drive.case, film)]
    for who in sorted(SEES | NOT):
        client = browser(who)
        for found in pages:
            assert status(client, *found) == (200 if who in SEES else 403), (who, found[0])


def test_a_case_that_is_not_there_is_no_page_and_tells_nothing_else(bureau):
    for who in ("jia", "bing"):
        for name in CASE_PAGES:
            assert status(browser(who), name, "NOSUCHCASE0000000000") == 404


def test_a_file_of_another_case_is_not_given_out_with_this_one(bureau):
    drive, other = d.Drive(bureau), d.Drive(bureau)
    d.source(drive)
    other.deposit(b"theirs", "他案.pdf", what="他案材料")
    theirs = next(iter(other.state().recordings.values())).digest

    assert status(browser("jia"), "media_file", other.case, theirs) == 200
    assert status(browser("jia"), "media_file", drive.case, theirs) == 404


def test_lists_hold_only_what_one_may_open(bureau):
    drive = d.Drive(bureau)
    number = CaseRow.objects.get(case=drive.case).case_no
    for who in sorted(SEES | NOT):
        client = browser(who)
        for name in ("cases", "work"):
            shown = number in client.get(reverse(name)).content.decode()
            assert not shown or who in SEES, (who, name)
        assert (number in client.get(reverse("cases")).content.decode()) == (who in SEES), who


def test_a_part_in_a_case_of_another_section_opens_it(bureau):
    """K: someone of another section who is given a part sees the case and finds it in the list."""
    drive = d.Drive(bureau)
    assert status(browser("bing"), "case", drive.case) == 403
    cases.assign(drive.case, bureau["ding"], {"bing": "hearing_member"})

    assert status(browser("bing"), "case", drive.case) == 200
    assert CaseRow.objects.get().case_no in browser("bing").get(reverse("cases")).content.decode()


def drafts(drive, who):
    return may(drive.people[who], "draft", subject_of(drive.state()))


def test_drafting_is_offered_to_those_whom_policy_lets_draft(bureau):
    drive = d.Drive(bureau)
    for who in sorted(SEES):
        assert status(browser(who), "add", drive.case) == (200 if drafts(drive, who) else 403), who


def test_a_draft_is_shown_only_to_those_who_may_open_it(bureau):
    drive = d.Drive(bureau)
    with d.day("2026-03-02 10:00"):
        documents.new_draft(drive.case, bureau["jia"], "interview_record")
    for who in sorted(SEES):
        html = page(browser(who), "case", drive.case)
        assert ("草稿" in html) == drafts(drive, who), who


def test_only_the_section_head_assigns(bureau):
    drive = d.Drive(bureau)
    for who in sorted(SEES | NOT):
        client = browser(who)
        given = {"part": "recorder", "person": "gui", "reason": ""}
        answer = client.post(reverse("case_people", args=[drive.case]), given)
        assert answer.status_code == (302 if who == "ding" else 403), who
    assert drive.state().holders("recorder") == ["gui"]


def test_the_section_head_lets_somebody_leave_with_the_reason(bureau):
    """罚 43: after a recusal the officer is out of the case; without a reason nobody is."""
    drive = d.Drive(bureau)
    client, address = browser("ding"), reverse("case_people", args=[drive.case])
    leaving = {"part": "assist_officer", "person": "yi", "act": "leave"}
    answer = client.post(address, {**leaving, "reason": ""})
    assert answer.status_code == 422
    assert "写明不再担任的理由" in answer.content.decode()
    assert client.post(address, {**leaving, "reason": "回避"}).status_code == 302
    assert drive.state().officers == ["jia"]


def test_the_assignment_form_stands_only_where_it_can_be_used(bureau):
    drive = d.Drive(bureau)
    form = 'name="person"'
    assert form in browser("ding").get(reverse("case_people", args=[drive.case])).content.decode()
    assert form not in browser("jia").get(reverse("case_people", args=[drive.case])).content.decode()


def test_only_those_who_may_register_open_a_case(bureau):
    for who in sorted(SEES | NOT):
        wanted = 200 if bureau[who].roles & {"officer", "section_head", "window_clerk"} else 403
        assert status(browser(who), "new_case") == wanted, who


def test_forms_carry_a_token(bureau):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("sign_in"), {"username": "jia", "password": "x"})

    assert answer.status_code == 403
    assert "页面已经过期" in answer.content.decode()
