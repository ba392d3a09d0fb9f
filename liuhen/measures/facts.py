"""Declared facts 事实 (entry ``Happened``): what no document of ours carries.

``returned_to_unit`` is stated in an ``office`` stream; all others in the stream of their case.
"""

from __future__ import annotations

from liuhen.measures.archive_facts import ARCHIVES
from liuhen.measures.documents.groups import penalties
from liuhen.measures.earlier import FACTS as EARLIER
from liuhen.measures.exit_facts import CONTEST, EXITS
from liuhen.measures.inspection import FACTS as INSPECTION
from liuhen.measures.licensing_facts import LICENSING
from liuhen.measures.summary_facts import SUMMARY
from liuhen.measures.told_facts import TOLD
from liuhen.measures.vocabulary import A, Fact, Field, L

UNSUITABLE_REASONS = ("涉密场所", "防爆", "隐私", "设备故障", "当事人安全", "其他")
RECORDING_MOMENT = "recording_moment"
RETURN_REASONS = ("连续工作", "边远地区", "交通不便")
BY_PROCEDURE = "违反法定程序"
# Why a decision falls (复 64; 诉 70).
FALLEN_FOR = (
    "事实不清、证据不足", "适用法律、依据错误", BY_PROCEDURE, "超越职权", "滥用职权", "内容不当", "其他",
)  # fmt: skip

# Before these nothing is paid, performed, published or contested.
_MADE = "issued:penalty_decision|issued:summary_decision"
_DECIDED = f"{_MADE}|issued:no_penalty_decision"

_DUTY = Field(name="duty", label="记录要求", hint="对应哪一项音像记录要求。")
_DOCUMENT = Field(name="document", label="所涉文书", type="document")
_NOTE = Field(name="text", label="说明", type="longtext")
_REQUIRED_NOTE = Field(name="text", label="说明", type="longtext", required=True)
_ON = Field(name="on", label="日期", type="date", required=True, source="today")


def _party(label: str = "当事人") -> Field:
    return Field(name="party", label=label, type="party", required=True, source="case.party")


_RECORDING = (
    Fact(
        code="recording_made",
        label="音像记录已制作",
        cites=(A(14), A(31)),
        summary="记录一经制作即登记，二十四小时的存入期限从制作完成时起算。",
        fields=(
            _DUTY,
            _DOCUMENT,
            Field(name="device", label="设备", required=True, source="case.last_device"),
            Field(name="by", label="拍摄人", type="person", required=True, source="actor.person"),
            Field(name="from", label="起", type="datetime", required=True),
            Field(name="to", label="止", type="datetime", required=True, source="now"),
            Field(name="place", label="地点", required=True, source="case.place"),
            Field(name="count", label="段数", type="number", default="1"),
        ),
    ),
    Fact(
        code="recording_unsuitable",
        label="不适宜音像记录",
        cites=(A(14),),
        summary="不适宜音像记录的，当时写明原因，事后由科室负责人确认。",
        fields=(
            _DUTY,
            _DOCUMENT,
            Field(name="reason", label="原因", type="enum", options=UNSUITABLE_REASONS, required=True),
            Field(
                name="text", label="具体情况", type="longtext", required=True,
                phrases=("现场为防爆区域，禁止使用电子设备。", "设备在执法过程中发生故障，已改为文字记录。"),
            ),
        ),
    ),
    Fact(
        code="recording_unsuitable_reviewed",
        label="确认不适宜音像记录的原因",
        cites=(A(4), A(14)),
        stated_by=("section_head",),
        summary="以不适宜为由没有音像记录的，由科室负责人事后确认原因是否成立。",
        fields=(
            _DUTY,
            _DOCUMENT,
            Field(name="result", label="结论", type="enum", options=("同意", "不同意"), required=True),
            Field(
                name="opinion", label="意见", type="longtext", required=True,
                phrases=("原因属实，同意以文字记录代替。", "原因不成立，今后同类检查应当音像记录。"),
            ),
        ),
    ),
    Fact(
        code="recording_gap",
        label="音像记录有间断",
        cites=(A(20),),
        summary="全程记录有间断的，写明起止时间和原因。",
        fields=(
            _DUTY,
            _DOCUMENT,
            Field(name="from", label="间断起", type="datetime", required=True),
            Field(name="to", label="间断止", type="datetime", required=True),
            Field(
                name="reason", label="原因", required=True,
                phrases=("休庭。", "更换电池。", "更换存储卡。", "设备故障。"),
            ),
        ),
    ),
    Fact(
        code=RECORDING_MOMENT,
        label="音像标记",
        cites=(A(14), A(31)),
        summary="标出音像里的某一刻，写明看到、听到什么，便于查找和引用；标错的更正，原标记保留。",
        fields=(
            Field(name="recording", label="音像", required=True, system=True),
            Field(name="second", label="第几秒", type="number", required=True),
            Field(
                name="text", label="这一刻的内容", required=True,
                phrases=("出示执法证件。", "告知权利义务。", "当事人陈述。", "加贴封条。", "签名。"),
            ),
        ),
    ),
    Fact(
        code="returned_to_unit",
        label="执法人员回到本单位",
        cites=(A(31),),
        summary="连续工作或者在边远、交通不便地区执法的，存入期限从回到单位时起算，由科室负责人确认。",
        fields=(
            Field(name="person", label="人员", type="person", required=True, source="actor.person"),
            Field(name="left_at", label="离开单位时间", type="datetime"),
            Field(name="at", label="回到单位时间", type="datetime", required=True, source="now"),
            Field(name="reason", label="情形", type="enum", options=RETURN_REASONS, required=True),
            Field(name="place", label="执法地区", required=True),
            Field(name="confirmed", label="科室负责人已确认", type="bool"),
        ),
        stated_by=("officer", "section_head"),
    ),
)  # fmt: skip

