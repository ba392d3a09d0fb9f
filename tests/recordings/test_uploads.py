"""R31.2: an upload survives every break of the line and of the server, and counts nothing that is not on the disk."""

import hashlib
import io
import os
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuhen.recordings import passing, uploads
from liuhen.recordings.uploads import Check, Uploads

NOW = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
DATA = bytes(range(256)) * 40


class Line(io.BytesIO):
    """A body that breaks after so many bytes."""

    def __init__(self, data, breaks_at):
        super().__init__(data)
        self.breaks_at = breaks_at

    def read(self, size=-1):
        if self.tell() >= self.breaks_at:
            raise ConnectionResetError
        return super().read(min(size, self.breaks_at - self.tell()))


def named(data):
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


@pytest.fixture
def store(tmp_path):
    return Uploads(tmp_path / "uploads", reserve=0)


def begun(store, data=DATA, owner="jia"):
    return store.create(owner, len(data), {"filename": "检查.mp4"}, NOW)


def add(store, upload, data, offset=0, **more):
    return store.add(upload, offset, io.BytesIO(data), len(data), NOW, **more)


def test_a_whole_file_has_its_digest(store):
    done = add(store, begun(store), DATA)
    assert done.digest == named(DATA)
    assert store.part(done).read_bytes() == DATA
    assert store.offset(done) == len(DATA)
    assert store.find(done.id, "jia", NOW).told == {"filename": "检查.mp4"}


@settings(max_examples=25)
@given(st.lists(st.integers(1, len(DATA) - 1), max_size=6), st.booleans())
def test_wherever_the_line_breaks_it_goes_on_there(tmp_path_factory, breaks, forgets):
    """Also in another process, which has seen nothing of the beginning."""
    store = Uploads(tmp_path_factory.mktemp("uploads"), reserve=0)
    upload = begun(store)
    for at in sorted(set(breaks)):
        here = store.offset(upload)
        rest = DATA[here:]
        store.add(upload, here, Line(rest, at - here), len(rest), NOW)
        assert store.offset(upload) == at
        if forgets:
            uploads._HASHERS.__init__()
    here = store.offset(upload)
    assert add(store, upload, DATA[here:], here).digest == named(DATA)


def test_a_server_that_dies_within_a_piece_counts_only_what_is_on_the_disk(store):
    """Bytes beyond ``offset`` were never acknowledged: the next writer cuts them off."""
    upload = begun(store)
    add(store, upload, DATA[:1000])
    with store.part(upload).open("ab") as part:
        part.write(b"rubbish that was on its way")
    assert store.offset(upload) == 1000
    assert add(store, upload, DATA[1000:], 1000).digest == named(DATA)


def test_a_long_piece_counts_slice_by_slice(store, monkeypatch):
    monkeypatch.setattr(uploads, "SLICE", 1024)
    upload, seen = begun(store), []
    keep = uploads._keep
    monkeypatch.setattr(
        uploads,
        "_keep",
        lambda path, text: (seen.append(text) if path.name == "offset" else None, keep(path, text)),
    )
    add(store, upload, DATA)
    assert [int(text) for text in seen] == list(range(1024, len(DATA) + 1, 1024))


@pytest.mark.parametrize("algorithm", uploads.ALGORITHMS)
def test_a_piece_that_arrives_other_than_sent_is_not_kept(store, algorithm):
    upload = begun(store)
    add(store, upload, DATA[:1000], check=Check(algorithm, hashlib.new(algorithm, DATA[:1000]).digest()))
    wrong = Check(algorithm, hashlib.new(algorithm, b"something else").digest())
    with pytest.raises(uploads.WrongChecksum):
        add(store, upload, DATA[1000:2000], 1000, check=wrong)
    assert store.offset(upload) == 1000
    assert add(store, upload, DATA[1000:], 1000).digest == named(DATA)


def test_a_checked_piece_that_breaks_off_counts_for_nothing(store):
    upload = begun(store)
    check = Check("sha256", hashlib.sha256(DATA).digest())
    with pytest.raises(uploads.WrongChecksum):
        store.add(upload, 0, Line(DATA, 700), len(DATA), NOW, check)
    assert store.offset(upload) == 0


def test_a_piece_elsewhere_than_at_the_end_is_refused(store):
    upload = begun(store)
    add(store, upload, DATA[:1000])
    for offset in (0, 999, 1001):
        with pytest.raises(uploads.WrongOffset) as refused:
            add(store, upload, DATA[:10], offset)
        assert refused.value.offset == 1000


def test_more_than_was_announced_is_refused(store):
    with pytest.raises(uploads.TooLarge):
        add(store, begun(store), DATA + b"x")


