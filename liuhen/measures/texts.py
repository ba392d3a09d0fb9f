"""Usual wordings 规范用语 by name: rights told, remedies, notices, arrival clauses, and rows that lists begin with.

A wording may hold ``{placeholders}``; what fills them comes from the case and the bureau's settings, never by hand.
"""

from __future__ import annotations

from string import Formatter

_RIGHTS = {
    "rights_interview": (
        "我们是{bureau}的执法人员，已向您出示执法证件。现依法就有关情况向您询问，您有如实回答的义务，"
        "也有陈述、申辩的权利；对与本案无关的问题，可以不回答。您认为执法人员与本案有利害关系的，可以申请其回避。"
        "笔录经您核对无误后签名；认为有差错、遗漏的，可以更正、补充。"
    ),
    "rights_inspection": (
        "执法人员已出示执法证件，说明检查的事由和依据。您应当配合检查，如实提供情况；"
        "您有权陈述、申辩，有权申请执法人员回避，有权对检查情况提出意见并记入笔录。检查同时进行音像记录。"
    ),
    "rights_summary": (
        "我们是{bureau}的执法人员，已向您出示执法证件，说明来意。您应当如实回答，配合检查；您有权陈述、申辩，"
        "有权申请执法人员回避，有权对检查情况提出意见并记入笔录。"
    ),
    "rights_production": (
        "执法人员已出示执法证件。您应当如实提供本通知所列证据；对提供的证据有权核对清单、留存副本，"
        "涉及商业秘密或者个人隐私的，请说明，我局依法保密。您有权陈述、申辩，有权申请执法人员回避。"
    ),
    "rights_sampling": (
        "执法人员已出示执法证件，说明抽样的依据和方法。您有权在场并核对样品、封样编号和清单，"
        "有权陈述、申辩，有权申请执法人员回避，有权知道检验结果和样品的处理情况。抽样同时进行音像记录。"
    ),
    "rights_hold": (
        "在登记保存期间，您和有关人员不得销毁、转移、隐匿或者损坏清单所列物品。我局自登记保存之日起七个工作日内作出处理决定；"
        "逾期未作处理的，登记保存不再有效。您有权核对清单，有权陈述、申辩，有权申请执法人员回避。"
    ),
    "rights_seizure": (
        "我局依法实施查封（扣押），理由和依据见决定书。您有权当场陈述和申辩，有权核对清单并留存一份。"
        "不服本措施的，可以依法申请行政复议或者提起行政诉讼。"
    ),
    "rights_seizure_site": (
        "执法人员已出示执法证件，说明查封（扣押）的理由和依据。您有权当场陈述、申辩，有权申请执法人员回避，"
        "有权核对清单并留存一份。查封（扣押）同时进行音像记录。"
    ),
    "rights_disposal": "您有权核对清单和处理结果，有异议的，可以当场提出，也可以书面陈述、申辩，我局应当记录并复核。",
    "rights_appraisal": "对上述意见有异议的，可以书面申请重新鉴定，并说明理由。",
    "rights_hearing": (
        "您有权亲自参加听证，也可以委托一至二人代理；有权申请听证主持人、听证员、记录员、翻译人员回避；"
        "有权就事实、证据、依据和处罚建议进行申辩和质证；有权作最后陈述；有权核对笔录。"
    ),
    "hearing_absence": "无正当理由拒不出席，或者未经许可中途退出听证的，视为放弃听证权利，听证终止。",
    "hearing_opening": (
        "听证主持人核对参加人身份，宣布案由、听证人员名单和听证纪律，说明听证全程音像记录，宣布听证开始。"
    ),
    "confirm_record": "以上笔录我看过（已向我宣读过），与我说的相符。",
    "confirm_site": "以上笔录我看过（已向我宣读过），与现场情况相符。",
    "confirm_summary": "以上笔录我看过（已向我宣读过），与现场情况和我说的相符。",
    "service_address": (
        "您确认的送达地址适用于本案全部文书。地址变更的，应当书面告知我局；因地址不准确、拒收或者变更后未告知，"
        "致使文书未能送达的，依法视为送达。同意电子送达的，以到达您指定的系统之日为送达之日。"
    ),
    "bring_papers": "本人身份证明；单位的营业执照复印件和法定代表人身份证明；委托他人的，授权委托书。",
}

