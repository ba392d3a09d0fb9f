"""Recording duties 记录要求 of a penalty case (domain §6): what must be seen or heard, how, from when to when.

Level M must, S should. ``document`` names the paper whose making begins the duty.
"""

from __future__ import annotations

from liuhen.measures.inspection import DUTIES as INSPECTION
from liuhen.measures.vocabulary import A, Duty, L

_INVESTIGATION = (
    Duty(
        code="inspection",
        step="现场检查（勘验）",
        what="进入现场、出示证件、告知权利、逐处查看、物品状况、当事人陈述、签名或者拒签",
        means="录像和照片",
        level="M",
        span="进入现场至离开现场",
        cites=(A(14),),
        document="site_inspection_record",
        found="R14.3",
    ),
    Duty(
        code="sampling",
        step="抽样取证",
        what="抽样基数、方法、抽取、封样及编号、签名",
        means="录像和照片",
        level="M",
        span="开始抽取至封样完毕",
        cites=(A(14),),
        document="sampling_notice",
        found="R14.3",
    ),
    Duty(
        code="interview",
        step="询问",
        what="两名执法人员、被询问人、权利告知、核对签名；拒绝、有翻译或者可能有争议的，应当记录",
        means="录音或者录像",
        level="S",
        span="询问开始至签名",
        cites=(A(4), A(14)),
        document="interview_record",
    ),
    Duty(
        code="hold",
        step="先行登记保存",
        what="全部物品、逐件清点、封条、保管人、清单签名",
        means="录像和照片",
        level="S",
        span="清点开始至签名",
        cites=(A(4), L("罚", 56)),
        document="hold_notice",
        found="R14.3",
        setting="hold_recorded",
    ),
    Duty(
        code="hold_release",
        step="处理先行登记保存的证据",
        what="启封、清点、退还或者移交、签收",
        means="照片",
        level="S",
        span="启封至签收",
        cites=(A(4), L("罚", 56)),
        document="hold_disposal_notice",
    ),
    Duty(
        code="seizure",
        step="查封、扣押",
        what="告知理由和权利、当事人陈述、清点、封条、清单",
        means="录像",
        level="M",
        span="告知至封存完毕",
        cites=(A(4), L("强", 18)),
        document="seizure_decision",
    ),
    Duty(
        code="seizure_release",
        step="解除查封、扣押",
        what="封条状况、清点、退还、签收",
        means="录像",
        level="M",
        span="启封至签收",
        cites=(A(4), L("强", 28)),
        document="seizure_release_decision",
    ),
    Duty(
        code="refusal",
        step="拒绝、阻碍调查",
        what="拒绝的情形，告知的法律后果；已作文字记录的，可以不再音像记录",
        means="文字或者音像",
        level="S",
        span="拒绝发生至结束",
        cites=(A(14),),
        document="refusal_record",
    ),
    Duty(
        code="automatic_monitoring",
        step="自动监控取证",
        what="设备经法制和技术审核，设置地点向社会公布，记录真实、清晰、完整",
        means="监控记录",
        level="M",
        span="违法行为发生时段",
        cites=(A(3), L("罚", 41)),
    ),
)

_NOTICE = (
    Duty(
        code="oral_defence",
        step="口头陈述申辩",
        what="陈述申辩的全部内容",
        means="录音或者录像",
        level="S",
        span="开始至签名",
        cites=(A(4), A(15)),
        document="defence_record",
    ),
    Duty(
        code="hearing",
        step="听证",
        what="开场、核对身份、权利告知、每个人的发言、出示的证据、休庭的时间、逐页签名",
        means="固定机位录像，同步录音",
        level="M",
        span="主持人宣布开始前至最后一个签名；间断须有原因",
        cites=(A(20),),
        document="hearing_record",
    ),
)

_EXECUTION = (
    Duty(
        code="direct_service",
        step="直接送达",
        what="交付的情形",
        means="照片",
        level="S",
        span="交付时",
        cites=(A(4), A(27, 0, 1)),
        document="service_receipt",
    ),
    Duty(
        code="left_service",
        step="留置送达",
        what="地址、拒收的人、宣读文书名称、留下文书；有基层组织代表见证的，可以不录像",
        means="录像",
        level="M",
        span="到达至留下文书",
        cites=(A(27), L("民", 89)),
    ),
    Duty(
        code="postal_service",
        step="邮寄送达",
        what="信封上的邮件号和装入的文书",
        means="照片",
        level="S",
        span="装封时",
        cites=(A(4), A(27, 0, 2)),
        document="postal_proof",
    ),
    Duty(
        code="public_notice",
        step="公告送达",
        what="张贴时和最后一日的状况；网站截图带网址和时间；报纸版面",
        means="照片或者截屏",
        level="M",
        span="发布首日和末日",
        cites=(A(27, 0, 3),),
        document="public_notice",
    ),
    Duty(
        code="cure_check",
        step="责令改正复查",
        what="与首次检查相同的位置和角度",
        means="录像和照片",
        level="M",
        span="进入现场至离开现场",
        cites=(A(28),),
        document="cure_check_record",
    ),
    Duty(
        code="goods_disposal",
        step="处理罚没物品",
        what="封条完好、清点、处理过程、处理后的状况",
        means="录像",
        level="M",
        span="启封至签名",
        cites=(A(29),),
        document="goods_disposal_record",
    ),
)

_LICENSING = (
    Duty(
        code="window",
        step="窗口接收、补正、受理",
        what="材料交接和说明",
        means="视频监控",
        level="S",
        span="申请人到达至交给凭证",
        cites=(A(4), A(6)),
        document="material_receipt",
    ),
    Duty(
        code="site_survey",
        step="许可现场勘验",
        what="现场全貌、与条件有关的各处、签名",
        means="照片，必要时录像",
        level="M",
        span="到达至签名",
        cites=(A(4), A(7, 0, 3)),
        document="site_survey_record",
    ),
    Duty(
        code="license_hearing",
        step="许可听证",
        what="核对身份、各方发言、出示证据、休会和复会时间、签字",
        means="录像",
        level="M",
        span="开始之前至最后一人签字",
        cites=(A(4), L("许", 48)),
        document="license_hearing_record",
    ),
    Duty(
        code="expert_review",
        step="专家评审",
        what="评审全过程",
        means="录像",
        level="S",
        span="开始至结束",
        cites=(A(4), L("许", 45)),
        document="expert_review_report",
    ),
)

_SUMMARY = (
    Duty(
        code="summary_penalty",
        step="当场处罚",
        what="查明事实、告知、申辩、交付决定书；当事人拒绝的，应当录像",
        means="录像",
        level="S",
        span="拦停、到场至交付",
        cites=(A(4), A(26)),
        document="summary_decision",
    ),
)

DUTIES: dict[str, Duty] = {
    duty.code: duty for duty in (*_INVESTIGATION, *_NOTICE, *_EXECUTION, *_LICENSING, *INSPECTION, *_SUMMARY)
}
