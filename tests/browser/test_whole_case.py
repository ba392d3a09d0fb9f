"""The ordinary penalty case at the desk, by hand, from the source to the archive (desk.md; R3.1)."""

import io
import subprocess
import sys
import zipfile

import pytest
from playwright.sync_api import Page, expect

from liuhen.archives.package import VERIFIER
from liuhen.records.models import CaseRow
from tests.acts import drive as d

pytestmark = [pytest.mark.long, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WHOLE_UNWITNESSED = 2


def fill(page: Page, **values: str) -> None:
    """Fill in controls by the names of their fields, however the page shows them."""
    for name, value in values.items():
        control = page.locator(f'[name="{name.replace("__", ".")}"]').first
        kind = control.evaluate("e => e.type")
        if kind == "select-one":
            control.select_option(value)
        elif kind == "radio":
            choose(page, control.get_attribute("name"), value)
        else:
            control.fill(value)


def choose(page: Page, name: str, value: str) -> None:
    """One of several radio buttons."""
    page.locator(f'input[type=radio][name="{name}"][value="{value}"]').check()


def unfold(page: Page, field: str) -> None:
    """Open what is folded because it came from the case."""
    fold = page.locator(f'[data-field="{field}"] details.fold')
    if fold.count() and fold.get_attribute("open") is None:
        fold.locator("summary").first.click()


def saved(page: Page) -> None:
    """Wait until the page says that it has saved itself."""
    expect(page.locator("#saved")).to_contain_text("已自动保存")


def draw(page: Page, which: int = 0) -> None:
    """Write something on a pad, as a hand does."""
    pad = page.locator("[data-pad]").nth(which)
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    x, y = box["x"], box["y"]
    for stroke in (((0.2, 0.3), (0.4, 0.6), (0.3, 0.8)), ((0.5, 0.2), (0.6, 0.7), (0.8, 0.4))):
        (first, *rest) = [(x + box["width"] * a, y + box["height"] * b) for a, b in stroke]
        page.mouse.move(*first)
        page.mouse.down()
        for point in rest:
            page.mouse.move(*point, steps=6)
        page.mouse.up()


class Case:
    """What the people do with one case; every step through the pages that a person sees."""

    def __init__(self, desk):
        self.desk = desk
        self.id = ""

    def open(self, person: str) -> Page:
        return self.desk.open(person, "case", self.id)

    def next(self, person: str, words: str) -> Page:
        """A next step of the case page, by its words."""
        page = self.open(person)
        link = page.locator(".tasks .t").filter(has_text=words).first
        if not link.is_visible():
            page.locator("details.also summary").first.click()
        link.click()
        return page

    def finalise(self, page: Page) -> None:
        page.get_by_role("button", name="定稿").click()
        page.wait_for_url(lambda url: "/drafts/" not in url)

    def sign(self, person: str, words: str, party: str = "") -> None:
        """One's own signature, then those of others in one's presence."""
        page = self.next(person, f"签名：《{words}》")
        self._sign_here(page)
        if party:
            expect(page.get_by_role("heading", level=1)).to_contain_text("请签名")
            page.get_by_label("签名人姓名").fill(party)
            self._sign_here(page)

    def _sign_here(self, page: Page) -> None:
        draw(page)
        page.get_by_role("button", name="确认签名").click()
        expect(page.locator(".told")).to_contain_text("已签名")

    def approve(self, person: str, words: str, choice: str = "") -> Page:
        """From the desk's list of what waits for an opinion."""
        page = self.desk.open(person, "work")
        page.get_by_role("link", name=f"审批《{words}》").first.click()
        choose(page, "opinion", "agree")
        if choice:
            choose(page, "choice", choice)
        page.get_by_label("意见", exact=True).fill("同意。")
        page.get_by_role("button", name="签署意见").click()
        expect(page.locator(".told")).to_contain_text("已签署")
        return page

    def issue(self, words: str) -> Page:
        page = self.next("jia", f"签发并编号：《{words}》")
        page.get_by_role("button", name="签发并编号").click()
        expect(page.locator(".told")).to_contain_text("已签发")
        return page

    def serve(self, page: Page) -> None:
        """From the page that the issue leads to: handed over and signed for."""
        page.get_by_role("link", name="直接送达").click()
        choose(page, "what", "delivered")
        draw(page)
        page.get_by_role("button", name="登记直接送达").click()
        expect(page.locator(".told")).to_contain_text("送达")


def register(desk, case: Case) -> None:
    """案源: the case is opened and its source written in one go; the page saves itself meanwhile."""
    desk.at("2026-03-02 09:00")
    page = desk.open("jia", "work")
    page.get_by_role("link", name="登记案源").click()
    page.get_by_label("什么事").fill("某粮食有限公司未按规定建立粮食经营台账")
    choose(page, "procedure", "penalty_ordinary")
    page.get_by_role("button", name="登记并填写").click()
    page.wait_for_url("**/drafts/**")
    fill(
        page,
        source_kind="监督检查",
        discovered_at="2026-03-02T08:30",
        content="日常检查发现没有建立粮食经营台账。",
    )
    choose(page, "is_named", "false")
    saved(page)
    desk.shoot(page, "document-source")
    case.id = CaseRow.objects.get().case
    case.finalise(page)
    case._sign_here(page)
    desk.at("2026-03-02 09:40")
    case.approve("ding", "案件来源登记表", choice="立案")
    page = desk.open("ding", "case_people", case.id)
    page.locator("select[name=person]").select_option("yi")
    page.locator("select[name=part]").select_option("assist_officer")
    page.get_by_role("button", name="指派", exact=True).click()


def docket(desk, case: Case) -> None:
    """立案审批表, with the party; two officers sign, two approve."""
    desk.at("2026-03-02 10:00")
    page = case.next("jia", "报批立案")
    choose(page, "party.party_kind", "法人")
    fill(page, **{f"party__{name}": value for name, value in d.PARTY.items() if name != "party_kind"})
    fill(page, cause="未按规定建立粮食经营台账", place="某街道某路1号", verification="线索反映的情况基本属实。",
         reasons="符合立案条件。", act_on="2026-02-20")  # fmt: skip
    fill(page, **{f"basis__0__{name}": value for name, value in d.BASIS[0].items()})
    saved(page)
    desk.shoot(page, "document-docket")
    case.finalise(page)
    case._sign_here(page)
    case.sign("yi", "立案审批表")
    desk.at("2026-03-02 11:00")
    page = desk.open("ding", "work")
    page.get_by_role("link", name="审批《立案审批表》").first.click()
    desk.shoot(page, "approve")
    case.approve("ding", "立案审批表")
    case.approve("xin", "立案审批表")


def inspection(desk, case: Case) -> None:
    """检查笔录 with two photographs from the page itself, signed page by page; the film goes into the vault."""
    desk.at("2026-03-03 10:10")
    page = case.next("jia", "现场检查（勘验）")
    fill(page, started_at="2026-03-03T09:00", ended_at="2026-03-03T10:00", place="某街道某路1号")
    choose(page, "certificates_shown", "true")
    choose(page, "recusal_answer", "不申请")
    page.locator("input[data-into=photos]").set_input_files([
        {"name": f"照片{n}.png", "mimeType": "image/png", "buffer": picture(n)} for n in (1, 2)
    ])  # fmt: skip
    expect(page.locator("[data-files=photos] input:checked")).to_have_count(2)
    page.get_by_role("button", name="定稿").click()
    expect(page.locator("#errors")).to_contain_text("填写“现场情况”")
    desk.shoot(page, "document-errors")
    page.locator("#errors").get_by_role("link", name="填写“现场情况”").click()
    expect(page.locator("#situation")).to_be_focused()
    page.keyboard.type("办公室内没有粮食经营台账。")
    saved(page)
    desk.shoot(page, "document")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/sign/**")
    desk.shoot(page, "sign")
    case._sign_here(page)
    page.get_by_label("签名人姓名").fill("张某")
    desk.shoot(page, "sign-party")
    case._sign_here(page)
    case.sign("yi", "现场检查（勘验）笔录")
    desk.at("2026-03-03 16:00")
    page = desk.open("jia", "case_recordings", case.id)
    page.get_by_role("link", name="存入音像").first.click()
    page.locator("[data-device]").fill("1号记录仪")
    desk.shoot(page, "upload")
    page.locator("[data-pick]").set_input_files(
        [{"name": "检查.mp4", "mimeType": "video/mp4", "buffer": b"film" * 50_000}]
    )
    page.wait_for_url("**/tie/**")
    page.get_by_label("内容").fill("现场检查录像")
    page.get_by_label("开始时间").fill("2026-03-03T08:55:00")
    page.get_by_label("结束时间").fill("2026-03-03T10:25:00")
    page.get_by_label("归入哪份文书").select_option(label="《现场检查（勘验）笔录》，3月3日")
    page.get_by_label("满足哪一项记录要求").select_option("inspection")
    desk.shoot(page, "tie")
    page.get_by_role("button", name="归入本案").click()
    page.wait_for_url("**/recordings/")


def picture(number: int) -> bytes:
    """A small picture, each another one."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (640, 480), (60 * number, 120, 90)).save(out, "PNG")
    return out.getvalue()


def interview(desk, case: Case) -> None:
    """询问笔录: questions are added in the page."""
    desk.at("2026-03-03 15:10")
    page = case.next("jia", "询问当事人或者证人")
    fill(page, started_at="2026-03-03T14:00", ended_at="2026-03-03T15:00", place="本局", interviewee="张某",
         relation="当事人的法定代表人", interviewed_as="法定代表人")  # fmt: skip
    choose(page, "certificates_shown", "true")
    choose(page, "recusal_answer", "不申请")
    fill(page, qa__0__q="有没有建立粮食经营台账？", qa__0__a="没有。")
    page.get_by_role("group", name="问答").get_by_role("button", name="再加一项").click()
    fill(page, qa__1__q="为什么没有建立？", qa__1__a="不知道要建。")
    saved(page)
    desk.shoot(page, "document-interview", full=True)
    case.finalise(page)
    case._sign_here(page)
    page.get_by_label("签名人姓名").fill("张某")
    case._sign_here(page)
    case.sign("yi", "询问笔录")


def report(desk, case: Case) -> None:
    """调查终结报告 and 拟处罚意见."""
    desk.at("2026-03-06 09:00")
    page = case.next("jia", "写出调查终结报告")
    fill(
        page,
        facts=d.FACTS,
        nature="未按规定建立粮食经营台账",
        discretion__0__circumstance="首次违法，积极配合。",
    )
    fill(page, discretion__0__kind="一般", penalties__0__kind="罚款", penalties__0__amount="2万")
    for row in range(page.locator("[data-rows=evidence] [data-row]").count()):
        fill(page, **{f"evidence__{row}__proves": "没有建立台账"})
    saved(page)
    desk.shoot(page, "document-report", full=True)
    case.finalise(page)
    case._sign_here(page)
    case.sign("yi", "案件调查终结报告")
    case.approve("ding", "案件调查终结报告")
    desk.at("2026-03-06 10:30")
    page = case.next("jia", "报批拟处罚意见")
    case.finalise(page)
    case._sign_here(page)
    case.sign("yi", "拟处罚意见审批表")
    case.approve("ding", "拟处罚意见审批表")
    case.approve("xin", "拟处罚意见审批表")


def notice(desk, case: Case) -> None:
    """告知书 issued and served; a decision before its time is a page that says what would satisfy the rule."""
    desk.at("2026-03-09 09:00")
    case.finalise(case.next("jia", "制作行政处罚告知书"))
    page = case.next("jia", "签发并编号：《行政处罚告知书》")
    desk.shoot(page, "issue")
    page.get_by_role("button", name="签发并编号").click()
    expect(page.locator(".told")).to_contain_text("大金普发改罚告〔2026〕1号")
    desk.shoot(page, "serve")
    page.get_by_role("link", name="直接送达").click()
    choose(page, "what", "delivered")
    desk.shoot(page, "serve-direct", full=True)
    draw(page)
    page.get_by_role("button", name="登记直接送达").click()
    expect(page.locator(".told")).to_contain_text("3月9日送达")


def decision(desk, case: Case) -> None:
    """决定审批 and 行政处罚决定书, issued and served."""
    desk.at("2026-03-18 09:00")
    page = case.next("jia", "报批处罚决定")
    case.finalise(page)
    case._sign_here(page)
    case.sign("yi", "行政处罚决定审批表")
    case.approve("ding", "行政处罚决定审批表")
    case.approve("xin", "行政处罚决定审批表")
    desk.at("2026-03-18 10:30")
    case.finalise(case.next("jia", "制作行政处罚决定书"))
    desk.at("2026-03-18 11:00")
    case.serve(case.issue("行政处罚决定书"))


def ended(desk, case: Case) -> None:
    """Told, paid, closed, archived."""
    desk.at("2026-03-20 09:30")
    page = case.next("jia", "告知处理结果")
    fill(page, method="当面")
    case.finalise(page)
    case._sign_here(page)
    desk.at("2026-03-30 09:10")
    page = case.next("jia", "登记履行情况")
    fill(page, paid_on="2026-03-25", receipt_no="示例票据0001", amount="20,000.00")
    page.locator("input[data-into=files]").set_input_files([
        {"name": "票据.pdf", "mimeType": "application/pdf", "buffer": d.paper("receipt")}
    ])  # fmt: skip
    expect(page.locator("[data-files=files] input:checked")).to_have_count(1)
    saved(page)
    case.finalise(page)
    desk.at("2026-03-30 10:00")
    page = case.next("jia", "报批结案")
    desk.shoot(page, "document-closing", full=True)
    case.finalise(page)
    case._sign_here(page)
    case.sign("yi", "行政处罚案件结案报告")
    case.approve("ding", "行政处罚案件结案报告")
    case.approve("xin", "行政处罚案件结案报告")


def archived(desk, case: Case, folder) -> int:
    """归档 by the archivist; what the verifier says of the package that was downloaded."""
    desk.at("2026-04-01 09:00")
    page = desk.open("gui", "archive", case.id)
    expect(page.locator("main")).to_contain_text("每份文书都已签名、批准、签发、送达")
    desk.shoot(page, "archive", full=True)
    page.get_by_role("button", name="归档").click()
    expect(page.locator(".told")).to_contain_text("已归档")
    desk.shoot(page, "archived")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载案卷包").click()
    with zipfile.ZipFile(download.value.path()) as packed:
        packed.extractall(folder / "taken")
    (package,) = (folder / "taken").iterdir()
    return subprocess.run(
        [sys.executable, "-S", "-I", str(VERIFIER / "verify.py"), str(package)], check=False
    ).returncode


def test_an_ordinary_penalty_case_by_hand(desk, tmp_path):
    """By people in their roles, each at an own browser; the package is whole and nobody has witnessed it (exit 2)."""
    case = Case(desk)
    for step in (register, docket, inspection, interview, report, notice, decision, ended):
        step(desk, case)
    page = desk.open("jia", "case_check", case.id)
    assert CaseRow.objects.get().stops == 0, page.locator("main").inner_text()
    assert archived(desk, case, tmp_path) == WHOLE_UNWITNESSED
    assert CaseRow.objects.get().flags == 0
    assert desk.complaints == []