_NOTICE = {
    "docket_reasons": "有违法事实，应当给予行政处罚，属于本机关管辖，且在追究时效之内，符合立案条件。",
    "jurisdiction": "违法行为发生在本行政区域，属于{bureau}的法定职权范围。",
    "defence_right": (
        "对上述拟处罚的内容、事实、理由和依据，您有权陈述和申辩。请自收到本告知书之日起{defence_days}个工作日内，"
        "以书面或者口头方式向我局提出；逾期未提出的，视为未行使该项权利，我局将依法作出决定。"
    ),
    "hearing_right": (
        "拟作出的处罚属于法定听证范围，您有权要求举行听证。要求听证的，请自收到本告知书之日起{hearing_days}个工作日内，"
        "以书面或者口头方式向我局提出；逾期未提出的，视为放弃听证权利。听证不收取费用。"
    ),
    "penalty_reasons": "当事人{cause}的行为违反了{basis}的规定，事实清楚，证据确凿，应当依法予以处罚。",
    "summary_told": (
        "已当场告知：当事人{cause}，依据{basis}，拟给予的处罚是{penalties}；当事人有权陈述和申辩。"
    ),
    "hold_reasons": "清单所列物品与本案有直接关系，不及时登记保存，可能灭失或者以后难以取得。",
    "no_defence": "当事人在期限内未提出陈述、申辩。",
    "no_reexamination": "当事人未提出陈述、申辩，无需复核。",
    "defence_outcome": "当事人的陈述和申辩：{defence_summary}。我局复核意见：{review_opinion}。",
    "hearing_course": "{held_on}，我局依当事人申请举行听证，由{presider}主持，听取了调查人员、当事人的意见，对证据进行了质证。",
    "hearing_participants": "听证主持人：{presider}；记录员：{recorder}；案件调查人：{officers}；当事人及代理人：{present}。",
    "hearing_time_and_place": "{started_at}至{ended_at}，{place}。",
    "case_put": "调查人员说明：{facts}。建议：{penalties}。",
    "result_told": "关于{title}一案，经依法处理，结果如下：{outcome}。",
    "course_of_investigation": "{steps}",
    "course_of_case": "{facts}。{steps}",
    "execution": "{execution}",
    "demand_payment": "将应缴款项缴至{payee_bank}（{payee_account}），或者通过电子支付系统缴纳。",
    "demand_rights": "收到本催告书后，有权进行陈述和申辩；提出的，我局予以记录、复核。",
    "court_request": "请求依法强制执行{decision_number}行政处罚决定。",
    "goods_source": "依照{decision_number}行政处罚决定没收。",
    "public_notice_reasons": "{attempts}，采用其他方式均无法送达。",
}

_REMEDIES = {
    "remedies_general": (
        "如不服本决定，可以自收到之日起{reconsideration_days}日内向{reconsideration_body}申请行政复议，"
        "也可以自收到之日起{sue_months}个月内向{court}提起行政诉讼。"
    ),
    "remedies_penalty": (
        "如不服本决定，可以自收到之日起{reconsideration_days}日内向{reconsideration_body}申请行政复议，"
        "也可以自收到之日起{sue_months}个月内向{court}提起行政诉讼。"
        "复议、诉讼期间，本决定不停止执行，法律另有规定的除外。"
    ),
    "remedies_reconsideration_first": (
        "如不服本决定，应当先自收到之日起{reconsideration_days}日内向{reconsideration_body}申请行政复议；"
        "对复议决定不服的，再自收到复议决定书之日起十五日内向{court}提起行政诉讼。"
    ),
    "remedies_summary": (
        "如不服本决定，应当先自收到之日起{reconsideration_days}日内向{reconsideration_body}申请行政复议；"
        "对复议决定不服的，再自收到复议决定书之日起十五日内向{court}提起行政诉讼。"
        "复议、诉讼期间，本决定不停止执行，法律另有规定的除外。"
    ),
    "summary_payment": (
        "请自收到本决定书之日起十五日内，将罚款缴至{payee_bank}（{payee_account}），或者通过电子支付系统缴纳。"
        "到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处数额不超过罚款数额。"
    ),
    "performance": (
        "请自收到本决定书之日起十五日内，将罚没款缴至{payee_bank}（{payee_account}），或者通过电子支付系统缴纳。"
        "到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处数额不超过罚款数额；"
        "既不履行又不申请复议、不起诉的，我局将依法申请人民法院强制执行。"
    ),
}

_ARRIVAL = {
    "arrival_direct": "受送达人已当面收到上列文书，并注明收到日期。",
    "arrival_left": "受送达人拒绝接收，送达人说明情况后，将文书留置于{place}，并记录送达过程。",
    "arrival_postal": "文书于{posted_on}交寄，邮件号{tracking}，以回执注明的收件日期为送达日期。",
    "arrival_electronic": "文书于{sent_at}发出，到达{account}的日期为送达日期。",
    "arrival_public": "文书于{published_on}在{carrier}公告，自发布之日起经过三十日，即视为送达。",
}

