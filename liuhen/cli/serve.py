"""`liuhen serve`: bring the tables up to date and start the web server."""

import argparse
import errno
import os
import socket
import subprocess
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
        metavar="端口",
        help="监听端口，已被占用的不启动；不写的取环境变量 PORT，否则 8000，被占用时改用其后第一个空闲端口",
    )
    parser.add_argument("--workers", type=int, default=1, metavar="个数", help="工作进程数（默认 1）")
    parser.add_argument("--threads", type=int, default=8, metavar="个数", help="每个进程的线程数（默认 8）")
    parser.add_argument(
        "--no-worker", action="store_true", help="不随同启动后台工作进程（另外运行 liuhen worker 的）"
    )
    parser.add_argument("--demo", action="store_true", help="先备好演示单位及其案件")
    parser.set_defaults(run=main)


def main(arguments: argparse.Namespace) -> int:
    """Claim the port, migrate, prepare the demonstration bureau if asked for, and become the web server."""
    try:
        held = claimed(arguments.address, arguments.port)
    except OSError as error:
        print(error.strerror, file=sys.stderr)
        return 1
    call_command("migrate", interactive=False, verbosity=0)
    if arguments.demo:
        ensure_demo()
    for lost in upkeep():
        print(lost, file=sys.stderr)
    if not arguments.no_worker:
        subprocess.Popen([sys.executable, "-m", "liuhen.cli", "worker", "--beside"])
    port: int = held.getsockname()[1]
    announce(arguments.address, port)
    held.set_inheritable(True)
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


def claimed(address: str, wanted: int | None) -> socket.socket:
    """A socket that holds a port from now on: nobody else can listen there but the web server that this process becomes, which
    shares its port (SO_REUSEPORT). The port wanted and no other; without one that of ``PORT`` or 8000, else the next free one.

    Raises OSError whose ``strerror`` says in Chinese what to do.
    """
    if wanted is not None:
        held = _hold(address, wanted)
        if held is None:
            raise _taken(
                f"{address} 的端口 {wanted} 已被占用，可能已经有一个留痕在运行；先停下它，或者用 --port 换一个端口"
            )
        return held
    first = int(os.environ.get("PORT") or FIRST_PORT)
    for port in range(first, first + PORTS_TRIED):
        held = _hold(address, port)
        if held is not None:
            if port != first:
                print(f"端口 {first} 已被占用，改用 {port}", file=sys.stderr)
            return held
    raise _taken(f"{address} 的端口 {first} 至 {first + PORTS_TRIED - 1} 都已被占用")


def _taken(words: str) -> OSError:
    return OSError(errno.EADDRINUSE, words)


def _hold(address: str, port: int) -> socket.socket | None:
    """Hold a port that nobody has, shared or not; None when somebody does."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        # A socket that shares with nobody is refused where another one listens, even one that shares.
        with socket.socket(family) as alone:
            alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            alone.bind((address, port))
            port = alone.getsockname()[1]
        held = socket.socket(family)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.bind((address, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return None
        raise OSError(error.errno, f"不能在 {address} 的端口 {port} 监听：{_why(error)}") from error
    return held


def _why(error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EPERM):
        return "没有权限，改用 1024 以上的端口"
    unknown = isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL
    return "这台电脑没有这个地址" if unknown else str(error.strerror)


def announce(address: str, port: int) -> None:
    """Say where the site is, and where the accounts are written down."""
    print(f"留痕：http://{address}:{port}/ （按 Ctrl+C 停止）")
    accounts = settings.LIUHEN_DATA / "accounts.txt"
    if accounts.exists():
        print(f"账号：见 {accounts}")
    sys.stdout.flush()


def become_server(arguments: argparse.Namespace, port: int) -> int:
    """Replace this process by the web server: its workers must fork from one that has compiled no paper."""
    os.environ["LIUHEN_THREADS"] = str(arguments.threads)
    os.execv(  # noqa: S606
        sys.executable,
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "error"),
            *("--host", arguments.address, "--port", str(port)),
            *("--workers", str(arguments.workers), "--blocking-threads", str(arguments.threads)),
            "liuhen.project.wsgi:application",
        ],
    )
