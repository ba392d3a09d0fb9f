"""Real films, sounds and photographs, small, made by the libraries that read them; each once a session."""

import math
from array import array
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import av
from PIL import ExifTags, Image, ImageDraw

STARTED = "2026-03-05T01:00:00Z"
PHONE = {
    "creation_time": STARTED, "com.apple.quicktime.make": "示例牌", "com.apple.quicktime.model": "手机 14",
    "com.apple.quicktime.location.ISO6709": "+38.9140+121.6147+010.000/",
}  # fmt: skip
SIZE = (160, 90)
RATE, HERTZ = 10, 8000


@cache
def folder():
    return Path(mkdtemp(prefix="liuhen-media-"))


@cache
def film(
    name="film.mp4",
    *,
    seconds=3,
    codec="libx264",
    sound="aac",
    size=SIZE,
    told=(),
    turned=0,
    flags="",
    clock=0,
):
    """A film whose picture tells the second; ``told``: pairs of its metadata; ``turned``: degrees; ``clock``: where its own clock
    begins, in seconds."""
    path = folder() / f"{abs(hash((seconds, codec, sound, size, told, turned, flags, clock)))}-{name}"
    options = {"movflags": f"use_metadata_tags{flags}"} if path.suffix in (".mp4", ".mov") else {}
    if clock:
        options["output_ts_offset"] = str(clock)
    with av.open(str(path), "w", options=options) as out:
        out.metadata.update(dict(told))
        video = out.add_stream(codec, rate=RATE)
        video.width, video.height = size
        video.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        if turned:
            video.set_display_rotation(turned)
        audio = out.add_stream(sound, rate=HERTZ, layout="mono") if sound else None
        for n in range(seconds * RATE):
            out.mux(video.encode(_frame(n, size)))
        out.mux(video.encode(None))
        if audio:
            _hum(out, audio, seconds)
    return path


def _frame(n, size):
    """Second 0 is red, 1 green, 2 blue, and over again."""
    colour = [(200, 20, 20), (20, 160, 20), (20, 20, 200)][n // RATE % 3]
    image = Image.new("RGB", size, colour)
    ImageDraw.Draw(image).text((4, 4), str(n // RATE), fill="white")
    return av.VideoFrame.from_image(image)


def _hum(out, stream, seconds):
    """Loud in even seconds, silent in odd ones."""
    samples = array("h", (
        int(16000 * math.sin(2 * math.pi * 440 * n / HERTZ)) if n // HERTZ % 2 == 0 else 0 for n in range(seconds * HERTZ)
    ))  # fmt: skip
    resampler = av.AudioResampler(format=stream.format, layout=stream.layout, rate=stream.rate)
    step = 800
    for start in range(0, len(samples), step):
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(samples[start : start + step]))
        frame.planes[0].update(samples[start : start + step].tobytes())
        frame.sample_rate, frame.pts = HERTZ, start
        for piece in resampler.resample(frame):
            out.mux(stream.encode(piece))
    for piece in resampler.resample(None):
        out.mux(stream.encode(piece))
    out.mux(stream.encode(None))


@cache
def sound(name="sound.wav", *, seconds=3, codec="pcm_s16le"):
    path = folder() / f"{seconds}-{codec}-{name}"
    with av.open(str(path), "w") as out:
        _hum(out, out.add_stream(codec, rate=HERTZ, layout="mono"), seconds)
    return path


@cache
def photo(name="photo.jpg", *, at="2026:03:05 09:10:11", zone="", gps=True, orientation=1, size=(200, 100)):
    """A photograph: left half red, right half blue before it is turned."""
    path = folder() / f"{abs(hash((at, zone, gps, orientation, size)))}-{name}"
    image = Image.new("RGB", size, (200, 20, 20))
    image.paste((20, 20, 200), (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "Example", "Example X1"
    exif[ExifTags.Base.Orientation] = orientation
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = at
    if zone:
        inner[ExifTags.Base.OffsetTimeOriginal] = zone
    if gps:
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLongitudeRef] = "N", "E"
        place[ExifTags.GPS.GPSLatitude], place[ExifTags.GPS.GPSLongitude] = (
            (38.0, 54.0, 50.4),
            (121.0, 36.0, 52.92),
        )
    image.save(path, "JPEG", exif=exif)
    return path


def utc(text):
    return datetime.fromisoformat(text)
