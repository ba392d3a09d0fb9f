"""A throw-away PostgreSQL server on a unix socket, for tests and benches: no service, no trace."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing has to survive a crash of the machine, so nothing waits for the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}
WAITS = ("fsync", "synchronous_commit", "full_page_writes")


def programs() -> Path:
    """The folder of the newest PostgreSQL's own programs; `FileNotFoundError` when there is none."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    if not folders and not on_path:
        raise FileNotFoundError("没有找到 PostgreSQL，请先安装：apt-get install postgresql")
    return folders[-1] if folders else Path(str(on_path)).parent


def account() -> str | None:
    """The user to run the server as: PostgreSQL refuses root. None means whoever runs this."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def call(command: list[str], folder: Path, user: str | None) -> None:
    """Run one of PostgreSQL's programs in its folder; its own words are in the error when it fails."""
    log = folder / "calls.log"
    with log.open("ab") as output:
        done = subprocess.run(
            command,
            cwd=folder,
            user=user,
            extra_groups=[] if user else None,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}：{log.read_text(encoding='utf-8', errors='replace')}")


@contextmanager
def running(*, durable: bool = False) -> Iterator[str]:
    """Start a server with an empty database `liuhen`; yields its address, removes everything at the end.

    `durable`: every commit waits for the disk, as in production. Raises `FileNotFoundError` without PostgreSQL,
    `RuntimeError` with its log when it does not start.
    """
    bin_folder, user = programs(), account()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if user:
        shutil.chown(folder, user)
    settings = SETTINGS | (dict.fromkeys(WAITS, "on") if durable else {})
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    control = [str(bin_folder / "pg_ctl"), "-D", "data", "-w", "-s"]
    try:
        initdb = [str(bin_folder / "initdb"), "-D", "data", "-U", "liuhen", "-E", "UTF8", "--locale=C.UTF-8"]
        call([*initdb, "--auth=trust", "--no-sync"], folder, user)
        call([*control, "-l", "server.log", "-o", f"{options} -k {folder}", "start"], folder, user)
        try:
            yield f"postgresql://liuhen@/postgres?host={folder}"
        finally:
            call([*control, "-m", "immediate", "stop"], folder, user)
    finally:
        shutil.rmtree(folder)
