"""The text of a script: YAML in which words stay words, every mapping knows its line, and nothing repeats.

Only ``true``/``false`` and plain whole numbers are more than text: a time such as ``10:30``, a date, ``on``
and a number with leading zeros stay as they are written.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from typing import Any

import yaml


class BadScript(ValueError):
    """A script that cannot be read; ``problems`` are sentences in Chinese, each naming its line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Lined(dict[str, Any]):
    """A mapping that knows the line it begins at, and the line of each of its keys."""

    line: int = 0
    lines: dict[str, int]


def bad(line: int, message: str) -> BadScript:
    """One problem at one line."""
    return BadScript([f"第 {line} 行：{message}"])


class _Loader(yaml.SafeLoader):
    """SafeLoader that guesses nothing but booleans and whole numbers."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, Any]]] = {}  # noqa: RUF012


def _lined(loader: _Loader, node: yaml.MappingNode) -> Lined:
    found = Lined()
    found.line = node.start_mark.line + 1
    found.lines = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise bad(line, f"“{key}”不能作项目名；项目名用文字，纯数字请加引号")
        if key in found:
            raise bad(line, f"“{key}”写了两次，只留一个")
        found[key] = loader.construct_object(value_node, deep=True)
        found.lines[key] = line
    return found


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _lined)
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile("^-?(?:0|[1-9][0-9]*)$"), list("-0123456789")
)


def read(text: str) -> Lined:
    """The mapping that the text of a script is. Raises BadScript when it is not one."""
    try:
        found = yaml.load(text, Loader=_Loader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise bad(
            line,
            "YAML 写法不对：看这一行和上一行，冒号、逗号、括号用半角，冒号后空一格，缩进用空格对齐，括号和引号成对",
        ) from error
    except yaml.YAMLError as error:
        raise bad(1, "文件中有不能识别的字符，请以 UTF-8 编码保存为纯文本") from error
    if not isinstance(found, Lined):
        raise bad(1, "文件应由“项目: 内容”组成，如 title: 某公司某案")
    return found


def near(word: str, known: Collection[str]) -> str:
    """What was probably meant, as the end of a sentence; empty when nothing is near."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"，是不是“{close[0]}”" if close else ""


def only(node: Lined, known: Collection[str], where: str, chinese: Mapping[str, str] | None = None) -> None:
    """Refuse keys that are not known in this place; ``chinese`` = the words that stand for the codes."""
    words_of: dict[str, str] = {}
    for word, code in (chinese or {}).items():
        words_of.setdefault(code, word)
    for key in node:
        if key not in known:
            listed = "、".join(f"{code}（{words_of[code]}）" if code in words_of else code for code in known)
            close = near(key, [*known, *(word for word, code in (chinese or {}).items() if code in known)])
            raise bad(node.lines[key], f"{where}没有“{key}”这一项{close}；可以写：{listed}")


def mapping(value: Any, line: int, where: str, sample: str) -> Lined:
    """The value as a mapping."""
    if not isinstance(value, Lined):
        raise bad(line, f"{where}应写成几个项目，如 {sample}")
    return value


def text(node: Lined, key: str, where: str, default: str | None = None) -> str:
    """The text of a key; ``default`` None makes it required."""
    if key not in node:
        if default is None:
            raise bad(node.line, f"{where}缺少“{key}”")
        return default
    value = node[key]
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise bad(node.lines[key], f"{where}的“{key}”应是一段文字")
    return value.strip()


def flag(node: Lined, key: str, where: str, default: bool) -> bool:
    """True or false."""
    value = node.get(key, default)
    if value in ("是", "否"):
        return value == "是"
    if not isinstance(value, bool):
        raise bad(node.lines[key], f"{where}的“{key}”应为 true（是）或 false（否）")
    return value


def denied(node: Lined, key: str) -> bool:
    """Whether a key says that something was not done: false, 否, 没有, 未送达 and the like."""
    return key in node and node[key] in (False, "否", "没有", "无", "未送达", "未签名", "未批准", "未签发")


def words(node: Lined, key: str, where: str) -> list[str]:
    """A list of words; one word alone counts as a list of one, an absent key as an empty list."""
    value = node.get(key, [])
    items = value if isinstance(value, list) else [value]
    found = [str(i) if isinstance(i, int) and not isinstance(i, bool) else i for i in items]
    texts = [i.strip() for i in found if isinstance(i, str) and i.strip()]
    if len(texts) != len(found):
        raise bad(node.lines.get(key, node.line), f"{where}的“{key}”应是文字，或用方括号括起的几项文字")
    return texts