def test_two_writers_at_once(store):
    upload = begun(store)

    class Slow(io.BytesIO):
        def read(self, size=-1):
            with pytest.raises(uploads.Busy):
                add(store, upload, DATA)
            return super().read(size)

    assert store.add(upload, 0, Slow(DATA), len(DATA), NOW).digest == named(DATA)


def test_whose_it_is(store):
    upload = begun(store)
    for id_, owner in ((upload.id, "yi"), ("0" * 32, "jia"), ("../" + upload.id, "jia"), ("", "jia")):
        with pytest.raises(uploads.NoUpload):
            store.find(id_, owner, NOW)
    assert [u.id for u in store.of("jia", NOW)] == [upload.id]
    assert store.of("yi", NOW) == []


def test_it_is_kept_a_week_after_the_last_piece(store):
    upload = begun(store)
    later = NOW + timedelta(days=6)
    store.add(upload, 0, io.BytesIO(DATA[:10]), 10, later)
    assert store.find(upload.id, "jia", NOW + timedelta(days=12)).expires == later + uploads.LASTING
    with pytest.raises(uploads.Expired):
        store.find(upload.id, "jia", NOW + timedelta(days=14))


def test_what_expired_is_swept_and_remembered_for_a_while(store):
    upload = begun(store)
    over = NOW + uploads.LASTING
    assert store.sweep(NOW) == 0
    assert store.sweep(over) == 1
    assert store.sweep(over) == 0
    assert not store.part(upload).exists()
    with pytest.raises(uploads.Expired):
        store.find(upload.id, "jia", over)
    store.sweep(over + uploads.REMEMBERED)
    with pytest.raises(uploads.NoUpload):
        store.find(upload.id, "jia", over)


def test_what_is_whole_is_never_swept_before_it_is_recorded(store):
    done = add(store, begun(store), DATA)
    assert store.sweep(NOW + timedelta(days=900)) == 0
    assert store.part(done).exists()


def test_given_up_is_gone(store):
    upload = begun(store)
    add(store, upload, DATA[:10])
    store.give_up(upload)
    with pytest.raises(uploads.Expired):
        store.find(upload.id, "jia", NOW)
    assert not store.part(upload).exists()


def test_room_is_promised_once(store, monkeypatch):
    """Two films that fit one by one and not together: the second is told so before it is sent."""
    monkeypatch.setattr(uploads.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 15_000})())
    upload = begun(store)
    with pytest.raises(uploads.NoRoom, match="存储空间不足"):
        begun(store)
    store.give_up(upload)
    begun(store)


def test_a_disk_that_fills_up_keeps_what_was_there(store, monkeypatch):
    upload = begun(store)
    add(store, upload, DATA[:1000])

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(uploads.copying, "add", full)
        with pytest.raises(uploads.NoRoom):
            add(store, upload, DATA[1000:], 1000)
    assert add(store, upload, DATA[1000:], store.offset(upload)).digest == named(DATA)


def test_the_largest_file_is_announced(store):
    with pytest.raises(uploads.TooLarge, match="200 GB"):
        store.create("jia", uploads.LARGEST + 1, {}, NOW)


class Endless:
    """So many bytes without holding them."""

    def __init__(self, size):
        self.left = size
        self.block = os.urandom(1024**2)

    def read(self, size=-1):
        piece = self.block[: min(size, self.left)]
        self.left -= len(piece)
        return piece


def test_memory_does_not_grow_with_the_file(store):
    """A film of 20 GB takes no more than one of 300 MB: a dozen chunks of 1 MiB."""
    size = 300 * 1024**2
    upload = store.create("jia", size, {}, NOW)
    uploads._HASHERS.__init__()
    tracemalloc.start()
    try:
        store.add(upload, 0, Endless(size // 2), size // 2, NOW)
        uploads._HASHERS.__init__()
        done = store.add(upload, size // 2, Endless(size // 2), size // 2, NOW)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert done.digest
    assert peak < 16 * 1024**2
    assert passing.READ <= 1024**2


def test_a_line_that_falls_silent_is_given_up(store):
    """A tablet out of reach sends neither a byte nor an end: what arrived counts, and the upload is free for the next try."""
    arrived, sent = os.pipe()
    with os.fdopen(arrived, "rb", buffering=0) as line:
        os.write(sent, DATA[:500])
        body = passing.Body(line, len(DATA), patience=0.2)
        with body:
            body.open(len(DATA))
            assert b"".join(iter(lambda: body.read(1000), b"")) == DATA[:500]
        assert body.left == 0
        os.close(sent)


def test_a_body_comes_in_slices(store):
    with passing.Body(io.BytesIO(DATA), len(DATA)) as body:
        parts = []
        while body.left:
            body.open(1024)
            parts.append(b"".join(iter(lambda: body.read(100), b"")))
    assert b"".join(parts) == DATA
    assert [len(part) for part in parts] == [1024] * 10
