"""Around every page: refusals in Chinese, the strict content policy, nothing inline, links that lead somewhere."""

import re
from html import unescape

import pytest
from django.test import RequestFactory
from django.urls import Resolver404, resolve, reverse

from liuhen.acts.situation import invalid
from liuhen.desk import errors, law, links, words
from liuhen.desk.access import Refusals
from liuhen.desk.icons import ICONS, svg
from liuhen.measures import DOCUMENTS, FACTS, LIMITS, PROCEDURES, REQUIREMENTS
from liuhen.measures.articles import ARTICLES
from liuhen.measures.counting import Due
from liuhen.measures.vocabulary import A, L
from liuhen.papers import NoFonts
from liuhen.records.append import Conflict
from liuhen.vault.errors import ObjectMissing
from tests.acts import drive as d
from tests.desk.pages import CASE_PAGES, browser, page, text

PLAIN = ("work", "cases", "new_case", "measures", "me")


def pages(drive):
    client = browser("jia")
    html = [page(client, name) for name in PLAIN] + [page(client, "article", n) for n in ARTICLES]
    html += [page(client, name, drive.case) for name in (*CASE_PAGES, "add")]
    return html + [page(client, "read_document", drive.case, doc) for doc in drive.documents.values()]


def test_pages_hold_nothing_that_the_content_policy_forbids(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    d.investigation(drive)
    for html in pages(drive):
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", html)
    answer = browser("jia").get(reverse("work"))
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_every_link_of_a_page_leads_to_a_page(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    d.investigation(drive)
    for html in pages(drive):
        for address in set(re.findall(r'(?:href|action|src)="([^"#?]*)', html)):
            if address.startswith("/static/") or not address:
                continue
            try:
                resolve(address)
            except Resolver404:
                pytest.fail(f"{address} leads nowhere")


def test_every_id_that_a_page_refers_to_stands_on_it_once(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    for html in pages(drive):
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids))
        wanted = re.findall(r'\s(?:for|aria-labelledby|aria-describedby)="([^"]+)"', html)
        assert {one for many in wanted for one in many.split()} <= set(ids)


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (invalid("at", "填写时间"), 400, "填写时间"),
        (Conflict("case/x"), 409, "有人同时在办这个案件"),
        (NoFonts("没有字体"), 409, "文书没有成文"),
        (ObjectMissing("sha256:00"), 500, "文件取不出来"),
    ],
)
def test_what_acts_refuse_becomes_a_page_with_what_to_do(bureau, error, status, told):
    request = RequestFactory().post("/")
    request.user = None
    answer = Refusals(lambda _: None).process_exception(request, error)

    assert answer.status_code == status
    assert told in text(answer.content.decode())


def test_a_fault_of_ours_is_left_to_the_server():
    assert Refusals(lambda _: None).process_exception(RequestFactory().get("/"), ZeroDivisionError()) is None


def test_pages_that_are_not_there_and_faults_speak_chinese(bureau, settings):
    missing = browser("jia").get("/nothing/")
    fault = errors.fault(RequestFactory().get("/"))

    assert (missing.status_code, fault.status_code) == (404, 500)
    assert "没有这个页面" in missing.content.decode()
    assert "案卷没有变化" in fault.content.decode()


def test_a_page_that_is_not_there_can_be_told_to_a_stranger(client, db):
    assert "没有这个页面" in client.get("/nothing/").content.decode()


def test_every_citation_leads_to_its_article(db):
    """办法第十三条第二款 → the page of Article 13; a statute → its line on the page of the Measures."""
    for declared in (*DOCUMENTS.values(), *FACTS.values(), *REQUIREMENTS.values(), *LIMITS.values()):
        for cite in declared.cites:
            assert law.parts(cite.short()) == (cite.law, cite.article), cite
    assert law.address("办法", 13) == reverse("article", args=[13])
    assert law.parts("普通的话") is None
    assert law.summary(A(13)) == ARTICLES[13].summary
    assert law.summary(L("罚", 1)) == ""


def test_statute_chips_lead_to_a_place_that_is_there(bureau):
    html = page(browser("jia"), "measures")
    cited = {c for r in REQUIREMENTS.values() for c in r.cites if law.summary(c) and c.law != "办法"}

    assert cited
    assert all(f'id="{law.anchor(c.law, c.article)}"' in html for c in cited)


