"""The words in which the Measures are declared: citations, fields, documents, facts, limits, steps.

Everything here is a frozen value. A declaration without a citation cannot be written: ``cites`` has no default.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from liuhen.measures.counting import Span

LAWS = {
    "办法": "大连金普新区发展和改革局全过程记录实施办法",
    "罚": "行政处罚法",
    "许": "行政许可法",
    "强": "行政强制法",
    "民": "民事诉讼法",
    "复": "行政复议法",
    "诉": "行政诉讼法",
    "信": "政府信息公开条例",
    "移": "行政执法机关移送涉嫌犯罪案件的规定",
    "档": "档案法",
    "档例": "档案法实施条例",
    "粮例": "粮食流通管理条例",
    "粮法": "粮食安全保障法",
    "核例": "企业投资项目核准和备案管理条例",
    "投": "政府投资条例",
    "节": "节约能源法",
    "管": "石油天然气管道保护法",
    "招": "招标投标法",
    "招例": "中华人民共和国招标投标法实施条例",
    "电": "电力法",
    "电供": "电力供应与使用条例",
    "电护": "电力设施保护条例",
}
SHORT = {
    "办法": "办法",
    "罚": "处罚法",
    "许": "许可法",
    "强": "强制法",
    "档": "档案法",
    "档例": "档案条例",
    "民": "民诉法",
}

_DIGITS = "零一二三四五六七八九"


def numeral(n: int) -> str:
    """Return 1 ≤ n ≤ 999 in Chinese as statutes write it: 十三, 二十, 一百零七."""
    if n < 10:
        return _DIGITS[n]
    if n < 20:
        return "十" + (_DIGITS[n - 10] if n > 10 else "")
    if n < 100:
        tens, ones = divmod(n, 10)
        return _DIGITS[tens] + "十" + (_DIGITS[ones] if ones else "")
    hundreds, rest = divmod(n, 100)
    if not rest:
        return _DIGITS[hundreds] + "百"
    middle = "零" + _DIGITS[rest] if rest < 10 else ("一" if rest < 20 else "") + numeral(rest)
    return _DIGITS[hundreds] + "百" + middle


@dataclass(frozen=True)
class Cite:
    """One place in the Measures (law ``办法``) or in a statute: article, paragraph 款, item 项."""

    law: str
    article: int
    paragraph: int = 0
    item: int = 0

    def _tail(self) -> str:
        words = f"第{numeral(self.article)}条"
        if self.paragraph:
            words += f"第{numeral(self.paragraph)}款"
        if self.item:
            words += f"第{numeral(self.item)}项"
        return words

    def short(self) -> str:
        """The chip on a page: 办法第十三条, 处罚法第四十四条."""
        return SHORT.get(self.law, LAWS.get(self.law, self.law)) + self._tail()

    def full(self) -> str:
        """The words on paper: 《中华人民共和国行政处罚法》第四十四条."""
        name = LAWS.get(self.law, self.law)
        if name.endswith("法") and self.law not in ("办法",):
            name = "中华人民共和国" + name
        return f"《{name}》{self._tail()}"


def A(article: int, paragraph: int = 0, item: int = 0) -> Cite:
    """An article of the Measures."""
    return Cite("办法", article, paragraph, item)


def L(law: str, article: int, paragraph: int = 0, item: int = 0) -> Cite:
    """An article of a statute, by the short name of :data:`LAWS`."""
    if law not in LAWS:
        raise ValueError(f"未登记的法律简称：{law}")
    return Cite(law, article, paragraph, item)


FieldType = Literal[
    "text", "longtext", "date", "datetime", "money", "number", "quantity", "bool", "enum",
    "person", "people", "party", "officers", "list", "basis", "penalties", "remedies", "document", "files", "sketch",
]  # fmt: skip
Severity = Literal["stop", "flag"]
Role = Literal[
    "officer", "section_head", "legal_reviewer", "bureau_leader", "principal_leader", "window_clerk",
    "supervisor", "archivist", "sysadmin", "presider", "recorder",
]  # fmt: skip
ROLE_NAMES: dict[str, str] = {
    "officer": "执法人员",
    "section_head": "科室负责人",
    "legal_reviewer": "法制审核人员",
    "bureau_leader": "局领导",
    "principal_leader": "主要负责人",
    "window_clerk": "窗口人员",
    "supervisor": "政策法规科",
    "archivist": "档案人员",
    "sysadmin": "系统管理员",
    "presider": "听证主持人",
    "recorder": "记录员",
}
STAGES = ("启动", "调查取证", "审查决定", "送达执行", "归档")


@dataclass(frozen=True, kw_only=True)
class Field:
    """One value of a document or fact.

    ``source`` says where it is prefilled from: ``case.party``, ``case.officers``, ``bureau.name``,
    ``<document kind>.<field>``, ``text.<template name>``. ``required_if`` = (other field, value) makes it required
    only then; ``only_if`` = (other field, value): there is nothing to fill in where that one says otherwise. ``columns`` are the fields of one row of a ``list``; ``minimum`` the least number of rows.
    ``always``: the law wants it in every case, so that 不适用 is no answer. ``printed``: false for what the system alone
    needs, such as a catalogue code. ``system``: given and carried by the system, neither typed nor printed.
    ``media``: what the files of a ``files`` field must be. ``ahead``: a day set for somebody, past on no paper that is made now.
    """

    name: str
    label: str
    type: FieldType = "text"
    required: bool = False
    required_if: tuple[str, str] | None = None
    only_if: tuple[str, str] | None = None
    options: tuple[str, ...] = ()
    columns: tuple[Field, ...] = ()
    minimum: int = 0
    source: str = ""
    secret: bool = False
    group: str = ""
    hint: str = ""
    phrases: tuple[str, ...] = ()
    default: str = ""
    always: bool = False
    printed: bool = True
    system: bool = False
    media: Literal["image", ""] = ""
    ahead: bool = False


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs a document: ``role`` is officer, party, interviewee, holder, witness, registrar, participant, notifier,
    told, presider, recorder, agent; ``count`` = least number of distinct people (0 = all that the document names). ``post`` is
    that of who is to see to it, when it is not an author of the document."""

    role: str
    label: str
    count: int = 1
    every_page: bool = False
    required: bool = True
    post: Role | Literal[""] = ""


