"""A body is committed value by value, so that any of them can be withheld and the rest still be proved."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.ledger import canonical
from liuhen.ledger.commitment import (
    WITHHELD_LINE,
    CommitmentError,
    body_of,
    commit,
    commitment,
    new_seed,
    node_digest,
    nodes,
    withhold,
)

SEED = bytes(range(32))
BODY = {
    "document": "d1",
    "values": {
        "situation": "第一行\n第二行\n",
        "parties": [{"name": "甲", "id_number": "1"}, {"name": "乙"}],
        "amount": 500,
        "none": [],
        "empty": {},
    },
}

names = st.text(st.sampled_from("ab/~-0一"), max_size=3)
scalars = st.one_of(st.booleans(), st.integers(-9, 9), st.text(st.sampled_from("x\n一"), max_size=4))
values = st.recursive(
    scalars, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3))
)
bodies = st.dictionaries(names, values, max_size=4)


def salt(path):
    return hmac.new(SEED, path.encode(), hashlib.sha256).hexdigest()[:32]


def paths_of(found):
    return [node["path"] for node in found if "path" in node]


def test_objects_make_no_node_and_nodes_come_in_path_order():
    assert paths_of(nodes(BODY, SEED)) == [
        "/document",
        "/values/amount",
        "/values/empty",
        "/values/none",
        "/values/parties",
        "/values/situation",
    ]


def test_path_order_is_that_of_the_whole_path_not_of_its_keys():
    assert paths_of(nodes({"a": {"c": 1}, "a-b": 2}, SEED)) == ["/a-b", "/a/c"]


def test_a_list_holds_one_leaf_an_item_and_a_text_one_a_line():
    _, _, empty, none, parties, situation = nodes(BODY, SEED)
    assert empty == {"path": "/values/empty", "salt": salt("/values/empty"), "value": {}}
    assert none == {"path": "/values/none", "salt": salt("/values/none"), "form": "list", "items": []}
    assert [item["value"] for item in parties["items"]] == BODY["values"]["parties"]
    assert (situation["form"], [item["value"] for item in situation["items"]]) == (
        "text",
        ["第一行", "第二行", ""],
    )
    assert situation["items"][1]["path"] == "/values/situation/1"


def test_digests_are_those_of_the_written_format():
    leaf, container = nodes({"a/b": 1, "l": ["x"]}, SEED)
    assert leaf["path"] == "/a~1b"
    first = canonical.digest([salt("/a~1b"), "/a~1b", 1])
    child = canonical.digest([salt("/l/0"), "/l/0", "x"])
    second = canonical.digest([salt("/l"), "/l", "list", [child]])
    assert [node_digest(leaf), node_digest(container)] == [first, second]
    assert commit([leaf, container]) == canonical.digest(["liuhen/body/1", [first, second]])


def test_an_empty_body_is_one_leaf():
    assert nodes({}, SEED) == [{"path": "", "salt": salt(""), "value": {}}]
    assert body_of(nodes({}, SEED)) == {}


@given(bodies)
def test_the_body_can_be_had_back(body):
    assert body_of(nodes(body, SEED)) == body


@given(bodies, bodies)
def test_other_bodies_other_commitments(one, other):
    assert (commitment(one, SEED) == commitment(other, SEED)) == (
        canonical.encode(one) == canonical.encode(other)
    )


def test_another_seed_another_commitment():
    assert commitment(BODY, new_seed()) != commitment(BODY, new_seed())


@given(bodies, st.data())
def test_withholding_keeps_the_commitment_and_shows_nothing_at_or_beneath(body, data):
    whole = nodes(body, SEED)
    own = [node["path"] for node in whole]
    items = [item["path"] for node in whole if "items" in node for item in node["items"]]
    objects = [path.rpartition("/")[0] for path in own]
    hidden = data.draw(st.lists(st.sampled_from(own + items + objects), unique=True))
    kept = withhold(whole, hidden)
    assert commit(kept) == commit(whole)
    shown = [node for node in kept if "path" in node]
    shown += [item for node in shown if "items" in node for item in node["items"] if "path" in item]
    assert not [n for n in shown for p in hidden if n["path"] == p or n["path"].startswith(f"{p}/")]


def test_a_withheld_node_is_its_digest_alone():
    whole = nodes(BODY, SEED)
    kept = withhold(whole, ["/values/amount", "/values/parties/0", "/values/situation"])
    assert kept[1] == {"digest": node_digest(whole[1])}
    assert kept[4]["items"][0] == {"digest": node_digest(whole[4]["items"][0])}
    assert kept[5] == {"digest": node_digest(whole[5])}
    assert body_of(kept) == {
        "document": "d1",
        "values": {"empty": {}, "none": [], "parties": [{"name": "乙"}]},
    }


def test_a_withheld_line_leaves_a_mark_in_the_text():
    kept = withhold(nodes(BODY, SEED), ["/values/situation/0"])
    assert body_of(kept)["values"]["situation"] == f"{WITHHELD_LINE}\n第二行\n"


def test_withholding_twice_is_withholding_once():
    once = withhold(nodes(BODY, SEED), ["/values"])
    assert withhold(once, ["/values", "/values/amount", "/nowhere"]) == once


def test_a_list_item_is_withheld_whole_or_not_at_all():
    with pytest.raises(CommitmentError, match="只能整项遮盖"):
        withhold(nodes(BODY, SEED), ["/values/parties/0/id_number"])


@pytest.mark.parametrize(
    "bad",
    [
        [{"path": "/b", "salt": "", "value": 1}, {"path": "/a", "salt": "", "value": 1}],
        [{"path": "/a", "salt": "", "value": 1}, {"path": "/a", "salt": "", "value": 2}],
    ],
)
def test_nodes_out_of_order_have_no_commitment(bad):
    with pytest.raises(CommitmentError, match="路径"):
        commit(bad)


@pytest.mark.parametrize(
    "paths", [["/a", "/a/b"], ["/a/b", "/a"], ["/a", "/a"], ["a"], ["", "/a"], ["/a/b", "/a/b/c"]]
)
def test_paths_that_contradict_each_other_make_no_body(paths):
    with pytest.raises(CommitmentError, match="路径"):
        body_of([{"path": path, "salt": "", "value": {}} for path in paths])


def test_a_body_without_canonical_bytes_is_refused():
    with pytest.raises(canonical.CanonicalError, match="“/values/x”不能是小数"):
        nodes({"values": {"x": 0.5}}, SEED)


def test_a_seed_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32"):
        nodes({}, b"short")
