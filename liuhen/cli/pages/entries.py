"""``docs/entries.md``: every kind of entry with its fields, who may append it and a sample; the formats with test vectors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from liuhen.casefile.entries import KINDS, EntryKind, Value
from liuhen.cli.pages.formats import FORMATS, PACKAGE

TESTS = Path(__file__).resolve().parents[3] / "tests"
FAMILIES = {
    "case": "案件条目（流 `case/<案件>`）",
    "office": "机关条目（流 `office/<登记簿>`）",
    "any": "案件或者机关条目",
    "access": "查阅条目（流 `access`）",
}
TYPES = {
    "str": "文字",
    "int": "整数",
    "bool": "是否",
    "list": "列表",
    "dict": "对象",
    "digest": "文件校验值 `sha256:…`",
    "hash": "条目校验值",
    "any": "任意值",
}
HEAD = """# 条目与格式

<!-- 由 liuhen docs entries --write 生成，不要手改。 -->

凡成为事实的，都作为**条目**追加，从不修改；错了用更正条目指明哪一条、哪一项、为什么。条目由**头**和**正文**组成：头永远不变，
数据库拒绝修改、删除；正文（各项内容和它们的随机盐）只有销毁条目指名才会消失，头、校验值、证明仍在。
每一种、每一版条目一经发布就永远保留读法和样例（`tests/casefile/samples`）；遇到不认识的种类或者版本，程序停下报错，绝不跳过。
"""


def page() -> str:
    """The page in Markdown. Raises OSError outside a source folder, where samples and vectors stand."""
    parts = [HEAD, "## 一、条目种类", index(), *map(family, FAMILIES)]
    parts += ["## 二、格式", FORMATS, PACKAGE, "## 三、测试向量", VECTORS_HEAD, *vectors()]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def index() -> str:
    """The table of all kinds."""
    rows = [f"| `{kind.name}` | {kind.title} | {kind.version} | {kind.by} |" for kind in KINDS.values()]
    return "\n".join(["| 种类 | 名称 | 版本 | 谁可以追加 |", "|---|---|---|---|", *rows])


def family(name: str) -> str:
    """The kinds of one family of streams."""
    kinds = [kind for kind in KINDS.values() if kind.stream == name]
    return "\n\n".join([f"### {FAMILIES[name]}", *map(of_kind, kinds)])


def of_kind(kind: EntryKind) -> str:
    """One kind: fields and sample."""
    rows = [_row(value) for value in kind.fields]
    table = "\n".join(["| 项 | 类型 | 必填 | 内容 |", "|---|---|---|---|", *rows])
    body = json.loads((TESTS / f"casefile/samples/{kind.name}.v{kind.version}.json").read_text("utf-8"))[
        "body"
    ]
    return f"#### `{kind.name}` {kind.title}\n\n由{kind.by}追加。\n\n{table}\n\n样例正文：\n\n{_json(body)}"


def _row(value: Value) -> str:
    return f"| `{value.name}` | {TYPES[value.type]} | {'是' if value.required else ''} | {value.label} |"


def _json(value: Any) -> str:
    return f"```json\n{json.dumps(value, ensure_ascii=False, indent=1)}\n```"


VECTORS_HEAD = """与 `tests/ledger/vectors.json` 相同，供别的程序对照。私钥只用于测试。"""
TITLES = {
    "canonical": "规范字节",
    "body": "正文节点、承诺、遮盖",
    "entries": "条目头、校验值、链",
    "tree": "日志树、收录证明、一致性证明",
    "log_key": "日志密钥",
    "witness_key": "见证密钥",
    "checkpoint": "检查点与共签",
}


def vectors() -> Iterator[str]:
    """The test vectors, each under its title."""
    found = json.loads((TESTS / "ledger/vectors.json").read_text("utf-8"))
    for name, value in found.items():
        yield f"### {TITLES[name]}"
        yield _json(value)
