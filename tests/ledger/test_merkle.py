"""The log's tree is that of RFC 6962, proofs included; judged by the definition itself and by a peer."""

import hashlib

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.ledger import merkle

# The eight inputs and roots that implementations of RFC 6962 test each other with.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SIZE = 70
LEAVES = [merkle.leaf_hash(bytes([i])) for i in range(SIZE)]
sizes = st.integers(1, SIZE)


def store_of(leaves):
    store: dict[tuple[int, int], bytes] = {}
    merkle.append(store, leaves)
    return store


STORE = store_of(LEAVES)


def get_node(level, index):
    return STORE[level, index]


def naive_root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    k = largest_power_below(len(leaves))
    return hashlib.sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def naive_path(m, leaves):
    if len(leaves) == 1:
        return []
    k = largest_power_below(len(leaves))
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_subproof(m, leaves, whole):
    if m == len(leaves):
        return [] if whole else [naive_root(leaves)]
    k = largest_power_below(len(leaves))
    if m <= k:
        return [*naive_subproof(m, leaves[:k], whole), naive_root(leaves[k:])]
    return [*naive_subproof(m - k, leaves[k:], False), naive_root(leaves[:k])]


def largest_power_below(n):
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def flipped(data):
    return bytes([data[0] ^ 1]) + data[1:]


def test_hashing_many_leaves_is_hashing_each():
    assert merkle.leaf_hashes(bytes([i]) for i in range(SIZE)) == LEAVES


@given(st.integers(0, SIZE), st.integers(0, SIZE))
def test_appending_gives_the_subtrees_that_become_complete_and_reads_at_most_one_a_level(size, end):
    read: list[int] = []

    def counted(level, index):
        read.append(level)
        assert (index + 1) << level <= size
        return STORE[level, index]

    new = merkle.appended(size, LEAVES[size:end], counted)

    came = {key: value for key, value in STORE.items() if size < (key[1] + 1) << key[0] <= end}
    assert new == came
    assert len(read) == len(set(read))


@pytest.mark.parametrize("size", range(1, 9))
def test_known_roots(size):
    leaves = [merkle.leaf_hash(bytes.fromhex(data)) for data in INPUTS[:size]]
    assert merkle.root(leaves).hex() == ROOTS[size - 1]


def test_the_empty_tree():
    assert merkle.root([]) == merkle.tree_root(0, get_node) == hashlib.sha256(b"").digest()


def test_every_size_has_the_root_of_the_definition():
    for size in range(SIZE + 1):
        assert merkle.tree_root(size, get_node) == naive_root(LEAVES[:size])


@given(st.lists(st.integers(0, 9), max_size=8))
def test_appending_in_batches_is_appending_at_once(batches):
    store: dict[tuple[int, int], bytes] = {}
    size = 0
    for count in batches:
        new = merkle.appended(size, LEAVES[size : size + count], lambda level, index: store[level, index])
        assert not new.keys() & store.keys()
        store.update(new)
        size += count
    assert store == store_of(LEAVES[:size])


def test_append_returns_the_new_size():
    store: dict[tuple[int, int], bytes] = {}
    assert [merkle.append(store, LEAVES[:3]), merkle.append(store, LEAVES[3:5])] == [3, 5]


@given(sizes, st.data())
def test_inclusion_proofs_are_those_of_the_definition_and_hold(size, data):
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, get_node)
    assert proof == naive_path(index, LEAVES[:size])
    root = naive_root(LEAVES[:size])
    assert merkle.verify_inclusion(LEAVES[index], index, size, proof, root)


@given(sizes, st.data())
def test_a_changed_inclusion_proof_does_not_hold(size, data):
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, get_node)
    root = naive_root(LEAVES[:size])
    other = data.draw(st.integers(-1, size).filter(lambda i: i != index))
    assert not merkle.verify_inclusion(LEAVES[index], other, size, proof, root)
    assert not merkle.verify_inclusion(flipped(LEAVES[index]), index, size, proof, root)
    assert not merkle.verify_inclusion(LEAVES[index], index, size, proof, flipped(root))
    assert not merkle.verify_inclusion(LEAVES[index], index, size, [*proof, root], root)
    for at in range(len(proof)):
        assert not merkle.verify_inclusion(LEAVES[index], index, size, proof[:at] + proof[at + 1 :], root)
        changed = [*proof[:at], flipped(proof[at]), *proof[at + 1 :]]
        assert not merkle.verify_inclusion(LEAVES[index], index, size, changed, root)


@given(sizes, st.data())
def test_consistency_proofs_are_those_of_the_definition_and_hold(n, data):
    m = data.draw(st.integers(1, n))
    proof = merkle.consistency_proof(m, n, get_node)
    assert proof == naive_subproof(m, LEAVES[:n], True)
    assert merkle.verify_consistency(m, n, naive_root(LEAVES[:m]), naive_root(LEAVES[:n]), proof)


@given(sizes, st.data())
def test_a_changed_consistency_proof_does_not_hold(n, data):
    m = data.draw(st.integers(1, n))
    proof = merkle.consistency_proof(m, n, get_node)
    old, new = naive_root(LEAVES[:m]), naive_root(LEAVES[:n])
    assert not merkle.verify_consistency(m, n, flipped(old), new, proof)
    assert not merkle.verify_consistency(m, n, old, flipped(new), proof)
    assert not merkle.verify_consistency(m, n, old, new, [*proof, old])
    for at in range(len(proof)):
        assert not merkle.verify_consistency(m, n, old, new, proof[:at] + proof[at + 1 :])
        changed = [*proof[:at], flipped(proof[at]), *proof[at + 1 :]]
        assert not merkle.verify_consistency(m, n, old, new, changed)


def test_nothing_is_the_beginning_of_everything():
    root = naive_root(LEAVES[:5])
    assert merkle.consistency_proof(0, 5, get_node) == []
    assert merkle.verify_consistency(0, 5, merkle.EMPTY_ROOT, root, [])
    assert not merkle.verify_consistency(0, 5, root, root, [])
    assert not merkle.verify_consistency(5, 4, root, root, [])


def test_proofs_beyond_the_tree_are_refused():
    for index, size in ((5, 5), (-1, 5), (0, 0)):
        with pytest.raises(ValueError, match="叶"):
            merkle.inclusion_proof(index, size, get_node)
    with pytest.raises(ValueError, match="不在"):
        merkle.consistency_proof(6, 5, get_node)


def test_a_peer_finds_the_same_roots():
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for size in range(1, SIZE + 1):
        tree.append_entry(bytes([size - 1]))
        assert tree.get_root(size) == merkle.tree_root(size, get_node)


@given(sizes, st.data())
def test_a_peer_accepts_our_proofs_in_its_own_form(size, data):
    tree = pymerkle.InmemoryTree.init_from_entries([bytes([i]) for i in range(size)], algorithm="sha256")
    index = data.draw(st.integers(0, size - 1))
    theirs = tree.prove_inclusion(index + 1, size).serialize()["path"]
    ours = merkle.inclusion_proof(index, size, get_node)
    assert [bytes.fromhex(each) for each in theirs[1:]] == ours