_DEFENCE_AND_HEARING = (
    Fact(
        code="defence_waived",
        label="放弃陈述申辩",
        cites=(A(15), L("罚", 62)),
        summary="当事人明确放弃的，凭其签名的声明登记；没有声明的，等期限届满。",
        fields=(_ON, _party(), _DOCUMENT, _NOTE),
        proof=True,
        after="issued:penalty_notice|issued:hearing_right_notice",
    ),
    Fact(
        code="hearing_waived",
        label="放弃听证",
        cites=(A(16), L("罚", 63)),
        summary="当事人明确放弃听证的，凭其签名的声明登记。",
        fields=(_ON, _party(), _DOCUMENT, _NOTE),
        proof=True,
        after="issued:hearing_right_notice",
    ),
    Fact(
        code="hearing_requested",
        label="要求听证",
        cites=(A(19), L("罚", 64, 0, 1)),
        summary="当事人口头或者书面要求听证，登记收到时间；邮寄的，登记交邮日期。",
        fields=(
            Field(name="at", label="提出时间", type="datetime", required=True, source="now"),
            _party("申请人"),
            Field(name="form", label="方式", type="enum", options=("书面", "口头"), required=True),
            Field(name="posted_on", label="交邮日期", type="date", hint="在期限内交邮的，不算过期。"),
            _NOTE,
        ),
        proof=True,
        after="issued:hearing_right_notice",
    ),
    Fact(
        code="hearing_request_withdrawn",
        label="撤回听证申请",
        cites=(A(19), L("罚", 64)),
        summary="只有当事人签名的书面撤回，才终止听证申请。",
        fields=(_ON, _party("申请人"), _NOTE),
        proof=True,
        after="fact:hearing_requested|filed:hearing_request",
    ),
    Fact(
        code="hearing_absent",
        label="当事人未到听证",
        cites=(L("罚", 64, 0, 6),),
        summary="无正当理由拒不出席或者未经许可中途退出的，视为放弃听证，听证终止。",
        fields=(
            Field(name="at", label="时间", type="datetime", required=True),
            Field(
                name="manner",
                label="情形",
                type="enum",
                options=("无正当理由不出席", "未经许可中途退出"),
                required=True,
            ),
            _REQUIRED_NOTE,
        ),
        stated_by=("presider", "officer"),
        after="issued:hearing_notice",
    ),
    Fact(
        code="document_read",
        label="已阅当事人意见",
        cites=(L("罚", 45),),
        summary="办案人员各自阅看陈述申辩材料后登记，先阅看、后起草决定。",
        fields=(
            Field(name="document", label="所阅材料", type="document", required=True),
            Field(name="person", label="人员", type="person", required=True, source="actor.person"),
            _ON,
        ),
    ),
)