Layout = Literal["form", "letter", "record", "received"]


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document kind 文书种类 (domain §1).

    ``requirement`` is the code under which a missing required field is found. ``facing``: I internal, P to the party,
    T to a third body, X received from outside. ``number`` is the 类字 of the 文号, empty when not numbered.
    ``approvals`` are S section head, L legal review, B leader, P principal leader, in order; ``approved_by`` is
    ``own``, another kind's code, or empty. ``sealed`` = bears the bureau's seal when issued. ``recording`` is M, S or
    empty. ``part`` and ``order`` place it in the case file (domain §8.1). ``evidence`` = Articles 13–14 apply.
    ``equal`` are the fields that must equal those of the ``approved_by`` document. ``authors`` are the roles that may
    draft and finalise it. ``kept_in`` office: the paper is the bureau's and lies in no case; no case offers or takes it.
    ``printed_from`` names the kinds of entry that a form is printed from: nobody fills it in.
    ``choices``: what an approver says besides the opinion. ``blanks``: numbered blanks are handed out beforehand, a paper of the kind takes one of them.
    ``addressed``: the field that says to whom it goes, when that is not its party; ``served_besides``: the one that lists on
    whom it is served besides. ``lead`` and ``close``: the sentence with which a letter says what it does by which law, and its
    last one.
    """

    code: str
    title: str
    cites: tuple[Cite, ...]
    requirement: str
    facing: Literal["I", "P", "T", "X"]
    stage: str
    layout: Layout
    fields: tuple[Field, ...]
    signatures: tuple[Signature, ...] = ()
    approvals: tuple[str, ...] = ()
    approved_by: str = ""
    equal: tuple[str, ...] = ()
    number: str = ""
    sealed: bool = False
    served: bool = False
    evidence: bool = False
    recording: Literal["M", "S", ""] = ""
    part: Literal["main", "internal"] = "main"
    order: int = 50
    alias: str = ""
    summary: str = ""
    secret: bool = False
    authors: tuple[str, ...] = ("officer",)
    choices: tuple[str, ...] = ()
    blanks: bool = False
    kept_in: Literal["case", "office"] = "case"
    printed_from: tuple[str, ...] = ()
    addressed: str = ""
    served_besides: str = ""
    lead: str = ""
    close: str = ""

    @property
    def filled(self) -> bool:
        """Whether somebody fills it in within a case."""
        return self.kept_in == "case" and not self.printed_from

    def field(self, name: str) -> Field:
        """The field called ``name``; KeyError when the kind has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.code} has no field {name}")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A declared fact (entry ``Happened``) that no document of ours carries. ``stated_by`` = roles that may state it;
    ``proof`` = a file or signed paper must come with it. ``turns`` (from, to): it turns a case of one procedure into
    one of another; ``before`` = the event after which it can happen no more, ``after`` = the one before which it cannot."""

    code: str
    label: str
    cites: tuple[Cite, ...]
    fields: tuple[Field, ...] = ()
    stated_by: tuple[str, ...] = ("officer",)
    proof: bool = False
    summary: str = ""
    turns: tuple[str, str] | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One requirement of the Measures or of superior law, in our words; rules answer it."""

    code: str
    title: str
    cites: tuple[Cite, ...]
    severity: Severity
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Former:
    """What went for a limit that began before the day ``until``, with its basis. No ``span``: the law set none.
    ``longest``: where the law did not say how its days count, or only that time be given, the end in any reading."""

    until: date
    basis: str
    span: Span | None = None
    longest: Span | None = None


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A time limit (domain §4). ``starts`` and ``ends`` are event names (see ``compliance.events``), ``per`` says what
    pairs a start with its end: the same document, the same recording, the decision that both are about, or the case as a
    whole. ``warn`` = days ahead;
    ``lost`` = what is not done in time cannot be made good, so that an optional step with this limit is put on the desk from
    the first of these days.
    ``setting`` = name of the bureau's setting that may replace the length; ``finding`` = the code under which a miss is
    found when it is not the limit's own."""

    code: str
    title: str
    cites: tuple[Cite, ...]
    span: Span
    starts: str
    ends: str
    per: Literal["document", "recording", "decision", "case"] = "case"
    severity: Severity | None = "flag"
    warn: tuple[int, ...] = (3,)
    lost: bool = False
    note: str = ""
    setting: str = ""
    finding: str = ""
    former: tuple[Former, ...] = ()

    def former_on(self, on: date) -> Former | None:
        """What went in place of the limit when it began on a day; None once the limit is in force (R36.2)."""
        return min((one for one in self.former if on < one.until), key=lambda one: one.until, default=None)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A next step 下一步 of a procedure. ``needs`` are events that must have happened, ``done`` the event that ends it;
    ``unless`` events make it inapplicable; ``waits`` are limits that must have run out; ``wanted`` are events that make of an
    optional step the one that is due; ``does`` is ``file:<kind>``, ``state:<fact>`` or an act's name."""

    code: str
    title: str
    cites: tuple[Cite, ...]
    stage: str
    does: str
    needs: tuple[str, ...]
    done: tuple[str, ...]
    unless: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    limit: str = ""
    waits: tuple[str, ...] = ()
    why: str = ""
    optional: bool = False
    wanted: tuple[str, ...] = ()
    role: str = "officer"


