"""The verifier runs on a bare Python, speaks Chinese and answers by its exit code."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

# The keys of build.py as their holders would print them.
LOG = "liuhen.jinpu-fgj+82a85cd2+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
WITNESS = "witness.jinpu-fgj+41575165+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"


def run(verifier, *arguments):
    command = [sys.executable, "-S", "-I", verifier.__file__, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_imports_nothing_but_the_standard_library(verifier):
    tree = ast.parse(Path(verifier.__file__).read_text("utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_the_keys_are_those_of_the_packages(keys):
    assert keys == ([LOG], [WITNESS])


def test_whole(verifier, pristine):
    code, out, err = run(verifier, pristine, "--key", LOG, "--witness-key", WITNESS)
    assert (code, err) == (0, "")
    assert out.endswith("结论：完整\n")
    assert "与所给公钥相符" in out


def test_not_witnessed_prints_what_to_compare(verifier, build, pristine):
    code, out, _ = run(verifier, pristine)
    assert code == 2
    assert LOG in out
    assert build.LOG_KEY.verifier.fingerprint[:8] in out
    assert "包内自称" in out
    assert out.endswith("结论：完整未见证\n")


def test_differs_names_each_thing(verifier, package):
    (package / "data/catalogue.pdf").write_bytes(b"")
    code, out, _ = run(verifier, package)
    assert code == 1
    assert "不符：data/catalogue.pdf：文件与清单所记的校验值不符（DIGEST）" in out
    assert out.endswith("结论：不符\n")


def test_a_redacted_copy_is_named_in_the_conclusion(verifier, build, tmp_path, capsys):
    assert verifier.main([str(build.write(build.redacted(), tmp_path))]) == 2
    assert capsys.readouterr().out.endswith("结论：完整未见证（遮盖副本）\n")


def test_no_package(verifier, tmp_path):
    code, out, _ = run(verifier, tmp_path)
    assert (code, "不是案卷包" in out) == (3, True)


def test_json(verifier, package):
    (package / "data/catalogue.pdf").write_bytes(b"")
    code, out, _ = run(verifier, package, "--json", "--key", LOG)
    report = json.loads(out)
    assert (code, report["verdict"], report["text"]) == (1, 1, "不符")
    assert report["problems"][0]["code"] == "DIGEST"
    assert report["witness_keys"] == {WITNESS: 1772415000}


def test_keys_from_files(verifier, pristine, tmp_path):
    log, witness = tmp_path / "log", tmp_path / "witness"
    log.write_text(f"# 日志公钥\n{LOG}\n", encoding="utf-8")
    witness.write_text(f"{WITNESS}\n", encoding="utf-8")
    assert verifier.main([str(pristine), "--key", str(log), "--witness-key", str(witness)]) == 0


@pytest.mark.parametrize("arguments", [["-h"], ["--help"], ["PACKAGE", "--help"]])
def test_asked_for_help_it_tells_how_it_is_used(verifier, capsys, arguments):
    assert verifier.main(arguments) == 0
    out, err = capsys.readouterr()
    assert (out.startswith("用法："), err) == (True, "")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["PACKAGE", "--more"],
        ["PACKAGE", "--key"],
        ["PACKAGE", "--keys", LOG],
        ["PACKAGE", "--key", WITNESS],
        ["PACKAGE", "--witness-key", LOG],
        ["PACKAGE", "--key", "a+b+c"],
        ["PACKAGE", "--key", LOG.replace("jinpu", "pujin")],
        ["PACKAGE", "--key", "/nowhere"],
        ["PACKAGE", "--key", "EMPTY"],
        ["PACKAGE", "--key", "PRIVATE"],
    ],
)
def test_wrong_use(verifier, build, pristine, tmp_path, capsys, arguments):
    (tmp_path / "empty").write_text("\n# \n")
    build.notes.save_key(build.LOG_KEY, tmp_path / "private")
    known = {"PACKAGE": pristine, "EMPTY": tmp_path / "empty", "PRIVATE": tmp_path / "private"}
    assert verifier.main([str(known.get(each, each)) for each in arguments]) == 3
    out, err = capsys.readouterr()
    assert (out, bool(err)) == ("", True)


def test_names_from_the_package_cannot_act_on_the_terminal(verifier, package, capsys):
    (package / "data/documents/\x1b[2J\u202e.pdf").write_bytes(b"")
    assert verifier.main([str(package)]) == 1
    assert "\\x1b[2J\\u202e.pdf" in capsys.readouterr().out