_PARTIES = (
    Fact(
        code="party_joined",
        label="追加当事人",
        cites=(L("罚", 54),),
        summary="调查中发现还有其他当事人的，登记并附身份证明。",
        fields=(_ON, _party(), _REQUIRED_NOTE),
        proof=True,
    ),
    Fact(
        code="party_succeeded",
        label="当事人变更（承继）",
        cites=(L("罚", 54),),
        summary="当事人合并、分立、更名的，由承继者继续，附证明；期限照算。",
        fields=(
            _ON,
            Field(name="from_party", label="原当事人", type="party", required=True, source="case.party"),
            Field(name="party", label="承继者", type="party", required=True),
            _REQUIRED_NOTE,
        ),
        proof=True,
    ),
    Fact(
        code="party_left",
        label="当事人退出",
        cites=(L("罚", 54),),
        summary="当事人死亡、终止而无承继者，或者查明并非违法行为人的，登记并附证明。",
        fields=(
            _ON,
            _party(),
            Field(
                name="reason", label="原因", type="enum", options=("死亡", "终止", "并非违法行为人"),
                required=True,
            ),
            _NOTE,
        ),
        proof=True,
    ),
    Fact(
        code="service_address_changed",
        label="送达地址变更",
        cites=(L("民", 90), L("罚", 61)),
        summary="当事人书面告知新的送达地址，以后的文书送到新址。",
        fields=(
            _ON,
            _party(),
            Field(name="address", label="新送达地址", required=True),
            Field(name="phone", label="联系电话", secret=True),
        ),
        proof=True,
    ),
    Fact(
        code="recusal_asked",
        label="申请回避",
        cites=(L("罚", 43),),
        summary="当事人申请或者执法人员自行回避，登记后由负责人决定；决定之前不停止调查。",
        fields=(
            Field(name="at", label="提出时间", type="datetime", required=True, source="now"),
            Field(name="person", label="被申请回避的人员", type="person", required=True),
            Field(name="by", label="提出人", required=True, source="case.party.name"),
            Field(name="reason", label="理由", type="longtext", required=True),
        ),
    ),
    Fact(
        code="recusal_decided",
        label="回避已决定",
        cites=(L("罚", 43),),
        summary="由行政机关负责人决定；决定回避的，自决定起不得再参与本案。",
        fields=(
            Field(name="at", label="决定时间", type="datetime", required=True, source="now"),
            Field(name="person", label="人员", type="person", required=True, source="case.recusal_asked"),
            Field(name="result", label="决定", type="enum", options=("回避", "不予回避"), required=True),
            Field(name="decided_by", label="决定人", type="person", required=True),
            _NOTE,
        ),
        stated_by=("bureau_leader", "section_head"),
    ),
)  # fmt: skip

_COURSE = (
    Fact(
        code="clock_paused",
        label="期限中止计算",
        cites=(L("罚", 60),),
        summary="只有法律、法规、规章另有规定的，才可以中止计算；写明依据。",
        fields=(
            _ON,
            Field(name="limit", label="期限", required=True, source="limit.decision"),
            Field(name="rule", label="依据", required=True, hint="写明规定的名称和条款。"),
            Field(name="reason", label="理由", type="longtext", required=True),
        ),
        stated_by=("officer", "section_head"),
        proof=True,
    ),
    Fact(
        code="clock_resumed",
        label="期限恢复计算",
        cites=(L("罚", 60),),
        summary="中止的原因消除后，期限恢复计算。",
        fields=(_ON, Field(name="limit", label="期限", required=True, source="limit.paused"), _NOTE),
        stated_by=("officer", "section_head"),
    ),
    Fact(
        code="interview_attempted",
        label="曾联系询问未成",
        cites=(A(14), L("罚", 46)),
        summary="对案件事实有关键作用的人没有询问到的，登记何时、以何方式联系过。",
        fields=(
            Field(name="at", label="时间", type="datetime", required=True, source="now"),
            Field(name="who", label="被联系人", required=True),
            Field(
                name="method", label="方式", type="enum", options=("上门", "电话", "书面", "短信"),
                required=True,
            ),
            _REQUIRED_NOTE,
        ),
    ),
    Fact(
        code="direct_service_failed",
        label="直接送达未成",
        cites=(A(27),),
        summary="邮寄或者公告之前，登记直接送达为何不成。",
        fields=(
            Field(name="at", label="时间", type="datetime", required=True, source="now"),
            Field(name="document", label="所送文书", type="document", required=True),
            Field(name="place", label="地点", required=True, source="case.party.service_address"),
            Field(
                name="reason", label="原因", type="longtext", required=True,
                phrases=("登记住所无人办公。", "受送达人外出，无人代收。", "受送达人下落不明。"),
            ),
        ),
    ),
    Fact(
        code="handed_to_receiver",
        label="受移送机关已接收",
        cites=(A(11), L("移", 6)),
        summary="受移送机关在回执上签收后登记。",
        fields=(
            Field(name="at", label="接收时间", type="datetime", required=True, source="now"),
            _DOCUMENT,
            Field(name="receiver", label="接收人", required=True),
            _NOTE,
        ),
        proof=True,
        after="issued:case_transfer_letter|issued:crime_transfer_letter",
    ),
    Fact(
        code="crime_suspected",
        label="发现涉嫌犯罪",
        cites=(A(12), L("罚", 27)),
        summary="查处中发现违法行为涉嫌犯罪的，登记后提出移送报告。",
        fields=(_ON, Field(name="crime", label="涉嫌罪名", required=True), _REQUIRED_NOTE),
    ),
)  # fmt: skip

