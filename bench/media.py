"""A1, A1P: what a film says of itself, and a small picture of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import BinaryIO

import av
from PIL import Image

from bench import machine
from bench.place import folder
from bench.shape import FILM, Bench, Duel, at_once
from liuhen.recordings import apart, previews
from liuhen.recordings.probing import probe

WIDTH, HEIGHT, RATE = 1280, 720, 25
BITS = 4_000_000  # a second
DECODED = 10  # seconds
NOISE = 60.0  # standard deviation: something for the encoder to do
LOOKS = 8  # different pictures, one after the other


def film(path: Path) -> Path:
    """A film of FILM seconds, H.264 in MP4 as cameras make it."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=RATE, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = WIDTH, HEIGHT, "yuv420p", BITS
        noise = [Image.effect_noise((WIDTH // 4, HEIGHT // 4), NOISE) for _ in range(LOOKS)]
        images = [av.VideoFrame.from_image(n.resize((WIDTH, HEIGHT)).convert("RGB")) for n in noise]
        pictures = [image.reformat(format="yuv420p") for image in images]
        for n in range(FILM * RATE):
            picture = pictures[n % LOOKS]
            picture.pts, picture.time_base = n, Fraction(1, RATE)
            out.mux(stream.encode(picture))
        out.mux(stream.encode(None))
    return path


def decode(path: Path) -> None:
    """Every picture of the first seconds."""
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            if frame.time is not None and frame.time >= DECODED:
                break


@contextmanager
def looked_at(small_picture: Callable[[BinaryIO], bytes | None]) -> Iterator[Duel]:
    """A1, A1P."""
    with folder() as place:
        path = film(place / "film.mp4")

        def liuhen() -> None:
            with path.open("rb") as file:
                assert not probe(path, path.name).notes
                assert small_picture(file)

        yield Duel(liuhen=at_once(liuhen), peer=at_once(lambda: decode(path)), version=machine.of("av"))


def _looked_at(
    id: str, how: str, small_picture: Callable[[BinaryIO], bytes | None], floor: float, aim: float
) -> Bench:
    return Bench(
        id=id,
        title=f"读出 {FILM} 秒 720p 录像的元数据并取一张缩略图{how}",
        peer=f"解码同一录像的 {min(DECODED, FILM)} 秒",
        unit="秒",
        compare="time",
        floor=floor,
        aim=aim,
        stage=partial(looked_at, small_picture),
    )


BENCHES = (
    _looked_at("A1", "", previews.thumbnail, 1 / 2, 1 / 3),
    # What a process of its own costs does not depend on the film.
    _looked_at("A1P", "，取图在单独的进程中", apart.thumbnail, 1, 2 / 3),
)
