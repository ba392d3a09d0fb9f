"""Fonts come whole or not at all, and a machine that cannot fetch them says so in one sentence."""

import hashlib
import shutil
from pathlib import Path

import pytest

from tools import fonts

CONTENT = b"a font"
FONT: fonts.Font = {
    "package": "some-fonts",
    "path": "usr/share/fonts/Some.otf",
    "sha256": hashlib.sha256(CONTENT).hexdigest(),
}


@pytest.fixture(autouse=True)
def one_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "wanted", lambda: [FONT])


def fetched(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """Let a download bring a package whose only font has this content."""

    def unpacked(packages: list[str], into: Path) -> bool:
        target = into / "tree" / FONT["path"]
        target.parent.mkdir(parents=True)
        target.write_bytes(content)
        return packages == [FONT["package"]]

    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(fonts, "fetch", unpacked)


def test_without_apt_the_missing_files_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    said = fonts.install(tmp_path)
    assert said.startswith("本机没有 apt-get")
    assert "Some.otf" in said


def test_the_chosen_font_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched(monkeypatch, CONTENT)
    assert fonts.install(tmp_path / "fonts") == ""
    assert [file.name for file in (tmp_path / "fonts").iterdir()] == ["Some.otf"]
    assert fonts.missing(tmp_path / "fonts") == []


def test_another_font_of_that_name_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched(monkeypatch, CONTENT + b"!")
    assert "摘要不符" in fonts.install(tmp_path / "fonts")
    assert list((tmp_path / "fonts").iterdir()) == []


def test_a_damaged_font_counts_as_missing(tmp_path: Path) -> None:
    (tmp_path / "Some.otf").write_bytes(CONTENT[:-1])
    assert fonts.missing(tmp_path) == [FONT]
