"""Time stamps on checkpoints: kept when they hold, carried by packages, checked by openssl (R34.3; RFC 3161)."""

import json

import pytest

from liuhen.archives import bag, package
from liuhen.cli.__main__ import main
from liuhen.records import checkpoints, stamping
from tests.archives import making
from tests.records import authority


@pytest.fixture(scope="module")
def certified(tmp_path_factory):
    folder = tmp_path_factory.mktemp("authority")
    authority.certify(folder)
    return folder


@pytest.fixture
def archived(bureau, tmp_path, certified):
    """A package whose checkpoint was stamped."""
    drive = making.closed(bureau)
    making.archive(drive)
    with authority.listening(certified) as url:
        assert main(["checkpoint", "stamp", url, "--ca", str(certified / "ca.pem")]) == 0
    taken = tmp_path / "bag"
    assert main(["package", drive.case, str(taken)]) == 0
    return taken


def rebuilt(taken):
    """The proof made anew, as after the checkpoint was stamped."""
    package.write_proof(taken, json.loads((taken / "proof/archived.json").read_bytes()))


def test_openssl_accepts_the_stamp_of_a_package(archived, certified, verifier):
    rebuilt(archived)
    checkpoint, stamp = archived / "proof/checkpoint.txt", archived / "proof/checkpoint.tsr"
    told = authority.openssl(
        "ts", "-verify", "-data", checkpoint, "-in", stamp, "-CAfile", certified / "ca.pem"
    )
    assert told.returncode == 0, told.stderr
    report = verifier.verify(archived)
    assert report.problems == []
    assert any("openssl ts -verify" in note for note in report.notes)


def test_a_stamp_on_another_text_is_named(archived, verifier):
    rebuilt(archived)
    stamp = archived / "proof/checkpoint.tsr"
    other = stamp.read_bytes().replace(
        bytes.fromhex(bag.digest_of(archived / "proof/checkpoint.txt")[0]), bytes(32)
    )
    stamp.write_bytes(other)
    bag.finish_bag(archived, "Liuhen-Package: complete")
    assert [problem.code for problem in verifier.verify(archived).problems] == ["STAMP"]


@pytest.mark.parametrize(
    "reply", [lambda data: data[:-1], lambda _: b"", lambda data: data[:-40] + bytes(40)]
)
def test_a_stamp_that_does_not_hold_is_not_kept(bureau, certified, reply, capsys):
    making.driving.Drive(bureau)
    with authority.listening(certified, reply) as url:
        assert main(["checkpoint", "stamp", url, "--ca", str(certified / "ca.pem")]) == 1
    assert "时间戳" in capsys.readouterr().err
    found = checkpoints.best(0)
    assert stamping.stamped(found.note) is None


def test_a_stamp_of_an_unknown_authority_is_not_kept(bureau, certified, tmp_path, capsys):
    making.driving.Drive(bureau)
    authority.certify(tmp_path)
    with authority.listening(certified) as url:
        assert main(["checkpoint", "stamp", url, "--ca", str(tmp_path / "ca.pem")]) == 1
    assert "时间戳不成立" in capsys.readouterr().err


def test_an_authority_that_is_not_there_is_told(bureau, certified, capsys):
    making.driving.Drive(bureau)
    assert main(["checkpoint", "stamp", "http://127.0.0.1:9", "--ca", str(certified / "ca.pem")]) == 1
    assert "联系不上时间戳机构" in capsys.readouterr().err
