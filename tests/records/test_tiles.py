"""The log is handed out as checkpoint and tiles; a second implementation comes to the same root (R34.3)."""

import hashlib

import pytest
from django.test import Client
from django.urls import reverse
from pymerkle import InmemoryTree

from liuhen.acts import cases
from liuhen.ledger import notes
from liuhen.ledger.tiles import WIDTH, tiles
from liuhen.records.models import Checkpoint
from liuhen.records.seal import signing_key
from tests.records.filling import fill
from tests.remembered import remembered


def read(page, **more):
    return Client().get(reverse(page, kwargs=more) if more else reverse(page))


@pytest.fixture
def log(bureau):
    """A log of more than one full tile."""
    return remembered(filled, bureau)


def filled(bureau):
    cases.open_case(bureau["jia"], title="第一案")
    fill(WIDTH + 10)
    return Checkpoint.objects.order_by("-size").first()


def entries(size):
    found = b"".join(read("log_tile", name=tile.path).content for tile in tiles(size) if tile.level is None)
    assert all(found[i : i + 2] == b"\x00\x20" for i in range(0, len(found), 34))
    return [found[i + 2 : i + 34] for i in range(0, len(found), 34)]


def test_another_tree_comes_from_the_tiles_to_the_root_of_the_checkpoint(log):
    answer = read("log_checkpoint")
    note = answer.content.decode()
    told = notes.parse_checkpoint(note)
    assert notes.verify_note(note, [signing_key().verifier])
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/plain; charset=utf-8", "no-store")

    second = InmemoryTree(algorithm="sha256")
    for entry in entries(told.size):
        second.append_entry(entry)
    assert second.get_root() == told.root


def test_the_tiles_of_hashes_are_those_of_the_entries(log):
    leaves = [hashlib.sha256(b"\x00" + entry).digest() for entry in entries(log.size)]
    rows = {0: b"".join(leaves)}
    for tile in tiles(log.size):
        answer = read("log_tile", name=tile.path)
        assert answer.status_code == 200
        assert "immutable" in answer["Cache-Control"]
        if tile.level == 0:
            first = tile.index * WIDTH * 32
            assert answer.content == rows[0][first : first + tile.width * 32]
    while len(leaves) > 1:
        leaves = [
            hashlib.sha256(b"\x01" + a + b).digest()
            for a, b in zip(leaves[:WIDTH:2], leaves[1:WIDTH:2], strict=True)
        ]
    assert read("log_tile", name="1/000.p/1").content == leaves[0]


@pytest.mark.parametrize(
    "name", ["0/999", "0/001", "entries/001.p/200", "1/000", "7/000.p/1", "x", "0/000.p/300"]
)
def test_what_the_log_does_not_have_is_not_found(log, name):
    assert read("log_tile", name=name).status_code == 404


def test_an_empty_log_has_no_checkpoint(db, own_data):
    assert read("log_checkpoint").status_code == 404
