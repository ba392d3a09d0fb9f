"""`liuhen prefill`: how much of a case nobody had to type."""

import argparse
import sys

from liuhen.casefile.moments import instant
from liuhen.casefile.settle import settle
from liuhen.cli.record import case_of
from liuhen.compliance.prefill import share, share_of
from liuhen.records import read


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = subparsers.add_parser("prefill", help="一个案件的文书有多少项不用手工填写")
    command.add_argument("case", help="案号")
    command.set_defaults(run=_prefill)


def _prefill(args: argparse.Namespace) -> int:
    try:
        id_ = case_of(args.case)
    except read.NoSuchCase as error:
        print(error, file=sys.stderr)
        return 1
    entries, office = read.case_entries(id_), read.office()
    case = settle(entries, office, earlier=read.earlier(entries, office))
    made = [d for d in case.documents.values() if not d.voided and d.current.origin == "made"]
    for document in sorted(made, key=lambda d: instant(d.current.at)):
        print(_line(document.title, share_of(document.current)))
    print(_line("合计", share(case)))
    return 0


def _line(title: str, counted: tuple[int, int]) -> str:
    """One line: what, how many values came by themselves, how many were typed, the share in whole per cent."""
    prefilled, typed = counted
    percent = f"{100 * prefilled // (prefilled + typed)}%" if prefilled + typed else "—"
    return f"{title}：自动带入 {prefilled} 项，手工填写 {typed} 项，带入 {percent}"
