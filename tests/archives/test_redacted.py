"""A redacted copy proves what it shows and holds no trace of what it does not (R33.1, A31)."""

import json
import zlib

import pytest

from liuhen.acts import handing
from liuhen.acts.situation import Invalid
from liuhen.archives.bag import PackageError, digest_of
from liuhen.cli.__main__ import main
from liuhen.ledger import canonical
from liuhen.office.policy import NotPermitted
from tests.archives import making
from tests.archives.making import CANARY

CASE = "data/entries/case.jsonl"


def everything(root):
    """Every file of a package, PDF streams unpacked."""
    for path in root.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            yield path, data
            for part in data.split(b"stream")[1:] if path.suffix == ".pdf" else ():
                try:
                    yield path, zlib.decompress(part.lstrip(b"\r\n"))
                except zlib.error:
                    continue


def shows(data, text):
    """Whether the text stands in the bytes in any writing a reader could undo without a key."""
    forms = (text.encode(), text.encode("utf-16-be"), json.dumps(text)[1:-1].encode())
    return any(form in data or form.hex().encode() in data for form in forms)


def test_the_withheld_words_are_in_no_byte_of_the_copy(given, verifier):
    assert any(shows(data, CANARY) for _, data in everything(given.complete))
    assert [path for path, data in everything(given.redacted) if shows(data, CANARY)] == []
    report = verifier.verify(given.redacted)
    assert (report.verdict, report.problems, report.package) == (2, [], "redacted")


def test_neither_salt_nor_digest_lets_it_be_guessed(given):
    """The seed stays behind, and a bare digest of the value is nowhere."""
    assert given.seeds
    plain = [canonical.digest(CANARY), canonical.digest({"name": CANARY})]
    told = [each.encode() for each in (*given.seeds, *plain)]
    assert [p for p, data in everything(given.redacted) if any(each in data for each in told)] == []


def test_a_value_a_line_and_an_item_are_withheld_each_alone(given):
    lines = [json.loads(line) for line in (given.redacted / CASE).read_bytes().splitlines()]
    titled = [node.get("path") for node in lines[0]["body"]]
    assert "/title" not in titled
    assert "/case_no" in titled
    assert all(set(node) == {"digest"} for node in lines[1]["body"])
    heard = next(line["body"] for line in reversed(lines) if line["header"]["kind"] == "Filed")
    shown = {node["path"]: node for node in heard if "path" in node}
    place, qa = shown["/values/place"]["items"], shown["/values/qa"]["items"]
    assert ([item.get("value") for item in place], "value" in qa[0], "value" in qa[1]) == (
        ["本局", None],
        True,
        False,
    )


def test_tampering_with_it_is_found(given, copy, build, codes):
    def change(lines):
        node = next(n for line in lines for n in line["body"] if n.get("path") == "/values/penalties")
        node["items"][1]["value"]["amount"] = 2_000

    build.edit_lines(copy / CASE, change)
    build.reseal(copy)
    verdict, found = codes(copy)
    assert (verdict, "COMMITMENT" in found) == (1, True)


def test_a_withheld_value_cannot_be_replaced_by_an_invented_one(given, copy, build, codes):
    def change(lines):
        nodes = lines[0]["body"]
        nodes[-1] = {"path": "/title", "salt": "0" * 32, "value": "编造的案件名称"}

    build.edit_lines(copy / CASE, change)
    build.reseal(copy)
    assert "COMMITMENT" in codes(copy)[1]


def copy_of(drive, target, *withhold, by="gui", **more):
    told = {"to": "复议机关", "purpose": "行政复议"} | more
    return handing.redacted(drive.case, drive.people[by], target, withhold, **told)


def test_it_records_what_was_handed_to_whom(bureau, tmp_path):
    drive = making.archived(bureau)
    copy = copy_of(drive, tmp_path / "copy", "1:/title", texts=[CANARY])
    handed = drive.state().handed[-1]
    assert (handed["to"], handed["purpose"]) == ("复议机关", "行政复议")
    assert handed["copy"] == f"sha256:{digest_of(copy / 'tagmanifest-sha256.txt')[0]}"
    assert "1:/title" in handed["withheld"]
    assert CANARY not in json.dumps(handed, ensure_ascii=False)


def test_what_is_refused_leaves_no_copy_and_no_record(bureau, tmp_path):
    """A slip in a path would show what is secret; nobody but archivist and section head hands out."""
    drive = making.archived(bureau)
    target = tmp_path / "copy"
    for slip in ("1:/titel", "999:/title", "x:/title", "1:title", "999"):
        with pytest.raises(Invalid, match="没有"):
            copy_of(drive, target, slip)
    with pytest.raises(Invalid, match="没有成文"):
        copy_of(drive, target, documents=["no-such-document"])
    with pytest.raises(NotPermitted):
        copy_of(drive, target, by="jia")
    assert list(tmp_path.glob("copy")) == []
    assert drive.state().handed == []
    with pytest.raises(PackageError, match="已经存在"):
        copy_of(drive, tmp_path)


def test_the_commands(bureau, tmp_path, capsys, verifier):
    drive = making.archived(bureau)
    number = drive.state().case_no
    whole, copy = tmp_path / "whole", tmp_path / "copy"
    assert main(["package", number, str(whole)]) == 0
    told = ["--text", CANARY, "--withhold", "1:/title", "--to", "当事人", "--purpose", "阅卷"]
    assert main(["redact", number, str(copy), *told]) == 0
    assert capsys.readouterr().out.splitlines() == [str(whole), str(copy)]
    assert [verifier.verify(path).verdict for path in (whole, copy)] == [2, 2]
    assert main(["verify", str(whole)]) == 2
