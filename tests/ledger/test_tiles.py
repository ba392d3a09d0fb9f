"""Tiles: addresses and bytes as c2sp.org/tlog-tiles writes them (R34.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.ledger.tiles import WIDTH, Tile, bundle, number, parse, tiles

PLACES = st.builds(
    Tile,
    st.none() | st.integers(0, 63),
    st.integers(0, 10**12),
    st.integers(1, WIDTH),
)


def test_an_index_is_written_in_threes():
    assert number(0) == "000"
    assert number(67) == "067"
    assert number(1234067) == "x001/x234/067"


@given(PLACES)
def test_every_address_reads_back(tile):
    assert parse(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    ["0/1", "0/0001", "00/000", "64/000", "0/x000/001", "0/000.p/0", "0/000.p/256", "0/000.p/01", "data/000", "0/000/", "", "0/x001/01", "entries/x1/000", "０/000"],
)  # fmt: skip
def test_any_other_writing_names_nothing(path):
    assert parse(path) is None


def test_a_bundle_gives_each_entry_after_its_length():
    assert bundle([b"ab", b""]) == b"\x00\x02ab\x00\x00"


@given(st.integers(0, 200_000))
def test_the_tiles_of_a_log_hold_every_entry_once(size):
    found = tiles(size)
    assert sum(tile.width for tile in found if tile.level is None) == size
    assert sum(tile.width for tile in found if tile.level == 0) == size
    assert sum(tile.width for tile in found if tile.level == 1) == size // WIDTH
