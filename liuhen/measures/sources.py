"""Where a field is prefilled from (``Field.source``): the names that may stand there, and how a page says them.

``a|b`` takes the first that has a value. Besides the fixed names below, a source may be

- ``<document kind>.<field>`` or ``<fact>.<field>``: that field of the latest final document or fact of the kind;
- ``document.<document kind>``: the id of the latest final document of the kind; ``document.served`` and
  ``document.corrected`` are the document in hand;
- ``points.<document kind>``: one row for each paragraph of its ``statement``;
- ``text.<name>``: a usual wording, or the rows a list begins with, of :mod:`liuhen.measures.texts`;
- ``limit.<code>``: the day on which that limit of the case ends;
- ``setting.<name>``: the bureau's setting or the declared threshold.
"""

from __future__ import annotations

from liuhen.measures.documents import DOCUMENTS
from liuhen.measures.facts import FACTS
from liuhen.measures.limits import LIMITS
from liuhen.measures.texts import ROWS, TEXTS
from liuhen.measures.thresholds import THRESHOLDS

FIXED: dict[str, str] = {
    "now": "此刻",
    "today": "今日",
    "actor.person": "本人",
    "bureau.name": "机关名称",
    "bureau.address": "机关地址",
    "bureau.phone": "联系电话",
    "bureau.hearing_room": "听证室",
    "bureau.meeting_room": "会议室",
    "bureau.leaders": "机关负责人名单",
    "bureau.principal_leader": "主要负责人",
    "bureau.payee_bank": "代收银行",
    "bureau.payee_account": "缴款账户",
    "bureau.police": "对应的公安机关",
    "bureau.reconsideration_body": "行政复议机关",
    "bureau.court": "管辖法院",
    "case.case_no": "案号",
    "case.title": "案件名称",
    "case.cause": "案由",
    "case.violation": "违法行为编号",
    "case.place": "案发地",
    "case.section": "承办科室",
    "case.lead_officer": "主办人",
    "case.officers": "执法人员及执法证号",
    "case.party": "当事人",
    "case.party.name": "当事人姓名或者名称",
    "case.party.legal_rep": "法定代表人",
    "case.party.legal_rep_post": "法定代表人职务",
    "case.party.address": "当事人住所",
    "case.party.service_address": "送达地址",
    "case.party.phone": "当事人电话",
    "case.party.id_number": "当事人证件号码",
    "case.party_people": "当事人及代理人",
    "case.docketed_on": "立案日期",
    "case.decision_number": "决定书文号",
    "case.outcome": "处理结果",
    "case.fine_imposed": "决定的罚款数额",
    "case.extra_from": "加处罚款起算日",
    "case.unperformed": "决定作出、送达和没有履行的经过",
    "case.demanded": "催告的经过",
    "case.extra_paused": "不计加处罚款的期间",
    "case.extra_accrued": "应计的加处罚款",
    "case.untold": "尚未告知的人",
    "case.untold_as": "其身份",
    "case.spot_source": "当场检查时发现的，为监督检查",
    "case.spot_named": "当场检查时发现的，没有提供人，为否",
    "case.exhibits": "已取得的证据",
    "case.documents": "已定稿的文书",
    "case.items": "登记在案的物品",
    "case.confiscated_items": "没收的物品",
    "case.next_list_no": "下一清单编号",
    "case.corrections": "待书面更正的内容",
    "case.told_at": "当事人收到处理结果的时间",
    "case.told_by": "当事人收到处理结果的方式",
    "case.matter_basis": "所报事项的依据",
    "case.matter_reasons": "所报事项的事由",
    "case.presider": "已指定的或者唯一可以主持的人员",
    "case.recorder": "已指派的记录员",
    "case.party_proof": "按当事人类型和统一社会信用代码判断",
    "case.recusal_asked": "被申请回避的人员",
    "case.last_device": "上次使用的设备",
    "case.last_photos": "现场照片",
    "case.material_defects": "收到时缺少、有错的材料",
    "case.received_materials": "收到的材料",
    "case.handed_materials": "接收凭证的材料清单，补正了的注明",
    "case.interested": "被告知的利害关系人和申请听证的人",
    "case.hearing_people": "申请人及代理人、利害关系人",
    "case.affects_others": "已经告知利害关系人的，为是",
    "case.substance_verified": "已经现场勘验的，为是",
    "case.not_accepted_basis": "不予受理的情形",
    "case.termination_ground": "撤回申请或者没有补正的记录",
    "case.termination_reason": "撤回申请或者没有补正的记录",
    "case.asking_until": "两个工作日内送达，再加五个工作日",
    "case.acceptable_on": "材料齐全之日",
    "case.license_due": "应当作出许可决定之日",
    "matter.conditions": "许可条件",
    "matter.materials": "应当提交的材料",
    "matter.basis": "许可事项的依据",
    "matter.days": "法定期限（工作日）",
    "penalty_decision.fine": "罚款总额（分）",
    "limit.decision": "办案期限",
    "limit.paused": "中止计算的期限",
    "files.digest": "所附文件的校验值",
    "rule.needs_hearing": "系统判断：须告知听证权利",
    "rule.is_major": "系统判断：重大、复杂案件",
    "rule.legal_review_trigger": "系统判断：法制审核情形",
    "rule.open_hearing": "系统判断：公开听证",
    "violation.title": "违法行为",
    "violation.basis": "违法行为的依据",
    "violation.penalties": "法定处罚种类",
    "violation.cure": "通常的改正内容",
    "violation.seizure_basis": "查封、扣押的授权依据",
    "service.documents": "本次送达的文书",
    "service.title": "文书名称和文号",
    "service.summary": "文书主要内容",
    "service.addressee": "受送达人",
    "service.place": "送达地点",
    "service.method": "送达方式",
    "service.servers": "送达人",
    "service.recipient": "收件人",
    "service.relation": "与受送达人关系",
    "service.on": "收到日期",
    "service.posted_on": "交寄日期",
    "service.reached_at": "到达时间",
    "service.reason": "未成或者拒收的原因",
    "service.witness": "见证人",
    "service.carrier": "承运人或者载体",
    "service.tracking": "邮件号",
    "service.attempts": "已用的送达方式",
    "service.digest": "所送文件校验值",
}

