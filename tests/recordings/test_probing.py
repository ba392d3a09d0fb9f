"""R31.2, A31; DA/T 63: what a recording says of itself, and that a bad file is told and stops nothing."""

import io
import os
import subprocess
import sys

import pytest

from liuhen.recordings.probing import EMPTY, probe, probe_file
from tests.recordings import making
from tests.recordings.making import utc


def read(data, name="film.mp4"):
    return probe_file(io.BytesIO(data), name)


def test_a_film_tells_when_how_long_by_what_and_where():
    path = making.film(told=tuple(making.PHONE.items()))
    found = probe(path, "VID_1.mp4")
    assert (found.media_type, found.kind) == ("video/mp4", "video")
    assert found.starts == utc("2026-03-05T01:00:00+00:00")
    assert 2900 <= found.duration <= 3100
    assert round((found.ends - found.starts).total_seconds()) == 3
    assert found.device == "示例牌 手机 14"
    assert (found.video, found.audio, found.width, found.height) == ("h264", "aac", 160, 90)
    assert (found.latitude, found.longitude) == ("38.91400", "121.61470")
    assert found.notes == ()


def test_what_stands_in_the_entry_has_no_float_and_nothing_empty():
    taken = probe(making.film(told=tuple(making.PHONE.items())), "a.mp4").taken(
        utc("2026-03-05T01:00:03+00:00"), "DCIM/1.MP4"
    )
    assert taken["from"] == "2026-03-05T01:00:00Z"
    assert taken["modified"] == "2026-03-05T01:00:03Z"
    assert taken["path"] == "DCIM/1.MP4"
    assert all(value and not isinstance(value, float) for value in taken.values())


@pytest.mark.parametrize(("written", "noted"), [("09:00:00", True), ("01:00:00", False)])
def test_a_recorder_that_writes_wall_time_as_utc_is_understood(written, noted):
    """The file was last changed at 09:00:03 in Beijing: the recording began at 09:00, whatever zone is claimed."""
    path = making.film(told=(("creation_time", f"2026-03-05T{written}Z"),))
    found = probe(path, "a.mp4", utc("2026-03-05T09:00:04+08:00"))
    assert found.starts == utc("2026-03-05T09:00:00+08:00")
    assert any("北京时间" in note for note in found.notes) is noted


@pytest.mark.parametrize("clock", ["1904-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2026-03-05", "昨天"])
def test_a_clock_that_was_never_set_tells_nothing(clock):
    assert probe(making.film(told=(("creation_time", clock),)), "a.mp4").starts is None


@pytest.mark.parametrize(
    ("name", "codec", "sound", "media_type"),
    [
        ("a.mov", "libx264", "aac", "video/quicktime"), ("a.mkv", "libx264", "aac", "video/x-matroska"),
        ("a.webm", "libvpx-vp9", "libopus", "video/webm"), ("a.avi", "mjpeg", "pcm_s16le", "video/x-msvideo"),
        ("a.ts", "libx264", "aac", "video/mp2t"),
    ],
)  # fmt: skip
def test_the_films_that_recorders_make(name, codec, sound, media_type):
    found = probe(making.film(name, codec=codec, sound=sound), name)
    assert (found.media_type, found.kind, found.notes) == (media_type, "video", ())
    assert 2800 <= found.duration <= 3200


@pytest.mark.parametrize(
    ("name", "codec", "media_type"),
    [("a.wav", "pcm_s16le", "audio/wav"), ("a.m4a", "aac", "audio/mp4"), ("a.mp3", "mp3", "audio/mpeg"), ("a.ogg", "libopus", "audio/ogg")],
)  # fmt: skip
def test_sound_recordings(name, codec, media_type):
    if codec == "mp3":
        codec = "libmp3lame"
    found = probe(making.sound(name, codec=codec), name)
    assert (found.media_type, found.kind, found.width) == (media_type, "audio", 0)
    assert 2900 <= found.duration <= 3200


def test_a_film_without_a_picture_is_a_sound_recording():
    assert probe(making.sound("a.m4a", codec="aac"), "a.mp4").media_type == "audio/mp4"


@pytest.mark.parametrize(("zone", "hour"), [("", 1), ("+09:00", 0)])
def test_a_photograph_tells_the_same_by_its_exif(zone, hour):
    found = probe(making.photo(zone=zone), "a.jpg")
    assert found.starts == found.ends == utc(f"2026-03-05T{hour:02d}:10:11+00:00")
    assert (found.kind, found.device, found.latitude, found.longitude) == (
        "image",
        "Example X1",
        "38.91400",
        "121.61470",
    )


def test_a_turned_photograph_is_told_as_it_is_shown():
    found = probe(making.photo(orientation=6), "a.jpg")
    assert (found.width, found.height) == (100, 200)


@pytest.mark.parametrize(
    ("make", "name", "told"),
    [
        (lambda: b"", "a.mp4", EMPTY),
        (lambda: b"video", "a.mp4", "元数据读不出"),
        (lambda: making.film().read_bytes()[:2000], "a.mp4", "元数据读不出"),
        (lambda: making.photo().read_bytes(), "a.mp4", "扩展名是 .mp4，内容是 JPEG 图片"),
        (lambda: making.photo().read_bytes()[:300], "a.jpg", "元数据读不出"),
        (lambda: making.film().read_bytes(), "a.jpg", "扩展名是 .jpg，内容是 MP4 视频"),
        (lambda: b"MZ\x90\x00" + bytes(500), "检查.mp4", "扩展名是 .mp4，内容是可执行程序"),
        (lambda: b"%PDF-1.7\n", "检查.mp4", "扩展名是 .mp4，内容是 PDF 文件"),
    ],
)  # fmt: skip
def test_a_bad_file_is_told_in_words(make, name, told):
    found = read(make(), name)
    assert any(told in note for note in found.notes), found.notes
    assert found.starts is None or "扩展名" in told


def test_a_film_without_a_single_picture_is_told():
    """A recorder that was switched off at once leaves a track of no length."""
    whole = making.film(sound=None, flags="+frag_keyframe+empty_moov").read_bytes()
    found = read(whole[: whole.index(b"moof") - 4])
    assert any("没有可以播放的画面" in note for note in found.notes), found
    assert not found.duration


def test_a_playlist_opens_no_other_file(tmp_path):
    """A file may name others; none of them is read, whatever it calls itself."""
    secret = making.film()
    for text in (
        f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{secret}\n#EXT-X-ENDLIST\n",
        f"ffconcat version 1.0\nfile '{secret}'\n",
    ):
        for name in ("a.mp4", "a.ts", "a.m3u8"):
            found = read(text.encode(), name)
            assert (found.kind, found.duration) == ("", None)


def test_whatever_the_bytes_nothing_is_raised():
    whole = making.film().read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        read(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        read(whole[:at])


def test_a_large_film_is_probed_in_little_memory(tmp_path):
    """20 GB is an ordinary day's film; only headers are read. Here 3 GB, most of it a hole."""
    data = making.film("late.mov").read_bytes()
    path = tmp_path / "large.mov"
    with path.open("wb") as file:
        file.write(data)
        file.seek(3 * 1024**3 - 8)
        file.write(b"\0\0\0\x08free")
    script = (
        "import resource, sys; from pathlib import Path; from liuhen.recordings.probing import probe;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "found = probe(Path(sys.argv[1]), 'a.mov');"
        "print(found.duration, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True, env=os.environ
    )
    duration, grown = told.stdout.split()
    assert 2900 <= int(duration) <= 3100
    assert int(grown) < 50_000, "KiB"
