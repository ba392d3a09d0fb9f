"""The published vectors (docs/entries.md) are what this program computes, byte for byte."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from liuhen.ledger import canonical, chain, commitment, merkle, notes

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))
BODY = VECTORS["body"]
SEED = bytes.fromhex(BODY["seed"])
TREE = VECTORS["tree"]


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["bytes"])
def test_canonical_bytes(vector):
    assert canonical.encode(vector["value"]) == vector["bytes"].encode()
    assert canonical.digest(vector["value"]) == vector["sha256"]


def test_nodes_and_commitment():
    nodes = commitment.nodes(BODY["value"], SEED)
    assert nodes == BODY["nodes"]
    assert [commitment.node_digest(node) for node in nodes] == BODY["digests"]
    assert commitment.commit(nodes) == BODY["commitment"]


def test_withheld_nodes_have_the_same_commitment():
    kept = commitment.withhold(BODY["nodes"], BODY["withheld"]["paths"])
    assert kept == BODY["withheld"]["nodes"]
    assert commitment.commit(kept) == BODY["commitment"]


def test_entry_hashes_and_chain():
    entries = [(entry["header"], entry["hash"]) for entry in VECTORS["entries"]]
    assert [chain.entry_hash(header) for header, _ in entries] == [stored for _, stored in entries]
    assert entries[0][0]["commitment"] == BODY["commitment"]
    assert chain.check_chain(entries) == []


def test_tree():
    leaves = [merkle.leaf_hash(bytes.fromhex(data)) for data in TREE["leaf_data"]]
    assert [leaf.hex() for leaf in leaves] == TREE["leaf_hashes"]
    assert [merkle.root(leaves[:size]).hex() for size in range(len(leaves) + 1)] == TREE["roots"]
    store: dict[tuple[int, int], bytes] = {}
    merkle.append(store, leaves)
    inclusion, consistency = TREE["inclusion"], TREE["consistency"]
    proof = merkle.inclusion_proof(inclusion["index"], inclusion["size"], lambda *key: store[key])
    assert [each.hex() for each in proof] == inclusion["proof"]
    proof = merkle.consistency_proof(consistency["m"], consistency["n"], lambda *key: store[key])
    assert [each.hex() for each in proof] == consistency["proof"]


def test_checkpoint_and_cosignature():
    log, witness, vector = VECTORS["log_key"], VECTORS["witness_key"], VECTORS["checkpoint"]
    signer = notes.SigningKey(log["name"], notes.LOG, private(log))
    observer = notes.SigningKey(witness["name"], notes.WITNESS, private(witness))
    assert [str(signer.verifier), str(observer.verifier)] == [log["vkey"], witness["vkey"]]
    note = notes.sign_checkpoint(vector["size"], bytes.fromhex(vector["root"]), signer)
    assert vector["root"] == TREE["roots"][vector["size"]]
    assert note == vector["note"]
    assert notes.cosign(note, observer, vector["time"]) == vector["cosigned"]


def private(key):
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key["private"]))
