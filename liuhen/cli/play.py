"""`liuhen play FILE…`: work cases told by scripts through the acts, from opening to archive."""

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path

from liuhen.acts.situation import Invalid
from liuhen.archives.bag import PackageError
from liuhen.cli.check import line
from liuhen.scripts.play import Halted, NotForPlay, Played, outcome, package, play
from liuhen.scripts.scratch import scratch
from liuhen.scripts.script import BadScript, Script, load

DONE, HALTED, UNREADABLE = 0, 1, 2


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `play`."""
    parser = subparsers.add_parser(
        "play",
        help="按案件脚本演练办案",
        description="照脚本逐步办案，每一步都受规则约束。退出码：0 办完，1 被阻止或者办不成，2 脚本读不懂。",
    )
    parser.add_argument("files", nargs="+", metavar="文件", help="案件脚本；几份脚本按时间先后交错办理")
    parser.add_argument("--scratch", action="store_true", help="在用完即弃的数据夹和数据库里演练")
    parser.add_argument("--archive", metavar="目录", type=Path, help="把归档包写到这个目录")
    parser.set_defaults(run=main)


def main(arguments: argparse.Namespace) -> int:
    """Play the scripts and say what became of each case."""
    try:
        scripts = [load(file) for file in arguments.files]
    except BadScript as refused:
        print(*refused.problems, sep="\n", file=sys.stderr)
        return UNREADABLE
    except OSError as error:
        print(f"打不开 {error.filename}：{error.strerror}", file=sys.stderr)
        return UNREADABLE
    with scratch() if arguments.scratch else nullcontext():
        return _play(scripts, arguments.archive)


def _play(scripts: list[Script], archive: Path | None) -> int:
    try:
        for played in play(scripts):
            print(told(played))
            if archive is not None:
                print(f"归档包：{package(played, archive)}")
    except Halted as halt:
        print(halt, file=sys.stderr)
        for finding in halt.findings:
            print(line(finding))
        return HALTED
    except (NotForPlay, Invalid, PackageError) as error:
        print(error, file=sys.stderr)
        return HALTED
    return DONE


def told(played: Played) -> str:
    """A case in one line, then its findings, one line of JSON each."""
    case, judged = outcome(played)
    head = f"{case.case_no} {case.title}：{judged.state}，{len(case.documents)} 份文书，{case.head} 条记录"
    return "\n".join([head, *(line(finding) for finding in judged.violated())])
