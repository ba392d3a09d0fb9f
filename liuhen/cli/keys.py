"""`liuhen key`: the log's key, its public half, and the handover to a new one."""

import argparse
from pathlib import Path

from liuhen.acts.bureau import SYSTEM
from liuhen.acts.keys import rotate_log_key
from liuhen.cli.witness import spaced
from liuhen.records.checkpoints import handovers, log_keys
from liuhen.records.seal import write_whole


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    actions = subparsers.add_parser("key", help="日志密钥：显示、更换").add_subparsers(
        title="操作", metavar="操作", dest="action", required=True
    )
    command = actions.add_parser("list", help="显示日志用过的公钥和指纹，最后一把是现在用的")
    command.set_defaults(run=_list)
    command = actions.add_parser(
        "rotate", help="更换日志密钥：旧密钥签署交接，记录入账，以后由新密钥签名，旧私钥销毁"
    )
    command.add_argument("folder", type=Path, help="交接文件写到哪个文件夹，送见证人和核验的人")
    command.set_defaults(run=_rotate)


def _list(args: argparse.Namespace) -> int:
    for key in log_keys():
        print(f"{key}\n指纹：{spaced(key.fingerprint)}")
    return 0


def _rotate(args: argparse.Namespace) -> int:
    key = rotate_log_key(SYSTEM)
    path = args.folder / f"handover-{len(handovers())}.txt"
    write_whole(path, handovers()[-1])
    print(f"{key}\n指纹：{spaced(key.fingerprint)}\n交接文件：{path}")
    return 0
