"""Small pictures: of photographs as they were taken, of films; nothing of what cannot be read."""

import io

import pytest
from PIL import Image

from liuhen.recordings.previews import THUMB, thumbnail
from tests.recordings import making


def shown(path):
    with path.open("rb") as file:
        return Image.open(io.BytesIO(thumbnail(file)))


def test_a_turned_photograph_stands_upright():
    """Orientation 6: the left half, red, was at the top."""
    image = shown(making.photo(orientation=6))
    assert image.size == (100, 200)
    red, blue = image.getpixel((50, 20)), image.getpixel((50, 180))
    assert red[0] > 150 > red[2]
    assert blue[2] > 150 > blue[0]


@pytest.mark.parametrize(
    ("name", "codec", "sound"),
    [("a.mp4", "libx264", "aac"), ("a.avi", "mjpeg", None), ("a.webm", "libvpx-vp9", None)],
)
def test_a_film_shows_a_picture_of_it(name, codec, sound):
    image = shown(making.film(name, codec=codec, sound=sound))
    assert image.size == making.SIZE
    assert image.getpixel((120, 60))[0] > 120
    assert image.size <= THUMB


def test_a_film_held_upright_is_shown_upright():
    assert shown(making.film("turned.mp4", turned=90)).size == making.SIZE[::-1]


@pytest.mark.parametrize("data", [b"", b"rubbish", b"\xff\xd8\xff broken", b"%PDF-1.7"])
def test_what_cannot_be_read_has_none(data):
    assert thumbnail(io.BytesIO(data)) is None


def test_a_sound_recording_has_none():
    with making.sound().open("rb") as file:
        assert thumbnail(file) is None
    assert thumbnail(io.BytesIO(making.film().read_bytes()[:900])) is None
