"""Entry kinds 条目: what may be appended to a stream, its fields, and who may append it (design, Entries).

A kind and version, once released, keeps its reader and its sample for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

Moment = date | datetime
Origin = Literal["made", "backfilled", "imported"]
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """An entry as it is read back: header values, its hash, and the body (``None`` once ``Disposed`` destroyed it)."""

    stream: str
    position: int
    kind: str
    version: int
    at: Moment
    recorded_at: datetime
    actor: str
    origin: Origin
    measures: str
    hash: str
    body: Body | None
    commitment: str = ""


@dataclass(frozen=True)
class Value:
    """One field of an entry's body: ``type`` is str, int, bool, list, dict, digest, hash or moment."""

    name: str
    type: str
    label: str
    required: bool = True


@dataclass(frozen=True)
class EntryKind:
    """A kind of entry: stream family (case, office, access), Chinese name, fields, who may append it."""

    name: str
    title: str
    stream: Literal["case", "office", "access", "any"]
    fields: tuple[Value, ...]
    by: str
    version: int = 1


def _v(spec: str) -> tuple[Value, ...]:
    """Read ``name:type:label`` items separated by ``;``; a ``?`` after the name makes it optional."""
    values: list[Value] = []
    for item in spec.split(";"):
        name, type_, label = (part.strip() for part in item.strip().split(":"))
        values.append(Value(name.rstrip("?"), type_, label, not name.endswith("?")))
    return tuple(values)


