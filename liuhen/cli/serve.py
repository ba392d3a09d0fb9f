"""`liuhen serve`: bring the tables up to date and start the web server."""

import argparse
import os
import socket
import sys
from functools import partial
from importlib import import_module

from django.conf import settings
from django.core.management import call_command

from liuhen.acts.upkeep import upkeep

ADDRESS = "127.0.0.1"
FIRST_PORT = 8000
PORTS_TRIED = 100


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `serve`."""
    parser = subparsers.add_parser("serve", help="启动网页服务")
    parser.add_argument("--address", default=ADDRESS, metavar="地址", help=f"监听地址（默认 {ADDRESS}）")
    parser.add_argument(
        "--port",
        type=int,
        default=os.environ.get("PORT") or FIRST_PORT,
        metavar="端口",
        help="监听端口；已被占用时改用其后第一个空闲端口（默认取环境变量 PORT，否则 8000）",
    )
    parser.add_argument("--workers", type=int, default=1, metavar="个数", help="工作进程数（默认 1）")
    parser.add_argument("--threads", type=int, default=8, metavar="个数", help="每个进程的线程数（默认 8）")
    parser.add_argument("--demo", action="store_true", help="先备好演示单位及其案件")
    parser.set_defaults(run=main)


def main(arguments: argparse.Namespace) -> int:
    """Migrate, prepare the demonstration bureau if asked for, and become the web server."""
    call_command("migrate", interactive=False, verbosity=0)
    if arguments.demo:
        ensure_demo()
    for lost in upkeep():
        print(lost, file=sys.stderr)
    port = free_port(arguments.address, arguments.port)
    announce(arguments.address, port)
    return become_server(arguments, port)


def ensure_demo() -> None:
    """Make the demonstration bureau unless it stands already."""
    try:
        demo = import_module("liuhen.scripts.demo")
    except ModuleNotFoundError as missing:
        if missing.name not in {"liuhen.scripts", "liuhen.scripts.demo"}:
            raise
    else:
        demo.ensure(partial(print, file=sys.stderr, flush=True))


def free_port(address: str, wanted: int) -> int:
    """The first port from `wanted` on that nobody listens at; `OSError` when there is none within reach."""
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind((address, port))
            except OSError:
                continue
            return port
    raise OSError(f"{address} 的端口 {wanted} 至 {wanted + PORTS_TRIED - 1} 都已被占用")


def announce(address: str, port: int) -> None:
    """Say where the site is, and where the accounts are written down."""
    print(f"留痕：http://{address}:{port}/ （按 Ctrl+C 停止）")
    accounts = settings.LIUHEN_DATA / "accounts.txt"
    if accounts.exists():
        print(f"账号：见 {accounts}")
    sys.stdout.flush()


def become_server(arguments: argparse.Namespace, port: int) -> int:
    """Replace this process by the web server: its workers must fork from one that has compiled no paper."""
    os.execv(  # noqa: S606
        sys.executable,
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "error"),
            *("--host", arguments.address, "--port", str(port)),
            *("--workers", str(arguments.workers), "--blocking-threads", str(arguments.threads)),
            "liuhen.project.wsgi:application",
        ],
    )
