"""What every store promises, a folder as a bucket: written once, found by digest, proved by reading again (R34.3)."""

import io
import os
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from liuhen.vault import filesystem, verifying
from liuhen.vault.errors import DigestDiffers, DigestInvalid, ObjectAltered, ObjectLocked, ObjectMissing
from liuhen.vault.store import Stored
from tests.vault.stores import MEBIBYTE, NOWHERE, PART, PHOTO, Trickle, digest_of

LARGE = PART + 7


class Changing(io.BytesIO):
    """A file that somebody writes to while it is read: nothing in it is twice the same."""

    def read(self, size=-1):
        given = super().read(size)
        self.getbuffer()[:] = bytes(byte ^ 1 for byte in self.getbuffer()[:1]) * len(self.getbuffer())
        return given


def some(size):
    return (os.urandom(1024) * (size // 1024 + 1))[:size]


def destroyed(store, digest):
    """Destroy it where nothing holds it; None where the store does."""
    try:
        return store.destroy(digest)
    except ObjectLocked:
        return None


class TestPut:
    @pytest.mark.parametrize("size", [0, 1, MEBIBYTE, PART - 1, PART, PART + 1, 2 * PART + 7])
    def test_what_is_stored_is_found_by_its_digest_whatever_its_size(self, store, size):
        data = some(size)
        stored = store.put(io.BytesIO(data))
        assert stored == Stored(digest_of(data), size)
        assert store.exists(stored.digest)
        assert store.size(stored.digest) == size
        assert store.verify(stored.digest) == "ok"
        with store.open(stored.digest) as file:
            assert file.read() == data

    @pytest.mark.parametrize("size", [10_000, LARGE])
    def test_a_stream_that_trickles_is_read_to_its_end(self, store, size):
        data = some(size)
        assert store.put(Trickle(data, size // 30)).digest == digest_of(data)
        assert store.verify(digest_of(data)) == "ok"

    @pytest.mark.parametrize("size", [5000, LARGE])
    def test_a_stream_is_taken_from_where_it_stands(self, store, size):
        data = some(size)
        stream = io.BytesIO(b"head" + data)
        stream.seek(4)
        assert store.put(stream).digest == digest_of(data)

    def test_memory_does_not_grow_with_the_file(self, store, tmp_path):
        source = tmp_path / "film"
        with source.open("wb") as film:
            film.truncate(96 * MEBIBYTE)
        tracemalloc.start()
        with source.open("rb") as film:
            store.put(film)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 8 * PART

    @pytest.mark.parametrize("announced", [True, False])
    @pytest.mark.parametrize("size", [5000, LARGE])
    def test_a_file_that_changes_while_it_is_read_is_stored_as_it_was_read_or_not_at_all(
        self, store, size, announced
    ):
        data = some(size)
        stream = Changing(data)
        try:
            stored = store.put(stream, expect=digest_of(data) if announced else None)
        except DigestDiffers:
            assert list(store.all()) == []
        else:
            assert list(store.all()) == [stored.digest]
            assert store.verify(stored.digest) == "ok"


class TestExpectation:
    @pytest.mark.parametrize("size", [5000, LARGE])
    def test_the_announced_digest_is_accepted_also_from_a_stream_that_cannot_go_back(self, store, size):
        data = some(size)
        assert store.put(Trickle(data, MEBIBYTE), expect=digest_of(data)) == Stored(digest_of(data), size)

    @pytest.mark.parametrize("size", [5000, LARGE])
    def test_other_bytes_are_refused_and_nothing_is_stored(self, store, size):
        data = some(size)
        with pytest.raises(DigestDiffers, match="与登记的校验值不符") as refusal:
            store.put(data, expect=digest_of(b"other"))
        assert refusal.value.found == digest_of(data)
        assert list(store.all()) == []
        assert store.leftovers() == []

    def test_other_bytes_are_refused_also_where_the_announced_ones_are_already(self, store):
        stored = store.put(PHOTO)
        with pytest.raises(DigestDiffers):
            store.put(b"other", expect=stored.digest)
        assert list(store.all()) == [stored.digest]

    @pytest.mark.parametrize(
        "digest",
        ["", "0" * 64, "sha256:", "sha256:" + "A" * 64, "sm3:" + "0" * 64, "sha256:../../etc/passwd", NOWHERE + "\n"],
    )  # fmt: skip
    def test_what_is_no_digest_is_refused_everywhere(self, store, digest):
        for act in (
            store.open, store.exists, store.size, store.verify, store.destroy, store.set_aside,
            lambda given: store.put(PHOTO, expect=given),
        ):  # fmt: skip
            with pytest.raises(DigestInvalid, match="不是有效的校验值"):
                act(digest)


class TestTheSameContentAgain:
    @pytest.mark.parametrize("size", [5000, LARGE])
    def test_twice_is_one_object(self, store, size):
        data = some(size)
        first = store.put(data)
        assert store.put(io.BytesIO(data)) == first
        assert store.put(Trickle(data, MEBIBYTE), expect=first.digest) == first
        assert list(store.all()) == [first.digest]

    @pytest.mark.parametrize("size", [5000, LARGE])
    def test_at_once_from_many_threads(self, store, size):
        data = some(size)
        start = Barrier(4)

        def put(_):
            start.wait(30)
            return store.put(io.BytesIO(data))

        with ThreadPoolExecutor(4) as pool:
            answers = set(pool.map(put, range(4)))
        assert answers == {Stored(digest_of(data), len(data))}
        assert list(store.all()) == [digest_of(data)]
        assert store.verify(digest_of(data)) == "ok"

    @pytest.mark.parametrize("size", [5000, LARGE])
    def test_a_damaged_object_is_neither_overwritten_nor_confirmed(self, on, size):
        data = some(size)
        digest = on.store.put(data).digest
        on.alter(digest, b"forged")
        with pytest.raises(ObjectAltered, match="已与校验值不符"):
            on.store.put(data)
        with on.store.open(digest) as file:
            assert file.read() == b"forged"


class TestRead:
    def test_any_stretch_can_be_read(self, store):
        data = some(LARGE)
        with store.open(store.put(data).digest) as file:
            assert file.seekable()
            for start, length in ((LARGE - 5, 100), (3, 10), (MEBIBYTE, 2 * MEBIBYTE), (0, 1)):
                file.seek(start)
                assert file.read(length) == data[start : start + length]
            assert file.seek(0, os.SEEK_END) == LARGE
            assert file.read() == b""
            assert not file.writable()

    def test_what_is_not_there_is_said_to_be_missing(self, store):
        assert not store.exists(NOWHERE)
        assert store.verify(NOWHERE) == "missing"
        assert store.set_aside(NOWHERE) == ""
        assert store.earlier(NOWHERE) is store.revive(NOWHERE) is False
        assert store.destroy(NOWHERE) is False
        assert store.held_until(NOWHERE) is None
        assert list(store.all()) == list(store.aside()) == store.leftovers() == []
        assert store.sweep() == 0
        for act in (store.open, store.size):
            with pytest.raises(ObjectMissing, match="没有这份原件"):
                act(NOWHERE)


class TestVerify:
    @pytest.mark.parametrize("harm", ["one bit", "shorter", "longer", "empty"])
    def test_every_alteration_is_found(self, on, harm):
        digest = on.store.put(PHOTO).digest
        on.alter(
            digest,
            {
                "one bit": bytes([PHOTO[0] ^ 1]) + PHOTO[1:],
                "shorter": PHOTO[:-1],
                "longer": PHOTO + b"\0",
                "empty": b"",
            }[harm],
        )
        assert on.store.verify(digest) == "altered"

    def test_loss_is_found(self, on):
        digest = on.store.put(PHOTO).digest
        on.lose(digest)
        assert on.store.verify(digest) == "missing"
        assert not on.store.exists(digest)
        assert list(on.store.all()) == []

    @pytest.mark.parametrize("ahead", [0, 1000])
    @pytest.mark.parametrize("small", [0, len(PHOTO)])
    def test_many_are_told_in_order_whatever_each_is(self, on, monkeypatch, ahead, small):
        monkeypatch.setattr(verifying, "VERDICTS_AHEAD", ahead)
        monkeypatch.setattr(filesystem, "SMALL", small)
        whole, altered = (on.store.put(PHOTO + bytes([n])).digest for n in range(2))
        on.alter(altered, PHOTO)
        told = [(whole, "ok"), (NOWHERE, "missing"), (altered, "altered"), (whole, "ok")]

        assert list(on.store.verify_all(iter([digest for digest, _ in told]))) == told
        assert list(on.store.verify_all([])) == []

    def test_the_pace_is_asked_before_every_piece(self, store):
        asked = []
        digests = [store.put(data).digest for data in (PHOTO, some(LARGE), b"")]
        assert {verdict for _, verdict in store.verify_all(digests, asked.append)} == {"ok"}
        assert sum(asked) >= LARGE + len(PHOTO)
        assert max(asked) <= MEBIBYTE


class TestSetAside:
    @pytest.mark.parametrize("size", [5000, LARGE])
    def test_what_is_rotten_is_kept_as_evidence_and_the_whole_one_takes_its_place(self, on, size):
        data = some(size)
        digest = on.store.put(data).digest
        on.alter(digest, b"forged")

        kept = on.store.set_aside(digest)

        assert on.bytes_aside(kept) == b"forged"
        assert list(on.store.aside()) == [kept]
        assert on.store.put(data, expect=digest).digest == digest
        assert on.store.verify(digest) == "ok"
        assert list(on.store.all()) == [digest]

    def test_twice_are_two_pieces_of_evidence(self, on):
        digest = on.store.put(PHOTO).digest
        for forged in (b"one", b"two"):
            on.alter(digest, forged)
            on.store.set_aside(digest)
            on.store.put(PHOTO)
        assert sorted(map(on.bytes_aside, on.store.aside())) == [b"one", b"two"]


class TestDestroy:
    def test_disposal_removes_the_object_what_was_set_aside_of_it_and_nothing_else(self, on):
        kept = on.store.put(b"kept").digest
        digest = on.store.put(PHOTO).digest
        on.alter(digest, b"forged")
        on.store.set_aside(digest)
        on.store.put(PHOTO)

        held = on.store.held_until(digest)
        if destroyed(on.store, digest) is None:
            assert held is not None
            assert on.store.verify(digest) == "ok"
            return
        assert held is None
        assert on.store.destroy(digest) is False
        assert on.store.verify(digest) == "missing"
        assert list(on.store.all()) == [kept]
        assert list(on.store.aside()) == []

    def test_what_may_go_at_once_goes(self, on):
        """A retention that has run out locks nothing."""
        digest = on.store.put(PHOTO, keep_until=datetime.now(UTC) - timedelta(days=1)).digest
        assert on.store.held_until(digest) is None
        assert on.store.destroy(digest) is True
        assert not on.store.exists(digest)
