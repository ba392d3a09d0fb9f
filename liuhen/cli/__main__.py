"""Entry of the `liuhen` command."""

import argparse
import os
import pkgutil
import sys
from importlib import import_module

import django

import liuhen.cli
from liuhen.cli.chinese import speak_chinese


def build_parser() -> argparse.ArgumentParser:
    """The parser with the sub-commands of all modules of this room, in the order of their names."""
    speak_chinese()
    parser = argparse.ArgumentParser(prog="liuhen", description="留痕：行政执法全过程记录。")
    subparsers = parser.add_subparsers(title="命令", metavar="命令", dest="command", required=True)
    for module in pkgutil.iter_modules(liuhen.cli.__path__):
        register = getattr(import_module(f"liuhen.cli.{module.name}"), "register", None)
        if register is not None:
            register(subparsers)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one sub-command; returns its exit code (2 when the command line itself is wrong)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuhen.project.settings")
    django.setup()
    parsed = build_parser().parse_args(arguments)
    from django.db import DatabaseError

    from liuhen.acts.situation import Invalid, Stopped
    from liuhen.archives.bag import PackageError
    from liuhen.office.policy import NotPermitted
    from liuhen.papers import PaperError
    from liuhen.records.read import NoSuchCase
    from liuhen.vault.errors import VaultError

    try:
        code: int = parsed.run(parsed)
    except (NoSuchCase, NotPermitted, Invalid, Stopped, PackageError, PaperError, VaultError) as told:
        print(told, file=sys.stderr)
        return 2
    except DatabaseError as error:
        told = _unready(error)
        if not told:
            raise
        print(told, file=sys.stderr)
        return 2
    return code


def _unready(error: Exception) -> str:
    """Why the database cannot be used: out of reach, not made yet, of an older program; empty when it is none of these."""
    from django.db import DatabaseError

    from liuhen.records.read import unapplied

    try:
        waiting = unapplied()
    except DatabaseError:
        return f"连不上数据库，查看 LIUHEN_DATABASE_URL：{error}"
    return (
        "数据库还没有建立，或者比程序旧：先运行 liuhen serve，或者 liuhen manage migrate" if waiting else ""
    )


if __name__ == "__main__":
    sys.exit(main())
