"""`liuhen backup`, `restore`: the whole bureau in a folder, and back."""

import argparse
import sys
from pathlib import Path

from django.core.management import call_command

from liuhen.acts.backing_up import Backup, BackupError, back_up, restore
from liuhen.acts.reapplying import reapply
from liuhen.acts.storage import vault
from liuhen.acts.upkeep import upkeep
from liuhen.records.audit import audit


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    command = subparsers.add_parser("backup", help="备份数据库、原件、密钥、检查点和案卷包（可以边用边备）")
    command.add_argument("folder", type=Path, help="备份到哪个文件夹；已有备份的，原件只补新增的")
    command.set_defaults(run=_backup)
    command = subparsers.add_parser("restore", help="把备份恢复到空的数据目录和空的数据库，然后核验")
    command.add_argument("folder", type=Path, help="备份所在的文件夹")
    command.add_argument(
        "--checkpoint", action="append", default=[], type=Path, help="外存的检查点文件：恢复的日志应与它一致"
    )
    command.set_defaults(run=_restore)


def _told(found: Backup) -> str:
    return f"{found.entries} 条已入账条目，{found.objects} 个原件，{found.bytes / 1024**2:,.1f} MiB"


def _backup(args: argparse.Namespace) -> int:
    try:
        found = back_up(args.folder)
    except BackupError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"备份完成：{_told(found)}（新增 {found.copied} 个）：{args.folder}")
    print("备份里有日志密钥和全部案卷内容，只给应当看到的人保管。")
    return 0


def _restore(args: argparse.Namespace) -> int:
    try:
        found = restore(args.folder)
    except BackupError as error:
        print(error, file=sys.stderr)
        return 1
    call_command("migrate", interactive=False, verbosity=0)
    for lost in upkeep():
        print(lost, file=sys.stderr)
    for again in reapply():
        print(f"{again.case_no}：重新执行了销毁")
    kept = sorted((args.folder / "data" / "checkpoints" / "cosigned").glob("*.txt"))
    report = audit(vault(), [path.read_text(encoding="utf-8") for path in (*kept, *args.checkpoint)])
    for fault in report.faults:
        print(f"{fault.code}　{fault.where}：{fault.message}")
    print(f"恢复完成：{_told(found)}；核验{f'发现 {len(report.faults)} 处不符' if report.faults else '完整'}")
    return 1 if report.faults else 0
