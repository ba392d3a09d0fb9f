"""Two hands, one format: what the ledger writes is what the verifier, sharing no line with it, computes."""

import json

from hypothesis import given
from hypothesis import strategies as st

from liuhen.ledger import canonical, commitment, merkle, notes

SEED = bytes(32)
names = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=4)
scalars = st.one_of(
    st.booleans(),
    st.integers(-canonical.MAX_INTEGER, canonical.MAX_INTEGER),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.just("甲\n乙"),
)
values = st.recursive(
    scalars, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3))
)


@given(values)
def test_canonical_bytes(verifier, value):
    data = canonical.encode(value)
    assert verifier._canonical(value) == data
    assert verifier._parse_json(data) == value


@given(st.dictionaries(names, values, max_size=4), st.data())
def test_commitments_shown_and_withheld(verifier, body, data):
    nodes = commitment.nodes(body, SEED)
    paths = data.draw(st.lists(st.sampled_from([node["path"] for node in nodes]), unique=True))
    kept = json.loads(canonical.encode(commitment.withhold(nodes, paths)))
    found = verifier.Body()
    assert verifier._commitment(kept, found) == commitment.commit(nodes)
    assert found.withheld == len(paths)


@given(st.integers(1, 40), st.data())
def test_inclusion(verifier, size, data):
    leaves = [merkle.leaf_hash(bytes([i])) for i in range(size)]
    store: dict[tuple[int, int], bytes] = {}
    merkle.append(store, leaves)
    index, claimed = data.draw(st.integers(0, size - 1)), data.draw(st.integers(-1, size))
    proof = merkle.inclusion_proof(index, size, lambda *key: store[key])
    holds = verifier._included(leaves[index], claimed, size, proof, merkle.root(leaves))
    assert holds == (claimed == index)


def test_the_deepest_body_can_be_packed_and_read(verifier):
    item: object = 1
    while can_be_committed([item]):
        item = [item]
    deepest = item[0]
    nodes = commitment.nodes({"list": [deepest]}, SEED)
    line = canonical.encode({"header": {}, "hash": "", "body": nodes})
    assert verifier._parse_json(line)["body"] == nodes


def can_be_committed(items):
    try:
        commitment.nodes({"list": items}, SEED)
    except canonical.CanonicalError:
        return False
    return True


def test_keys_and_checkpoints(verifier, build):
    for key, kind in ((build.LOG_KEY, verifier.LOG), (build.WITNESS_KEY, verifier.WITNESS)):
        read = verifier._parse_key(str(key.verifier), kind)
        assert (read.name, read.public, read.key_id) == (key.name, key.verifier.public, key.verifier.key_id)
    note = notes.sign_checkpoint(7, bytes(32), build.LOG_KEY)
    read = verifier._parse_checkpoint(note.encode())
    assert notes.parse_checkpoint(note) == notes.Checkpoint(read.origin, read.size, read.root)
    assert (
        verifier._fingerprint(str(build.LOG_KEY.verifier)).replace(" ", "")
        == build.LOG_KEY.verifier.fingerprint
    )
