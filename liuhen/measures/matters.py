"""Licensing matters 许可事项 that a bureau of this kind may have to deal with (domain §7.1), as data.

Every row is a proposal: ``enabled`` is false until the bureau confirms, from its published list of powers, that the
matter is its own. What is only put on file (备案: enterprise investment projects, grain purchasers) is no licence and has
no row here. ``confirmed`` says which ones count as confirmed under the bureau's setting ``matters``.
"""

from __future__ import annotations

from dataclasses import dataclass

from liuhen.measures.vocabulary import Cite, L

GENERAL, APPROVAL, LATER_APPROVAL = "TL-02", "TL-04", "TL-05"
# The limits to decide, of which a matter has exactly one.
DECISION_LIMITS = (GENERAL, APPROVAL, LATER_APPROVAL)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A licensing matter: what is checked, what is handed in, which limit runs.

    ``limit`` is the code of the limit to decide, ``extension`` the most working days by which it may be extended and
    ``extended_by`` the approval that this needs (B leader, P principal leader). ``project`` = a project code is needed.
    ``note`` says what about the row is not yet confirmed.
    """

    code: str
    title: str
    basis: tuple[Cite, ...]
    conditions: tuple[str, ...]
    materials: tuple[str, ...]
    limit: str = GENERAL
    extension: int = 10
    extended_by: str = "B"
    project: bool = False
    enabled: bool = False
    note: str = ""


_PROJECT_CONDITIONS = (
    "不危害经济安全、社会安全、生态安全等国家安全",
    "符合相关发展建设规划、技术标准和产业政策",
    "合理开发并有效利用资源",
    "不对重大公共利益产生不利影响",
)
_UNCONFIRMED = "须与本局公布的权责清单核对"

_PROJECTS = (
    Matter(
        code="project_approval_enterprise",
        title="企业投资项目核准",
        basis=(L("核例", 3), L("核例", 6), L("核例", 9), L("核例", 10)),
        conditions=_PROJECT_CONDITIONS,
        materials=("项目申请书", "规划选址或者用地文件（法律、行政法规规定办理的）"),
        limit=APPROVAL,
        extension=40,
        extended_by="P",
        project=True,
        note=_UNCONFIRMED,
    ),
    Matter(
        code="project_approval_change",
        title="企业投资项目核准变更",
        basis=(L("核例", 11),),
        conditions=_PROJECT_CONDITIONS,
        materials=("变更申请", "原核准文件"),
        limit=LATER_APPROVAL,
        extension=0,
        project=True,
        note=_UNCONFIRMED,
    ),
    Matter(
        code="project_approval_postponement",
        title="企业投资项目延期开工建设",
        basis=(L("核例", 12),),
        conditions=("核准之日起二年期限届满的三十个工作日前申请", "此前没有延期过"),
        materials=("延期开工建设申请", "原核准文件"),
        limit=LATER_APPROVAL,
        extension=0,
        project=True,
        note=_UNCONFIRMED,
    ),
    Matter(
        code="gov_project_approval",
        title="政府投资项目审批",
        basis=(L("投", 9), L("投", 11)),
        conditions=(
            "项目建设必要",
            "技术经济可行，资金等条件落实",
            "初步设计和投资概算符合批复和标准，概算超过批复百分之十的已经说明",
        ),
        materials=(
            "项目建议书、可行性研究报告或者初步设计",
            "资金落实文件",
            "用地预审意见（依法应当办理的）",
            "节能审查意见（依法应当办理的）",
            "社会稳定风险评估报告（依法应当评估的）",
        ),
        project=True,
        note=_UNCONFIRMED,
    ),
    Matter(
        code="tender_plan_approval",
        title="招标方案核准",
        basis=(L("招例", 7), L("招例", 8)),
        conditions=("招标范围、方式、组织形式符合规定", "邀请招标或者不招标的，属于法定情形"),
        materials=("招标方案", "不公开招标的理由和证明"),
        project=True,
        note="随项目审批、核准一并办理；" + _UNCONFIRMED,
    ),
    Matter(
        code="energy_review",
        title="固定资产投资项目节能审查",
        basis=(L("节", 15),),
        conditions=(
            "符合节能法律法规、标准和政策",
            "用能分析客观准确",
            "节能措施合理可行",
            "能源消费量和能效水平符合要求",
            "碳排放水平符合要求",
        ),
        materials=("节能审查申请", "节能报告", "真实性承诺", "可行性研究报告（政府投资项目）"),
        project=True,
        note="数额标准和碳排放评价按现行节能审查办法，" + _UNCONFIRMED,
    ),
)

_WORKS = (
    Matter(
        code="pipeline_works",
        title="管道保护范围内特定施工作业审批",
        basis=(L("管", 35), L("管", 36)),
        conditions=(
            "具有符合管道安全和公共安全要求的施工作业方案",
            "已制定事故应急预案",
            "施工作业人员具备管道保护知识",
            "具有保障安全施工作业的设备、设施",
        ),
        materials=("施工作业申请", "施工作业方案", "事故应急预案", "安全防护协议或者安全评审意见"),
        note=_UNCONFIRMED,
    ),
    Matter(
        code="power_zone_works",
        title="电力设施保护区内作业许可",
        basis=(L("电", 54), L("电护", 17)),
        conditions=("已采取安全措施", "作业距离和方式符合要求"),
        materials=("作业申请", "作业方案", "安全措施", "电力企业意见"),
        note=_UNCONFIRMED,
    ),
)

MATTERS: dict[str, Matter] = {matter.code: matter for matter in (*_PROJECTS, *_WORKS)}
TITLES = tuple(matter.title for matter in MATTERS.values())


def matter_of(said: object) -> Matter | None:
    """The matter that a paper names by its title or code; None for any other value."""
    found = [m for m in MATTERS.values() if said in (m.code, m.title)]
    return found[0] if found else None


def confirmed(setting: object) -> frozenset[str]:
    """The codes of the matters that are the bureau's own: those enabled in the catalogue, and those that its setting
    names, parted by 、 or commas."""
    named = str(setting or "").replace("，", ",").replace("、", ",").split(",")
    own = {matter.code for matter in MATTERS.values() if matter.enabled}
    return frozenset(own | {name.strip() for name in named if name.strip() in MATTERS})
