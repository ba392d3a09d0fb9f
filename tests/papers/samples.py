"""A plausible value for every type of field, so that each declared kind can be printed in the tests."""

from __future__ import annotations

from typing import Any

from liuhen.measures.vocabulary import Document, Field
from liuhen.papers import Mark, Opinion, PaperContext
from liuhen.scripts import generated

PARTY = {
    "party_kind": "法人",
    "name": "某粮食有限公司",
    "uscc": "91210213MA0000000X",
    "legal_rep": "张某",
    "legal_rep_post": "经理",
    "address": "大连市某区某街道某路1号",
}
LONG = (
    "第2号仓储存玉米，货位卡载明入库日期2026年8月14日。仓内无当日出库作业。磅房留存2026年10月8日至11月18日出库磅单43份，"
    "其中11份未附质量安全检验报告。\n现场负责人称，上述11份磅单对应的玉米均售予某饲料有限公司，检验报告由质检员保管，当场未能提供。"
)
TYPED: dict[str, Any] = {
    "longtext": LONG,
    "date": "2026-03-05",
    "datetime": "2026-03-05T09:30",
    "money": 3_000_000,
    "number": 2,
    "quantity": "12.5",
    "bool": True,
    "person": {"name": "李某", "post": "仓储部负责人"},
    "people": [{"name": "王某", "post": "局长", "is_head": True}, {"name": "赵某", "post": "副局长"}],
    "party": PARTY,
    "officers": [
        {"person": "p1", "name": "甲", "certificate_no": "0001"},
        {"person": "p2", "name": "乙", "certificate_no": "0002"},
    ],
    "basis": [
        {"law": "粮食流通管理条例", "article": "第十八条", "paragraph": "第一款"},
        {"law": "粮食流通管理条例", "article": "第四十五条", "item": "第三项"},
    ],
    "penalties": [{"kind": "警告"}, {"kind": "罚款", "amount": 3_000_000}],
    "remedies": {
        "reconsideration_body": "大连金普新区管理委员会（示例）",
        "reconsideration_days": 60,
        "court": "某区人民法院（示例）",
        "sue_months": 6,
        "kind": "general",
    },
    "document": "d-1",
    "sketch": [
        {"drawn": generated.drawing("大门朝北"), "name": "现场图示.svg"},
    ],
    "files": [
        {"digest": "sha256:" + "0" * 64, "name": "照片1.jpg"},
        {"digest": "sha256:" + "1" * 64, "name": "磅单.pdf"},
    ],
}


def value(field: Field) -> Any:
    """A value that suits the field's type."""
    if field.type == "enum":
        return field.options[0]
    if field.type == "list":
        row = {column.name: value(column) for column in field.columns} if field.columns else "一项"
        return [row] * max(field.minimum, 2)
    if field.type in TYPED:
        return TYPED[field.type]
    return {"started_at": "2026-03-05T09:30", "case_no": "LC-P-2026-0017"}.get(field.name, "某街道某路1号")


def filled(kind: Document, *, optional: bool = True) -> dict[str, Any]:
    """Values for every field of ``kind``, or for those always required only."""
    values = {f.name: value(f) for f in kind.fields if optional or f.required or f.required_if}
    if "ended_at" in values:
        values["ended_at"] = "2026-03-05T10:48"
    return values


CONTEXT = PaperContext(
    bureau="大连金普新区发展和改革局",
    authority_code="大金普发改",
    number="大金普发改罚决〔2026〕6号",
    date="2026-03-06",
    document="0193a7c2-1111-7abc-9def-0123456789ab",
    revision=2,
    commitment="ab12cd34ef567890" * 4,
    documents={"d-1": "立案审批表（大金普发改立〔2026〕3号）"},
)
OPINIONS = [
    Opinion("S", "事实清楚，证据充分，同意。", "同意", "孙某", "2026-03-06"),
    Opinion("legal_reviewer", "程序合法，适用依据正确。", "同意", "钱某", "2026-03-06"),
    Opinion("B", "同意。", "同意", "王某", "2026-03-07"),
    Opinion("principal_leader", "同意。", "同意", "周某", "2026-03-08"),
]


def drawn(role: str, name: str = "", pages: str = "all") -> Mark:
    """A signature of three strokes."""
    points = [[80, 500, 200, 150, 320, 800, 420, 300], [500, 250, 650, 780, 800, 120], [820, 500, 950, 450]]
    return Mark(role=role, name=name, pages=pages, points=points, date="2026-03-05")
