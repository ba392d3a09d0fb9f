"""Benches at a small scale: both sides do what they say, and every bench can be told by its id."""

from dataclasses import replace

import pytest

from bench import files, load, media, registry
from bench.runner import run
from bench.served import Site
from liuhen.records.models import TrayRow
from tests.desk.pages import browser


def found(benches, id):
    return replace(next(bench for bench in benches if bench.id == id), pairs=1)


def test_every_bench_has_an_id_of_its_own_and_a_place_in_the_report():
    ids = [bench.id for bench in registry.BENCHES]

    assert len(ids) == len(set(ids))
    assert {"A1", "F1", "F5", "F6", "F8", "F9", "G1", "G2", "G3", "G4", "G5", "W1", "W2", "W3"} <= set(ids)


@pytest.mark.parametrize("id", ["A1", "A1P"])
def test_a_small_picture_of_a_short_film(id, monkeypatch):
    monkeypatch.setattr(media, "FILM", 1)

    assert run(found(media.BENCHES, id)).ratio > 0


def test_a_small_deposit():
    with files.deposit(2) as duel:
        assert duel.liuhen()().startswith("sha256:")
        assert duel.peer()() > 0


@pytest.mark.django_db(transaction=True)
def test_a_film_is_sent_in_pieces_and_hashed_as_the_bare_loop_does(bureau_committed, live_server, tmp_path):
    pieces = [b"\0\0\0\x18ftypisom" + bytes(500), b"1" * 512, b"2" * 100]
    port = int(live_server.url.rpartition(":")[2])
    site = Site(port, f"sessionid={browser('jia').cookies['sessionid'].value}", host="localhost")

    load.sent(site, pieces)
    load.written(tmp_path / "film", pieces)

    assert TrayRow.objects.get().size == (tmp_path / "film").stat().st_size
