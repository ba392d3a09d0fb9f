"""The words that a script may use, taken from the declarations: document kinds, facts, their fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from liuhen.measures import DOCUMENTS, DUTIES, FACTS
from liuhen.measures.vocabulary import STAGES, Document, Fact, Field
from liuhen.scripts.usual import usual_names

TYPES = {
    "text": "文字",
    "longtext": "长文字",
    "date": "日期",
    "datetime": "时刻",
    "money": "金额",
    "number": "整数",
    "quantity": "数量",
    "bool": "是否",
    "enum": "选一项",
    "person": "人员",
    "people": "人员清单",
    "party": "当事人",
    "officers": "执法人员清单",
    "list": "清单",
    "basis": "依据",
    "penalties": "处罚",
    "remedies": "救济途径",
    "document": "文书",
    "files": "附件",
    "sketch": "图示",
}
HEAD = """# 文书种类、事实种类和字段

本页由 `liuhen docs fields` 从办法的声明生成，不手工修改。重新生成：`liuhen docs --write`。写法见[案件脚本](case-scripts.md)。

标题之后是代号。`file:` 和 `state:` 写代号、题名或者习惯叫法都可以；`values:` 里写字段代号或者中文名都可以。
加 `*` 的是必填项，在本系统办理时缺了不能定稿；对照外来材料时，材料没有说的就不写。
"""


def reference() -> str:
    """The whole page, in Markdown."""
    parts = [HEAD, "## 文书种类\n"]
    for stage in STAGES:
        kinds = [kind for kind in DOCUMENTS.values() if kind.filled and kind.stage == stage]
        if kinds:
            parts.append(f"### {stage}\n")
            parts += [_document(kind) for kind in kinds]
    parts.append("## 事实种类\n")
    parts += [_fact(fact) for fact in FACTS.values()]
    parts.append("## 记录要求\n")
    parts.append("\n".join(f"- {duty.step} `{duty.code}`：{duty.what}" for duty in DUTIES.values()) + "\n")
    return "\n".join(parts)


def _document(kind: Document) -> str:
    alias = f"（又名{kind.alias}）" if kind.alias else ""
    lines = [f"#### {kind.title}{alias} `{kind.code}`\n", f"{kind.summary}\n"]
    lines += [f"- {line}" for line in (*_usual(kind.code), *_handling(kind), *_fields(kind.fields))]
    return "\n".join(lines) + "\n"


def _handling(kind: Document) -> Iterator[str]:
    if kind.signatures:
        roles = "、".join(
            f"`{s.role}`（{s.label}{'' if s.required else '，可以没有'}）" for s in kind.signatures
        )
        yield f"签名 `signed`：{roles}"
    if kind.approvals:
        yield f"审批 `approved`：{'、'.join(f'`{letter}`' for letter in kind.approvals)}"
    if (kind.number or kind.sealed) and kind.facing != "I":
        yield "签发 `issued`"
    if kind.served:
        yield "送达 `served`"


def _fact(fact: Fact) -> str:
    proof = "\n\n须附凭证 `proofs`。" if fact.proof else ""
    lines = [f"#### {fact.label} `{fact.code}`\n", f"{fact.summary}{proof}\n"]
    lines += [f"- {line}" for line in (*_usual(fact.code), *_fields(fact.fields))]
    return "\n".join(lines) + "\n"


def _usual(code: str) -> Iterator[str]:
    names = usual_names(code)
    if names:
        yield f"也可以写：{'、'.join(names)}"


def _fields(fields: Iterable[Field]) -> Iterator[str]:
    for field in fields:
        yield f"`{field.name}`{'*' if field.required else ''} {field.label}：{_type(field)}"


def _type(field: Field) -> str:
    word = TYPES[field.type]
    if field.options:
        return f"{word}（{'、'.join(field.options)}）"
    if field.type == "list":
        columns = "，".join(
            f"`{c.name}`{'*' if c.required else ''} {c.label}" for c in field.columns if not c.system
        )
        return f"{word}，每项：{columns}"
    return word
