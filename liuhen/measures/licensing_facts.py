"""Facts of licensing (domain §3.1; 许 32–48): what the applicant and others did, when a special procedure ended."""

from __future__ import annotations

from liuhen.measures.vocabulary import A, Fact, Field, L, Role

_AT_WINDOW: tuple[Role, ...] = ("window_clerk", "officer")
_RECEIVED = "date:license_application.received_at"
_ON = Field(name="on", label="日期", type="date", required=True, source="today")
_NOTE = Field(name="text", label="说明", type="longtext")
_REQUIRED_NOTE = Field(name="text", label="说明", type="longtext", required=True)

LICENSING = (
    Fact(
        code="corrected_on_spot",
        label="申请材料当场更正",
        cites=(A(6), L("许", 32, 0, 3)),
        summary="可以当场更正的错误，由申请人当场更正，登记更正了什么。",
        fields=(_ON, _REQUIRED_NOTE),
        stated_by=_AT_WINDOW,
        after=_RECEIVED,
    ),
    Fact(
        code="materials_completed",
        label="补正材料齐全",
        cites=(A(6), L("许", 32, 0, 5)),
        summary="按要求提交全部补正材料之日，就是受理之日。",
        fields=(
            Field(name="at", label="提交时间", type="datetime", required=True, source="now"),
            Field(name="document", label="补正告知书", type="document",
                  source="document.license_supplement_notice"),
            _NOTE,
        ),
        stated_by=_AT_WINDOW,
        after="sent:license_supplement_notice",
    ),
    Fact(
        code="application_withdrawn",
        label="申请人撤回申请",
        cites=(A(6), L("许", 29)),
        summary="决定之前，申请人书面撤回申请的，登记后终止办理。",
        fields=(_ON, _NOTE),
        stated_by=_AT_WINDOW,
        proof=True,
        after=_RECEIVED,
    ),
    Fact(
        code="interested_party_waived",
        label="利害关系人没有意见",
        cites=(L("许", 36),),
        summary="利害关系人明确表示没有意见的，凭其签名的材料登记，可以不等期限届满。",
        fields=(
            _ON,
            Field(name="document", label="告知书", type="document", source="document.interested_party_notice"),
            _NOTE,
        ),
        proof=True,
        after="sent:interested_party_notice",
    ),
    Fact(
        code="license_hearing_requested",
        label="申请许可听证",
        cites=(L("许", 47),),
        summary="申请人、利害关系人申请听证的，登记收到时间。",
        fields=(
            Field(name="at", label="提出时间", type="datetime", required=True, source="now"),
            Field(
                name="by", label="申请听证的人", required=True,
                source="interested_party_notice.interested_party|license_hearing_right_notice.told|case.party.name",
            ),
            _NOTE,
        ),
        stated_by=_AT_WINDOW,
        proof=True,
        after=_RECEIVED,
    ),
    Fact(
        code="license_hearing_withdrawn",
        label="撤回许可听证申请",
        cites=(L("许", 47),),
        summary="只有书面撤回，才终止听证申请。",
        fields=(_ON, Field(name="by", label="撤回的人", required=True, source="license_hearing_requested.by"), _NOTE),
        stated_by=_AT_WINDOW,
        proof=True,
        after="fact:license_hearing_requested",
    ),
    Fact(
        code="special_procedure_ended",
        label="特别程序结束",
        cites=(L("许", 45),),
        summary="评审、检验等结束之日，期限恢复计算。",
        fields=(
            _ON,
            Field(name="document", label="特别程序告知书", type="document", required=True,
                  source="document.special_procedure_notice"),
            _NOTE,
        ),
        after="date:special_procedure_notice.from_on",
    ),
    Fact(
        code="license_published",
        label="许可决定已公开",
        cites=(L("许", 40),),
        summary="准予许可的决定应当公开，登记日期和载体；证件号码等遮盖。依法不公开的，写明理由。",
        fields=(
            _ON,
            Field(name="how", label="怎样处理", type="enum", options=("公开", "依法不公开"), default="公开"),
            Field(name="carrier", label="载体", required_if=("how", "公开")),
            Field(name="url", label="网址"),
            Field(name="text", label="不公开的理由", type="longtext", required_if=("how", "依法不公开")),
        ),
        stated_by=_AT_WINDOW,
        after="issued:license_grant_decision",
    ),
)  # fmt: skip