def test_an_article_names_its_rules_its_papers_and_the_cases_that_missed_it(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    d.investigation(drive)
    d.report(drive)
    d.notice(drive)
    d.decision(drive)
    drive.issue("penalty_decision", "2026-03-18 11:00")
    page(browser("jia"), "work", at="2026-04-20 09:00")
    words_ = text(page(browser("jia"), "article", 25))

    assert "行政处理告知记录" in words_
    assert "没有告知被调查人处理结果的《行政处理告知记录》" in words_
    assert "没有告知被调查人" not in text(page(browser("bing"), "article", 25))


def test_acts_lead_to_their_pages(db):
    case, document = "C", "D"
    for act in ("sign", "approve", "issue", "serve", "revise"):
        assert links.act_path(case, act, document) == reverse(act, args=[case, document])
        assert links.act_path(case, f"{act}:{document}") == reverse(act, args=[case, document])
        assert links.act_path(case, act) == ""
    assert links.act_path(case, "file:interview_record") == reverse(
        "new_document", args=[case, "interview_record"]
    )
    assert links.act_path(case, "assign") == reverse("case_people", args=[case])
    assert links.act_path(case, "confirm") == reverse("case_timeline", args=[case])
    assert links.act_path(case, "") == ""


def test_every_step_that_the_declarations_name_leads_somewhere(db):
    for procedure in PROCEDURES.values():
        for step in procedure.steps:
            assert links.act_path("C", step.does), step.does


def offered(html):
    """The addresses of what the page offers to do: the lines of 下一步 and the ways of findings."""
    main = html[html.index("<main") : html.index("</main>")]
    links_ = re.findall(r'<a class="(?:t|btn btn-s wrap|btn btn-s)" href="([^"]+)"', main)
    return sorted({*links_, *re.findall(r'<form class="go" method="post" action="([^"]+)"', main)})


def test_what_is_offered_to_someone_opens_for_them(bureau):
    """A next step is a link that does it: none leads into a refusal."""
    drive = d.Drive(bureau)
    opened = set()
    for step in (d.source, d.investigation, d.report, d.notice, d.decision):
        step(drive)
        for who in ("jia", "ding", "xin"):
            client = browser(who)
            for address in offered(page(client, "case", drive.case, at="2026-03-18 10:45")):
                if (who, address) in opened:
                    continue
                with d.day("2026-03-18 10:45"):
                    answer = client.get(unescape(address), follow=True)
                assert answer.status_code == 200, (who, address)
                opened.add((who, address))
    assert len(opened) > 10


@pytest.mark.parametrize(
    ("due", "state", "told"),
    [
        (
            Due(on=d.local("2026-03-11 09:00").date(), unit="working_day"),
            "soon",
            "还有 2 个工作日（3月11日）",
        ),
        (Due(on=d.local("2026-03-13 09:00").date(), unit="working_day"), "", "还有 4 个工作日（3月13日）"),
        (Due(on=d.local("2026-03-06 09:00").date()), "late", "已逾期 3 日（3月6日）"),
        (Due(at=d.local("2026-03-10 08:00"), unit="hour"), "soon", "还有 23 小时（3月10日08:00）"),
        (Due(at=d.local("2026-03-09 08:00"), unit="hour"), "late", "已逾期 1 小时（3月9日08:00）"),
        (Due(on=d.local("2027-01-05 09:00").date()), "", "还有 302 日（2027年1月5日）"),
    ],
)
def test_deadlines_are_told_by_how_near_they_are(bureau, due, state, told):
    left = words.time_left(due, d.local("2026-03-09 09:00"))

    assert (left.state, str(left)) == (state, told)


def test_wording_of_the_screen(bureau):
    with d.day("2026-11-23 12:00"):
        assert words.on(d.local("2026-11-03 09:30")) == "11月3日"
        assert words.at(d.local("2025-11-03 09:30")) == "2025年11月3日 09:30"
        assert words.stamp(d.local("2026-11-23 10:52")) == "今天 10:52"
        assert words.stamp(d.local("2026-11-20 16:48")) == "11-20 16:48"
    assert words.long_day(d.local("2026-11-23 12:00").date()) == "2026年11月23日，星期一"
    assert words.yuan(3_000_000) == "30,000.00 元"
    assert [words.size(n) for n in (5, 2048, 3 << 20)] == ["5 B", "2.0 KB", "3.0 MB"]
    assert words.short_hash("sha256:9f2c41d7aa") == "9f2c 41d7"


def test_icons_are_drawings_and_nothing_else():
    for name in ICONS:
        assert re.fullmatch(
            r'<svg class="i( i-f)?" viewBox="0 0 16 16" aria-hidden="true">.*</svg>', svg(name)
        )
