"""Declared facts 事实 that others bring to light: what was decided without telling."""

from __future__ import annotations

from liuhen.measures.vocabulary import Fact, Field, L

_TEXT = Field(name="text", label="说明", type="longtext", required=True)
_KNOWN_BY = ("officer", "section_head", "legal_reviewer")

TOLD: tuple[Fact, ...] = (
    Fact(
        code="decided_beyond_notice",
        label="决定含有没有告知的内容",
        cites=(L("罚", 44),),
        summary="核对发现，处罚决定认定的事实、理由或者依据没有写在告知书里。种类、数额和条款由系统比较，不用登记。",
        fields=(
            Field(
                name="what",
                label="哪一项",
                type="enum",
                options=("事实", "理由", "依据", "证据"),
                required=True,
            ),
            _TEXT,
        ),
        stated_by=_KNOWN_BY,
    ),
)
