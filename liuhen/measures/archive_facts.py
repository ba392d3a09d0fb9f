"""Declared facts of an archived file: who keeps it, to whom it is lent, what an appraisal came to (档 14, 21; domain §8.3)."""

from __future__ import annotations

from liuhen.measures.vocabulary import A, Fact, Field, L

KEEP, DESTROY = "继续保存", "销毁"
_ARCHIVIST = ("archivist",)

ARCHIVES: tuple[Fact, ...] = (
    Fact(
        code="custody_taken",
        label="档案接收保管",
        cites=(A(32), L("档", 14)),
        stated_by=_ARCHIVIST,
        summary="归档后案卷移交档案机构集中保管，登记保管机构、存放位置和移交人；移动存放位置的再登记一次。",
        fields=(
            Field(name="keeper", label="保管机构", required=True),
            Field(name="place", label="存放位置", required=True, hint="库房、柜架和盒号。"),
            Field(name="handed_by", label="移交人", required=True),
            Field(name="text", label="说明", type="longtext"),
        ),
    ),
    Fact(
        code="file_lent",
        label="案卷借出",
        cites=(A(32), L("档例", 34)),
        stated_by=_ARCHIVIST,
        summary="借阅归档案卷的，登记借阅人、单位、用途、范围和应还日期。",
        fields=(
            Field(name="borrower", label="借阅人", required=True),
            Field(name="unit", label="单位", required=True),
            Field(name="purpose", label="用途", type="longtext", required=True),
            Field(name="items", label="借阅范围", required=True),
            Field(name="due_on", label="应还日期", type="date", required=True),
        ),
    ),
    Fact(
        code="file_returned",
        label="案卷归还",
        cites=(A(32),),
        stated_by=_ARCHIVIST,
        summary="归还时当面清点，登记归还情况。",
        fields=(
            Field(name="loan", label="哪一次借出", required=True, system=True, printed=False),
            Field(name="state", label="归还情况", required=True, hint="是否完整、有无缺页、损坏。"),
        ),
    ),
    Fact(
        code="appraised",
        label="档案鉴定",
        cites=(L("档", 21), L("档例", 24)),
        stated_by=_ARCHIVIST,
        summary="保管期限届满的案卷由鉴定小组鉴定：继续保存的重新划定期限，拟销毁的列入清册，由局领导批准。",
        fields=(
            Field(name="list", label="鉴定批次", required=True),
            Field(
                name="conclusion", label="鉴定结论", type="enum", options=(KEEP, DESTROY), required=True,
            ),
            Field(
                name="years", label="继续保存的年数", type="number", required_if=("conclusion", KEEP),
            ),
            Field(
                name="opinion", label="鉴定意见", type="longtext", required=True,
                phrases=("保管期限届满，已无保存价值，拟予销毁。", "仍有查考价值，继续保存。"),
            ),
            Field(name="appraisers", label="鉴定人员", required=True, hint="两人以上，用顿号分开。"),
        ),
    ),
)  # fmt: skip
