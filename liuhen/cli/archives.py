"""`liuhen properties`, `print`, `transfer`: what the archivist does with files, from the command line."""

import argparse
from pathlib import Path

from liuhen.acts import archiving, printing, transferring
from liuhen.archives.catalogue import VOLUMES
from liuhen.archives.properties import WORDS
from liuhen.casefile.settle import settle
from liuhen.cli.record import ARCHIVIST, case_of
from liuhen.records import read


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    command = subparsers.add_parser("properties", help="四性检测：归档前的案卷，或者已归档的案卷包")
    command.add_argument("case", help="案号")
    command.add_argument("--supplement", type=int, default=0, metavar="第几次", help="检测第几次补充归档")
    command.set_defaults(run=_properties)
    command = subparsers.add_parser("print", help="把已归档案件的一卷排印成一份 PDF")
    command.add_argument("case", help="案号")
    command.add_argument("target", type=Path, help="PDF 文件")
    command.add_argument(
        "--volume",
        default="main",
        choices=list(VOLUMES),
        help="main 正卷，internal 副卷，whole 全卷（不分卷的）",
    )
    command.add_argument("--supplement", type=int, default=0, metavar="第几次", help="排印第几次补充归档")
    command.set_defaults(run=_print)
    command = subparsers.add_parser("transfer", help="把一批归档案卷移交档案馆：核验、登记、附移交清册")
    command.add_argument("batch", help="移交批次，如 2036年第1批")
    command.add_argument("target", type=Path, help="放到哪个文件夹")
    command.add_argument("case", nargs="+", help="案号")
    command.add_argument("--to", required=True, help="接收的档案馆")
    command.add_argument("--note", required=True, help="开放意见、政府信息公开和密级变更情况")
    command.set_defaults(run=_transfer)


def _properties(args: argparse.Namespace) -> int:
    """0 when nothing failed, 1 when something did that keeps no file from being archived, 2 when something does."""
    case = settle(read.case_entries(case_of(args.case)), read.office())
    found = archiving.checked(case, args.supplement if case.packages else None)
    for result in found:
        told = f"：{result.words}" if result.told else ""
        way = f"。{result.check.way}" if result.outcome == "failed" else ""
        print(f"{WORDS[result.outcome]:　<4}　{result.check.code}　{result.check.title}{told}{way}")
    failed = [result.refuses for result in found if result.outcome == "failed"]
    return 2 if any(failed) else int(bool(failed))


def _print(args: argparse.Namespace) -> int:
    pages = printing.print_volume(case_of(args.case), ARCHIVIST, args.volume, args.target, args.supplement)
    print(f"{args.target}：{VOLUMES[args.volume]}，{pages} 页")
    return 0


def _transfer(args: argparse.Namespace) -> int:
    cases = [case_of(number) for number in args.case]
    print(transferring.transfer(args.batch, cases, ARCHIVIST, args.target, to=args.to, note=args.note))
    return 0
