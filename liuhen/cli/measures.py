"""`liuhen measures`: the release of the Measures as data, and how well each of its codes is covered."""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from liuhen.cli.pages import coverage
from liuhen.measures import LIMITS, release

WHOLE, GAPS, NO_SOURCE = 0, 1, 2
# A limit of article 32, which is not asked for.
BEYOND = ("TL-40",)
HEADINGS = ("编号", "声明", "规则", "测试", "反例", "还缺", "题名")


@dataclass(frozen=True)
class Row:
    """What there is for one code, by name; ``reason`` why it has no rule, ``missing`` what it must have and has not."""

    code: str
    title: str
    declarations: list[str]
    rules: list[str]
    tests: list[str]
    bad_cases: list[str]
    reason: str
    missing: list[str]

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the table, one text a column."""
        counts = (self.declarations, self.rules, self.tests, self.bad_cases)
        return (self.code, *(str(len(found)) for found in counts), "、".join(self.missing), self.title)


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `measures` with its two actions."""
    parser = subparsers.add_parser(
        "measures",
        help="办法的声明：导出、覆盖情况",
        description="导出办法的声明，或者列出每个编号的覆盖情况。",
    )
    actions = parser.add_subparsers(title="做什么", metavar="动作", dest="action", required=True)
    exported = actions.add_parser(
        "export",
        help="导出本版办法的全部声明",
        description="把本版办法的全部声明（文书、事实、要求、时限、程序、记录要求、目录）按规范 JSON 写到标准输出。",
    )
    exported.set_defaults(run=export)
    covered = actions.add_parser(
        "coverage",
        help="每个编号的声明、规则、测试、反例",
        description="逐个编号列出声明、规则、测试、反例的个数。退出码：0 应有的都有，1 有缺，2 不在源码目录中。",
    )
    covered.add_argument("--json", action="store_true", help="输出 JSON，列出名称而不是个数")
    covered.set_defaults(run=cover)


def export(arguments: argparse.Namespace) -> int:
    """Write the release as canonical JSON, so that its SHA-256 is the release's digest."""
    sys.stdout.buffer.write(release.canonical(release.export()))
    sys.stdout.buffer.flush()
    return WHOLE


def cover(arguments: argparse.Namespace) -> int:
    """Print the coverage; 1 when a code of articles 2–30, of superior law, a conflict or a limit lacks what it must have."""
    if not (coverage.ROOT / "tests").is_dir():
        print("覆盖情况要对照测试，请在源码目录中运行", file=sys.stderr)
        return NO_SOURCE
    found = rows()
    lacking = [row for row in found if row.missing]
    if arguments.json:
        print(json.dumps([asdict(row) for row in found], ensure_ascii=False, indent=1))
    else:
        print("\n".join(table([HEADINGS, *(row.cells for row in found)])))
    if lacking:
        print(f"{len(lacking)} 个编号有缺：{'、'.join(row.code for row in lacking)}", file=sys.stderr)
    return GAPS if lacking else WHOLE


def rows() -> list[Row]:
    """One row a code, in reading order."""
    return [row(code) for code in coverage.all_codes()]


def row(code: str) -> Row:
    """What there is for a code. KeyError for one that nobody names."""
    group = next((group for group in coverage.unruled() if code in group.codes), None)
    return Row(
        code=code,
        title=coverage.title_of(code),
        declarations=coverage.declarations_of(code),
        rules=coverage.judges_of(code),
        tests=coverage.other_tests(code),
        bad_cases=coverage.bad_cases(code),
        reason=group.reason if group else "",
        missing=missing(code) if asked(code) else [],
    )


def asked(code: str) -> bool:
    """Whether the code is one of articles 2–30, of superior law, a conflict of roles or a limit that they set."""
    return code not in BEYOND and (code[0] != "R" or 2 <= int(re.findall(r"\d+", code)[0]) <= 30)


def missing(code: str) -> list[str]:
    """What a code must have and has not: where no rule is possible nothing but the reason, where nothing can be violated
    no bad case."""
    group = next((group for group in coverage.unruled() if code in group.codes), None)
    if group is not None and not group.later:
        return []
    limit = LIMITS.get(code)
    breakable = code not in coverage.without_bad_case() and (limit is None or limit.severity is not None)
    wanted = {
        "声明": bool(coverage.declarations_of(code)),
        "规则": coverage.has_rule(code),
        "测试": bool(coverage.other_tests(code)),
        "反例": bool(coverage.bad_cases(code)) or not breakable,
    }
    return [name for name, there in wanted.items() if not there]


def table(lines: Sequence[Sequence[str]]) -> list[str]:
    """The lines with their columns aligned, Chinese counting as two places; the last column is not padded."""
    widths = [max(wide(cell) for cell in column) for column in zip(*lines, strict=True)][:-1]
    return [
        "  ".join(
            [
                *(cell + " " * (width - wide(cell)) for cell, width in zip(line, widths, strict=False)),
                line[-1],
            ]
        )
        for line in lines
    ]


def wide(text: str) -> int:
    """How many places a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
