"""What this machine is, without its name, and the peers' own words for their versions."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path

GIB = 1024**3


def words() -> str:
    """Class of the machine and versions of what everything stands on, in Chinese."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / GIB
    cores = len(os.sched_getaffinity(0))
    sha = "带 SHA 指令" if "sha_ni" in _flags() else "没有 SHA 指令"
    return (
        f"{cores} 核 {platform.machine()}（{sha}），内存 {memory:.0f} GiB，{platform.system()}；"
        f"Python {platform.python_version()}，SQLite {sqlite3.sqlite_version}，{of('django')}"
    )


def _flags() -> set[str]:
    info = Path("/proc/cpuinfo")
    found = re.search(r"^flags\s*: (.*)$", info.read_text(), re.MULTILINE) if info.exists() else None
    return set(found[1].split()) if found else set()


def of(package: str) -> str:
    """A Python package with its version."""
    return f"{package} {version(package)}"


def program(*command: str) -> str:
    """The first version number that a program tells, after its name."""
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(\.\d+)+\w*", told)
    return f"{command[0]} {found[0] if found else '?'}"
