"""Install by apt what only the tests need: PostgreSQL, a browser, and fonts for its pages.

Does nothing when all is there. Standard library only, since it runs before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# What shows that a package is there → the Debian package.
NEEDED = {
    "/usr/lib/postgresql/*/bin/initdb": "postgresql",
    "/usr/bin/chromium": "chromium",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc": "fonts-noto-cjk",
    "/usr/bin/java": "default-jre-headless",
    "/usr/share/java/preflight.jar": "libpdfbox2-java",
    "/usr/share/java/javax.activation.jar": "libactivation-java",
    "/usr/share/java/jaxb-api.jar": "libjaxb-api-java",
    "/usr/bin/pdfsig": "poppler-utils",
}


def missing() -> list[str]:
    """Packages whose sign is not found on this machine."""
    return [package for sign, package in NEEDED.items() if not any(Path("/").glob(sign.lstrip("/")))]


def apt_get() -> list[str]:
    """How apt-get is called with the right to install; empty when this user has no such right."""
    if not shutil.which("apt-get"):
        return []
    if os.geteuid() == 0:
        return ["apt-get"]
    may = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n", "apt-get"] if may and may.returncode == 0 else []


def install(packages: list[str]) -> bool:
    """Install packages by apt without questions; whether it could."""
    command = apt_get()
    if not command:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install_them = [*command, "install", "-y", "-qq", "--no-install-recommends", *packages]
    for step in ([*command, "update", "-qq"], install_them):
        done = subprocess.run(
            step, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False
        )
    return done.returncode == 0


def main() -> int:
    """0 when everything is there in the end."""
    packages = missing()
    if packages and not (install(packages) and not missing()):
        print(
            f"测试还需要这些系统软件包，请安装后重试：apt-get install {' '.join(packages)}", file=sys.stderr
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