@dataclass(frozen=True, kw_only=True)
class Ending:
    """A way in which a case ends by itself: the event, and the outcome 结果 in one word. ``closes``: the case is closed
    at once; else a closing report follows or none is made, and only the limit to archive runs from it (TL-38)."""

    event: str
    outcome: str
    closes: bool = True


Report = Literal["never", "docketed", "always"]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One thing of a closing list: ``event`` shows that it is there, ``does`` brings it about; it is wanted once one of
    ``only`` happened (always, when empty)."""

    event: str
    what: str
    does: str
    cites: tuple[Cite, ...]
    only: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Exit:
    """A way out. ``taken`` is the event whose document ends the case, ``outcome`` the word for it, ``told`` the 告知事由.

    ``report``: whether a closing report closes it (办法 30: what was docketed, also when it left us, with 不适用 where there is
    nothing to say); else the case closes by itself once its list is done. ``archived_from``: what TL-38 runs from, the last
    thing of the ``list`` or the ``closing``. ``party_told``: the investigated is told, not only named sources.
    """

    code: str
    outcome: str
    told: str
    taken: str
    cites: tuple[Cite, ...]
    wants: tuple[Wanted, ...] = ()
    report: Report = "docketed"
    archived_from: Literal["list", "closing"] = "list"
    party_told: bool = True


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """A procedure: all that the engine knows of an act (R2.1).

    ``when`` says in plain words what happened, for those who begin a case. ``letter`` is that of the case number. ``steps``
    come in the order of the law, ``stage_begins`` are the events that begin each stage. ``states`` are the words of a case's
    state with the event that brings each, the last of the course first. ``rules`` are the requirements asked of it besides
    those that are asked of every act. ``exits`` are its ways out that have a closing list; ``endings`` of one that has none.
    ``window``: a clerk registers it for the section that will handle it. ``also`` are the kinds of document that may be made though no step leads to them, ``facts`` those that may be stated
    so, in this procedure and in none that does not name them.
    """

    code: str
    title: str
    letter: str
    cites: tuple[Cite, ...]
    steps: tuple[Step, ...]
    stage_begins: tuple[tuple[str, tuple[str, ...]], ...]
    when: str
    states: tuple[tuple[str, str], ...]
    endings: tuple[Ending, ...] = ()
    exits: tuple[Exit, ...] = ()
    rules: tuple[str, ...] = ()
    window: bool = False
    also: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The short name, without the family of acts it belongs to: 普通程序, 行政许可."""
        return self.title.removeprefix("行政处罚") or self.title


RAISED = {"interpreter": "有翻译人员参加", "minor": "被询问的当事人未满十八周岁"}


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A recording duty 记录要求 (domain §6): which step must be recorded, how, from when to when.

    ``found`` is the requirement under which a missing recording of ``document`` is found; ``raised`` are circumstances of
    the case that make a should into a must (:data:`RAISED`); ``exception`` says when none is needed; ``method`` is the way
    of service at which the duty arises; ``setting`` names the bureau's setting that switches it, for a duty of the house and not of the law.
    """

    code: str
    step: str
    what: str
    means: str
    level: Literal["M", "S"]
    span: str
    cites: tuple[Cite, ...]
    document: str = ""
    method: str = ""
    exception: str = ""
    raised: tuple[Literal["interpreter", "minor"], ...] = ()
    found: str = ""
    setting: str = ""
