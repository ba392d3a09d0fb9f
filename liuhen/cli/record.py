"""`liuhen audit`, `rebuild`, `verify`, `package`, `redact`, `seal`: the record and its proof."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from liuhen.acts import archiving, handing, moments
from liuhen.acts.storage import vault
from liuhen.archives.package import VERIFIER
from liuhen.office.policy import Actor
from liuhen.records import numbers, read, tray
from liuhen.records.audit import audit
from liuhen.records.models import CaseRow, Entry
from liuhen.records.naming import MISNAMED, misnamed, place_of, rebuild_names
from liuhen.records.project import project
from liuhen.records.seal import seal
from liuhen.records.stamps import projection_fault

ARCHIVIST = Actor("system", "系统", "", frozenset({"archivist"}))


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    command = subparsers.add_parser("audit", help="核验全部记录：链、日志、文件、文号、各表")
    command.add_argument(
        "--checkpoint", action="append", default=[], type=Path, help="外存的检查点文件（见证人的、打印的）"
    )
    command.add_argument("--json", action="store_true", help="每个问题输出一行 JSON")
    command.set_defaults(run=_audit)
    command = subparsers.add_parser("rebuild", help="从条目重建案件表和文件索引")
    command.add_argument("--check", action="store_true", help="只比较，不重建")
    command.set_defaults(run=_rebuild)
    # Without a prefix of its own, so that --help and every other option reach the verifier.
    command = subparsers.add_parser(
        "verify", help="核验案卷包（不需要数据库）", add_help=False, prefix_chars="\0"
    )
    command.add_argument("rest", nargs=argparse.REMAINDER)
    command.set_defaults(run=_verify)
    command = subparsers.add_parser("package", help="取出已归档案件的案卷包")
    command.add_argument("case", help="案号")
    command.add_argument("target", type=Path, help="放到哪个文件夹")
    command.add_argument("--supplement", type=int, default=0, metavar="第几次", help="取第几次补充归档")
    command.set_defaults(run=_package)
    command = subparsers.add_parser("redact", help="制作遮盖副本")
    command.add_argument("case", help="案号")
    command.add_argument("target", type=Path, help="放到哪个文件夹")
    command.add_argument(
        "--withhold", action="append", default=[], help="遮盖什么，如 12:/values/provider 或者 12（整条）"
    )
    command.add_argument("--text", action="append", default=[], help="凡有这些字的内容都遮盖，如当事人姓名")
    command.add_argument("--document", action="append", default=[], help="附上哪份文书（文书编号）")
    command.add_argument("--to", required=True, help="提供给谁")
    command.add_argument("--purpose", required=True, help="用途")
    command.set_defaults(run=_redact)
    command = subparsers.add_parser("seal", help="把尚未入账的条目入账，签出检查点")
    command.set_defaults(run=_seal)


def case_of(number: str) -> str:
    """The id of a case by its number or id; raises NoSuchCase."""
    row = CaseRow.objects.filter(case_no=number).first() or CaseRow.objects.filter(case=number).first()
    if row is None:
        raise read.NoSuchCase(f"没有案号为 {number} 的案件")
    return row.case


def _audit(args: argparse.Namespace) -> int:
    report = audit(vault(), [path.read_text(encoding="utf-8") for path in args.checkpoint])
    moments.check_derived(report)
    for fault in report.faults:
        if args.json:
            print(
                json.dumps(
                    {"code": fault.code, "where": fault.where, "message": fault.message}, ensure_ascii=False
                )
            )
        else:
            print(f"{fault.code}　{fault.where}：{fault.message}")
    if not args.json:
        for note in report.notes:
            print(f"注意　{note}")
        verdict = f"发现 {len(report.faults)} 处不符" if report.faults else "完整"
        print(f"核验 {report.entries} 条、{report.files} 个文件：{verdict}")
    return 1 if report.faults else 0


def _rebuild(args: argparse.Namespace) -> int:
    cases = [
        s.removeprefix("case/")
        for s in Entry.objects.filter(position=1, stream__startswith="case/").values_list("stream", flat=True)
    ]
    wrong = 0
    if not args.check:
        tray.rebuild()
    for case in cases:
        if args.check:
            row = CaseRow.objects.filter(case=case).first()
            fault = projection_fault(row) if row else "案件不在案件表里"
            if fault:
                wrong += 1
                print(f"{row.case_no if row else case}：{fault}")
        else:
            project(case)
    if args.check:
        for entry in Entry.objects.filter(id__in=misnamed()).order_by("id"):
            wrong += 1
            print(f"{place_of(entry.stream, entry.position)}：{MISNAMED}")
        if numbers.uses_fault():
            wrong += 1
            print("取号表与条目不符")
        for hash_ in sorted(set(tray.misplaced())):
            wrong += 1
            print(f"{tray.TRAY} {hash_[:12]}：{tray.MISPLACED}")
    else:
        rebuild_names()
        numbers.rebuild()
    print(
        f"{'比较' if args.check else '重建'} {len(cases)} 个案件"
        + (f"，{wrong} 个不符" if args.check else "")
    )
    return 1 if wrong else 0


def _verify(args: argparse.Namespace) -> int:
    return subprocess.run(  # noqa: S603 - our own verifier, without a shell
        [sys.executable, "-I", str(VERIFIER / "verify.py"), *args.rest], check=False
    ).returncode


def _package(args: argparse.Namespace) -> int:
    print(archiving.publish(case_of(args.case), args.target, args.supplement))
    return 0


def _redact(args: argparse.Namespace) -> int:
    case = case_of(args.case)
    handing.redacted(
        case,
        ARCHIVIST,
        args.target,
        args.withhold,
        texts=args.text,
        documents=args.document,
        to=args.to,
        purpose=args.purpose,
    )
    print(args.target)
    return 0


def _seal(args: argparse.Namespace) -> int:
    checkpoint = seal()
    print(checkpoint.note if checkpoint else "没有需要入账的条目")
    return 0
