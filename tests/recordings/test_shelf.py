"""Previews 预览: made apart from everything else, found again, made again when lost, gone with their original (R3.3; A31, A32)."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Barrier, Thread

import av
import pytest
from PIL import Image

from liuhen.recordings import apart, decoding, playing, previews, shelf
from liuhen.recordings.shelf import Previews
from tests.recordings import making
from tests.vault.stores import digest_of


@pytest.fixture
def kept(tmp_path):
    return Previews(tmp_path / "previews")


def made(kept, path, **more):
    digest = digest_of(path.read_bytes())
    assert kept.make(digest, lambda: path.open("rb"), lambda: True, **more)
    return digest, kept.told(digest)


def lasting(path):
    with av.open(str(path)) as film:
        return {s.type: s.codec_context.name for s in film.streams}, film.duration / 1_000_000


@pytest.mark.parametrize(
    "given",
    [
        {"name": "film.mkv", "codec": "mpeg4"},
        {"name": "film.avi", "codec": "mjpeg", "sound": "pcm_s16le"},
        {"name": "film.mp4", "codec": "libx265", "sound": None, "size": (320, 180)},
    ],
    ids=lambda given: given["name"],
)
def test_a_film_that_no_browser_plays_is_made_small_and_playable(kept, given):
    path = making.film(**given)
    before = path.read_bytes()
    digest, told = made(kept, path)
    assert (told.failed, told.plays, told.played) == ("", False, "play.mp4")
    streams, seconds = lasting(kept.path(digest, "play.mp4"))
    assert streams == {"video": "h264"} | ({"audio": "aac"} if given.get("sound", "aac") else {})
    assert seconds == pytest.approx(3, abs=0.2)
    with kept.path(digest, "play.mp4").open("rb") as film:
        # Its index comes first, so that a page can seek before the rest is there.
        assert film.read(4096).find(b"moov") > 0
        film.seek(0)
        image = Image.open(io.BytesIO(previews.frame_at(film, 1.5))).convert("RGB")
    assert image.width <= playing.BOX[0]
    assert max(range(3), key=image.getpixel((image.width // 2, image.height // 2)).__getitem__) == 1
    assert path.read_bytes() == before


def test_sound_and_picture_stay_together_where_the_clock_of_a_card_began_elsewhere(kept):
    path = making.film("card.ts", clock=5)
    with av.open(str(path)) as film:
        assert film.start_time > 4_000_000
    digest, told = made(kept, path)
    with av.open(str(kept.path(digest, told.played))) as played:
        begins = [
            float(next(played.decode(stream)).time)
            for stream in (*played.streams.video, *played.streams.audio)
        ]
    assert abs(begins[0] - begins[1]) < 0.15
    assert max(begins) < 0.5
    assert lasting(kept.path(digest, told.played))[1] == pytest.approx(told.seconds, abs=0.3)
    assert told.seconds == pytest.approx(3, abs=0.3)


def test_a_turned_film_is_shown_upright(kept):
    digest, told = made(kept, making.film("turned.mov", codec="mpeg4", turned=90))
    with kept.path(digest, told.played).open("rb") as film:
        shown = Image.open(io.BytesIO(previews.thumbnail(film)))
    assert shown.height > shown.width


def test_a_film_that_every_browser_plays_is_not_made_twice(kept):
    digest, told = made(kept, making.film())
    assert (told.plays, told.played, told.files) == (True, "", ("strip.jpg", "thumb.jpg"))
    strip = Image.open(kept.path(digest, "strip.jpg")).convert("RGB")
    tiles = [
        strip.getpixel((n * playing.TILE[0] + 60, 34)) for n in (0, playing.STRIP // 2, playing.STRIP - 1)
    ]
    assert [max(range(3), key=tile.__getitem__) for tile in tiles] == [0, 1, 2]


def test_loudness_is_told_along_the_time(kept):
    """Loud in even seconds, silent in odd ones."""
    _, told = made(kept, making.sound("sound.flac", codec="flac"))
    assert told.played == "play.m4a"
    thirds = [told.peaks[n * len(told.peaks) // 3 + 2 : (n + 1) * len(told.peaks) // 3 - 2] for n in range(3)]
    assert [min(part) > 40 for part in thirds] == [True, False, True]
    assert max(thirds[1]) < 5


def test_loudness_of_a_long_sound_takes_no_more_room():
    heard = playing.Loudness()
    for second in range(600):
        heard.add(playing.array("h", [32767 if second % 200 == 100 else 0]) * playing.LOUDNESS)
    assert playing.PEAKS <= len(heard.told()) <= 2 * playing.PEAKS
    loud = [n * 600 / len(heard.told()) for n, peak in enumerate(heard.told()) if peak]
    assert all(abs(second % 200 - 100) < 3 for second in loud)
    assert {second // 200 for second in loud} == {0, 1, 2}


def test_memory_does_not_grow_with_the_film():
    """Forty times as long takes no more: a few pictures at a time."""
    short, long = (most_memory(making.film("film.mkv", codec="mpeg4", seconds=n)) for n in (1, 40))
    assert long < short + 16 * 1024**2


def most_memory(path):
    told = (
        "import resource, sys, tempfile; from pathlib import Path; from liuhen.recordings import apart\n"
        "apart.preview(open(sys.argv[1], 'rb'), Path(tempfile.mkdtemp()))\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", told, str(path)], capture_output=True, text=True, check=True)
    return int(done.stdout) * 1024


BROKEN = {
    "rubbish": b"RIFF\x00\x00\x00\x00AVI " + os.urandom(5000),
    "cut off": making.film("whole.mkv", codec="mpeg4").read_bytes()[:3000],
    "its head alone": making.film().read_bytes()[:64],
    "nothing known": b"words",
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_told_and_harms_nobody(kept, tmp_path, what):
    (tmp_path / "broken").write_bytes(BROKEN[what])
    digest, told = made(kept, tmp_path / "broken")
    assert told.played == "" or what == "cut off"
    assert not kept.make(digest, lambda: (tmp_path / "broken").open("rb"), lambda: True)


HOSTILE = {
    "endless": ("while True: pass", 1, "秒内没有读完"),
    "crashing": ("import ctypes; ctypes.string_at(0)", 20, "读不出来"),
    "greedy": ("x = bytearray(decoding.MEMORY)", 20, "读不出来"),
}


@pytest.mark.parametrize("harm", HOSTILE)
def test_a_decoder_that_runs_amok_is_stopped(kept, monkeypatch, harm):
    """Whatever a file makes the decoder do: the worker goes on, and the file is told as failed."""
    code, seconds, why = HOSTILE[harm]
    start = subprocess.Popen
    amok = f"import sys; from liuhen.recordings import decoding; decoding.limited(int(sys.argv[6]))\n{code}"
    monkeypatch.setattr(
        subprocess, "Popen", lambda command, **more: start([sys.executable, "-c", amok, *command], **more)
    )
    begun = time.monotonic()
    _, told = made(kept, making.film(), seconds=seconds)
    assert why in told.failed
    assert time.monotonic() - begun < seconds + 5


def test_the_decoder_reads_what_it_is_given_and_nothing_else():
    """It is sent no name of a file and no setting."""
    assert not set(apart.PASSED_ON) & {"LIUHEN_DATA", "LIUHEN_DATABASE_URL", "AWS_SECRET_ACCESS_KEY", "HOME"}
    done = subprocess.run(
        [sys.executable, "-c", "import sys; import liuhen.recordings.decoding; print('django' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "False\n"
    assert decoding.TASKS.keys() == {"thumbnail", "frame", "preview"}


def children():
    return Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()


def test_who_stops_the_worker_lets_the_decoder_finish(kept):
    """A service manager signals the whole group; an answer cut short would be told of the film for good."""
    path = making.film("asked.mkv", codec="mpeg4", seconds=20)
    before, hit = set(children()), []

    class Stopping(io.FileIO):
        def read(self, size=-1):
            for child in set(children()) - before:
                hit.append(child)
                for each in (signal.SIGTERM, signal.SIGINT):
                    os.kill(int(child), each)
            return super().read(size)

    digest = digest_of(path.read_bytes())
    assert kept.make(digest, lambda: Stopping(path), lambda: True)
    assert hit
    assert (kept.told(digest).failed, kept.told(digest).played) == ("", "play.mp4")


def test_an_original_that_could_not_be_read_is_tried_again(kept):
    path = making.film()

    class Failing(io.FileIO):
        def read(self, size=-1):
            raise OSError(5, "Input/output error")

    digest = digest_of(path.read_bytes())
    assert not kept.make(digest, lambda: Failing(path), lambda: True)
    assert kept.told(digest) is None
    assert kept.make(digest, lambda: path.open("rb"), lambda: True)


@pytest.mark.parametrize(
    "answer",
    [apart.HEAD.pack(apart.READ, 2**63 + 1, 10), apart.HEAD.pack(b"x", 0, 1)]
    + [
        apart.HEAD.pack(apart.DONE, len(said), 0) + said
        for said in (b"no JSON", b"[1]", b"\xff", b"[" * 100_000)
    ],
)
def test_what_a_decoder_says_is_not_trusted(kept, monkeypatch, answer):
    start = subprocess.Popen
    liar = f"import socket; s = socket.socket(fileno=0); s.sendall({answer!r}); s.recv(1)"
    monkeypatch.setattr(
        subprocess, "Popen", lambda command, **more: start([sys.executable, "-c", liar], **more)
    )
    _, told = made(kept, making.film())
    assert told.failed == apart.BROKEN


def test_two_makers_at_once_do_it_once(kept, monkeypatch):
    path, calls, there = making.film(), [], Barrier(2)
    digest = digest_of(path.read_bytes())
    preview = apart.preview
    monkeypatch.setattr(
        shelf.apart, "preview", lambda *given: (calls.append(1), time.sleep(0.3), preview(*given))[2]
    )
    answers = []

    def make():
        there.wait()
        answers.append(kept.make(digest, lambda: path.open("rb"), lambda: True))

    makers = [Thread(target=make) for _ in range(2)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert (sorted(answers), len(calls)) == ([False, True], 1)
    assert not kept.busy(digest)


def test_what_is_lost_is_made_again(kept):
    path = making.film("again.mkv", codec="mpeg4")
    digest, told = made(kept, path)
    kept.path(digest, told.played).unlink()
    assert kept.told(digest) is None
    assert made(kept, path)[1] == told


def test_previews_made_otherwise_are_made_anew(kept, monkeypatch):
    path = making.film()
    digest, _ = made(kept, path)
    monkeypatch.setattr(shelf, "VERSION", shelf.VERSION + 1)
    assert kept.told(digest) is None
    made(kept, path)


def test_an_original_that_went_meanwhile_leaves_no_preview(kept, tmp_path):
    path = making.film()
    digest = digest_of(path.read_bytes())
    assert not kept.make(digest, lambda: path.open("rb"), lambda: False)
    assert [p for p in (tmp_path / "previews").rglob("*") if p.is_file() and p.name != ".lock"] == []


def test_what_a_dead_maker_left_is_swept(kept, tmp_path):
    digest, _ = made(kept, making.film())
    left = tmp_path / "previews/.making" / digest[7:]
    left.mkdir()
    (left / "thumb.jpg").write_bytes(b"half")
    kept.sweep()
    assert not left.exists()
    assert list(kept.all()) == [digest]
    kept.forget(digest)
    assert list(kept.all()) == []
