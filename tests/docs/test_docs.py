"""What the documentation names is there: files, functions, links, commands, settings."""

import argparse
import re
from pathlib import Path

import pytest

from liuhen.cli.__main__ import build_parser
from liuhen.cli.pages import coverage

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
REFERENCE = re.compile(r"`((?:liuhen|tests|tools|verifier|cases|docs|bench)/[\w./-]+(?::\w[\w.]*)?)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)

HAND_ON = {"liuhen verify", "liuhen manage"}

each_page = pytest.mark.parametrize("page", PAGES, ids=NAMES)


def commands(parser: argparse.ArgumentParser, before: str) -> list[str]:
    """`liuhen` with every sub-command, and with the actions below it."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        return [before]
    return [
        one
        for action in below
        for name, sub in action.choices.items()
        for one in commands(sub, f"{before} {name}")
    ]


def anchors(page: Path) -> set[str]:
    """What a link into a page may point at: explicit ids, and headings as GitHub names them."""
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


@each_page
def test_what_a_page_names_is_there(page: Path) -> None:
    named = REFERENCE.findall(page.read_text(encoding="utf-8"))
    assert [reference for reference in named if not coverage.exists(reference)] == []


@each_page
def test_links_within_the_repository_resolve(page: Path) -> None:
    broken: list[str] = []
    for link in LINK.findall(re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("command", commands(build_parser(), "liuhen"))
def test_every_command_is_told(command: str) -> None:
    assert re.search(rf"{re.escape(command)}\b", TEXT), f"说明里没有 {command}"


@pytest.mark.parametrize("command", commands(build_parser(), "liuhen"))
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Those that hand their arguments on hand on the wish for help."""
    parser, asked = build_parser(), [*command.split()[1:], "--help"]
    if command in HAND_ON:
        assert parser.parse_args(asked).rest == ["--help"]
        return
    with pytest.raises(SystemExit) as left:
        parser.parse_args(asked)
    assert left.value.code == 0
    assert "用法" in capsys.readouterr().out


def test_every_variable_of_the_environment_is_told() -> None:
    source = (ROOT / "liuhen" / "project" / "settings.py").read_text(encoding="utf-8")
    deployment = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    variables = set(re.findall(r'environ\.get\("(\w+)"', source))
    assert variables
    assert [name for name in sorted(variables) if f"`{name}`" not in deployment] == []


def test_every_room_is_in_the_architecture() -> None:
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = sorted(path.parent.name for path in (ROOT / "liuhen").glob("*/__init__.py"))
    assert len(rooms) > 10
    assert [room for room in rooms if f"`liuhen/{room}/`" not in architecture] == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = LINK.findall((folder / "README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(path.name for path in folder.glob("0*.md"))


def shape(name: str) -> list[str]:
    """What both languages of a page share: levels of headings, commands, links, pictures, rows, list items."""
    text = (ROOT / name).read_text(encoding="utf-8")
    kinds = re.findall(r"^(#+ |```\w*|\| |!\[|- |\d+\. )", text, flags=re.MULTILINE)
    return [*kinds, *(link for link in LINK.findall(text) if not link.startswith("README"))]


def test_the_readme_is_the_same_in_both_languages() -> None:
    assert len(shape("README.md")) > 60
    assert shape("README.md") == shape("README.zh-CN.md")
    assert re.findall(r"`(liuhen [a-z ]+)\b", (ROOT / "README.md").read_text(encoding="utf-8")) == re.findall(
        r"`(liuhen [a-z ]+)\b", (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    )


def test_the_readme_names_every_folder() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = [path.parent.name for path in (ROOT / "liuhen").glob("*/__init__.py")]
    assert [room for room in rooms if f"{room}/" not in readme] == []