_BACKFILL = "backfill?:dict:补录情况（理由、扫描件、此前是否被阻止）"
KINDS: dict[str, EntryKind] = {
    kind.name: kind
    for kind in (
        EntryKind("Opened", "开案", "case", _v(
            "case_no:str:案号; procedure:str:程序; section:str:承办科室; title:str:案件名称; "
            "origin?:dict:由哪一案件转来; demo?:bool:演示"), "执法人员、窗口人员"),
        EntryKind("Assigned", "指派", "case", _v(
            "person:str:人员; part:str:担任（lead_officer、assist_officer、presider…）; action:str:take 或 leave; "
            "reason?:str:理由"), "科室负责人"),
        EntryKind("Filed", "定稿", "case", _v(
            "document:str:文书; revision:int:第几稿; document_kind:str:文书种类; title:str:题名; values:dict:填写内容; "
            "replaces?:int:代替第几稿; sources?:dict:各项来自何处; template?:str:版式校验值; number?:str:纸上文号; "
            f"{_BACKFILL}"), "执法人员"),
        EntryKind("Decided", "签署意见", "case", _v(
            "entry:hash:对哪一条目; role:str:以何身份; opinion:str:agree、return、refuse 或 confirm（确认补录、更正）; text:str:意见; choice?:str:处理意见; "
            f"shown?:str:所见内容的校验值; acting_for?:dict:代行; {_BACKFILL}"), "各级审批人"),
        EntryKind("Rendered", "成文", "case", _v(
            "document:str:文书; revision:int:第几稿; purpose:str:for_signature 或 final; digest:digest:PDF 校验值; "
            "size:int:字节数; pages:int:页数; signed?:list:所列签名条目"), "系统"),
        EntryKind("Signed", "签名", "case", _v(
            "document:str:文书; revision:int:第几稿; role:str:签名身份; name:str:姓名; person?:str:本局人员; "
            "means:str:drawn、scan、seal、fingerprint、paper 或 refused; pages:str:all 或 last; rendition?:digest:所签成文; "
            "strokes?:list:笔迹; scan?:digest:扫描件; page?:int:扫描件页次; reason?:str:拒签理由; witness?:str:见证人; "
            f"recording?:digest:拒签时的音像; {_BACKFILL}"), "签名人在场的执法人员"),
        EntryKind("Issued", "签发", "case", _v(
            "document:str:文书; revision:int:第几稿; number:str:文号; date:str:日期; sealed:bool:加盖印章; authority:str:机关; "
            f"reservation?:hash:取号条目; {_BACKFILL}"), "执法人员"),
        EntryKind("ServiceStep", "送达", "case", _v(
            "document:str:文书; addressee:str:受送达人; method:str:方式; what:str:发生了什么; place?:str:地点; "
            "servers?:list:送达人; recipient?:str:收件人; relation?:str:与受送达人关系; carrier?:str:载体或承运人; "
            f"tracking?:str:邮件号; reason?:str:事由; witness?:str:见证人; proofs?:list:凭证; {_BACKFILL}"), "执法人员"),
        EntryKind("Deposited", "存入", "any", _v(
            "digest:digest:校验值; size:int:字节数; name:str:文件名; media_type:str:类型; place:str:vault 或 device; what:str:内容; "
            "recorded?:bool:是否音像记录; from?:str:起; to?:str:止; device?:str:设备; clock_offset?:int:设备钟差（秒）; by?:str:拍摄人; "
            "late_reason?:str:迟延原因; taken?:dict:文件自身的记载（起止、时长、设备、编码、画面、位置、修改时间、卡上路径、读不出的说明）; "
            f"derived?:dict:取自哪一份原件（校验值、存入条目、第几毫秒、用什么程序）; {_BACKFILL}"), "执法人员", version=2),
        EntryKind("Tied", "归入", "case", _v(
            "deposited:hash:存入条目; digest:digest:校验值; document?:str:所属文书; duty?:str:记录要求; from?:str:起; to?:str:止; "
            "file?:dict:从待归入的音像归入的，所载原存入条目的各项和存入时间; "
            f"{_BACKFILL}"), "执法人员", version=2),
        EntryKind("Happened", "事实", "any", _v(
            f"fact:str:事实种类; values:dict:内容; document?:str:所涉文书; proofs?:list:凭证; {_BACKFILL}"), "见各事实种类"),
        EntryKind("Corrected", "更正", "any", _v(
            "entry:hash:更正哪一条目; path:str:哪一项; value:any:改为; old?:any:原为; reason:str:理由; proofs?:list:凭证"), "执法人员，科室负责人确认"),
        EntryKind("Voided", "封存", "any", _v("entry:hash:哪一条目; reason:str:理由; objects?:list:封存的文件"), "执法人员，科室负责人确认"),
        EntryKind("Marked", "标注", "any", _v("mark:str:标注; set:bool:加上或取消; reason:str:理由; subject?:str:对象"), "科室负责人；法律保全还有档案人员、局领导；音像与办案无关的，存入人"),
        EntryKind("Supervised", "监督", "case", _v(
            "finding:str:问题代码; subject?:str:对象; action:str:explained 或 settled; text:str:说明"), "执法人员、政策法规科"),
        EntryKind("Handed", "提供", "case", _v(
            "to:str:提供给谁; purpose:str:用途; copy:digest:所提供副本的校验值; withheld:list:遮盖的内容; "
            "batch?:str:移交批次"), "档案人员、科室负责人", version=2),
        EntryKind("Closed", "办结", "case", _v("outcome:str:结果; document?:str:结案报告"), "系统（结案报告批准时）"),
        EntryKind("Archived", "归档", "case", _v(
            "cut_at:int:截至第几条; head:hash:该条的校验值; manifest:digest:清单校验值; files:int:文件数; bytes:int:字节数; "
            "supplement?:int:第几次补充归档; archive_no?:str:档号; retention?:str:保管期限; pages?:dict:各卷的末页; "
            "checks?:dict:四性检测的结果; reservation?:hash:取号条目"), "档案人员", version=2),
        EntryKind("Disposed", "销毁", "any", _v(
            "entries:list:销毁内容的条目; objects:list:销毁的文件; reason:str:理由; approval:str:批准依据; "
            "case_no?:str:案号（销毁清册）; section?:str:承办科室; procedure?:str:程序; proposal?:hash:鉴定条目; "
            "decision?:hash:批准条目; supervisors?:list:监销人; places?:list:在哪几处销毁（first、second）; "
            "locked?:list:存放处锁定着、期满才能销毁的文件"), "档案人员，经局领导批准", version=3),
        EntryKind("Restored", "修复", "office", _v(
            "digest:digest:校验值; size:int:字节数; place:str:哪一处坏了：first 或 second; fault:str:missing、altered 或 unreadable; "
            "from:str:从哪里恢复：另一处，或者 earlier（同一处较早的版本）; cases:list:涉及的案件; found?:digest:坏的那份的校验值; "
            "kept?:str:坏的那份另存为"), "系统"),
        EntryKind("Appointed", "任职", "office", _v(
            "person:str:人员; name:str:姓名; section:str:科室; roles:list:岗位; action:str:take 或 leave"), "系统管理员"),
        EntryKind("Certified", "执法证", "office", _v(
            "person:str:人员; number:str:证号; valid_from:str:有效期自; valid_to:str:有效期至; field?:str:执法领域"), "政策法规科"),
        EntryKind("Delegated", "代行", "office", _v(
            "person:str:人员; acting_for:str:代行谁; role:str:岗位; from:str:自; to:str:至; basis:str:依据"), "主要负责人"),
        EntryKind("Permitted", "授权", "office", _v("person:str:人员; act:str:行为; set:bool:授予或收回; reason:str:理由"), "系统管理员"),
        EntryKind("Released", "办法版本", "office", _v("release:str:版本; digest:digest:校验值; from?:str:施行日期"), "政策法规科"),
        EntryKind("Interpreted", "办法解释", "office", _v(
            "article:int:办法第几条; text:str:解释，收回的写理由; question?:str:针对的问题; basis?:str:依据; "
            "replaces?:hash:代替或者收回哪一条解释; withdrawn?:bool:只收回"), "政策法规科"),
        EntryKind("CalendarSet", "工作日历", "office", _v(
            "year:int:年; table:dict:放假安排"), "政策法规科"),
        EntryKind("ClockChecked", "校对设备时钟", "office", _v(
            "device:str:设备; offset:int:设备钟差（秒，设备快为正）; shown:str:设备当时显示的时间"), "执法人员"),
        EntryKind("SettingSet", "设置", "office", _v("name:str:名称; value:any:值; basis:str:依据; from:str:施行日期"), "政策法规科"),
        EntryKind("KeySet", "密钥", "office", _v(
            "name:str:名称; use:str:log 或 witness; vkey:str:公钥; handover?:str:旧密钥签署的交接"), "系统管理员", version=2),
        EntryKind("NumberReserved", "取号", "office", _v(
            "series:str:类字; year:int:年; n:int:序号; number:str:文号; date:str:日期; for:str:哪一份文书或者哪一个案件（编号的校验值）; case:str:案件"), "系统"),
        EntryKind("NumberVoided", "作废文号", "office", _v("number:str:文号; reason:str:理由; case?:str:案件"), "系统、科室负责人"),
        EntryKind("RectificationOrdered", "责令整改", "office", _v(
            "section:str:责令哪个科室; persons:list:责任人员; findings:list:所涉问题（案件、代码、对象、内容）; demand:str:整改要求; due:str:期限"),
            "政策法规科"),
        EntryKind("RectificationStep", "整改进展", "office", _v(
            "order:hash:哪一次责令整改; action:str:answered、rechecked 或 escalated; text:str:内容; passed?:bool:复查是否合格; "
            "to?:str:移送哪里; proofs?:list:凭证"), "科室负责人（答复），政策法规科（复查、移送）"),
        EntryKind("FailingEntered", "失职情形", "office", _v(
            "failing:int:办法第三十四条第几项; section:str:哪个科室; text:str:内容; case?:str:案件; persons?:list:责任人员; proofs?:list:凭证"),
            "政策法规科"),
        EntryKind("Sampled", "评查抽样", "office", _v(
            "title:str:名称; seed:str:随机种子; frame:dict:抽样范围; population:list:范围内的案件; cases:list:抽中的案件"), "政策法规科"),
        EntryKind("Reviewed", "评查结果", "office", _v(
            "sample:hash:哪一次抽样; case:str:案件; points:str:得分; deductions:list:扣分（项目、分数、理由）; text:str:评查意见; veto?:str:一票否决"),
            "政策法规科"),
        EntryKind("ListReported", "报送清单", "office", _v(
            "year:int:年度; section:str:科室; cases:list:案件清单; file:digest:清单文件的校验值"), "科室负责人"),
        EntryKind("Consulted", "查阅", "access", _v("subject:str:对象; what:str:方式; reason?:str:理由"), "系统"),
        EntryKind("Refused", "被阻止", "access", _v(
            "case:str:案件; act:str:行为; subject:str:对象; codes:list:规则"), "系统"),
    )
}  # fmt: skip

