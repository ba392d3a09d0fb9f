"""`docs/measures.md`: every article and every code, where it is declared, what judges it, what tests it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from liuhen.cli.pages import coverage, differences
from liuhen.measures import ARTICLES, DOCUMENTS, DUTIES, FACTS, LIMITS, REQUIREMENTS
from liuhen.measures.vocabulary import Cite, Document, Limit, numeral

SEVERITIES = {"stop": "阻止", "flag": "提示", None: "只计算"}
HEAD = """# 办法对照

本页由 `liuhen docs measures` 从声明、规则和测试生成，不手工修改；不一致时测试不通过。重新生成：`liuhen docs --write`。

- **编号**：`R13.2` 出自办法第十三条；`P` 处罚法、`F` 强制法、`L` 许可法、`C` 移送规定、`A` 复议法、`S` 诉讼法、`D` 档案法，数字为条；`K` 为职务冲突，`TL` 为时限。
- **阻止**：办理时不放行；已经发生的，列为问题。**提示**：照常记录，列为问题，直到解决或者说明。
- **规则**写作“文件:函数”；“涉及事实”是规则的源码里提到的事实种类。
- **测试**是提到这个编号的测试文件；**反例**是 `tests/bad` 里违反它的最小案件。
"""


def page() -> str:
    """The whole page in Markdown. Needs the source tree, tests included."""
    lines = [
        HEAD,
        "## 一、条文\n",
        *_articles(),
        "## 二、编号\n",
        *_codes(),
        "## 三、没有规则的编号\n",
        *_unruled(),
        "\n## 四、与参考表的差异\n",
        *_differences(),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _articles() -> Iterator[str]:
    for number, article in sorted(ARTICLES.items()):
        yield f"### 第{numeral(number)}条　{article.title}\n"
        yield f"{article.summary}\n"
        declared = list(_declared(number))
        yield from declared or ["- 没有单独的声明"]
        yield ""


def _declared(number: int) -> Iterator[str]:
    """What cites an article of the Measures."""
    codes = [
        code for code in coverage.all_codes() if code[0] != "T" and _about(number, coverage.cites_of(code))
    ]
    yield from _line("要求", (_link(code) for code in codes))
    yield from _line("文书", (_kind(kind) for kind in DOCUMENTS.values() if _about(number, kind.cites)))
    yield from _line("事实", (f"{f.label} `{f.code}`" for f in FACTS.values() if _about(number, f.cites)))
    yield from _line("时限", (_link(limit.code) for limit in LIMITS.values() if _about(number, limit.cites)))
    yield from _line("记录要求", (f"{d.step} `{d.code}`" for d in DUTIES.values() if _about(number, d.cites)))


def _about(number: int, cites: Iterable[Cite]) -> bool:
    return any(cite.law == "办法" and cite.article == number for cite in cites)


def _line(label: str, items: Iterable[str]) -> Iterator[str]:
    found = list(items)
    if found:
        yield f"- {label}：{'、'.join(found)}"


def _link(code: str) -> str:
    return f"[{code}](#{code})"


def _kind(kind: Document) -> str:
    return f"{kind.title} `{kind.code}`"


def _codes() -> Iterator[str]:
    for code in coverage.all_codes():
        yield f'<a id="{code}"></a>\n'
        yield f"### {code}　{coverage.title_of(code)}\n"
        yield from _code(code)
        yield ""


def _code(code: str) -> Iterator[str]:
    yield from _line("依据", (cite.short() for cite in coverage.cites_of(code)))
    yield from _line("程度", _severity(code))
    yield from _line("规则", (f"`{coverage.place(rule)}`" for rule in coverage.rules_of(code)))
    yield from _line("时限", (_limit(limit) for limit in coverage.limits_of(code)))
    yield from _line("文书", (f"{_kind(k)}（`{coverage.file_of(k)}`）" for k in coverage.documents_of(code)))
    yield from _line("涉及事实", (f"{FACTS[fact].label} `{fact}`" for fact in coverage.facts_of(code)))
    if not coverage.has_rule(code):
        yield f"- 没有规则：{next(group.reason for group in coverage.unruled() if code in group.codes)}"
    yield from _line("反例", (f"`{path}`" for path in coverage.bad_cases(code)))
    yield from _line("测试", (f"`{path}`" for path in coverage.other_tests(code)))


def _severity(code: str) -> Iterator[str]:
    declared = REQUIREMENTS.get(code) or LIMITS.get(code)
    if declared is not None:
        yield SEVERITIES[declared.severity]


def _limit(limit: Limit) -> str:
    found = f"，逾期记为 {limit.finding}" if limit.finding else ""
    return f"{limit.code} {limit.title}（`liuhen/measures/limits.py:LIMITS`{found}）"


def _unruled() -> Iterator[str]:
    for group in coverage.unruled():
        yield f"- {group.reason}：{'、'.join(_link(code) for code in sorted(group.codes, key=coverage.order))}"
        if group.held:
            yield f"  - 见 {'、'.join(f'`{place}`' for place in group.held)}"


COMPARED = """文书的声明逐种与参考表（`tests/measures/domain.toml`）对照：项目、清单的栏和必填，签名人数和逐页、审批次序、文号、送达、音像记录，由
`tests/measures/test_domain.py` 核对。多出的项目和从严的要求不列；有意不同的如下，`种类.项` 是文书的一项，`种类:signed:角色` 是签名。
"""


def _differences() -> Iterator[str]:
    yield COMPARED
    for reason, found in differences.groups():
        yield f"- {reason}：{_quoted(found)}"
    yield f"- 名称不同、内容相同：{'、'.join(f'`{theirs}` 即 `{ours}`' for theirs, ours in _renamed())}"
    for code, reason in sorted(differences.more().items()):
        yield f"- 参考表以外的 `{code}` {DOCUMENTS[code].title}：{reason}"


def _quoted(found: Iterable[str]) -> str:
    return "、".join(f"`{one}`" for one in found)


def _renamed() -> Iterable[tuple[str, str]]:
    return [*differences.kinds().items(), *differences.names().items()]
