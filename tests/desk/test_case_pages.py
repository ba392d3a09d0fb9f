"""The case page at every stage of a case, and at any past moment (R3.1)."""

import re

from django.urls import reverse

from liuhen.acts import cases, facts
from liuhen.measures.vocabulary import STAGES
from liuhen.records import read
from tests.acts import drive as d
from tests.acts.test_whole_case import whole
from tests.desk.browsing import controls
from tests.desk.pages import CASE_PAGES, browser, page, text
from tests.papers.test_papers import page_texts

LEFTOVERS = ("None", "{{", "{%", "datetime.", "&lt;", "sha256:", "Finding(")


ATTEMPTED = {"at": "2026-03-04T01:00:00Z", "who": "李某", "method": "电话", "text": "无人接听。"}


def current_stage(html):
    found = re.search(r'<li aria-current="step">.*?<b>(.*?)</b>', html)
    return found[1] if found else ""


def clean(html):
    """Nothing on the page that was meant for the machine."""
    words = text(html)
    return [left for left in LEFTOVERS if left in words]


def test_every_page_of_a_case_renders_at_every_stage(bureau):
    drive = d.Drive(bureau)
    client = browser("jia")
    seen = []
    for step, at in (
        (None, "2026-03-02 09:30"),
        (d.source, "2026-03-02 17:00"),
        (d.investigation, "2026-03-04 09:00"),
        (d.report, "2026-03-06 17:00"),
        (d.notice, "2026-03-10 09:00"),
        (d.decision, "2026-03-18 10:40"),
        (lambda dr: dr.issue("penalty_decision", "2026-03-18 11:00"), "2026-03-18 12:00"),
    ):
        if step:
            step(drive)
        for name in CASE_PAGES:
            assert clean(page(client, name, drive.case, at=at)) == [], (name, at)
        seen.append(current_stage(page(client, "case", drive.case, at=at)))
    assert seen == [STAGES[0], *[STAGES[1]] * 2, *[STAGES[2]] * 3, STAGES[3]]


def test_an_archived_case_is_read_whole(bureau):
    drive = whole(bureau)
    client, at = browser("jia"), "2026-04-01 10:00"
    for name in CASE_PAGES:
        assert clean(page(client, name, drive.case, at=at)) == [], name
    for document in drive.documents.values():
        assert clean(page(client, "read_document", drive.case, document, at=at)) == [], document
    html = text(page(client, "case", drive.case, at=at))
    assert "已经归档" in html
    assert "大金普发改罚决〔2026〕1号" in html


def test_the_file_stands_in_the_order_of_archiving_and_names_what_is_missing(bureau):
    """Domain §8.1: 正卷 before 副卷; what the procedure wants and nobody made stands greyed in its place."""
    drive = d.Drive(bureau)
    d.source(drive)
    html = page(browser("jia"), "case", drive.case, at="2026-03-03 09:00")
    main, internal = html.index(">正卷<"), html.index(">副卷<")

    assert main < html.index(">立案审批表<") < internal < html.index(">案件来源登记表<")
    assert 'class="miss"' in html[internal:]
    assert "案件调查终结报告" in html[internal:]


def test_next_steps_say_who_is_waited_for(bureau):
    drive = d.Drive(bureau)
    drive.file(
        "case_source_form",
        {
            "source_kind": "监督检查",
            "discovered_at": "2026-03-02T08:30",
            "is_named": False,
            "content": "检查发现。",
        },
    )
    drive.sign("case_source_form", "jia")

    assert "等科室负责人" in text(page(browser("jia"), "case", drive.case, at="2026-03-02 11:00"))
    assert "等科室负责人" not in text(page(browser("ding"), "case", drive.case, at="2026-03-02 11:00"))


def test_the_timeline_tells_every_entry_with_its_receipt_and_correction(bureau):
    """R4.2, R3.1: what happened, when it was recorded if later, and corrections beside the original."""
    drive = d.Drive(bureau)
    d.source(drive)
    filed = next(
        e for e in read.case_entries(drive.case) if e.kind == "Filed" and "place" in e.body["values"]
    )
    with d.day("2026-03-05 09:00"):
        facts.correct(drive.case, bureau["jia"], filed.hash, "/values/place", "某街道某路2号", "门牌写错。")
    html = page(browser("jia"), "case_timeline", drive.case)
    entries = read.case_entries(drive.case)

    assert all(f"{e.hash[:4]} {e.hash[4:8]}" in html for e in entries)
    assert html.count("<li id=") == len(entries)
    words = text(html)
    assert "原为“某街道某路1号”，应为“某街道某路2号”。门牌写错。（执法人员甲，待确认）" in words
    assert "。；" not in words
    assert "待确认" in words


