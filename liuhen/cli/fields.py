"""`liuhen fields`: the words that a case script may use; what `docs/case-script-fields.md` is made of."""

import argparse

from liuhen.scripts.reference import reference


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `fields`."""
    parser = subparsers.add_parser("fields", help="列出案件脚本可用的文书、事实和字段")
    parser.set_defaults(run=main)


def main(arguments: argparse.Namespace) -> int:
    """Print the page."""
    print(reference(), end="")
    return 0
