"""`liuhen report`: a case against the Measures and by the review standard, as text or as PDF."""

import argparse
from pathlib import Path

from liuhen.acts.finishing import bureau_name
from liuhen.casefile.moments import day
from liuhen.casefile.settle import settle
from liuhen.cli.record import case_of
from liuhen.compliance.checking import lines, tally
from liuhen.compliance.judge import context, judge
from liuhen.compliance.scoring import Score, score
from liuhen.papers.report import GOT, OUTCOMES, check_report, points, shown, state_of, why
from liuhen.records import clock, read
from liuhen.records.audit import faults_of


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = subparsers.add_parser("report", help="一个案件的对照检查和案卷评查")
    command.add_argument("case", help="案号")
    command.add_argument("--pdf", metavar="文件", type=Path, help="写成 PDF")
    command.add_argument("--all", action="store_true", help="每一项要求都列出来，不只是有问题的")
    command.set_defaults(run=_report)


def _report(args: argparse.Namespace) -> int:
    """Print or write the report; 1 when something is violated or a veto holds."""
    id_, now = case_of(args.case), clock.now()
    entries, office = read.case_entries(id_), read.office()
    case = settle(entries, office, earlier=read.earlier(entries, office))
    about = context(now, case.office)
    judgement = judge(case, about)
    found = lines(case, judgement)
    result = score(case, judgement, about, [f"{fault.where}：{fault.message}" for fault in faults_of(id_)])
    if args.pdf:
        bureau = bureau_name(case.office, day(now))
        args.pdf.write_bytes(
            check_report(case, found, result, bureau=bureau, as_of=now, made_at=now, reader="系统")
        )
        print(args.pdf)
    else:
        print(case.case_no, case.title)
        print("　".join(f"{word} {tally(found)[outcome]}" for outcome, word in OUTCOMES.items()))
        for line in found:
            if args.all or line.outcome == "violated":
                print(f"{state_of(line)}　{line.requirement.title}：{'；'.join(shown(line))}")
        _print(result)
    return 1 if judgement.violated() or (result and result.failed) else 0


def _print(result: Score | None) -> None:
    if result is None:
        return
    total = f"{points(result.score)} 分，{result.grade}" if result.score is not None else "没有可以计分的项目"
    print(
        f"案卷评查（{result.sheet.title}）：{total}；适用 {result.applicable} 分，得 {points(result.got)} 分"
    )
    for one in result.failed:
        print(f"{one.veto.number} {one.veto.title}：{'；'.join(one.reasons)}")
    for mark in result.marks:
        if mark.got in ("part", "zero"):
            got = f"{points(mark.points)}/{mark.item.points}"
            print(f"{mark.item.number} {mark.item.title}（{GOT[mark.got]}，{got}）：{'；'.join(why(mark))}")
