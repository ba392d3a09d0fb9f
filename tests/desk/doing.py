"""A case done at the desk without scripts: pages opened, forms filled in and sent, as a browser does it."""

import io
import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from liuhen.acts import cases
from liuhen.acts.engine import situation
from liuhen.records.models import Body, Draft, Entry
from tests.acts import drive as d
from tests.desk.browsing import controls
from tests.desk.pages import browser, text

STROKES = "[[100,500,300,200,600,800,900,400]]"
PARTY = {f"party.{name}": value for name, value in d.PARTY.items()}
BASIS = {f"basis.0.{name}": value for name, value in d.BASIS[0].items()}
SOURCE = {
    "source_kind": "监督检查", "discovered_at": "2026-03-02T08:30", "is_named": "false",
    "content": "日常检查发现没有建立粮食经营台账。",
}  # fmt: skip


def as_dict(pairs):
    """Names and values to post: a list where a name stands more than once."""
    found = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


class Browsers(dict):
    """The browser of each person, opened when it is needed."""

    def __missing__(self, person):
        self[person] = browser(person)
        return self[person]


class Desk:
    """The people of the demonstration bureau at their browsers, and one case of theirs."""

    def __init__(self, people, case="", opened="2026-03-02 09:00"):
        self.people = people
        self.clients = Browsers()
        self.case = case or self._opened(opened)

    def _opened(self, at):
        with d.day(at):
            case = cases.open_case(self.people["jia"], title="某粮食有限公司未按规定建立粮食经营台账")
            cases.assign(case, self.people["ding"], {"yi": "assist_officer"})
        return case

    @classmethod
    def until(cls, people, *steps):
        """A case that the acts brought as far as these steps of ``tests.acts.drive``."""
        drive = d.Drive(people)
        for step in steps:
            step(drive)
        return cls(people, drive.case)

    def state(self):
        return situation(self.case, self.people["jia"]).case

    def document(self, kind):
        return self.state().of(kind)[-1]

    def path(self, name, *args):
        return reverse(name, args=[self.case, *args])

    def get(self, who, url, at):
        with d.day(at):
            return self.clients[who].get(url)

    def submit(self, who, url, moment, uploads=None, without=(), **changes):
        """Open a page, change some of its controls, send its form."""
        with d.day(moment):
            answer = self.clients[who].get(url)
            assert answer.status_code == 200, (url, answer.status_code, answer.get("Location"))
            sent = as_dict(pair for pair in controls(answer.content.decode()) if pair[0] not in without)
            sent |= {name: value if isinstance(value, list) else [value] for name, value in changes.items()}
            return self.clients[who].post(url, {**sent, **(uploads or {})})

    def begin(self, kind, at, who="jia"):
        """A draft by the button of the next step; the address of its page."""
        with d.day(at):
            answer = self.clients[who].post(self.path("new_document", kind))
        assert answer.status_code == 302, answer.content.decode()[:500]
        return answer["Location"]

    def write(self, kind, at, values=None, who="jia"):
        """A document begun, filled in and made final; where that leads."""
        answer = self.submit(who, self.begin(kind, at, who), at, action="finalise", **(values or {}))
        assert answer.status_code == 302, wrong(answer)
        assert not Draft.objects.filter(case=self.case, kind=kind).exists()
        return answer["Location"]

    def sign(self, kind, at, *who, party=""):
        url = self.path("sign", self.document(kind).id)
        for person in who:
            answer = self.submit(person, url, at, means="drawn", strokes=STROKES)
            assert answer.status_code == 302, wrong(answer)
        if party:
            answer = self.submit("jia", url, at, means="drawn", strokes=STROKES, name=party)
            assert answer.status_code == 302, wrong(answer)

    def approve(self, kind, at, *who, **more):
        for person in who:
            answer = self.submit(
                person,
                self.path("approve", self.document(kind).id),
                at,
                opinion="agree",
                text="同意。",
                **more,
            )
            assert answer.status_code == 302, wrong(answer)

    def issue(self, kind, at):
        answer = self.submit("jia", self.path("issue", self.document(kind).id), at)
        assert answer.status_code == 302, wrong(answer)
        return answer["Location"]

    def serve(self, kind, moment, method="直接", what="delivered", **more):
        url = self.path("serve", self.document(kind).id) + f"?method={method}"
        answer = self.submit(
            "jia", url, moment, what=what, **({"strokes": STROKES} if what == "delivered" else {}) | more
        )
        assert answer.status_code == 302, wrong(answer)
        return answer["Location"]

    def upload(self, data, name, at, **more):
        file = SimpleUploadedFile(name, data)
        answer = self.submit("jia", self.path("upload"), at, uploads={"file": file}, **more)
        assert answer.status_code == 302, wrong(answer)

    def source(self, at="2026-03-02"):
        self.write("case_source_form", f"{at} 09:10", SOURCE)
        self.sign("case_source_form", f"{at} 09:20", "jia")
        self.approve("case_source_form", f"{at} 09:40", "ding", choice="立案")
        docket = {
            **PARTY, **BASIS, "cause": "未按规定建立粮食经营台账", "place": "某街道某路1号", "reasons": "符合立案条件。",
            "act_on": "2026-02-20", "jurisdiction_basis": "违法行为发生地在本区。",
            "verification": "线索反映的情况基本属实。",
        }  # fmt: skip
        self.write("docket_approval", f"{at} 10:00", docket)
        self.sign("docket_approval", f"{at} 10:10", "jia", "yi")
        self.approve("docket_approval", f"{at} 11:00", "ding", "xin")

    def investigation(self, at="2026-03-03"):
        self.write("site_inspection_record", f"{at} 10:10", {
            "started_at": f"{at}T09:00", "ended_at": f"{at}T10:00", "place": "某街道某路1号",
            "certificates_shown": "true", "recusal_answer": "不申请", "situation": "办公室内没有粮食经营台账。",
        })  # fmt: skip
        self.sign("site_inspection_record", f"{at} 10:20", "jia", "yi", party="张某")
        self.upload(b"video", "检查.mp4", f"{at} 16:00", what="现场检查录像", recorded="1", duty="inspection",
                    document=self.document("site_inspection_record").id, device="1号记录仪",
                    **{"from": f"{at}T08:55", "to": f"{at}T10:25"})  # fmt: skip
        self.write("interview_record", f"{at} 15:10", {
            "started_at": f"{at}T14:00", "ended_at": f"{at}T15:00", "place": "本局", "interviewee": "张某",
            "interviewed_as": "法定代表人", "relation": "当事人的法定代表人", "certificates_shown": "true",
            "recusal_answer": "不申请", "qa.0.q": "有没有建立粮食经营台账？", "qa.0.a": "没有。",
        })  # fmt: skip
        self.sign("interview_record", f"{at} 15:20", "jia", "yi", party="张某")

    def report(self, at="2026-03-06"):
        self.write("investigation_report", f"{at} 09:00", {
            "facts": d.FACTS, "nature": "未按规定建立粮食经营台账", "discretion.0.kind": "一般",
            "discretion.0.circumstance": "首次违法，积极配合。", "proposal": "给予行政处罚",
            "evidence.0.proves": "没有建立台账", "evidence.1.proves": "承认没有建立台账", "evidence.2.proves": "检查的经过",
            "penalties.0.kind": "警告", "penalties.1.kind": "罚款", "penalties.1.amount": "2万",
        })  # fmt: skip
        self.sign("investigation_report", f"{at} 09:10", "jia", "yi")
        self.approve("investigation_report", f"{at} 10:00", "ding")
        self.write("proposal_approval", f"{at} 10:30")
        self.sign("proposal_approval", f"{at} 10:40", "jia", "yi")
        self.approve("proposal_approval", f"{at} 11:00", "ding", "xin")

    def notice(self, at="2026-03-09"):
        self.write("penalty_notice", f"{at} 09:00")
        self.issue("penalty_notice", f"{at} 09:30")
        self.serve("penalty_notice", f"{at} 10:00")

    def decision(self, at="2026-03-18"):
        self.write("decision_approval", f"{at} 09:00")
        self.sign("decision_approval", f"{at} 09:10", "jia", "yi")
        self.approve("decision_approval", f"{at} 10:00", "ding", "xin")
        self.write("penalty_decision", f"{at} 10:30")
        self.issue("penalty_decision", f"{at} 11:00")
        self.serve("penalty_decision", f"{at} 14:00")

    def ended(self, at="2026-03-30"):
        self.write("result_notification_record", "2026-03-20 09:30", {"method": "当面"})
        self.sign("result_notification_record", "2026-03-20 09:40", "jia")
        self.upload(d.paper("receipt"), "票据.pdf", f"{at} 09:00", what="缴款凭证", recorded="0")
        receipt = next(r for r in self.state().recordings.values() if r.name == "票据.pdf")
        self.write("payment_record", f"{at} 09:10", {
            "paid_on": "2026-03-25", "receipt_no": "示例票据0001", "amount": "20,000.00",
            "files": f"{receipt.digest}|{receipt.name}",
        })  # fmt: skip
        self.write("closing_report", f"{at} 10:00")
        self.sign("closing_report", f"{at} 10:10", "jia", "yi")
        self.approve("closing_report", f"{at} 11:00", "ding", "xin")


def wrong(answer):
    """What a page says is wrong, for a failing test."""
    html = answer.content.decode()
    start = html.find('class="errors"')
    begin = start if start >= 0 else html.find("<h1>")
    return answer.status_code, html[begin : begin + 1500]


def html(answer):
    """The source of a page."""
    return answer.content.decode()


def told(answer):
    """What a reader reads on a page."""
    return text(html(answer))


def last(desk, kind):
    """The body of the last entry of a kind."""
    row = Entry.objects.filter(stream=f"case/{desk.case}", kind=kind).order_by("-position").first()
    return desk.state(), json.loads(Body.objects.get(entry=row).content)


def png(size=(300, 100)):
    """A white picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, "PNG")
    return out.getvalue()


def sign_url(desk, kind="site_inspection_record"):
    """Where the last paper of a kind is signed."""
    return desk.path("sign", desk.document(kind).id)


def film(desk, at, **more):
    """A film of the inspection goes into the vault."""
    file = SimpleUploadedFile("检查.mp4", b"film" * 100)
    values = {"recorded": "1", "from": "2026-03-03T08:55", "to": "2026-03-03T10:25", "what": "现场检查录像"}
    return desk.submit("jia", desk.path("upload"), at, uploads={"file": file}, **(values | more))
