"""The repository names no machine, no registry, and nothing left to do."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Pieces, so that this file does not find itself.
MACHINE_PATHS = re.compile("|".join(["/" + "work/", "/" + "root/", "/" + "farm/", "/home/" + "[a-z]"]))
REGISTRY_HOSTS = re.compile(
    "|".join(["pypi" + r"\.org", "files." + "pythonhosted", "registry." + "npmjs", r"deb\." + "debian"])
)
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME"]) + r")\b")
LOCKS = ["requirements.txt", "requirements-dev.txt"]


def tracked_texts() -> list[tuple[str, str]]:
    """Name and text of every tracked file that is text and still there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    texts: list[tuple[str, str]] = []
    for name in filter(None, listed.stdout.split("\0")):
        data = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in data:
            texts.append((name, data.decode("utf-8")))
    return texts


@pytest.mark.parametrize(
    "unwanted",
    [MACHINE_PATHS, REGISTRY_HOSTS, UNFINISHED],
    ids=["machine paths", "registry hosts", "unfinished work"],
)
def test_no_tracked_file_holds(unwanted: re.Pattern[str]) -> None:
    texts = tracked_texts()
    assert len(texts) > 10
    found = [f"{name}: {match.group()}" for name, text in texts for match in unwanted.finditer(text)]
    assert found == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_a_digest(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    packages = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert len(packages) > 10
    pinned = re.compile(r"[\w.\[\]-]+==\S+ .*--hash=sha256:[0-9a-f]{64}")
    assert [line for line in packages if not pinned.match(line)] == []


def test_both_locks_agree() -> None:
    runtime, development = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        for lock in LOCKS
    )
    shared = runtime.keys() & development.keys()
    assert {name: runtime[name] for name in shared} == {name: development[name] for name in shared}
