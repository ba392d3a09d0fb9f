"""工作台 and 案件: what must I do now, where is the case; registering a source."""

from datetime import date

from django.urls import reverse

from liuhen.acts import documents
from liuhen.desk.views.work import Group, Item, grouped
from liuhen.measures.counting import Due
from liuhen.records.models import CaseRow, Draft, TaskRow
from tests.acts import drive as d
from tests.desk.pages import browser, page, text


def item(title, due):
    return Item(title, "", "doc", None, due=due)


def on(*args):
    return Due(on=date(*args))


def test_what_is_overdue_stands_first_and_what_has_no_date_last():
    now = d.local("2026-11-25 10:00")
    due = {
        "晚": on(2026, 11, 20),
        "刚过": Due(at=d.local("2026-11-25 09:00")),
        "不久": Due(at=d.local("2026-11-25 16:00")),
        "今": on(2026, 11, 25),
        "周": on(2026, 11, 27),
        "后": on(2026, 12, 1),
        "无": None,
    }
    groups = grouped([item(title, when) for title, when in reversed(due.items())], now)

    assert [(g.label, [i.title for i in g.items]) for g in groups] == [
        ("已逾期", ["晚", "刚过"]),
        ("今天", ["不久", "今"]),
        ("本周", ["周"]),
        ("以后", ["后"]),
        ("没有期限", ["无"]),
    ]
    assert isinstance(groups[0], Group)


def test_each_finds_on_the_desk_what_waits_for_them(bureau):
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
    assert "签名：《案件来源登记表》" in page(browser("jia"), "work")
    drive.sign("case_source_form", "jia")
    wanted = "审批《案件来源登记表》"

    assert wanted in page(browser("ding"), "work")
    for who in ("jia", "wu", "xin", "geng"):
        assert wanted not in page(browser(who), "work"), who


