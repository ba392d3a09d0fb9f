"""`liuhen doctor`: whether this installation is fit for use, and what to do where it is not."""

import argparse

from liuhen.acts.doctor import examine

WORDS = {"ok": "正常", "remark": "留意", "wrong": "不行"}


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = subparsers.add_parser(
        "doctor", help="检查本系统的设置、数据库、密钥、原件、见证等（0 正常，2 有要留意的，1 有不行的）"
    )
    command.set_defaults(run=main)


def main(_arguments: argparse.Namespace) -> int:
    """Print a line a finding; 0 all well, 2 remarks only, 1 something is wrong."""
    found = examine()
    for title, said in found:
        print(f"{WORDS[said.level]}　{title}：{said.words}" + (f"（{said.way}）" if said.way else ""))
    levels = {said.level for _, said in found}
    return 1 if "wrong" in levels else 2 if "remark" in levels else 0
