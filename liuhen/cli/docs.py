"""`liuhen docs`: the pages of documentation that are made from the program itself, so that they cannot lag behind it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from liuhen.cli import pages

DOCS = Path(__file__).resolve().parents[2] / "docs"


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `docs`."""
    parser = subparsers.add_parser(
        "docs",
        help="由程序生成说明文件",
        description="显示一页由程序生成的说明；用 --write 时把各页写入 docs 文件夹（须在源码目录中运行）。",
    )
    parser.add_argument(
        "page", metavar="页名", nargs="?", choices=sorted(made()), help="、".join(sorted(made()))
    )
    parser.add_argument("--write", action="store_true", help="写入 docs 文件夹；没有给页名时写入全部")
    parser.set_defaults(run=main)


def made() -> dict[str, Callable[[], str]]:
    """The pages that can be made, by name: what the modules of ``liuhen.cli.pages`` bring."""
    modules = {m.name: import_module(f"{pages.__name__}.{m.name}") for m in iter_modules(pages.__path__)}
    return {name: module.page for name, module in modules.items() if hasattr(module, "page")}


def main(arguments: argparse.Namespace) -> int:
    """Print one page, or write pages into ``docs``; 2 when neither is asked for."""
    if not (arguments.page or arguments.write):
        print(f"请给出页名：{'、'.join(sorted(made()))}", file=sys.stderr)
        return 2
    chosen = [arguments.page] if arguments.page else sorted(made())
    for name in chosen:
        text = made()[name]()
        if arguments.write:
            (DOCS / f"{name}.md").write_text(text, encoding="utf-8")
        else:
            print(text, end="")
    return 0