def test_what_is_only_possible_does_not_crowd_the_desk(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    possible = TaskRow.objects.filter(optional=True).values_list("title", flat=True)
    words = text(page(browser("jia"), "work"))

    assert possible
    assert not [title for title in possible if title in words]


def test_a_step_that_is_begun_stands_on_the_desk_once_with_its_limit(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    d.investigation(drive)
    before = text(page(browser("jia"), "work"))
    assert "写出调查终结报告" in before
    with d.day("2026-03-20 09:00"):
        documents.new_draft(drive.case, bureau["jia"], "investigation_report")
    words = text(page(browser("jia"), "work"))
    assert "写出调查终结报告" not in words
    assert "《案件调查终结报告》定稿" in words.split("没有期限")[0]
    assert "写出调查终结报告" in text(page(browser("yi"), "work"))


def test_a_missed_limit_reminds(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    d.investigation(drive)
    words = text(page(browser("jia"), "work", at="2026-08-01 09:00"))

    assert "某粮食有限公司有 1 个问题" in words
    assert "已逾期" in words
    assert "至今没有完成" in words


def test_a_limit_of_hours_is_told_in_hours_in_lists_too(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    due = {"due_on": date(2026, 3, 21), "due_at": d.local("2026-03-21 07:00")}
    CaseRow.objects.update(**due)
    TaskRow.objects.update(**due)
    assert "还有 22 小时（3月21日07:00）" in text(page(browser("jia"), "work"))
    assert "还有 22 小时（03-21 07:00）" in text(page(browser("jia"), "cases"))


def test_the_last_opened_cases_are_kept_at_hand(bureau):
    drive = d.Drive(bureau)
    client = browser("jia")
    assert "最近打开" not in page(client, "work")
    page(client, "case", drive.case)

    assert "最近打开" in page(client, "work")


def numbers(html):
    return {row.case_no for row in CaseRow.objects.all() if f">{row.case_no}<" in html}


def three(bureau):
    first = d.Drive(bureau)
    d.source(first)
    second = d.Drive(bureau, opened="2026-03-03 09:00")
    d.Drive(bureau, opened="2026-03-04 09:00")
    CaseRow.objects.filter(case=second.case).update(party="某面粉厂", numbers="大金普发改立〔2026〕88号")
    return {row.case: row.case_no for row in CaseRow.objects.all()}, first, second


def test_one_box_finds_by_number_party_title_and_document_number(bureau):
    every, first, second = three(bureau)
    client = browser("jia")
    for asked, wanted in (
        (every[second.case], {every[second.case]}),
        ("面粉", {every[second.case]}),
        ("88号", {every[second.case]}),
        ("粮食有限公司 立〔2026〕1号", {every[first.case]}),
        ("台账", set(every.values())),
        ("没有这样的", set()),
    ):
        assert numbers(page(client, "cases", query=f"?q={asked}")) == wanted, asked


def test_a_search_shows_that_it_looks_in_all_states(bureau):
    three(bureau)
    marked = 'aria-current="true">{}</a>'
    assert marked.format("在办") in page(browser("jia"), "cases")
    found = page(browser("jia"), "cases", query="?q=台账")
    assert marked.format("在办") not in found
    assert numbers(page(browser("jia"), "cases", query="?q=台账&state=archived")) == set()


def test_chips_narrow_the_list_and_keep_each_other(bureau):
    every, first, _ = three(bureau)
    html = page(browser("jia"), "cases", query="?stage=调查取证&watch=issues")
    assert numbers(html) == set()
    html = page(browser("jia"), "cases", query="?stage=调查取证")

    assert numbers(html) == {every[first.case]}
    assert "stage=%E8%B0%83%E6%9F%A5%E5%8F%96%E8%AF%81&amp;watch=late" in html


def test_long_lists_are_counted_and_paged(bureau):
    drive = d.Drive(bureau)
    row = CaseRow.objects.get()
    for n in range(60):
        row.pk, row.case_no = f"COPY{n}", f"LC-P-2025-{n:04d}"
        row.save(force_insert=True)
    words = text(page(browser("jia"), "cases", query="?page=2"))

    assert "第 26—50 件，共 61 件，按期限排列" in words
    assert drive.case


def test_registering_a_source_opens_the_case_and_its_first_paper(bureau):
    client = browser("jia")
    given = {"title": "某公司未按规定报送数据", "procedure": "penalty_ordinary"}
    with d.day("2026-03-02 09:00"):
        answer = client.post(reverse("new_case"), given)

    assert CaseRow.objects.get().officers == ["jia"]
    assert Draft.objects.get().kind == "case_source_form"
    assert answer.url == reverse("document", args=[Draft.objects.get().document])


def test_a_source_without_words_is_answered_at_the_field(bureau):
    answer = browser("jia").post(reverse("new_case"), {"title": " ", "procedure": "penalty_ordinary"})
    html = answer.content.decode()

    assert answer.status_code == 422
    assert html.count("填写案件名称或者简要案由") == 2
    assert "<title>错误：" in html
    assert CaseRow.objects.count() == 0


def test_what_is_wanting_of_a_new_case_is_told_at_once(bureau):
    """desk principle 6: everything that stands in the way, not one thing after another."""
    html = browser("jia").post(reverse("new_case"), {"title": "", "procedure": ""}).content.decode()

    assert "填写案件名称或者简要案由" in html
    assert "选择程序" in html


def test_the_window_begins_only_what_a_section_can_carry_on(bureau):
    client = browser("chuang")
    form = page(client, "new_case")
    assert form.count('name="procedure"') == 1
    assert "<option>粮食和物资储备科</option>" in form
    assert "<option>审批窗口</option>" not in form
    given = {"title": "项目核准申请", "procedure": "licensing"}
    answer = client.post(reverse("new_case"), {**given, "section": ""})
    assert answer.status_code == 422
    assert "审批窗口没有执法人员，不能承办行政许可；选择承办科室" in answer.content.decode()

    answer = client.post(reverse("new_case"), {**given, "section": "粮食和物资储备科"})
    assert answer.status_code == 302
    assert client.get(answer.url).status_code == 200


def test_a_penalty_case_in_which_nobody_could_go_on_is_not_begun(bureau):
    answer = browser("chuang").post(
        reverse("new_case"), {"title": "来访反映", "procedure": "penalty_ordinary"}
    )
    assert answer.status_code == 422
    assert "审批窗口没有执法人员，不能承办行政处罚普通程序；请承办科室的人员登记" in answer.content.decode()
    assert CaseRow.objects.count() == 0