def test_an_entry_recorded_later_than_it_happened_says_both(bureau):
    """R4.2: the lag between happening and recording is not hidden."""
    drive = d.Drive(bureau)
    d.source(drive)
    with d.day("2026-03-06 09:00"):
        happened = {"at": d.local("2026-03-04 09:00")}
        facts.state_fact(drive.case, bureau["jia"], "interview_attempted", ATTEMPTED, **happened)
    words = text(page(browser("jia"), "case_timeline", drive.case))

    assert "03-04 09:00 曾联系询问未成" in words
    assert words.count("3月6日 09:00记入") == 1
    assert "3月2日 10:10记入" not in words


def test_the_past_is_shown_as_it_was_known_and_nothing_can_be_done_there(bureau):
    """回溯: any past moment shows the whole case as it stood, with a banner and a way back."""
    drive = d.Drive(bureau)
    d.source(drive)
    d.investigation(drive)
    client = browser("jia")
    then = page(client, "case", drive.case, query="?at=2026-03-02")

    assert "你在看 3月2日 23:59 的案卷" in text(then)
    assert "现场检查（勘验）笔录" not in text(then.split('id="next-h"')[1].split("最近记录")[1])
    assert "现场检查录像" not in then
    assert "音像 1" not in text(then)
    assert reverse("add", args=[drive.case]) not in then
    assert f"{reverse('case_timeline', args=[drive.case])}?at=2026-03-02" in then
    timeline = page(client, "case_timeline", drive.case, query="?at=2026-03-02")
    assert "现场检查录像" not in timeline


def test_before_its_first_entry_there_was_no_case(bureau):
    drive = d.Drive(bureau)
    answer = browser("jia").get(reverse("case", args=[drive.case]) + "?at=2020-01-01")

    assert answer.status_code == 404
    assert "看现在的案卷" in text(answer.content.decode())


def test_what_is_yet_to_come_is_not_shown_as_the_past(bureau):
    """回溯 of today or a later day is the case as it stands: nothing is said of days that have not been."""
    drive = d.Drive(bureau)
    for day in ("2026-03-02", "2030-01-01"):
        assert "你在看" not in text(
            page(browser("jia"), "case", drive.case, query=f"?at={day}", at="2026-03-02 10:00")
        )


