"""`liuhen ingest`: take what a recorder or a memory card holds, once; what is there already is passed over (A31)."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from liuhen.acts import tray
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.cli.record import case_of
from liuhen.office.models import User
from liuhen.office.policy import Actor
from liuhen.recordings import kinds
from liuhen.records.models import TrayRow
from liuhen.vault.errors import VaultError

DONE, SOME_FAILED, PULLED_OUT = 0, 1, 3


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `ingest`."""
    parser = subparsers.add_parser("ingest", help="存入执法记录仪、存储卡上的音像；存过的跳过")
    parser.add_argument("folder", type=Path, metavar="文件夹", help="记录仪或者存储卡的文件夹")
    parser.add_argument("--officer", required=True, metavar="用户名", help="谁拍摄的")
    parser.add_argument("--case", default="", metavar="案号", help="归入哪个案件；不写的等待归入")
    parser.add_argument("--device", default="", metavar="设备", help="设备名称（默认取文件夹的名称）")
    parser.set_defaults(run=main)


def main(arguments: argparse.Namespace) -> int:
    """Take the files one by one; 0 when all are here, 1 when some failed, 2 for a wrong command, 3 when it was pulled out."""
    officer = User.objects.filter(username=arguments.officer).first()
    if officer is None or not arguments.folder.is_dir():
        wrong = "没有这个用户" if officer is None else "没有这个文件夹"
        print(f"{wrong}：{arguments.officer if officer is None else arguments.folder}", file=sys.stderr)
        return 2
    case = case_of(arguments.case) if arguments.case else ""
    device = arguments.device or arguments.folder.resolve().name
    told: Counter[str] = Counter()
    for path in recordings(arguments.folder):
        if not arguments.folder.is_dir():
            break
        told[_take(path, arguments.folder, officer.actor, device, case)] += 1
    pulled = not arguments.folder.is_dir()
    if pulled:
        print("设备已断开：接好以后再执行一次，从没有存的接着存。", file=sys.stderr)
    print("，".join(f"{word} {told[word]} 个" for word in ("新存入", "存过", "失败")))
    return PULLED_OUT if pulled else SOME_FAILED if told["失败"] else DONE


def recordings(folder: Path) -> Iterator[Path]:
    """The recordings below a folder in order of name; hidden files and a recorder's own are none."""
    found = (p for p in sorted(folder.rglob("*")) if p.suffix.lower() in kinds.MEDIA_SUFFIXES and p.is_file())
    return (p for p in found if not any(part.startswith(".") for part in p.relative_to(folder).parts))


def _take(path: Path, folder: Path, actor: Actor, device: str, case: str) -> str:
    """One file: 新存入, 存过 or 失败."""
    name = path.relative_to(folder).as_posix()
    try:
        stat = path.stat()
        modified = datetime.fromtimestamp(int(stat.st_mtime), UTC)
        stamp = modified.strftime("%Y-%m-%dT%H:%M:%SZ")
        if TrayRow.objects.filter(
            device=device, path=name, size=stat.st_size, modified=stamp, by=actor.person
        ).exists():
            return "存过"
        with path.open("rb") as file:
            stored = vault().put(file)
        if vault().verify(stored.digest) != "ok":
            raise OSError("存入后核对不符")
        if TrayRow.objects.filter(digest=stored.digest, by=actor.person).exists():
            return "存过"
        entry = tray.keep(actor, stored.digest, tray.Source(path.name, device, name, modified, own=True))
        if case:
            row = TrayRow.objects.get(entry=entry)
            tray.tie(case, actor, entry, starts=row.starts, ends=row.ends or modified)
    except (OSError, VaultError, Invalid) as error:
        print(f"{name}：没有存入，{error}", file=sys.stderr)
        return "失败"
    print(f"{name}：已存入，回执 {entry[:8]}")
    return "新存入"
