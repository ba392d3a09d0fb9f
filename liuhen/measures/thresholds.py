"""Amounts, shares and lengths that the law leaves to another rule or to the bureau, as dated data.

A value whose basis is marked 示例 is a working assumption: the bureau confirms it by a ``SettingSet`` entry.
Money is in 分. ``default_setting`` gives the declared value of a day, which a bureau's own setting replaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

EXAMPLE = "示例，须由本局确认"
_START = date(2021, 7, 15)
_YUAN = 100


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """A value in force from a day, with its basis. ``unit``: 分, 工作日, 日, 小时, 千分之, 是否, 文本, 评分,
    事项 (codes of licensing matters)."""

    name: str
    label: str
    value: int | bool | str
    unit: str
    basis: str
    in_force_from: date = _START

    @property
    def example(self) -> bool:
        """Whether the value is an assumption that the bureau has yet to confirm."""
        return self.basis.startswith("示例")


HEARING = (
    Threshold(
        name="hearing_fine_citizen", label="公民：较大数额罚款（听证）", value=5_000 * _YUAN, unit="分",
        basis=EXAMPLE,
    ),
    Threshold(
        name="hearing_fine_organisation", label="法人、其他组织：较大数额罚款（听证）", value=50_000 * _YUAN,
        unit="分", basis=EXAMPLE,
    ),
    Threshold(
        name="hearing_confiscation_citizen", label="公民：没收较大数额违法所得、较大价值财物（听证）",
        value=5_000 * _YUAN, unit="分", basis=EXAMPLE,
    ),
    Threshold(
        name="hearing_confiscation_organisation",
        label="法人、其他组织：没收较大数额违法所得、较大价值财物（听证）",
        value=50_000 * _YUAN, unit="分", basis=EXAMPLE,
    ),
)  # fmt: skip

SUMMARY = (
    Threshold(
        name="summary_fine_citizen", label="公民：可以当场处罚的最高罚款", value=50 * _YUAN, unit="分",
        basis="行政处罚法（2017年修正）第三十三条", in_force_from=date(1996, 10, 1),
    ),
    Threshold(
        name="summary_fine_citizen", label="公民：可以当场处罚的最高罚款", value=200 * _YUAN, unit="分",
        basis="行政处罚法第五十一条",
    ),
    Threshold(
        name="summary_fine_organisation", label="法人、其他组织：可以当场处罚的最高罚款", value=1_000 * _YUAN,
        unit="分", basis="行政处罚法（2017年修正）第三十三条", in_force_from=date(1996, 10, 1),
    ),
    Threshold(
        name="summary_fine_organisation", label="法人、其他组织：可以当场处罚的最高罚款", value=3_000 * _YUAN,
        unit="分", basis="行政处罚法第五十一条",
    ),
    Threshold(
        name="on_the_spot_fine", label="可以当场收缴的小额罚款", value=20 * _YUAN, unit="分",
        basis="行政处罚法（2017年修正）第四十七条", in_force_from=date(1996, 10, 1),
    ),
    Threshold(
        name="on_the_spot_fine", label="可以当场收缴的小额罚款", value=100 * _YUAN, unit="分",
        basis="行政处罚法第六十八条第一项",
    ),
)  # fmt: skip

MAJOR = (
    Threshold(
        name="major_fine_citizen", label="公民：重大案件罚款数额", value=10_000 * _YUAN, unit="分",
        basis=EXAMPLE,
    ),
    Threshold(
        name="major_fine_organisation", label="法人、其他组织：重大案件罚款数额", value=100_000 * _YUAN,
        unit="分",
        basis=EXAMPLE,
    ),
    Threshold(
        name="major_after_hearing", label="举行过听证的案件按重大案件办理", value=True, unit="是否",
        basis=EXAMPLE,
    ),
    Threshold(
        name="legal_review_always", label="所有处罚决定都经法制审核", value=False, unit="是否",
        basis="行政处罚法第五十八条只要求四种情形；扩大范围由本局决定",
    ),
)  # fmt: skip

PERIODS = (
    Threshold(
        name="defence_days", label="陈述申辩期限", value=5, unit="工作日",
        basis="示例，须由本局确认：法律未定天数，与听证期限取齐",
    ),
    Threshold(
        name="hearing_days", label="要求听证期限", value=5, unit="工作日", basis="行政处罚法第六十四条第一项",
    ),
    Threshold(name="docket_days", label="决定是否立案期限", value=15, unit="工作日", basis=EXAMPLE),
    Threshold(name="result_told_days", label="告知处理结果期限", value=7, unit="工作日", basis=EXAMPLE),
    Threshold(
        name="inspection_told_days", label="检查后告知结果期限", value=7, unit="工作日", basis=EXAMPLE,
    ),
    Threshold(name="cure_check_days", label="改正期满后复查期限", value=5, unit="工作日", basis=EXAMPLE),
    Threshold(name="summary_report_days", label="当场处罚报局备案期限", value=2, unit="工作日", basis=EXAMPLE),
    Threshold(
        name="next_service_days", label="送达未成后再次送达期限", value=5, unit="工作日", basis=EXAMPLE,
    ),
    Threshold(name="record_lag_days", label="事后记录不超过", value=3, unit="工作日", basis="本系统规则"),
    Threshold(
        name="recording_untied_days", label="待归入的音像归入案件不超过", value=5, unit="工作日", basis="本系统规则",
    ),
    Threshold(
        name="archive_days", label="归档期限", value=30, unit="日",
        basis="办法第三十一条第一款；特别规定另有期限的，凭依据设置",
    ),
    Threshold(
        name="custody_days", label="归档后交档案机构保管期限", value=30, unit="日",
        basis="示例，须由本局确认：档案法第十四条只说定期移交",
    ),
    Threshold(
        name="handling_rules", label="允许延长或者不计入办案期限的规定（用顿号分开）", value="", unit="文本",
        basis="行政处罚法第六十条：法律、法规、规章另有规定的，从其规定；没有设置的，不得延长",
    ),
    Threshold(
        name="late_docket_hours", label="紧急措施之后补办立案期限", value=24, unit="小时", basis=EXAMPLE,
    ),
)  # fmt: skip

BUREAU = (
    Threshold(
        name="additional_fine_rate", label="加处罚款每日比例", value=30, unit="千分之",
        basis="行政处罚法第七十二条第一项",
    ),
    Threshold(
        name="hold_recorded", label="先行登记保存按应当音像记录办理", value=True, unit="是否",
        basis="本局规则，办法第十四条只要求现场检查（勘验）和抽样取证",
    ),
    Threshold(
        name="matters", label="本局的许可事项", value="", unit="事项",
        basis="示例，须由本局按权责清单确认",
    ),
    Threshold(name="split_file", label="分正卷和副卷", value=True, unit="是否", basis=EXAMPLE),
    Threshold(
        name="retention_years", label="一般案卷保管年数（不能少于规定的期限）", value=30, unit="年",
        basis="示例，须由本局确认：归档范围和保管期限表经档案主管部门审核同意",
    ),
    Threshold(
        name="archive_category", label="档号中的档案门类代码", value="ZY", unit="文本",
        basis="示例，须由本局确认：专业档案",
    ),
    Threshold(
        name="archive_keeper", label="集中保管档案的机构", value="档案室", unit="文本",
        basis="档案法第十四条",
    ),
    Threshold(
        name="minutes_title", label="集体讨论记录题名", value="会议记要", unit="文本", basis="办法第二十三条",
    ),
    Threshold(
        name="measures_in_force_from", label="办法施行日期", value="2020-01-01", unit="文本",
        basis="示例，须由本局确认：印发日期未载",
    ),
)  # fmt: skip

_PLACE = "示例，须由本局填写"


def _own(name: str, label: str, value: str, basis: str = _PLACE) -> Threshold:
    """What the bureau says of itself; printed on papers."""
    return Threshold(name=f"bureau_{name}", label=label, value=value, unit="文本", basis=basis)


OURSELVES = (
    _own("name", "机关名称", "大连金普新区发展和改革局", "办法题名"),
    _own("address", "机关地址", "（示例）大连金普新区某路1号"),
    _own("phone", "联系电话", "（示例）0411-00000000"),
    _own("code", "机关代字", "大金普发改"),
    _own("hearing_room", "听证地点", "（示例）本局听证室"),
    _own("meeting_room", "会议地点", "（示例）本局会议室"),
    _own("payee_bank", "罚没款代收银行", "（示例）某银行金普支行"),
    _own("payee_account", "缴款账户或者缴款码", "（示例）以缴款书载明的为准"),
    _own("police", "受移送的公安机关", "（示例）大连市公安局金州分局"),
    _own("reconsideration_body", "行政复议机关", "（示例）大连市人民政府"),
    _own("court", "管辖法院", "（示例）某人民法院"),
    _own("uscc", "统一社会信用代码", "（示例）11210000000000000X"),
    _own("fonds_no", "全宗号", "（示例）000"),
)

_HABIT = "示例，须由本局确认：案卷评查通行做法"
REVIEW = (
    Threshold(name="review_excellent", label="案卷评查：优秀不低于", value=90, unit="评分", basis=_HABIT),
    Threshold(name="review_pass", label="案卷评查：合格不低于", value=70, unit="评分", basis=_HABIT),
)

THRESHOLDS: tuple[Threshold, ...] = (*HEARING, *SUMMARY, *MAJOR, *PERIODS, *BUREAU, *OURSELVES, *REVIEW)


def threshold(name: str, on: date) -> Threshold:
    """The declared value of a name in force on a day. Raises KeyError for a name that is not declared.

    Before the first day in force the first value answers: a case is never without a value.
    """
    versions = sorted((t for t in THRESHOLDS if t.name == name), key=lambda t: t.in_force_from)
    if not versions:
        raise KeyError(name)
    in_force = [t for t in versions if t.in_force_from <= on]
    return in_force[-1] if in_force else versions[0]


def default_setting(name: str, on: date) -> int | bool | str:
    """The value alone, as a bureau's setting would give it; KeyError when not declared."""
    return threshold(name, on).value
