"""`liuhen check FILE`: judge a case told by a script, and say what is found, one JSON line a finding."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import datetime

from liuhen.casefile.moments import ZONE
from liuhen.compliance.answers import Finding
from liuhen.scripts.facts import judgement
from liuhen.scripts.script import BadScript, load

WHOLE, FOUND, UNREADABLE = 0, 1, 2


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `check`."""
    parser = subparsers.add_parser(
        "check",
        help="对照检查一份案件脚本",
        description="按办法检查案件脚本所述的案件，每个问题一行 JSON。退出码：0 没有问题，1 有问题，2 脚本读不懂。",
    )
    parser.add_argument("file", metavar="文件", help="案件脚本（YAML）；写法见 docs/case-scripts.md")
    parser.add_argument("--explain", action="store_true", help="材料没有说、因而无从判断的，也列出来")
    parser.add_argument("--text", action="store_true", help="写成给人看的文字，不用 JSON；附怎样才能办")
    parser.set_defaults(run=main)


def main(arguments: argparse.Namespace) -> int:
    """Print the findings; 0 none, 1 findings, 2 the script cannot be read."""
    try:
        script = load(arguments.file)
    except BadScript as refused:
        print(*(f"{arguments.file}：{problem}" for problem in refused.problems), sep="\n", file=sys.stderr)
        return UNREADABLE
    except OSError as error:
        print(f"打不开 {arguments.file}：{error.strerror}", file=sys.stderr)
        return UNREADABLE
    judged = judgement(script)
    found = judged.violated()
    unknown = [f for f in judged.findings if f.outcome == "unknown"] if arguments.explain else []
    if arguments.text:
        print(*told(found, unknown), sep="\n")
    else:
        print(
            *(line(f) + "\n" for f in found),
            *(line(f, outcome="unknown") + "\n" for f in unknown),
            sep="",
            end="",
        )
    return FOUND if found else WHOLE


def told(found: list[Finding], unknown: list[Finding]) -> Iterator[str]:
    """The findings as text: how grave, what, from which article, what would satisfy it; then what cannot be told."""
    for number, finding in enumerate(found, 1):
        grave = {"stop": "阻止", "flag": "提示"}[finding.severity]
        yield f"{number}. 【{grave} {finding.code}】{finding.line}"
        yield from (f"   怎样才能办：{way.text}" for way in finding.ways)
    stopped = sum(f.severity == "stop" for f in found)
    rest = len(found) - stopped
    yield f"共{len(found)}个问题：阻止{stopped}个，提示{rest}个。" if found else "没有发现问题。"
    if unknown:
        yield f"材料没有说、因而无从判断的{len(unknown)}项："
        yield from (f"- {f.code} {f.line}" for f in unknown)


def line(finding: Finding, **more: str) -> str:
    """A finding as one line of JSON: code, severity, when it arose (empty when the rule does not say), the words."""
    told = {
        "code": finding.code,
        "severity": finding.severity,
        "at": at_of(finding),
        "message": finding.line,
        **more,
    }
    return json.dumps(told, ensure_ascii=False)


def at_of(finding: Finding) -> str:
    """When a finding arose: a day, or a local time with its offset; empty when the rule does not say."""
    if isinstance(finding.at, datetime):
        return finding.at.astimezone(ZONE).isoformat(timespec="minutes")
    return finding.at.isoformat() if finding.at is not None else ""