_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,), "hash": (str,), "digest": (str,), "int": (int,), "bool": (bool,), "list": (list, tuple),
    "dict": (dict,), "any": (object,),
}  # fmt: skip


class UnknownEntry(ValueError):
    """An entry of a kind or version that this program does not know: the fold stops loudly."""


class BadBody(ValueError):
    """A body that does not fit its kind; the message says which field, in Chinese."""


def check_known(entry: Entry) -> None:
    """Raise UnknownEntry for an entry of a kind, or of a version of it, that this program has no reader for."""
    declared = KINDS.get(entry.kind)
    if declared is None or entry.version > declared.version:
        raise UnknownEntry(f"第 {entry.position} 条：不认识的条目 {entry.kind} 第 {entry.version} 版")


def check_body(kind: str, body: Body) -> None:
    """Refuse a body that lacks a required field, has an unknown one, or one of the wrong type.

    Raises UnknownEntry for an unknown kind and BadBody otherwise.
    """
    declared = KINDS.get(kind)
    if declared is None:
        raise UnknownEntry(f"不认识的条目种类：{kind}")
    known = {value.name: value for value in declared.fields}
    for name in body:
        if name not in known:
            raise BadBody(f"条目“{declared.title}”没有“{name}”这一项")
    for value in declared.fields:
        if value.name not in body:
            if value.required:
                raise BadBody(f"条目“{declared.title}”缺少“{value.label}”")
            continue
        given = body[value.name]
        fits = isinstance(given, _TYPES[value.type]) and not (value.type == "int" and isinstance(given, bool))
        if not fits or (value.type == "digest" and not str(given).startswith("sha256:")):
            raise BadBody(f"条目“{declared.title}”的“{value.label}”不对：{given!r}")