def test_the_check_page_shows_each_answer_with_its_article_and_its_record(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    d.investigation(drive)
    d.report(drive)
    d.notice(drive)
    d.decision(drive)
    drive.issue("penalty_decision", "2026-03-18 11:00")
    html = page(browser("jia"), "case_check", drive.case, at="2026-04-20 09:00")
    words = text(html)

    assert "送达处罚决定应在2026年3月27日前完成，至今没有完成" in words
    assert reverse("article", args=[14]) in html
    assert reverse("read_document", args=[drive.case, drive.documents["site_inspection_record"]]) in html
    assert "办法第十四条 取证方式与告知" in words
    assert "案卷评查行政处罚案卷评查标准" in words.replace(" ", "")
    only = page(browser("jia"), "case_check", drive.case, query="?show=met", at="2026-04-20 09:00")
    assert "至今没有完成" not in text(only)
    absent = text(page(browser("jia"), "case_check", drive.case, query="?show=na", at="2026-04-20 09:00"))
    assert "本案没有这种情形" in absent
    assert "各项已填" not in absent


def test_the_check_as_a_pdf_is_logged_and_kept_nowhere(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    before = drive.state().head
    with d.day("2026-03-12 09:00"):
        answer = browser("jia").get(reverse("check_pdf", args=[drive.case]))
    words = "".join(page_texts(b"".join(answer.streaming_content)))

    assert answer["Content-Type"] == "application/pdf"
    assert "2026年3月12日09时00分由执法人员甲生成" in words
    assert "非案卷材料" in words
    assert drive.state().head == before
    assert any(
        entry.body["what"] == "生成对照检查报告"
        for entry in read.stream("access")
        if entry.kind == "Consulted"
    )
    assert browser("admin").get(reverse("check_pdf", args=[drive.case])).status_code == 403


def test_the_report_of_a_past_moment_says_as_of_when(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    with d.day("2026-03-12 09:00"):
        answer = browser("jia").get(reverse("check_pdf", args=[drive.case]) + "?at=2026-03-02")
    words = "".join(page_texts(b"".join(answer.streaming_content)))

    assert "截至2026年3月2日23时59分" in words


def test_a_clock_is_told_in_words_with_how_much_is_gone(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    html = page(browser("jia"), "case", drive.case, at="2026-03-12 09:00")

    assert '<progress max="90" value="10"' in html
    assert "已过 10 日，共 90 日" in text(html)


def test_people_with_their_certificates_and_the_party(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    cases.assign(drive.case, bureau["ding"], {"ji": "presider"})
    words = text(page(browser("ding"), "case_people", drive.case))

    assert "主办人 执法人员甲 粮食和物资储备科 2026-03-02 示例-0001 有效" in words
    assert "听证主持人 法制审核员己" in words
    assert "91210200MA0EXAMPLE" in words


def test_an_assignment_that_names_nobody_is_answered_at_the_form(bureau):
    drive = d.Drive(bureau)
    answer = browser("ding").post(
        reverse("case_people", args=[drive.case]), {"part": "recorder", "person": "nobody", "reason": "轮换"}
    )
    html = answer.content.decode()

    assert answer.status_code == 422
    assert html.count("机关名册里没有这个人") == 2
    assert 'href="#person"' in html
    assert 'value="轮换"' in html


def people_form(drive, who="ding"):
    """What the form of 人员 holds before anything is touched."""
    return dict(controls(browser(who).get(reverse("case_people", args=[drive.case])).content.decode()))


def give(drive, **given):
    return browser("ding").post(reverse("case_people", args=[drive.case]), given)


def test_the_form_stands_at_the_part_that_is_still_open_and_at_nobody(bureau):
    drive = d.Drive(bureau)
    assert (people_form(drive)["part"], people_form(drive)["person"]) == ("", "")
    give(drive, part="assist_officer", person="yi", act="leave", reason="轮换")
    assert (people_form(drive)["part"], people_form(drive)["person"]) == ("assist_officer", "")
    answer = give(drive, part="assist_officer", person="")
    assert (answer.status_code, "选择人员" in answer.content.decode()) == (422, True)


def test_before_somebody_takes_over_the_lead_it_is_asked(bureau):
    drive = d.Drive(bureau)
    answer = give(drive, part="lead_officer", person="yi")
    assert answer.status_code == 422
    assert "主办人现在是执法人员甲 由执法人员乙接替以后，执法人员甲不再是主办人。" in text(
        answer.content.decode()
    )
    assert drive.state().holders("lead_officer") == ["jia"]

    assert give(drive, part="lead_officer", person="yi", replace="jia").status_code == 302
    assert drive.state().holders("lead_officer") == ["yi"]
    assert give(drive, part="lead_officer", person="jia", replace="jia").status_code == 422


def test_a_part_that_nobody_holds_is_given_unasked(bureau):
    drive = d.Drive(bureau)
    assert give(drive, part="presider", person="ji").status_code == 302
    assert give(drive, part="presider", person="ji").status_code == 302


def test_a_document_shows_what_was_written_said_signed_and_served(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    d.investigation(drive)
    d.report(drive)
    d.notice(drive)
    client = browser("xin")
    notice = text(page(client, "read_document", drive.case, drive.documents["penalty_notice"]))
    docket = text(page(client, "read_document", drive.case, drive.documents["docket_approval"]))
    record = text(page(client, "read_document", drive.case, drive.documents["interview_record"]))

    assert "大金普发改罚告〔2026〕1号" in notice
    assert "罚款20,000.00元（大写：贰万元整）" in notice
    assert "直接：张某，已经收到" in notice
    assert "局领导 副局长辛：同意" in docket
    assert "问：有没有建立粮食经营台账？" in record
    assert "被询问人 张某 手写逐页" in record


def test_an_older_text_stays_readable_and_says_that_it_is_old(bureau):
    from liuhen.acts import documents

    drive = d.Drive(bureau)
    d.source(drive)
    d.investigation(drive)
    drive.file("investigation_report", _report(), at="2026-03-06 09:00")
    drive.sign("investigation_report", "jia", "yi", at="2026-03-06 09:10")
    drive.approve("investigation_report", "ding", at="2026-03-06 10:00", opinion="return", text="补充证据。")
    with d.day("2026-03-06 11:00"):
        draft = documents.revise(drive.case, bureau["jia"], drive.documents["investigation_report"])
        documents.save_draft(draft.document, bureau["jia"], {**draft.values, "course": "补充检查一次。"})
        documents.finalise(draft.document, bureau["jia"])
    document = drive.documents["investigation_report"]
    client = browser("jia")

    assert "补充检查一次。" in page(client, "read_document", drive.case, document)
    old = text(page(client, "read_document", drive.case, document, query="?text=1"))
    assert "这是第 1 稿，已由第 2 稿代替" in old
    assert "科室负责人 科长丁：退回修改" in old
    assert "补充检查一次。" not in old


def _report():
    return {
        "facts": d.FACTS,
        "nature": "未按规定建立粮食经营台账",
        "basis": d.BASIS,
        "discretion": [{"kind": "一般", "circumstance": "首次违法，积极配合。"}],
        "evidence": [{"number": "1", "name": "现场检查笔录", "proves": "没有建立台账"}],
        "penalties": d.FINE,
        "proposal": "给予行政处罚",
        "course": "现场检查一次。",
    }
