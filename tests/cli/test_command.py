"""The `liuhen` command speaks Chinese and knows the sub-commands of its room."""

import argparse
import inspect
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import Settings

from liuhen.cli import serve
from liuhen.cli.__main__ import build_parser, main
from liuhen.cli.chinese import TEXTS
from liuhen.papers import typesetter
from liuhen.papers.typesetter import compile_plan

LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def answer_to(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[object, str]:
    with pytest.raises(SystemExit) as left:
        build_parser().parse_args(arguments)
    printed = capsys.readouterr()
    return left.value.code, printed.out + printed.err


def test_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = answer_to(["--help"], capsys)
    assert code == 0
    prose = re.sub(r"--?[\w-]+|^    [a-z-]+( |$)", "", text, flags=re.MULTILINE)
    assert set(LATIN_WORD.findall(prose)) <= {"liuhen", "Django", "PDF"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "缺少参数"),
        (["nothing-of-the-kind"], "没有 'nothing-of-the-kind' 这一项"),
        (["serve", "--port"], "须跟一个值"),
        (["serve", "--port", "x"], "不合要求"),
        (["serve", "--wrong"], "不认识的参数"),
    ],
)
def test_a_wrong_command_line_is_explained_in_chinese(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = answer_to(arguments, capsys)
    assert code == 2
    assert words in text


def test_every_translated_text_is_one_of_argparse() -> None:
    source = inspect.getsource(argparse)
    assert [text for text in TEXTS if repr(text)[1:-1] not in source and text not in source] == []


def test_a_sub_command_answers_with_its_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manage", "check"]) == 0
    assert capsys.readouterr().err == ""


def test_missing_fonts_are_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def printing(_: object) -> int:
        return len(compile_plan({}))

    monkeypatch.setattr(typesetter, "fonts_folder", lambda: tmp_path)
    monkeypatch.setattr("liuhen.cli.docs.main", printing)
    typesetter.forget()
    try:
        assert main(["docs"]) == 2
    finally:
        typesetter.forget()
    told = capsys.readouterr().err
    assert told.startswith("缺少排版字体")
    assert told.count("\n") == 1


@contextmanager
def listening(shared: bool = False) -> Iterator[int]:
    """Somebody listens at a port, with SO_REUSEPORT or without it."""
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, shared)
        taken.bind((serve.ADDRESS, 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_taken_port_is_passed_over_when_none_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with listening() as port:
        monkeypatch.setenv("PORT", str(port))
        with serve.claimed(serve.ADDRESS, None) as held:
            other = held.getsockname()[1]
    assert other > port
    assert f"端口 {port} 已被占用，改用 {other}" in capsys.readouterr().err


@pytest.mark.parametrize("shared", [False, True])
def test_a_port_that_was_asked_for_and_is_taken_ends_the_start(
    shared: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with listening(shared) as port:
        assert main(["serve", "--port", str(port)]) == 1
    assert f"端口 {port} 已被占用" in capsys.readouterr().err


def test_of_two_servers_that_start_at_once_the_second_is_told() -> None:
    with serve.claimed(serve.ADDRESS, 0) as held, pytest.raises(OSError, match="已被占用"):
        serve.claimed(serve.ADDRESS, held.getsockname()[1])


def test_the_web_server_may_listen_at_the_port_that_is_held_for_it() -> None:
    with serve.claimed(serve.ADDRESS, 0) as held, socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind(held.getsockname())
        server.listen()
        with socket.create_connection(held.getsockname(), timeout=5) as client:
            assert server.accept()[1] == client.getsockname()


def test_an_address_of_another_machine_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--address", "192.0.2.1", "--port", "8000"]) == 1
    assert "这台电脑没有这个地址" in capsys.readouterr().err


def test_the_start_says_where_the_accounts_are(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.LIUHEN_DATA = tmp_path
    serve.announce(serve.ADDRESS, 8000)
    assert "账号" not in capsys.readouterr().out
    (tmp_path / "accounts.txt").touch()
    serve.announce(serve.ADDRESS, 8000)
    printed = capsys.readouterr().out
    assert "http://127.0.0.1:8000/" in printed
    assert str(tmp_path / "accounts.txt") in printed


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "数据库还没有建立，或者比程序旧：先运行 liuhen serve"),
        ("postgres://a@127.0.0.1:9/x", "连不上数据库，查看 LIUHEN_DATABASE_URL"),
    ],
)
def test_a_database_that_is_not_there_is_told_and_what_to_do(
    tmp_path: Path, address: str, words: str
) -> None:
    here = os.environ | {"LIUHEN_DATA": str(tmp_path), "LIUHEN_DATABASE_URL": address}
    command = [sys.executable, "-m", "liuhen.cli", "prefill", "LC-P-2026-0001"]
    told = subprocess.run(command, env=here, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (2, "")
    assert words in told.stderr
    assert "Traceback" not in told.stderr
