"""Sealing: the latest entries after each act, everything at each start; proofs from few queries (R34.3)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liuhen.acts import cases
from liuhen.ledger import merkle
from liuhen.records import read, seal
from liuhen.records.append import New, append
from liuhen.records.models import Entry


@pytest.fixture
def case(bureau):
    return cases.open_case(bureau["jia"], title="入账")


def consulted(n):
    return append("access", "jia", [New("Consulted", {"subject": f"文件{n}", "what": "查看"})])


def test_an_act_seals_what_stands_within_reach_and_a_start_seals_everything(case, monkeypatch):
    held_up = consulted(1)[0]
    monkeypatch.setattr(seal, "_tail", lambda after, tail=seal._tail: tail(after).exclude(hash=held_up.hash))
    for n in range(2, 6):
        consulted(n)
    seal.seal()
    monkeypatch.undo()
    monkeypatch.setattr(seal, "LOOKED_BACK", 3)
    assert [entry.hash for entry in seal.unsealed()] == [held_up.hash]

    assert seal.seal() is None
    assert seal.seal(all_of_it=True) is not None
    assert not seal.unsealed()


def test_proofs_of_many_leaves_are_those_of_each(case):
    seal.seal()
    size = seal.size()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = seal.inclusion_proofs(range(size), size)

    assert found == [merkle.inclusion_proof(i, size, seal.get_node) for i in range(size)]
    assert len(queries) <= size.bit_length()
    leaves = merkle.leaf_hashes(bytes.fromhex(h) for h in read_hashes())
    assert all(
        merkle.verify_inclusion(leaf, i, size, proof, merkle.root(leaves))
        for i, (leaf, proof) in enumerate(zip(leaves, found, strict=True))
    )


def read_hashes():
    return seal.Leaf.objects.order_by("index").values_list("hash", flat=True)


def test_a_proof_of_a_leaf_that_is_not_there_is_refused(case):
    seal.seal()
    with pytest.raises(ValueError, match="不在"):
        seal.inclusion_proofs([seal.size()], seal.size())


def test_streams_are_found_by_how_their_names_begin(case):
    names = set(Entry.objects.filter(read.streams("office/")).values_list("stream", flat=True))
    everything = set(Entry.objects.values_list("stream", flat=True))

    assert names == {name for name in everything if name.startswith("office/")} != set()
