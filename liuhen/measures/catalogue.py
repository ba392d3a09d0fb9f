"""Violations 违法行为 that a bureau of this kind may have to deal with (domain §7.2), as data.

Every row is a proposal: ``enabled`` is false until the bureau confirms, from its published list of powers,
that the matter,
is its own. Amounts are in 分. A rate is a share of a base that the form asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from liuhen.measures.vocabulary import LAWS, Cite, L, numeral

Unit = Literal["千分之", "百分之", "倍"]
_WAN = 10_000 * 100
_YUAN = 100


@dataclass(frozen=True, kw_only=True)
class Fine:
    """A range of fine: on whom, in which case; an amount ``low``–``high`` in 分, or a rate of ``base``.

    ``may`` = the law says 可以; a low end of 0 means that the law names only the highest amount.
    """

    of: Literal["", "单位", "个人", "责任人员"] = ""
    when: str = ""
    low: int = 0
    high: int = 0
    rate_low: int = 0
    rate_high: int = 0
    rate_unit: Unit | None = None
    base: str = ""
    may: bool = False

    def allows(self, amount: int, base: int = 0) -> bool:
        """Whether an amount in 分 lies in the range; ``base`` in 分 is needed for a rate (ValueError without)."""
        if self.rate_unit is None:
            return self.low <= amount <= self.high
        if base <= 0:
            raise ValueError(f"按{self.base}计算罚款，须先填写{self.base}")
        parts = {"千分之": 1000, "百分之": 100, "倍": 1}[self.rate_unit]
        return self.rate_low * base <= amount * parts <= self.rate_high * base


@dataclass(frozen=True, kw_only=True)
class Violation:
    """A violation: conduct (the usual 案由), the provisions that punish it, what follows.

    ``penalties`` are the kinds besides or with the fine; ``cure`` is what is usually ordered; ``seizure`` the provision
    that gives power to seize; ``by_government`` = closing down is proposed to the government,
    not decided here.,
    """

    code: str
    conduct: str
    basis: tuple[Cite, ...]
    consequence: str
    penalties: tuple[str, ...] = ()
    fines: tuple[Fine, ...] = ()
    cure: str = "立即改正违法行为。"
    seizure: tuple[Cite, ...] = ()
    by_government: bool = False
    note: str = ""
    enabled: bool = False


def printed(cites: tuple[Cite, ...]) -> list[dict[str, str]]:
    """Citations as rows of a ``basis`` field: law, article, paragraph, item as they are printed."""
    return [_row(cite) for cite in cites]


def _row(cite: Cite) -> dict[str, str]:
    name = LAWS[cite.law]
    law = f"中华人民共和国{name}" if name.endswith("法") and cite.law != "办法" else name
    row = {"law": law, "article": f"第{numeral(cite.article)}条"}
    if cite.paragraph:
        row["paragraph"] = f"第{numeral(cite.paragraph)}款"
    if cite.item:
        row["item"] = f"第{numeral(cite.item)}项"
    return row


_GRAIN_SEIZURE = (L("粮例", 38), L("粮法", 61))
_STOP = "停止建设"

_GRAIN = (
    Violation(
        code="grain_no_filing", conduct="粮食收购企业未按规定备案或者提供虚假备案信息",
        basis=(L("粮例", 43),),
        consequence="责令改正，给予警告；拒不改正的，处二万元以上五万元以下罚款", penalties=("警告", "罚款"),
        fines=(Fine(when="拒不改正", low=2 * _WAN, high=5 * _WAN),), cure="按照规定备案，提供真实信息。",
        seizure=_GRAIN_SEIZURE,
    ),
    Violation(
        code="grain_standard",
        conduct="未执行粮食质量标准、未及时支付售粮款、违规代扣代缴、未按规定检验或者未建立粮食经营台账",
        basis=(L("粮例", 45),), penalties=("警告", "罚款"),
        consequence="责令改正，给予警告，可以并处二十万元以下罚款；情节严重的，并处二十万元以上五十万元以下罚款",
        fines=(
            Fine(high=20 * _WAN, may=True), Fine(when="情节严重", low=20 * _WAN, high=50 * _WAN),
        ),
        seizure=_GRAIN_SEIZURE, note="引用到第四十五条的具体项",
    ),
    Violation(
        code="grain_unfit_food", conduct="将不得食用的粮食作为食用用途销售出库", basis=(L("粮例", 47),),
        consequence="没收违法所得；货值不足一万元的并处一万元以上五万元以下罚款，一万元以上的并处货值一倍以上五倍以下罚款",
        penalties=("没收违法所得", "罚款"),
        fines=(
            Fine(when="货值金额不足一万元", low=1 * _WAN, high=5 * _WAN),
            Fine(when="货值金额一万元以上", rate_low=1, rate_high=5, rate_unit="倍", base="货值金额"),
        ),
        cure="停止销售，召回已售出的粮食。", seizure=_GRAIN_SEIZURE,
    ),
    Violation(
        code="grain_policy", conduct="在政策性粮食经营活动中有虚报、套取、挪用等行为", basis=(L("粮例", 49),),
        consequence="责令改正，给予警告，没收违法所得，并处五十万元以上二百万元以下罚款；"
        "情节严重的，并处二百万元以上五百万元以下罚款",
        penalties=("警告", "没收违法所得", "罚款"),
        fines=(
            Fine(low=50 * _WAN, high=200 * _WAN), Fine(when="情节严重", low=200 * _WAN, high=500 * _WAN),
        ),
        seizure=_GRAIN_SEIZURE, note="有关责任人员另依第五十一条处罚",
    ),
    Violation(
        code="grain_facility", conduct="侵占、损毁、擅自拆除或者迁移政府投资建设的粮食流通基础设施",
        basis=(L("粮法", 68),), penalties=("罚款",),
        consequence="责令停止，限期恢复原状；逾期不恢复的，对单位处五万元以上五十万元以下、"
        "对个人处五千元以上五万元以下罚款",
        fines=(
            Fine(of="单位", when="逾期不恢复原状、不采取补救措施", low=5 * _WAN, high=50 * _WAN),
            Fine(of="个人", when="逾期不恢复原状、不采取补救措施", low=5_000 * _YUAN, high=5 * _WAN),
        ),
        cure="限期恢复原状或者采取其他补救措施。", seizure=(L("粮法", 61),),
    ),
    Violation(
        code="grain_emergency", conduct="粮食应急状态时不服从统一指挥和调度，或者不配合应急处置措施",
        basis=(L("粮法", 69),), penalties=("警告", "罚款"),
        consequence="责令改正，给予警告；拒不改正的，对单位处二万元以上二十万元以下、对个人处二千元以上二万元以下罚款；"
        "情节严重的，数额更高",
        fines=(
            Fine(of="单位", when="拒不改正", low=2 * _WAN, high=20 * _WAN),
            Fine(of="个人", when="拒不改正", low=2_000 * _YUAN, high=2 * _WAN),
            Fine(of="单位", when="情节严重", low=20 * _WAN, high=200 * _WAN),
            Fine(of="个人", when="情节严重", low=2 * _WAN, high=20 * _WAN),
        ),
        seizure=(L("粮法", 61),),
    ),
)  # fmt: skip

_PROJECTS = (
    Violation(
        code="approval_absent", conduct="未依法办理核准手续开工建设，或者未按照核准的内容建设",
        basis=(L("核例", 18, 1),), penalties=("罚款",),
        consequence="责令停止建设或者停产，处项目总投资额千分之一以上千分之五以下罚款；责任人员处二万元以上五万元以下罚款",
        fines=(
            Fine(of="单位", rate_low=1, rate_high=5, rate_unit="千分之", base="项目总投资额"),
            Fine(of="责任人员", low=2 * _WAN, high=5 * _WAN),
        ),
        cure=f"{_STOP}，依法办理核准手续。",
    ),
    Violation(
        code="approval_by_fraud", conduct="以欺骗、贿赂等不正当手段取得项目核准文件",
        basis=(L("核例", 18, 2),),
        consequence="尚未开工的，撤销核准文件，处项目总投资额千分之一以上千分之五以下罚款；已经开工的，按未经核准开工处罚",
        penalties=("罚款",),
        fines=(Fine(of="单位", rate_low=1, rate_high=5, rate_unit="千分之", base="项目总投资额"),),
        cure=f"{_STOP}。",
    ),
    Violation(
        code="filing_false", conduct="未告知备案信息或者变更情况，或者提供虚假备案信息",
        basis=(L("核例", 19),),
        consequence="责令限期改正；逾期不改正的，处二万元以上五万元以下罚款", penalties=("罚款",),
        fines=(Fine(when="逾期不改正", low=2 * _WAN, high=5 * _WAN),), cure="限期如实告知备案信息。",
    ),
    Violation(
        code="prohibited_project", conduct="建设产业政策禁止投资建设的项目", basis=(L("核例", 20),),
        consequence="责令停止建设或者停产并恢复原状，处项目总投资额千分之五以上千分之十以下罚款；"
        "责任人员处五万元以上十万元以下罚款",
        penalties=("罚款",),
        fines=(
            Fine(of="单位", rate_low=5, rate_high=10, rate_unit="千分之", base="项目总投资额"),
            Fine(of="责任人员", low=5 * _WAN, high=10 * _WAN),
        ),
        cure=f"{_STOP}并恢复原状。",
    ),
)  # fmt: skip

_ENERGY = (
    Violation(
        code="energy_review_absent", conduct="开工建设或者投入使用不符合强制性节能标准的项目",
        basis=(L("节", 68, 2),),
        consequence="责令停止建设或者停止生产、使用，限期改造；不能改造或者逾期不改造的，报请本级人民政府责令关闭",
        cure=f"{_STOP}或者停止生产、使用，限期改造。", by_government=True,
        note="未经节能审查而开工、投产的，另依节能审查的规章办理，引用前核对现行规定",
    ),
    Violation(
        code="obsolete_equipment", conduct="使用国家明令淘汰的用能设备或者生产工艺", basis=(L("节", 71),),
        consequence="责令停止使用，没收淘汰的用能设备；情节严重的，提请本级人民政府责令停业整顿或者关闭",
        penalties=("没收非法财物",), cure="停止使用淘汰的设备或者工艺。", by_government=True,
    ),
    Violation(
        code="energy_service_false", conduct="节能服务机构提供虚假信息", basis=(L("节", 76),),
        consequence="责令改正，没收违法所得，并处五万元以上十万元以下罚款",
        penalties=("没收违法所得", "罚款"),
        fines=(Fine(low=5 * _WAN, high=10 * _WAN),),
    ),
    Violation(
        code="energy_free", conduct="无偿向职工提供能源或者对能源消费实行包费制", basis=(L("节", 77),),
        consequence="责令限期改正；逾期不改正的，处五万元以上二十万元以下罚款", penalties=("罚款",),
        fines=(Fine(when="逾期不改正", low=5 * _WAN, high=20 * _WAN),), cure="限期改正，按照用量计费。",
    ),
    Violation(
        code="energy_report", conduct="重点用能单位未报送能源利用状况报告或者报告不实", basis=(L("节", 82),),
        consequence="责令限期改正；逾期不改正的，处一万元以上五万元以下罚款", penalties=("罚款",),
        fines=(Fine(when="逾期不改正", low=1 * _WAN, high=5 * _WAN),), cure="限期如实报送能源利用状况报告。",
    ),
    Violation(
        code="energy_rectify", conduct="重点用能单位拒不落实整改要求或者整改未达到要求", basis=(L("节", 83),),
        consequence="处十万元以上三十万元以下罚款", penalties=("罚款",),
        fines=(Fine(low=10 * _WAN, high=30 * _WAN),), cure="按照要求完成整改。",
    ),
    Violation(
        code="energy_manager", conduct="重点用能单位未设立能源管理岗位、未聘任负责人或者未备案",
        basis=(L("节", 84),),
        consequence="责令改正；拒不改正的，处一万元以上三万元以下罚款", penalties=("罚款",),
        fines=(Fine(when="拒不改正", low=1 * _WAN, high=3 * _WAN),), cure="设立岗位、聘任负责人并备案。",
    ),
)  # fmt: skip

_PIPELINES = (
    Violation(
        code="pipeline_company", conduct="管道企业未履行巡护、检测、标志、备案、应急等管道保护义务",
        basis=(L("管", 50),), consequence="责令限期改正；逾期不改正的，处二万元以上十万元以下罚款",
        penalties=("罚款",), fines=(Fine(when="逾期不改正", low=2 * _WAN, high=10 * _WAN),),
        note="引用到第五十条的具体项",
    ),
    Violation(
        code="pipeline_danger", conduct="实施危害管道安全的行为", basis=(L("管", 52),), penalties=("罚款",),
        consequence="责令停止；情节较重的，对单位处一万元以上十万元以下、对个人处二百元以上二千元以下罚款；违法建筑限期拆除",
        fines=(
            Fine(of="单位", when="情节较重", low=1 * _WAN, high=10 * _WAN),
            Fine(of="个人", when="情节较重", low=200 * _YUAN, high=2_000 * _YUAN),
        ),
        cure="停止违法行为，限期拆除违法建筑物。",
    ),
    Violation(
        code="pipeline_no_permit", conduct="未经批准在管道保护范围内进行特定施工作业", basis=(L("管", 53),),
        consequence="责令停止；情节较重的，处一万元以上五万元以下罚款；危害管道安全的建筑物限期拆除",
        penalties=("罚款",), fines=(Fine(when="情节较重", low=1 * _WAN, high=5 * _WAN),),
        cure="停止施工，依法申请批准。",
    ),
    Violation(
        code="pipeline_minor", conduct="擅自启闭管道阀门、移动毁损标志或者阻碍管道建设", basis=(L("管", 54),),
        consequence="责令改正；情节严重的，处二百元以上一千元以下罚款", penalties=("罚款",),
        fines=(Fine(when="情节严重", low=200 * _YUAN, high=1_000 * _YUAN),),
    ),
)  # fmt: skip

_TENDERS = (
    Violation(
        code="tender_evade", conduct="必须招标的项目不招标，或者化整为零规避招标", basis=(L("招", 49),),
        consequence="责令限期改正，可以处项目合同金额千分之五以上千分之十以下罚款；可以暂停项目执行或者资金拨付",
        penalties=("罚款",),
        fines=(Fine(rate_low=5, rate_high=10, rate_unit="千分之", base="项目合同金额", may=True),),
        cure="限期依法招标。",
    ),
    Violation(
        code="tender_exclude", conduct="以不合理的条件限制或者排斥潜在投标人",
        basis=(L("招", 51), L("招例", 63)), consequence="责令改正，可以处一万元以上五万元以下罚款",
        penalties=("罚款",), fines=(Fine(low=1 * _WAN, high=5 * _WAN, may=True),),
    ),
    Violation(
        code="tender_improper", conduct="应当公开招标而邀请招标、时限不合规定或者接受不合格的投标",
        basis=(L("招例", 64),), consequence="责令改正，可以处十万元以下罚款", penalties=("罚款",),
        fines=(Fine(high=10 * _WAN, may=True),),
    ),
    Violation(
        code="tender_fraud", conduct="弄虚作假骗取中标", basis=(L("招", 54), L("招例", 68)),
        consequence="中标无效，处中标项目金额千分之五以上千分之十以下罚款，责任人员处单位罚款数额百分之五以上百分之十以下罚款，"
        "没收违法所得；情节严重的，取消一年至三年投标资格",
        penalties=("罚款", "没收违法所得", "限制从业"),
        fines=(
            Fine(of="单位", rate_low=5, rate_high=10, rate_unit="千分之", base="中标项目金额"),
            Fine(of="责任人员", rate_low=5, rate_high=10, rate_unit="百分之", base="单位罚款数额"),
        ),
    ),
    Violation(
        code="tender_collude", conduct="串通投标或者以行贿谋取中标", basis=(L("招", 53), L("招例", 67)),
        consequence="中标无效，处中标项目金额千分之五以上千分之十以下罚款，责任人员处单位罚款数额百分之五以上百分之十以下罚款，"
        "没收违法所得；情节严重的，取消一年至二年投标资格",
        penalties=("罚款", "没收违法所得", "限制从业"),
        fines=(
            Fine(of="单位", rate_low=5, rate_high=10, rate_unit="千分之", base="中标项目金额"),
            Fine(of="责任人员", rate_low=5, rate_high=10, rate_unit="百分之", base="单位罚款数额"),
        ),
    ),
)  # fmt: skip

_POWER_AND_LICENCES = (
    Violation(
        code="license_fraud", conduct="隐瞒情况、提供虚假材料申请许可，或者以欺骗、贿赂取得许可",
        basis=(L("许", 78), L("许", 79)),
        consequence="不予受理或者不予许可，给予警告；已取得的依法撤销并处罚",
        penalties=("警告",), note="涉及公共安全等事项的，一年或者三年内不得再次申请",
    ),
    Violation(
        code="power_theft", conduct="盗窃电能", basis=(L("电", 71), L("电供", 41)),
        consequence="责令停止，追缴电费，并处应交电费五倍以下罚款；涉嫌犯罪的移送", penalties=("罚款",),
        fines=(Fine(rate_high=5, rate_unit="倍", base="应交电费"),), cure="停止违法行为，补交电费。",
    ),
    Violation(
        code="power_order", conduct="危害供电、用电安全或者扰乱供电、用电秩序", basis=(L("电", 65),),
        consequence="责令改正，给予警告；情节严重或者拒绝改正的，可以中止供电，可以并处五万元以下罚款",
        penalties=("警告", "罚款"),
        fines=(Fine(when="情节严重或者拒绝改正", high=5 * _WAN, may=True),),
    ),
    Violation(
        code="power_supply_illegal", conduct="无证供电、擅自跨越供电营业区供电或者擅自转供电",
        basis=(L("电供", 38),), consequence="责令改正，没收违法所得，可以并处违法所得五倍以下罚款",
        penalties=("没收违法所得", "罚款"),
        fines=(Fine(rate_high=5, rate_unit="倍", base="违法所得", may=True),),
    ),
    Violation(
        code="power_facility", conduct="危害电力设施", basis=(L("电护", 27),), penalties=("罚款",),
        consequence="责令改正；拒不改正的，处一万元以下罚款",
        fines=(Fine(when="拒不改正", high=1 * _WAN),),
    ),
)  # fmt: skip

VIOLATIONS: dict[str, Violation] = {
    violation.code: violation
    for violation in (*_GRAIN, *_PROJECTS, *_ENERGY, *_PIPELINES, *_TENDERS, *_POWER_AND_LICENCES)
}