_LICENSING = {
    "supplement_late": "期限内没有补齐的，我局可以终止办理；终止以后，仍可以重新申请。",
    "rights_interested": (
        "上述申请直接关系您的重大利益。您有权陈述和申辩；许可直接涉及您的重大利益的，有权自被告知之日起五个工作日内"
        "申请听证，不承担组织听证的费用。逾期没有提出的，我局依法作出决定。"
    ),
    "rights_license_hearing": (
        "您有权自被告知之日起五个工作日内向我局申请听证。按期申请的，我局在二十个工作日内组织听证，不收取费用。"
    ),
    "rights_license_hearing_held": (
        "听证公开举行。您可以亲自参加，也可以委托代理人；认为主持人与本事项有直接利害关系的，有权申请其回避；"
        "可以提出证据，进行申辩和质证，核对笔录后签字。"
    ),
    "special_procedure": "依照《中华人民共和国行政许可法》第四十五条，上列程序所需时间不计入作出许可决定的期限。",
    "license_granted": "你（单位）申请的“{request}”符合法定条件、标准，依法决定准予行政许可。",
    "license_denied": "你（单位）的申请不符合法定条件、标准，依法决定不予行政许可。",
}

TEXTS: dict[str, str] = {**_RIGHTS, **_NOTICE, **_REMEDIES, **_ARRIVAL, **_LICENSING}

_PENALTY_LAW = "中华人民共和国行政处罚法"


def _penalty_law(*provisions: tuple[str, str, str]) -> tuple[dict[str, str], ...]:
    parts = ("article", "paragraph", "item")
    return tuple(
        {"law": _PENALTY_LAW, **{part: text for part, text in zip(parts, one, strict=True) if text}}
        for one in provisions
    )


# By what provision nobody is punished, for each ground of a 不予行政处罚决定书.
NO_PENALTY: dict[str, tuple[dict[str, str], ...]] = {
    "违法行为轻微并及时改正": _penalty_law(("第三十三条", "第一款", ""), ("第五十七条", "第一款", "第二项")),
    "初次违法且危害后果轻微并及时改正": _penalty_law(
        ("第三十三条", "第一款", ""), ("第五十七条", "第一款", "第二项")
    ),
    "没有主观过错": _penalty_law(("第三十三条", "第二款", "")),
    "违法事实不能成立": _penalty_law(("第五十七条", "第一款", "第三项")),
    "不满十四周岁": _penalty_law(("第三十条", "", "")),
    "精神障碍不能辨认或者控制自己行为": _penalty_law(("第三十一条", "", "")),
    "超过追究时效": _penalty_law(("第三十六条", "第一款", "")),
}
ROWS: dict[str, tuple[dict[str, str], ...]] = {
    "basis_hold": ({"law": _PENALTY_LAW, "article": "第五十六条"},),
    "basis_sampling": ({"law": _PENALTY_LAW, "article": "第五十六条"},),
    "basis_no_penalty": (
        {"law": _PENALTY_LAW, "article": "第三十三条"}, {"law": _PENALTY_LAW, "article": "第五十七条"},
    ),
    "basis_withdrawal": (),
    "basis_not_accepted": ({"law": "中华人民共和国行政许可法", "article": "第三十二条"},),
    "legal_checks": tuple(
        {"item": item}
        for item in (
            "执法主体和人员资格", "权限", "事实和证据", "法律适用", "程序", "裁量", "文书", "是否涉嫌犯罪",
        )
    ),
    "court_attachments": (
        {"name": "强制执行申请书"},
        {"name": "行政处罚决定书及作出决定的事实、理由和依据"},
        {"name": "当事人的意见及行政机关催告情况"},
        {"name": "申请强制执行标的情况"},
        {"name": "法律、行政法规规定的其他材料"},
    ),
    "crime_attachments": (
        {"name": "涉嫌犯罪案件情况的调查报告"},
        {"name": "涉案物品清单"},
        {"name": "有关检验报告或者鉴定结论"},
        {"name": "其他有关涉嫌犯罪的材料"},
    ),
}  # fmt: skip

# Rows that begin otherwise for a ground that was chosen.
BY_GROUND = {
    "basis_no_penalty": NO_PENALTY,
    "basis_withdrawal": {ground: NO_PENALTY[ground] for ground in ("违法事实不能成立", "超过追究时效")},
}


def rows(name: str) -> list[dict[str, str]]:
    """The rows that a list begins with, free to change. Raises KeyError for an unknown name."""
    return [dict(row) for row in ROWS[name]]


def placeholders(name: str) -> frozenset[str]:
    """The names that :func:`text` needs for a wording. Raises KeyError for an unknown wording."""
    return frozenset(field for _, field, _, _ in Formatter().parse(TEXTS[name]) if field)


def text(name: str, **values: str) -> str:
    """A wording with its placeholders filled in; further values are ignored.

    Raises KeyError for an unknown wording or a placeholder without value: half a sentence is never printed.
    """
    return TEXTS[name].format_map(values)
