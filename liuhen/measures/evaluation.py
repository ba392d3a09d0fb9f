"""案卷评查 (domain §8.4): the standard by which a file is scored, as data: items, points, vetoes, and whose answers decide.

An item is answered by the rules that answer its requirements, or by events of the case in the grammar of
``liuhen.compliance.events``. What no program can tell says so and is left to the reviewer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True)
class Source:
    """The answers to a requirement that decide an item: about documents of ``kinds`` (none named: about anything), not
    of the kinds ``apart``, where a paper is incomplete only for want of one of ``fields``; ``part`` names which of the
    several questions that one rule answers about a document."""

    code: str
    kinds: tuple[str, ...] = ()
    part: str = ""
    apart: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item of the sheet. ``when``: it is asked once all of these have happened; ``shown``: the event that then shows it;
    ``never``: an event that costs half; ``human``: what the reviewer has to look at, because no record tells it."""

    number: str
    title: str
    points: int
    sources: tuple[Source, ...] = ()
    when: tuple[str, ...] = ()
    shown: str = ""
    never: str = ""
    human: str = ""


@dataclass(frozen=True, kw_only=True)
class Veto:
    """一票否决: any of its sources violated, or ``shown`` missing once all of ``when`` have happened."""

    number: str
    title: str
    sources: tuple[Source, ...] = ()
    when: tuple[str, ...] = ()
    shown: str = ""
    altered: bool = False
    human: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The standard for one sort of file."""

    title: str
    procedures: tuple[str, ...]
    items: tuple[Item, ...]
    vetoes: tuple[Veto, ...]

    @property
    def points(self) -> int:
        """What a file gets in which every item applies and is full."""
        return sum(item.points for item in self.items)


def _of(*codes: str) -> tuple[Source, ...]:
    return tuple(Source(code=code) for code in codes)


def _on(code: str, *kinds: str, fields: tuple[str, ...] = ()) -> Source:
    return Source(code=code, kinds=kinds, fields=fields)


def _part(code: str, *parts: str) -> tuple[Source, ...]:
    return tuple(Source(code=code, part=part) for part in parts)


_DECISIONS = ("penalty_decision", "no_penalty_decision")
_FINING = ("penalty_decision", "summary_decision")
_TOLD = ("rights_told", "recusal_answer")
_BASIS = ("basis",)
_SERVED = "served:penalty_decision|served:no_penalty_decision"
_PERSONS = ("identity_evidence", "power_of_attorney")
_DOCKET = ("docket_approval", "verification_report")
_WRITING = "文字有无差错由评查人员看；文号是否连续由“核验全部记录”查明"

_BEFORE_DECISION = (
    Item(number="1", title="案源登记齐全，有时间和分类", points=2, sources=(_on("R9.1", "case_source_form"),)),
    Item(number="2", title="科室负责人签署处理意见之后才进行下一步", points=2, sources=_of("R9.2")),
    Item(
        number="3", title="立案写明理由、管辖和追究时效", points=3,
        sources=(_on("R10.1", "docket_approval"), *_of("P36.1")),
    ),
    Item(
        number="4", title="先立案，后采取调查措施", points=3,
        sources=(Source(code="R10.1", apart=_DOCKET),),
    ),
    Item(number="5", title="结果告知具名的举报人等", points=2, sources=_of("R10.3", "R25.1", "TL-45")),
    Item(
        number="6", title="当事人身份证明、代理人授权在卷", points=3, sources=(_on("P37.1", *_PERSONS),),
        when=("decided",), shown="filed:identity_evidence",
    ),
    Item(number="7", title="每次都出示执法证件并记入笔录", points=3, sources=_of("P55.1")),
    Item(number="8", title="每份证据文书都有两名执法人员签名", points=3, sources=_of("R13.1", "R13.2")),
    Item(
        number="9", title="告知权利和申请回避", points=3,
        sources=(Source(code="R14.1", apart=_DECISIONS, fields=_TOLD), *_of("P43.1")),
    ),
    Item(number="10", title="当事人逐页签名，拒签的注明情况", points=3, sources=_of("R14.2", "R14.4")),
    Item(number="11", title="时间、地点合理，没有重叠", points=2, sources=_of("K1")),
    Item(number="12", title="复制件核对无异，注明来源", points=3, sources=_of("P46.1")),
    Item(
        number="13", title="现场检查、抽样有音像记录，或者写明原因；样品有处理", points=3,
        sources=(*_of("R14.3"), _on("R14.1", "sampling_notice", "sample_disposal_notice")),
    ),
    Item(
        number="14", title="登记保存、查封扣押经批准、有清单、按期处理", points=3,
        sources=(*_of("P56.1", "F18.1", "F24.1", "F25.1"), _on("R14.1", "hold_notice", "hold_disposal_notice")),
    ),
    Item(
        number="15", title="鉴定机构有资质，结论告知当事人", points=2,
        sources=(_on("R14.1", "appraisal_commission", "appraisal_opinion", "appraisal_result_notice"),),
        when=("filed:appraisal_opinion",), shown="issued:appraisal_result_notice",
    ),
    Item(
        number="16", title="证据证明各项违法事实，报告列明证据目录", points=4,
        sources=(
            _on("R14.1", *_DECISIONS),
            _on("R17.1", "investigation_report", fields=("facts", "evidence")),
        ),
    ),
)  # fmt: skip

_LAW = Item(
    number="17", title="适用法律具体到条、款、项，当日有效", points=4,
    sources=(
        _on("R24.1", "penalty_decision", fields=_BASIS),
        _on("R17.1", "investigation_report", fields=_BASIS),
        _on("R15.1", "penalty_notice", fields=_BASIS),
        _on("R16.1", "hearing_right_notice", fields=_BASIS),
        *_of("R36.2"),
    ),
)  # fmt: skip

_UNTIL_DECISION = (
    _LAW,
    Item(
        number="18", title="对照公布的基准说明裁量", points=3,
        sources=(
            _on("R24.1", "penalty_decision", fields=("discretion",)),
            _on("R17.1", "investigation_report", fields=("discretion",)),
            _on("R18.1", "proposal_approval", fields=("discretion",)),
        ),
    ),
    Item(number="19", title="该责令改正的责令改正，复查有音像", points=3, sources=_of("R28.1")),
    Item(number="20", title="调查终结报告签名，事实与决定一致", points=2, sources=_of("R17.1")),
    Item(
        number="21", title="告知书写明事实、理由、依据、内容、权利和期限", points=3,
        sources=_of("R15.1", "R16.1", "R18.1"),
    ),
    Item(number="22", title="申辩有记录，每一点都答复", points=3, sources=_of("R15.2", "P45.1", "P45.2")),
    Item(
        number="23", title="听证：主持人、七个工作日前通知、逐页签名、全程音像、五日内报告", points=3,
        sources=_of("R19.1", "R19.2", "R19.3", "R20.1", "R20.2", "R20.3", "R21.1", "R21.2", "TL-16", "K2"),
    ),
    Item(
        number="24", title="审批齐全、依次，意见不空白", points=3,
        sources=_of("R22.1", "P57.1", "K4", "K5", "K9"),
    ),
    Item(number="25", title="法制审核意见具体", points=2, sources=_of("P58.1", "K3")),
    Item(number="26", title="会议记要全体签名，保留不同意见", points=2, sources=_of("R23.1")),
    Item(
        number="27", title="决定书七项内容齐全、盖章，没有更正", points=4,
        sources=(
            _on("R24.1", "penalty_decision"),
            _on("R25.1", "no_penalty_decision"),
            *_of("P44.1", "P17.1", "P59.1"),
        ),
        when=("issued:penalty_decision|issued:no_penalty_decision",),
        never="issued:document_correction_notice",
    ),
    Item(
        number="28", title="救济途径与本案相符：复议机关、法院、期限", points=3,
        sources=(
            _on("R24.1", "penalty_decision", fields=("remedies",)),
            _on("R25.1", "no_penalty_decision", fields=("remedies",)),
        ),
    ),
    Item(number="29", title="九十日内作出决定，或者依法延长", points=2, sources=_of("P60.1")),
)  # fmt: skip

_SERVICE = Item(
    number="30", title="七个工作日内送达，回证完整，方式依次", points=3, sources=_of("P61.1", "R27.1", "R27.2"),
)  # fmt: skip
_PUBLISHED = Item(
    number="36", title="按期公开", points=1, sources=_of("P48.1", "TL-41"),
)  # fmt: skip
_ARCHIVED = (
    Item(number="37", title="三十日内归档，次序、目录、页码、备考表齐全", points=3, sources=_of("R31.1")),
    Item(number="38", title="音像二十四小时内存入，归入案件，完整", points=2, sources=_of("R31.2")),
    Item(number="39", title="文号连续，文字无误", points=1, human=_WRITING),
)

_AFTER_DECISION = (
    _SERVICE,
    Item(number="31", title="公告送达：穷尽其他方式、载体、凭证", points=1, sources=_of("R27.3")),
    Item(number="32", title="罚款缴清，票据在卷，罚缴分离", points=2, sources=_of("P67.1", "P66.1", "K7")),
    Item(number="33", title="逾期的加处、催告、按期申请执行", points=2, sources=_of("P72.1", "F54.1", "TL-26")),
    Item(
        number="34", title="罚没物品处理经批准，有见证和音像", points=2,
        sources=_of("R29.1", "R29.2", "K8"),
    ),
    Item(number="35", title="结案报告十三项齐全，经批准", points=2, sources=_of("R30.1")),
    _PUBLISHED,
    *_ARCHIVED,
)  # fmt: skip

_VETOES = (
    Veto(
        number="V1", title="没有职权，或者没有法律依据",
        sources=(
            *_of("P17.1", "P59.1"),
            Source(code="F18.1", part="power"),
            _on("R24.1", "penalty_decision", fields=_BASIS),
        ),
    ),
    Veto(number="V2", title="认错当事人", sources=(Source(code="P37.1", apart=_PERSONS),)),
    Veto(number="V3", title="主要事实没有证据", sources=(_on("R14.1", *_DECISIONS),)),
    Veto(number="V4", title="关键行为不足两名持证人员", sources=_of("R13.1")),
    Veto(
        number="V5", title="未告知，或者申辩、听证期限未满又未放弃，就作决定",
        sources=(_on("R15.1", *_DECISIONS), *_of("P62.1")),
    ),
    Veto(
        number="V6", title="剥夺听证权利", sources=(_on("R16.1", *_DECISIONS), _on("R19.3", *_DECISIONS)),
    ),
    Veto(number="V7", title="应当法制审核而没有审核", sources=(_on("P58.1", *_DECISIONS),)),
    Veto(number="V8", title="重大案件没有集体讨论", sources=(_on("R23.1", *_DECISIONS),)),
    Veto(
        number="V9", title="处罚超出法定种类、幅度", sources=(_on("P32.1", *_FINING), *_part("R26.2", "turned")),
        human="种类、公布的裁量基准和目录里没有的违法行为，对照所引条款由评查人员看",
    ),
    Veto(number="V10", title="伪造、倒签、篡改记录", altered=True),
    Veto(
        number="V11", title="处罚决定没有送达", when=("issued:penalty_decision", "closed"), shown=_SERVED,
    ),
    Veto(
        number="V12", title="涉嫌犯罪而不移送", sources=(_on("R12.1", *_DECISIONS),),
        when=("fact:crime_suspected", "closed"), shown="sent:crime_transfer_letter",
    ),
)  # fmt: skip

PENALTY = Sheet(
    title="行政处罚案卷评查标准",
    procedures=("penalty_ordinary",),
    items=(*_BEFORE_DECISION, *_UNTIL_DECISION, *_AFTER_DECISION),
    vetoes=_VETOES,
)

_GRANT, _DENIAL = "license_grant_decision", "license_denial_decision"
_REFUSED = "license_refusal_to_accept"
_OUTCOMES = (_GRANT, _DENIAL, _REFUSED)
_LICENSING_ITEMS = (
    Item(number="L1", title="登记申请，给申请人接收凭证", points=5, sources=_of("R6.1")),
    Item(
        number="L2", title="补正一次告知全部内容", points=10,
        sources=(_on("R6.2", "license_supplement_notice"), *_of("TL-01")),
    ),
    Item(
        number="L3", title="受理或者不予受理有书面通知", points=8,
        sources=(_on("R6.2", "license_acceptance_notice", _REFUSED),),
    ),
    Item(number="L4", title="材料移交有双方签名", points=4, sources=_of("R6.3")),
    Item(number="L5", title="逐项审查许可条件", points=12, sources=_of("R7.1", "L38.1")),
    Item(number="L6", title="逐件审查申请材料", points=8, sources=_of("R7.2", "L34.1")),
    Item(number="L7", title="现场勘验两人，有图示、照片和意见", points=6, sources=_of("R7.3")),
    Item(
        number="L8", title="不计入期限的时间和延长都告知申请人", points=6,
        sources=_of("L42.1", "L45.1"),
    ),
    Item(
        number="L9", title="不予受理、不予许可写明理由和依据", points=8,
        sources=(
            _on("R8.2", _DENIAL, fields=("reasons", "basis")),
            _on("R6.2", _REFUSED, fields=("reasons", "basis")),
            _on("L32.1", _DENIAL, _REFUSED),
        ),
    ),
    Item(
        number="6", title="申请人身份、代理人授权在卷", points=3,
        sources=(_on("P37.1", *_PERSONS), _on("R6.1", "license_application")),
    ),
    replace(
        _LAW,
        sources=(
            _on("R8.2", _GRANT, _DENIAL, fields=_BASIS),
            _on("R6.2", _REFUSED, fields=_BASIS),
        ),
    ),
    Item(number="24", title="审批齐全、依次，意见不空白", points=3, sources=_of("R8.2", "K4", "K5", "K9")),
    Item(
        number="27", title="决定书各项齐全、盖章，没有更正", points=4,
        sources=(_on("R8.2", _GRANT, _DENIAL), _on("R6.2", _REFUSED), *_of("P17.1")),
        never="issued:document_correction_notice",
    ),
    Item(
        number="28", title="救济途径与本案相符：复议机关、法院、期限", points=3,
        sources=(_on("R8.2", _DENIAL, fields=("remedies",)), _on("R6.2", _REFUSED, fields=("remedies",))),
    ),
    replace(
        _SERVICE, title="按期作出决定，十个工作日内送达，回证完整",
        sources=_of("R8.1", "L44.1", "R27.1", "R27.2"),
    ),
    replace(
        _PUBLISHED, sources=(), when=(f"served:{_GRANT}", "closed"), shown="fact:license_published",
    ),
    *_ARCHIVED,
)  # fmt: skip

LICENSING = Sheet(
    title="行政许可案卷评查标准",
    procedures=("licensing",),
    items=_LICENSING_ITEMS,
    vetoes=(
        Veto(number="V1", title="没有许可的职权或者依据", sources=_of("L32.1", "P17.1")),
        Veto(number="V2", title="条件不符合而准予许可", sources=(_on("L38.1", _GRANT),)),
        Veto(
            number="V3", title="不予许可没有告知救济途径",
            sources=(_on("R8.2", _DENIAL, fields=("remedies",)), _on("R6.2", _REFUSED, fields=("remedies",))),
        ),
        Veto(number="V4", title="应当听证而没有听证", sources=_of("L46.1")),
        Veto(number="V10", title="伪造、倒签、篡改记录", altered=True),
    ),
)  # fmt: skip

_SPOT_RECORDS = ("summary_inspection_record", "summary_interview_record")
_SPOT, _FILING = "summary_decision", "summary_filing_form"


_OVERLAP = Item(number="11", title="时间、地点合理，没有重叠", points=2, sources=_of("K1"))
_SUMMARY_ITEMS = (
    Item(number="S1", title="出示执法证件并记入笔录", points=6, sources=_of("P55.1")),
    Item(number="S2", title="两名执法人员到场，在笔录上签名", points=7, sources=_of("R13.1", "R13.2")),
    Item(
        number="S3", title="当场制作笔录，记明违法事实", points=9,
        sources=(*_part("R26.1", "record"), _on("R26.1", *_SPOT_RECORDS)),
    ),
    Item(number="S4", title="收集必要的证据，注明来源", points=5, sources=_of("P46.1")),
    Item(
        number="S5", title="先告知事实、理由、依据和权利，申辩记入笔录并答复", points=11,
        sources=_part("R26.1", "told"),
    ),
    Item(number="S6", title="当事人写对，前后一致", points=4, sources=_of("P37.1")),
    Item(number="S7", title="当事人签名，拒签的注明", points=7, sources=(*_of("R14.2", "R14.4"), Source(code="P52.1", apart=(_FILING,)))),
    Item(
        number="S8", title="适用法律具体到条、款、项，当日有效", points=7,
        sources=(_on("R26.2", _SPOT, fields=_BASIS), *_of("R36.2")),
    ),
    Item(
        number="S9", title="种类、数额在当场处罚的范围以内", points=7,
        sources=(*_part("R26.2", "kind", "limit"), *_of("P32.1")),
    ),
    Item(
        number="S10", title="决定书各项齐全、编号、盖章，没有更正", points=7,
        sources=(_on("R26.2", _SPOT, fields=("facts", "penalties", "at", "place", "authority")),
                 *_part("R26.2", "seal"), *_of("P17.1", "P59.1")),
        never="issued:document_correction_notice",
    ),
    Item(number="S11", title="写明先复议、后起诉", points=4, sources=(*_part("R26.2", "remedies"), _on("R26.2", _SPOT, fields=("remedies",)))),
    Item(number="S12", title="当场签名、当场交付", points=6, sources=_part("R26.2", "signed", "handed")),
    Item(number="S13", title="按期报局备案", points=4, sources=_of("TL-30")),
    Item(number="S14", title="当场收缴只在法定情形，有专用票据，按期交付", points=4, sources=_of("K7", "TL-29")),
    Item(number="S15", title="罚款缴清，票据在卷；逾期的依法追缴", points=2, sources=_of("P67.1", "P66.1", "P72.1")),
    Item(number="S16", title="结案经批准", points=1, sources=_of("R30.1")),
    replace(_OVERLAP, points=2),
    replace(_PUBLISHED, title="决定变更、撤销的，公开的按期撤回", sources=_of("P48.1")),
    *_ARCHIVED,
)  # fmt: skip

SUMMARY = Sheet(
    title="当场处罚案卷评查标准",
    procedures=("penalty_summary",),
    items=_SUMMARY_ITEMS,
    vetoes=(
        Veto(number="V1", title="没有职权，或者没有法律依据", sources=(*_of("P17.1", "P59.1"), _on("R26.2", _SPOT, fields=_BASIS))),
        Veto(number="V2", title="认错当事人", sources=(Source(code="P37.1", apart=_PERSONS),)),
        Veto(number="V3", title="没有笔录", sources=_part("R26.1", "record")),
        Veto(number="V4", title="不足法定人数的持证人员", sources=_of("R13.1")),
        Veto(number="V5", title="没有告知就作决定", sources=_part("R26.1", "told")),
        Veto(
            number="V9", title="超出当场处罚的种类、限额，或者法定幅度",
            sources=(*_part("R26.2", "kind", "limit"), *_of("P32.1")),
        ),
        Veto(number="V10", title="伪造、倒签、篡改记录", altered=True),
        Veto(number="V11", title="决定书没有交付", when=(f"issued:{_SPOT}", "closed"), shown=f"served:{_SPOT}"),
        Veto(number="V12", title="涉嫌犯罪而不移送", when=("fact:crime_suspected", "closed"), shown="sent:crime_transfer_letter"),
    ),
)  # fmt: skip

_PLAN, _FORM, _RESULT = "inspection_plan", "inspection_form", "inspection_result_notice"


def _handled(*ways: str) -> tuple[str, ...]:
    return ("|".join(f"filed:{_FORM}[handling={way}]" for way in ways),)


_INSPECTION_ITEMS = (
    Item(
        number="J1", title="检查计划写明对象、依据、内容，经批准之后才检查", points=10,
        sources=(_on("R2.1", _PLAN), *_of("K4", "K5", "K9")), when=(f"filed:{_FORM}",), shown=f"approved:{_PLAN}",
    ),
    Item(
        number="J2", title="事先通知，不通知的登记理由", points=6, sources=(_on("R2.1", "inspection_notice"),),
        when=(f"filed:{_FORM}",), shown="sent:inspection_notice|approved:inspection_plan[announced=不事先通知]",
    ),
    Item(number="7", title="出示执法证件并记入笔录", points=8, sources=_of("P55.1")),
    Item(number="8", title="两名持证执法人员到场，在记录上签名", points=10, sources=_of("R13.1", "R13.2")),
    Item(number="9", title="告知权利和申请回避", points=6, sources=(_on("R2.1", _FORM, fields=_TOLD), *_of("P43.1"))),
    Item(
        number="J3", title="逐项检查，写明问题和处理", points=12,
        sources=(_on("R2.1", _FORM, fields=("checks", "problems", "handling", "started_at", "ended_at", "place")),),
    ),
    Item(number="10", title="被检查人逐页签名，拒签、拒绝检查的注明情况", points=8, sources=_of("R14.2", "R14.4")),
    replace(_OVERLAP, points=2),
    Item(number="13", title="全程音像记录，或者写明原因", points=10, sources=_of("R14.3")),
    Item(
        number="J4", title="检查结果按期书面告知", points=10, sources=(_on("R2.1", _RESULT), *_of("TL-53")),
        when=(f"signed:{_FORM}", "ended"), shown=f"sent:{_RESULT}",
    ),
    Item(
        number="19", title="责令改正的写明内容和期限，复查有音像", points=8, sources=_of("R28.1"),
        when=(*_handled("责令改正"), "ended"), shown="served:cure_order",
    ),
    Item(
        number="J5", title="涉嫌违法的线索转入处罚程序或者移送", points=4,
        when=(*_handled("登记为案件来源", "移送"), "ended"), shown="fact:clue_handed_on",
    ),
    *_ARCHIVED,
)  # fmt: skip

INSPECTION = Sheet(
    title="行政检查案卷评查标准",
    procedures=("inspection",),
    items=_INSPECTION_ITEMS,
    vetoes=(
        Veto(number="V1", title="没有批准就上门检查", when=(f"filed:{_FORM}",), shown=f"approved:{_PLAN}"),
        Veto(number="V4", title="不足两名持证人员", sources=_of("R13.1")),
        Veto(number="V10", title="伪造、倒签、篡改记录", altered=True),
    ),
)  # fmt: skip

SHEETS: tuple[Sheet, ...] = (PENALTY, LICENSING, SUMMARY, INSPECTION)
# From how many of a hundred points on a file has a grade; a bureau's settings replace the numbers.
EXCELLENT, PASS = "review_excellent", "review_pass"
GRADES = ((EXCELLENT, "优秀"), (PASS, "合格"))
FAILED = "不合格"


def sheet_of(procedure: str) -> Sheet | None:
    """The standard for files of a procedure; None where there is none."""
    return next((sheet for sheet in SHEETS if procedure in sheet.procedures), None)
