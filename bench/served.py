"""The real web server on the bureau in use, and somebody who asks it by HTTP."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

from django.conf import settings
from django.db import connection

from bench import world
from bench.desk import signed_in
from bench.place import ROOT

WORKERS = 2
WAIT = 60  # seconds until it answers
HOST = "127.0.0.1"


class Visitor:
    """A line that stays open, with the session of somebody signed in."""

    def __init__(self, port: int, cookie: str, host: str) -> None:
        self._line = http.client.HTTPConnection(host, port, timeout=WAIT)
        self._cookie = cookie

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> http.client.HTTPResponse:
        """One request, its answer read to the end. AssertionError unless it went well."""
        self._line.request(method, path, body, {"Cookie": self._cookie, **(headers or {})})
        answer = self._line.getresponse()
        answer.read()
        assert answer.status < 300, f"{method} {path}: {answer.status}"
        return answer

    def close(self) -> None:
        """Hang up."""
        self._line.close()


class Site:
    """A server that runs."""

    def __init__(self, port: int, cookie: str, host: str = HOST) -> None:
        self._where = port, cookie, host

    @contextmanager
    def visitor(self) -> Iterator[Visitor]:
        """Somebody signed in, as long as the block lasts."""
        with closing(Visitor(*self._where)) as visitor:
            yield visitor


@contextmanager
def serving(role: str) -> Iterator[Site]:
    """``liuhen serve`` with two processes on the bureau in use, and a session of somebody with this role."""
    data = world.data_folder()
    (data / "secret_key").write_text(settings.SECRET_KEY, encoding="ascii")
    cookie = f"{settings.SESSION_COOKIE_NAME}={signed_in(role).cookies[settings.SESSION_COOKIE_NAME].value}"
    connection.close()
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "liuhen.cli", "serve", "--no-worker", "--port", str(port)]
    with subprocess.Popen(
        [*command, "--workers", str(WORKERS)],
        cwd=ROOT,
        env=_environment(str(data)),
        stdout=subprocess.DEVNULL,
    ) as server:
        try:
            _wait(port, server)
            yield Site(port, cookie)
        finally:
            server.terminate()


def _environment(data: str) -> Mapping[str, str]:
    return {**os.environ, "LIUHEN_DATA": data, "LIUHEN_DATABASE_URL": "", "LIUHEN_HOSTS": HOST}


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + WAIT
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("网页服务没有启动")