IN_HAND = ("served", "corrected")
_WORDS = {
    "case": "案件",
    "bureau": "本局设置",
    "violation": "违法行为目录",
    "matter": "许可事项目录",
    "service": "送达经过",
    "actor": "登录人员",
}


class UnknownSource(ValueError):
    """A source that names nothing declared."""


def parts(source: str) -> tuple[str, ...]:
    """The alternatives of a source, in order; none for an empty source."""
    return tuple(part for part in source.split("|") if part)


def known(part: str) -> bool:
    """Whether one alternative names something declared."""
    if part in FIXED:
        return True
    head, _, tail = part.partition(".")
    tables = {
        "text": {*TEXTS, *ROWS}, "limit": LIMITS, "points": DOCUMENTS,
        "setting": {threshold.name for threshold in THRESHOLDS},
        "document": {*DOCUMENTS, *IN_HAND},
    }  # fmt: skip
    if head in tables:
        return tail in tables[head]
    declared = [table[head] for table in (DOCUMENTS, FACTS) if head in table]
    return any(field.name == tail for kind in declared for field in kind.fields)


def words(part: str) -> str:
    """Where a value came from, as a page says it: 立案审批表, 案件, 规范用语. Raises UnknownSource."""
    if not known(part):
        raise UnknownSource(f"没有“{part}”这一来源")
    head, _, tail = part.partition(".")
    if head in DOCUMENTS:
        return DOCUMENTS[head].title
    if head in ("document", "points"):
        return DOCUMENTS[tail].title if tail in DOCUMENTS else "所办文书"
    if head in FACTS:
        return FACTS[head].label
    if head == "text":
        return "规范用语"
    if part in FIXED and head not in _WORDS:
        return FIXED[part]
    if head == "limit":
        return f"期限：{LIMITS[tail].title}"
    if head == "setting":
        return "本局设置"
    return _WORDS[head]
