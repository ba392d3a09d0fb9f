"""A penalty case driven through the acts, as people do it, with the clock set: what stories and attacks start from."""

from contextlib import contextmanager
from datetime import datetime

from liuhen.acts import approvals, cases, documents, issuing, media, serving, signatures
from liuhen.acts.engine import situation
from liuhen.acts.storage import vault
from liuhen.casefile.moments import ZONE
from liuhen.records import clock
from tests.remembered import step

STROKES = [[100, 500, 300, 200, 600, 800, 900, 400]]
PARTY = {
    "party_kind": "法人",
    "name": "某粮食有限公司",
    "uscc": "91210200MA0EXAMPLE",
    "legal_rep": "张某",
    "address": "某街道某路1号",
}
BASIS = [{"law": "《粮食流通管理条例》", "article": "第四十五条", "paragraph": "第一款", "item": "第四项"}]
FINE = [{"kind": "警告"}, {"kind": "罚款", "amount": 2_000_000}]
FACTS = "当事人2026年1月至2月收购玉米，没有建立粮食经营台账。"


def paper(told="scan"):
    """A whole PDF of one empty page; another text makes other bytes."""
    return (
        b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
        b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>> endobj\n% " + told.encode()
        + b"\ntrailer <</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"
    )  # fmt: skip


