"""`docs/glossary.md`: Chinese term → the English identifier that the code uses; from the declarations and a small list."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from liuhen.casefile.entries import KINDS
from liuhen.measures import DOCUMENTS, DUTIES, FACTS, PROCEDURES
from liuhen.measures.vocabulary import ROLE_NAMES

WORDS = Path(__file__).with_name("glossary.toml")
HEAD = """# 词汇

本页由 `liuhen docs glossary` 生成，不手工修改：前几组来自 `liuhen/cli/pages/glossary.toml`，其余来自声明。只收源码里在用的词。

容易混淆的：更正（改自己的记录）、补正（改发出的文书）、责令改正（当事人的违法行为）是三件事；销毁（`dispose`，档案）不是物品处理；
见证人（`witness`）在现场见证执法，日志的见证人（也作 witness）为检查点共签；立案是 `docket`，`Filed` 是定稿的条目。
"""


def page() -> str:
    """The whole page in Markdown."""
    lines = [HEAD]
    for title, terms in words().items():
        lines += _table(title, terms.items())
    lines += _table("岗位", ((name, role) for role, name in ROLE_NAMES.items()))
    lines += _table("程序", ((p.title, p.code) for p in PROCEDURES.values()))
    lines += _table("条目", ((kind.title, kind.name) for kind in KINDS.values()))
    lines += _table("文书", ((kind.title, kind.code) for kind in DOCUMENTS.values()))
    lines += _table("事实", ((fact.label, fact.code) for fact in FACTS.values()))
    lines += _table("记录要求", ((duty.step, duty.code) for duty in DUTIES.values()))
    return "\n".join(lines).rstrip() + "\n"


def words() -> Mapping[str, Mapping[str, str]]:
    """The terms of `glossary.toml` by group: term → identifier."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))["words"]


def _table(title: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| 词 | 标识符 |"
    yield "|---|---|"
    yield from (f"| {term} | `{identifier}` |" for term, identifier in rows)
    yield ""
