"""`liuhen manage`: Django's own administration commands."""

import argparse

from django.core.management import execute_from_command_line


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `manage`."""
    # Without a prefix of its own, so that --help and every other option reach Django.
    parser = subparsers.add_parser(
        "manage", help="运行 Django 自带的管理命令", add_help=False, prefix_chars="\0"
    )
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="命令及参数", help="例如 migrate、check")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Hand everything after `manage` to Django."""
    execute_from_command_line(["liuhen manage", *arguments.rest])
    return 0
