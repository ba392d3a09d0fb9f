"""Fetch the fonts that papers are printed with from Debian's archive into a folder (default: var/fonts).

Only the ten files named in `fonts.json` are kept; each is checked against its SHA-256, and nothing is fetched
when all of them are already in place. Standard library only, since it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parent.parent


class Font(TypedDict):
    """One line of `fonts.json`: the file, the Debian package that holds it, and its digest."""

    package: str
    path: str
    sha256: str


def wanted() -> list[Font]:
    """The fonts that papers need."""
    fonts: list[Font] = json.loads(Path(__file__).with_name("fonts.json").read_text(encoding="utf-8"))
    return fonts


def is_whole(file: Path, font: Font) -> bool:
    """Whether a file is there and is the very font that was chosen."""
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == font["sha256"]


def missing(folder: Path) -> list[Font]:
    """Those fonts that a folder does not hold, or holds altered."""
    return [font for font in wanted() if not is_whole(folder / Path(font["path"]).name, font)]


def fetch(packages: list[str], into: Path) -> bool:
    """Download Debian packages without installing them; refreshes apt's lists once when it may."""
    download = ["apt-get", "download", "-qq", *packages]
    if subprocess.run(download, cwd=into, capture_output=True, check=False).returncode == 0:
        return True
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if as_root and not shutil.which("sudo"):
        return False
    subprocess.run([*as_root, "apt-get", "update", "-qq"], capture_output=True, check=False)
    return subprocess.run(download, cwd=into, capture_output=True, check=False).returncode == 0


def unpack(packages: Path, fonts: list[Font], folder: Path) -> list[str]:
    """Copy the fonts out of the downloaded packages; returns the names whose digest is not the chosen one."""
    for package in packages.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", str(package), str(packages / "tree")], check=True)
    wrong: list[str] = []
    for font in fonts:
        source = packages / "tree" / font["path"]
        if not is_whole(source, font):
            wrong.append(source.name)
            continue
        target = folder / source.name
        shutil.copyfile(source, target.with_suffix(".part"))
        target.with_suffix(".part").replace(target)
    return wrong


def install(folder: Path) -> str:
    """Bring all fonts into a folder. Returns an empty text, or one sentence saying what could not be done."""
    lacking = missing(folder)
    if not lacking:
        return ""
    names = "、".join(Path(font["path"]).name for font in lacking)
    by_hand = f"请把这些字体文件放入 {folder} 后重试：{names}。"
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return f"本机没有 apt-get，无法自动取得文书字体，文书暂不能生成；{by_hand}"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        # apt's own download user has to reach the folder.
        Path(scratch).chmod(0o777)
        if not fetch(sorted({font["package"] for font in lacking}), Path(scratch)):
            return f"没有取到 Debian 的字体软件包（网络不通或无权更新软件源），文书暂不能生成；{by_hand}"
        wrong = unpack(Path(scratch), lacking, folder)
    return f"取到的字体与登记的摘要不符，未采用：{'、'.join(wrong)}；{by_hand}" if wrong else ""


def main() -> int:
    """Install into the folder given on the command line; 0 when every font is in place."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var" / "fonts"
    problem = install(folder)
    if problem:
        print(problem, file=sys.stderr)
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main())
