"""Q1: the code on a paper is found in a scan of it."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from contextlib import contextmanager

import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from bench import machine
from bench.papers import CONTEXT, paper
from bench.place import processes
from bench.shape import SCANS, Bench, Duel, at_once
from liuhen.papers import page_images, qr

DPI = 150
TURN = 4.0  # degrees, either way
BLUR = 0.7  # pixels
NOISE = 14.0  # standard deviation, of 255 shades
QUALITY = 60  # of the JPEG


def scan(page: Image.Image, seed: int) -> Image.Image:
    """The page as a scanner in use gives it: turned, a little blurred, noisy, strongly compressed."""
    chance = random.Random(seed)  # noqa: S311
    turned = page.rotate(chance.uniform(-TURN, TURN), Image.Resampling.BICUBIC, fillcolor=255)
    noise = Image.effect_noise(page.size, NOISE)
    noisy = ImageChops.add(turned.filter(ImageFilter.GaussianBlur(BLUR)), noise, offset=-128)
    file = io.BytesIO()
    noisy.save(file, "JPEG", quality=QUALITY)
    return Image.open(file)


def found(seeds: range) -> int:
    """In how many scans of a paper its code is read."""
    (image, *_) = page_images(paper(0), DPI)
    page, wanted = Image.open(io.BytesIO(image)).convert("L"), qr.text(CONTEXT)
    return sum(wanted in {code.text for code in zxingcpp.read_barcodes(scan(page, seed))} for seed in seeds)


@contextmanager
def scans() -> Iterator[Duel]:
    """Q1, in two processes."""
    halves = [range(SCANS // 2), range(SCANS // 2, SCANS)]
    with processes(2) as pool:
        share = at_once(lambda: sum(pool.map(found, halves)) / SCANS)
        yield Duel(liuhen=share, peer=share, version=machine.of("zxing-cpp"))


BENCHES = (
    Bench(
        id="Q1",
        title=f"{DPI} dpi 模拟扫描件上读出二维码（{SCANS} 页：转动、模糊、噪点、压缩）",
        peer="zxing-cpp 读码",
        unit="份额",
        compare="share",
        floor=0.95,
        aim=0.99,
        stage=scans,
    ),
)
