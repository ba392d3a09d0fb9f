"""Files made up for a play are small and real."""

import io

import av
import pytest
from PIL import Image

from liuhen.scripts import generated

SMALL = 60_000


@pytest.mark.parametrize("name", ["照片.png", "扫描.jpg", "凭证"])
def test_a_picture_opens_as_one(name: str) -> None:
    data = generated.content(name)
    assert len(data) < SMALL
    assert Image.open(io.BytesIO(data)).size == generated.SIZE


def test_a_paper_is_a_pdf() -> None:
    assert generated.content("通知.pdf").startswith(b"%PDF-")


def test_a_film_has_frames() -> None:
    data = generated.content("检查录像.mp4")
    assert len(data) < SMALL
    with av.open(io.BytesIO(data)) as container:
        assert len(list(container.decode(video=0))) == generated.FRAMES


def test_one_name_gives_one_content_and_two_names_two() -> None:
    assert generated.content("一.png", "01") == generated.content("一.png", "01")
    assert (
        len(
            {
                generated.content("一.png", "01"),
                generated.content("二.png", "01"),
                generated.content("一.png", "03"),
            }
        )
        == 3
    )


@pytest.mark.parametrize("name", ["甲", "执法人员甲", "张某某（代）"])
def test_a_signature_stays_on_the_pad(name: str) -> None:
    drawn = generated.strokes(name)
    assert drawn
    assert all(0 <= value <= 1000 for stroke in drawn for value in stroke)
    assert all(len(stroke) >= 4 for stroke in drawn)
