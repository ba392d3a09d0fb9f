"""Cosigning over HTTP between two machines (R34.3; c2sp.org/tlog-witness)."""

import base64
import http.client
import threading

import pytest

from liuhen.acts import cases
from liuhen.cli.__main__ import main
from liuhen.cli.witnessing import server
from liuhen.ledger import asking, merkle, notes
from liuhen.records import checkpoints
from liuhen.records.models import Checkpoint
from liuhen.records.seal import signing_key


@pytest.fixture
def log(bureau):
    cases.open_case(bureau["jia"], title="第一案")
    return bureau


@pytest.fixture
def witness(log, tmp_path_factory, capsys):
    """A witness that listens: its address, its public key, and the file of what it saw last."""
    folder = tmp_path_factory.mktemp("witness")
    assert main(["witness", "key", str(folder / "key"), "witness.example"]) == 0
    vkey = capsys.readouterr().out.splitlines()[0]
    listening = server(
        ("127.0.0.1", 0), [signing_key().verifier], notes.load_key(folder / "key"), folder / "last"
    )
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{listening.server_port}", vkey, folder / "last"
    listening.shutdown()
    listening.server_close()
    thread.join()


def ask(place, text, address="/add-checkpoint"):
    link = http.client.HTTPConnection(place, timeout=10)
    link.request("POST", address, text if isinstance(text, bytes) else text.encode())
    answer = link.getresponse()
    return answer.status, answer.read().decode(), answer.headers["Content-Type"]


def newest():
    return Checkpoint.objects.order_by("-size").first()


def test_the_newest_checkpoint_is_cosigned_and_comes_back_again_and_again(witness, log, capsys):
    place, vkey, last = witness
    assert main(["checkpoint", "submit", f"http://{place}"]) == 1
    assert "已登记见证人" in capsys.readouterr().err

    from liuhen.acts.bureau import SYSTEM
    from liuhen.acts.keys import register_witness

    register_witness(SYSTEM, vkey)
    assert main(["checkpoint", "submit", f"http://{place}/"]) == 0
    first = checkpoints.best(0)
    assert notes.verify_cosignature(first.note, notes.VerifierKey.parse(vkey))
    cases.open_case(log["jia"], title="第二案")
    assert main(["checkpoint", "submit", f"http://{place}"]) == 0
    second = checkpoints.best(0)
    assert second.size > first.size
    assert notes.parse_checkpoint(last.read_text()).size == second.size


def test_what_is_wrong_is_answered_as_the_protocol_says(witness):
    place, _, last = witness
    found = newest()
    first = asking.written(asking.Request(0, [], found.note))

    assert ask(place, "nonsense")[0] == 400
    assert ask(place, b"\xff\xfe")[0] == 400
    assert ask(place, first, "/other")[0] == 404
    assert ask(place, first.replace(signing_key().name, "other.example"))[0] == 404
    forged = notes.SigningKey.generate(signing_key().name, notes.LOG)
    note = notes.sign_checkpoint(found.size, bytes.fromhex(found.root), forged)
    assert ask(place, asking.written(asking.Request(0, [], note)))[0] == 403
    assert ask(place, asking.written(asking.Request(found.size + 1, [], found.note)))[0] == 400
    assert ask(place, asking.written(asking.Request(0, [bytes(32)], found.note)))[0] == 422
    assert not last.exists()
    status, text, _ = ask(place, first)
    assert status == 200
    assert notes.parse_note(found.note + text)
    assert ask(place, first) == (409, f"{found.size}\n", "text/x.tlog.size")


def test_a_log_rewritten_with_its_own_key_is_refused(witness, log):
    place, _, _ = witness
    found = newest()
    assert ask(place, asking.written(asking.Request(0, [], found.note)))[0] == 200
    rewritten: dict = {}
    merkle.append(rewritten, merkle.leaf_hashes(bytes([n]) * 32 for n in range(found.size + 1)))
    nodes = lambda level, index: rewritten[level, index]  # noqa: E731
    same = notes.sign_checkpoint(found.size, merkle.tree_root(found.size, nodes), signing_key())
    longer = notes.sign_checkpoint(found.size + 1, merkle.tree_root(found.size + 1, nodes), signing_key())
    proof = merkle.consistency_proof(found.size, found.size + 1, nodes)
    assert ask(place, asking.written(asking.Request(found.size, [], same)))[0] == 409
    assert ask(place, asking.written(asking.Request(found.size, proof, longer)))[0] == 422


def test_a_request_reads_back_as_it_was_written():
    note = notes.sign_checkpoint(1, bytes(32), notes.SigningKey.generate("log.example", notes.LOG))
    request = asking.Request(1, [bytes(32)], note)
    text = asking.written(request)
    assert asking.read(text) == request
    assert text.startswith(f"old 1\n{base64.b64encode(bytes(32)).decode()}\n\nlog.example\n")


def test_a_witness_that_is_not_there_is_told(log, capsys):
    assert main(["checkpoint", "submit", "http://127.0.0.1:9"]) == 1
    assert "联系不上见证人" in capsys.readouterr().err