_EXECUTION = (
    Fact(
        code="payment_made",
        label="当事人已缴款",
        cites=(L("罚", 67),),
        summary="当事人在指定银行或者通过电子支付缴款，登记日期、金额和票据号。",
        fields=(
            Field(name="on", label="缴款日期", type="date", required=True),
            Field(name="amount", label="金额", type="money", required=True, source="penalty_decision.fine"),
            Field(name="receipt_no", label="票据号", required=True),
            Field(name="channel", label="渠道", type="enum", required=True,
                options=("银行", "电子支付", "当场收缴"),
            ),
        ),
        proof=True,
        after=_MADE,
    ),
    Fact(
        code="penalty_performed",
        label="处罚已履行",
        cites=(L("罚", 66),),
        summary="罚款以外的处罚履行完毕，登记方式和日期。",
        fields=(_ON, Field(name="kind", label="处罚种类", required=True), _REQUIRED_NOTE),
        proof=True,
        after=_MADE,
    ),
    Fact(
        code="correction_done",
        label="当事人已改正",
        cites=(A(28), L("罚", 28)),
        summary="当事人报告改正完毕；是否改正到位，以复查笔录为准。",
        fields=(_ON, _DOCUMENT, _REQUIRED_NOTE),
        after="issued:cure_order",
    ),
    Fact(
        code="correction_not_ordered",
        label="无需责令改正",
        cites=(A(28), L("罚", 28)),
        summary="违法行为已经终了或者自行改正，无需责令改正的，写明理由。",
        fields=(_ON, _REQUIRED_NOTE),
    ),
    Fact(
        code="contested",
        label="当事人申请复议或者起诉",
        cites=(L("罚", 73), L("复", 20), L("诉", 46)),
        summary="收到复议或者应诉通知；处罚不停止执行，加处罚款在此期间不计算。",
        fields=(
            Field(name="route", label="途径", type="enum", options=("行政复议", "行政诉讼"), required=True),
            Field(name="on", label="申请（起诉）日期", type="date", required=True),
            Field(name="notice_on", label="收到通知日期", type="date", required=True),
            Field(name="body", label="复议机关或者法院", required=True),
            Field(name="suspended", label="决定停止执行", type="bool"),
            Field(name="summary", label="复议适用简易程序", type="bool", hint="适用的，五个工作日内答复。"),
        ),
        proof=True,
        after=_DECIDED,
    ),
    Fact(
        code="contest_ended",
        label="复议或者诉讼终结",
        cites=(L("罚", 48), L("罚", 73)),
        summary="登记结果；撤销或者变更的，三日内撤回公开的处罚信息。",
        fields=(
            _ON,
            Field(name="route", label="途径", type="enum", options=("行政复议", "行政诉讼"), required=True),
            Field(
                name="result", label="结果", type="enum", required=True,
                options=("维持", "撤销", "变更", "确认违法", "重作", "撤回申请或者起诉"),
            ),
            Field(
                name="ground", label="撤销、变更的理由", type="enum", options=FALLEN_FOR,
                hint="有几项的，选实体上的一项；只因程序被撤销的，才选违反法定程序。",
            ),
            penalties("", "变更后的处罚内容", required=False),
        ),
        proof=True,
        after=_DECIDED,
    ),
    Fact(
        code="published",
        label="处罚决定已公开",
        cites=(L("罚", 48),),
        summary="具有一定社会影响的处罚决定依法公开，登记日期和载体。",
        fields=(_ON, Field(name="carrier", label="载体", required=True), Field(name="url", label="网址")),
        after=_MADE,
    ),
    Fact(
        code="publication_withdrawn",
        label="公开的处罚信息已撤回",
        cites=(L("罚", 48),),
        summary="决定被变更、撤销、确认违法或者无效的，三日内撤回并说明理由。",
        fields=(_ON, _REQUIRED_NOTE),
        after="fact:published",
    ),
    Fact(
        code="obligation_explained",
        label="未了事项说明",
        cites=(A(30),),
        summary="结案时还有未履行、未处理的事项，写明情况和后续安排。",
        fields=(Field(name="what", label="事项", required=True), _REQUIRED_NOTE),
        stated_by=("officer", "section_head"),
    ),
)  # fmt: skip

FACTS: dict[str, Fact] = {
    fact.code: fact
    for fact in (
        *_RECORDING,
        *_DEFENCE_AND_HEARING,
        *_PARTIES,
        *_COURSE,
        *_EXECUTION,
        *EXITS,
        *CONTEST,
        *LICENSING,
        *EARLIER,
        *INSPECTION,
        *SUMMARY,
        *TOLD,
        *ARCHIVES,
    )
}