def local(text):
    """An instant from Asia/Shanghai wall time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@contextmanager
def day(text):
    """The clock stands at ``YYYY-MM-DD HH:MM`` Asia/Shanghai."""
    with clock.at(local(text)):
        yield


class Drive:
    """One case and the people who work on it."""

    def __init__(self, people, opened="2026-03-02 09:00"):
        self.people = people
        self.documents = {}
        self._open(opened)

    @step
    def _open(self, at):
        with day(at):
            self.case = cases.open_case(self.people["jia"], title="某粮食有限公司未按规定建立粮食经营台账")
            cases.assign(self.case, self.people["ding"], {"yi": "assist_officer"})

    def state(self, who="jia"):
        return situation(self.case, self.people[who]).case

    def document(self, kind):
        return self.state().documents[self.documents[kind]]

    def file(self, kind, values, who="jia", at="2026-03-02 10:00"):
        with day(at):
            self.documents[kind], _ = documents.file_document(self.case, self.people[who], kind, values)
        return self.documents[kind]

    def sign(self, kind, *who, party=None, role=None, at="2026-03-02 10:30"):
        with day(at):
            for person in who:
                own = role or next(
                    s.role for s in self.document(kind).declared.signatures if s.role != "party"
                )
                signatures.sign(
                    self.case, self.people[person], self.documents[kind], role=own, strokes=STROKES
                )
            if party:
                signatures.sign(
                    self.case,
                    self.people["jia"],
                    self.documents[kind],
                    role=party[0],
                    name=party[1],
                    strokes=STROKES,
                )

    def approve(self, kind, *who, at="2026-03-02 11:00", opinion="agree", text="同意。", **more):
        with day(at):
            for person in who:
                approvals.approve(self.case, self.people[person], self.documents[kind], opinion, text, **more)

    def issue(self, kind, at="2026-03-02 14:00"):
        with day(at):
            issuing.issue(self.case, self.people["jia"], self.documents[kind])

    def serve(self, kind, at="2026-03-02 15:00", method="直接", what="delivered", **more):
        usual = {"place": "某街道某路1号", "servers": ["jia", "yi"]}
        if (method, what) == ("直接", "delivered"):
            usual |= {"recipient": "张某", "relation": "法定代表人", "strokes": STROKES}
        with day(at):
            serving.serve(
                self.case,
                self.people["jia"],
                self.documents[kind],
                method=method,
                what=what,
                **(usual | more),
            )

    def deposit(self, data, name, at="2026-03-02 16:00", **more):
        with day(at):
            return media.deposit(self.case, self.people["jia"], data, name, **more)

    def scan(self, data=b""):
        return vault().put(data or paper()).digest


@step
def source(drive, at="2026-03-02"):
    """案源 to 立案: registered, opinion, docketed."""
    drive.file(
        "case_source_form",
        {
            "source_kind": "监督检查",
            "discovered_at": f"{at}T08:30",
            "is_named": False,
            "content": "日常检查发现没有建立粮食经营台账。",
        },
        at=f"{at} 09:10",
    )
    drive.sign("case_source_form", "jia", at=f"{at} 09:20")
    drive.approve("case_source_form", "ding", at=f"{at} 09:40", choice="立案")
    drive.file(
        "docket_approval",
        {
            "party": PARTY,
            "cause": "未按规定建立粮食经营台账",
            "place": "某街道某路1号",
            "verification": "现场核查，没有粮食经营台账。",
            "reasons": "符合立案条件。",
            "act_on": "2026-02-20",
            "jurisdiction_basis": "违法行为发生地在本区。",
            "basis": BASIS,
        },
        at=f"{at} 10:00",
    )
    drive.sign("docket_approval", "jia", "yi", at=f"{at} 10:10")
    drive.approve("docket_approval", "ding", "xin", at=f"{at} 11:00")


@step
def investigation(drive, at="2026-03-03"):
    """Inspection with video, interview, report."""
    drive.file(
        "site_inspection_record",
        {
            "started_at": f"{at}T09:00",
            "ended_at": f"{at}T10:00",
            "place": "某街道某路1号",
            "certificates_shown": True,
            "recusal_answer": "不申请",
            "situation": "办公室内没有粮食经营台账。\n现场负责人称一直没有建立。",
        },
        at=f"{at} 10:10",
    )
    drive.sign(
        "site_inspection_record", "jia", "yi", role="officer", party=("party", "张某"), at=f"{at} 10:20"
    )
    drive.deposit(
        b"video of the inspection", "检查.mp4", at=f"{at} 11:00", what="现场检查录像", recorded=True,
        document=drive.documents["site_inspection_record"], duty="site_inspection",
        starts=local(f"{at} 08:55"), ends=local(f"{at} 10:25"), device="1号记录仪",
    )  # fmt: skip
    drive.file(
        "interview_record",
        {
            "started_at": f"{at}T14:00",
            "ended_at": f"{at}T15:00",
            "place": "本局",
            "interviewee": {"name": "张某"},
            "interviewed_as": "法定代表人",
            "relation": "当事人的法定代表人",
            "certificates_shown": True,
            "recusal_answer": "不申请",
            "qa": [{"q": "有没有建立粮食经营台账？", "a": "没有。"}],
        },
        at=f"{at} 15:10",
    )
    drive.sign(
        "interview_record", "jia", "yi", role="officer", party=("interviewee", "张某"), at=f"{at} 15:20"
    )


@step
def report(drive, at="2026-03-06"):
    """案件调查终结报告 and approved proposal."""
    drive.file(
        "investigation_report",
        {
            "facts": FACTS,
            "nature": "未按规定建立粮食经营台账",
            "basis": BASIS,
            "discretion": [{"kind": "一般", "circumstance": "首次违法，积极配合。"}],
            "evidence": [
                {"number": "1", "name": "现场检查笔录", "proves": "没有建立台账"},
                {"number": "2", "name": "询问笔录", "proves": "当事人承认没有建立台账"},
            ],
            "penalties": FINE,
            "proposal": "给予行政处罚",
            "course": "现场检查一次，询问法定代表人一次。",
        },
        at=f"{at} 09:00",
    )
    drive.sign("investigation_report", "jia", "yi", at=f"{at} 09:10")
    drive.approve("investigation_report", "ding", at=f"{at} 10:00")
    drive.file("proposal_approval", {}, at=f"{at} 10:30")
    drive.sign("proposal_approval", "jia", "yi", at=f"{at} 10:40")
    drive.approve("proposal_approval", "ding", "xin", at=f"{at} 11:00")


@step
def notice(drive, at="2026-03-09"):
    """行政处罚告知书 issued and served."""
    drive.file("penalty_notice", {}, at=f"{at} 09:00")
    drive.issue("penalty_notice", at=f"{at} 09:30")
    drive.serve("penalty_notice", at=f"{at} 10:00")


TOO_EARLY = {"defence_summary": "未提出。", "review_opinion": "同意原处罚建议。"}


@step
def decision(drive, at="2026-03-18", approval=None, final=None):
    """决定审批 and 行政处罚决定书, after the defence period."""
    drive.file("decision_approval", approval or {}, at=f"{at} 09:00")
    drive.sign("decision_approval", "jia", "yi", at=f"{at} 09:10")
    drive.approve("decision_approval", "ding", "xin", at=f"{at} 10:00")
    drive.file("penalty_decision", final or {}, at=f"{at} 10:30")


@step
def ended(drive, at="2026-03-30"):
    """Told, paid, closed."""
    drive.file("result_notification_record", {"method": "当面"}, at="2026-03-20 09:30")
    drive.sign("result_notification_record", "jia", at="2026-03-20 09:40")
    drive.deposit(paper("receipt"), "票据.pdf", at=f"{at} 09:00", what="缴款凭证")
    scan = {"digest": drive.scan(paper("receipt")), "name": "票据.pdf"}
    drive.file(
        "payment_record",
        {"paid_on": "2026-03-25", "receipt_no": "示例票据0001", "files": [scan], "amount": 2_000_000},
        at=f"{at} 09:10",
    )
    drive.file("closing_report", {}, at=f"{at} 10:00")
    drive.sign("closing_report", "jia", "yi", at=f"{at} 10:10")
    drive.approve("closing_report", "ding", "xin", at=f"{at} 11:00")
