"""Whatever is changed, removed, inserted or moved within a stream is named with stream and position."""

import pytest

from liuhen.ledger.chain import Fault, check_chain, entry_hash


def stream(name="case/1", length=5):
    entries, previous = [], None
    for position in range(1, length + 1):
        header = {"stream": name, "position": position, "kind": "Happened"}
        if previous:
            header["previous"] = previous
        previous = entry_hash(header)
        entries.append((header, previous))
    return entries


def test_a_whole_chain_has_no_fault():
    assert check_chain(stream()) == []


def test_streams_may_be_mixed():
    mixed = [entry for pair in zip(stream("case/1"), stream("office/numbers"), strict=True) for entry in pair]
    assert check_chain(mixed) == []


def test_a_changed_header_does_not_match_its_hash():
    entries = stream()
    entries[2] = ({**entries[2][0], "kind": "Voided"}, entries[2][1])
    assert check_chain(entries) == [Fault("case/1", 3, "hash")]


def test_a_changed_header_with_a_new_hash_breaks_the_next_link():
    entries = stream()
    changed = {**entries[2][0], "kind": "Voided"}
    entries[2] = (changed, entry_hash(changed))
    assert check_chain(entries) == [Fault("case/1", 4, "previous")]


@pytest.mark.parametrize(
    ("order", "positions"),
    [
        ([1, 2, 3, 4], [2]),
        ([0, 1, 3, 4], [4]),
        ([0, 2, 1, 3, 4], [3, 2, 4]),
        ([0, 1, 1, 2, 3, 4], [2]),
    ],
    ids=["first removed", "one removed", "two exchanged", "one twice"],
)
def test_a_gap_is_named_where_it_is_seen(order, positions):
    entries = stream()
    assert check_chain([entries[i] for i in order]) == [Fault("case/1", p, "gap") for p in positions]


def test_the_first_entry_has_no_previous():
    header = {"stream": "case/1", "position": 1, "previous": "00"}
    assert check_chain([(header, entry_hash(header))]) == [Fault("case/1", 1, "previous")]


def test_a_header_without_canonical_bytes_is_a_fault_not_a_crash():
    header = {"stream": "case/1", "position": 1.0}
    assert [fault.what for fault in check_chain([(header, "00")])] == ["gap", "hash"]


def test_a_fault_reads_as_a_sentence():
    assert str(Fault("case/1", 3, "hash")) == "case/1 第 3 条：条目与其校验值不符"
