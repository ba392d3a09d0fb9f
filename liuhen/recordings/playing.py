"""What is played in place of a film or sound: small, in a form that every browser plays and seeks in, with its loudness."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

import av
import av.error
from PIL import Image

from liuhen.recordings import kinds
from liuhen.recordings.previews import shown_at
from liuhen.recordings.probing import opened

BOX = (854, 480)  # pixels that a preview fills at most
FASTEST = 25  # pictures a second
HERTZ = 32_000  # samples a second, of the preview's sound
TICKS = 90_000  # a second, of the preview's clock
PEAKS = 240  # how finely loudness is told
LOUDNESS = 8_000  # samples a second that are looked at for it
STRIP, TILE = 10, (120, 68)  # pictures of a strip, pixels of each
PLAYED = frozenset({"video/mp4", "video/webm", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav"})
CODECS = frozenset(
    {"h264", "vp8", "vp9", "av1", "libdav1d", "aac", "mp3", "mp3float", "opus", "vorbis", "pcm_s16le"}
)
FILM, SOUND = "play.mp4", "play.m4a"
_LAYOUTS = {1: "mono", 2: "stereo"}
_X264 = {"preset": "veryfast", "crf": "28", "profile": "main"}


class Loudness:
    """The greatest amplitude in each stretch of a sound of unknown length: when there are too many stretches, each two
    become one."""

    def __init__(self) -> None:
        self.peaks: list[int] = []
        self._length, self._filled = LOUDNESS // 10, 0

    def add(self, samples: array[int]) -> None:
        """Take the next samples, 16 bit."""
        start = 0
        while start < len(samples):
            if not self._filled:
                self.peaks.append(0)
            part = samples[start : start + self._length - self._filled]
            self.peaks[-1] = max(self.peaks[-1], max(part), -min(part))
            start += len(part)
            self._filled = (self._filled + len(part)) % self._length
            if len(self.peaks) >= 2 * PEAKS and not self._filled:
                self.peaks = [max(pair) for pair in zip(self.peaks[::2], self.peaks[1::2], strict=True)]
                self._length *= 2

    def told(self) -> list[int]:
        """From 0 to 100."""
        return [min(100, round(100 * peak / 32767)) for peak in self.peaks]


def make(file: BinaryIO, kind: kinds.Kind, folder: Path) -> dict[str, Any]:
    """Make the strip, and what is played where the file itself is not; length, loudness, and whether the file itself plays.
    Memory does not grow with the file. Raises FFmpegError, OSError and ValueError of a file that cannot be read at all."""
    with opened(file, kind) as container:
        plays = _plays(container, kind)
        seconds = (container.duration or 0) / 1_000_000
        if container.streams.video:
            _strip(container, folder / "strip.jpg")
    file.seek(0)
    with opened(file, kind) as container:
        heard = Loudness()
        reached = _played(container, None if plays else folder, heard)
    return {"seconds": round(seconds or reached, 3), "peaks": heard.told(), "plays": plays}


def _plays(container: Any, kind: kinds.Kind) -> bool:
    """Whether browsers play the file as it is."""
    streams = [*container.streams.video, *container.streams.audio]
    known = all(s.codec_context is not None and s.codec_context.name in CODECS for s in streams)
    family = kind.media_type if container.streams.video else kind.media_type.replace("video/", "audio/")
    plain = all(
        s.codec_context.pix_fmt in ("yuv420p", "yuvj420p") for s in container.streams.video if s.codec_context
    )
    return bool(streams) and known and plain and family in PLAYED


def _strip(container: Any, path: Path) -> None:
    """Pictures from beginning to end, side by side; none where it cannot be sought in."""
    if not container.duration:
        return
    strip = Image.new("RGB", (STRIP * TILE[0], TILE[1]))
    for n in range(STRIP):
        try:
            frame = shown_at(container, container.duration / 1_000_000 * n / STRIP)
        except av.error.FFmpegError:
            return
        if frame is not None:
            image = frame.to_image().rotate(frame.rotation, expand=True)
            image.thumbnail(TILE)
            strip.paste(image, (n * TILE[0] + (TILE[0] - image.width) // 2, (TILE[1] - image.height) // 2))
    strip.save(path, "JPEG", quality=70)


def _frames(container: Any) -> Iterator[Any]:
    """What can be decoded, in the order of the file; what is broken is left out."""
    video, audio = (next(iter(s), None) for s in (container.streams.video, container.streams.audio))
    for stream in (video, audio):
        if stream is not None and stream.codec_context is not None:
            stream.codec_context.thread_count = 1
    if audio is not None and audio.codec_context is not None and audio.channels in _LAYOUTS:
        # Plain samples say how many channels there are and not which; nothing can be made of that.
        audio.codec_context.layout = _LAYOUTS[audio.channels]
    for packet in container.demux(
        [s for s in (video, audio) if s is not None and s.codec_context is not None]
    ):
        try:
            yield from packet.decode()
        except av.error.InvalidDataError:
            continue


def _played(container: Any, folder: Path | None, heard: Loudness) -> float:
    """Read it through, into a preview in ``folder`` when there is one; how many seconds it lasts."""
    out = Preview(folder, bool(container.streams.video), bool(container.streams.audio)) if folder else None
    hearing = av.AudioResampler("s16", "mono", LOUDNESS)
    began, last = (container.start_time or 0) / 1_000_000, 0.0
    if out is None and not container.streams.audio:
        return 0.0
    for frame in _frames(container):
        at = max(0.0, (frame.time or 0) - began)
        last = max(last, at)
        if isinstance(frame, av.AudioFrame):
            for piece in hearing.resample(frame):
                heard.add(array("h", bytes(piece.planes[0])[: 2 * piece.samples]))
        if out is not None:
            if isinstance(frame, av.AudioFrame) and frame.pts is not None and frame.time_base:
                # A card's clock starts anywhere; pictures are counted from the beginning, and sound must be too.
                frame.pts -= round(began / frame.time_base)
            out.add(frame, at)
    if out is not None:
        out.close()
    return last


class Preview:
    """A preview on its way: H.264 and AAC, the index at the front; it bears its name once it is whole."""

    def __init__(self, folder: Path, seen: bool, heard: bool) -> None:
        self._path = folder / (FILM if seen else SOUND)
        self._part = folder / f".{self._path.name}"
        self._out = av.open(str(self._part), "w", format="mp4", options={"movflags": "+faststart"})
        self._video: Any = None
        self._audio: Any = self._out.add_stream("aac", rate=HERTZ, layout="mono") if heard else None
        self._seen, self._next = seen, 0.0
        self._mono = av.AudioResampler("fltp", "mono", HERTZ)
        if self._audio is not None:
            self._audio.bit_rate = 64_000

    def add(self, frame: Any, at: float) -> None:
        """Take a picture or a stretch of sound that begins ``at`` seconds."""
        if isinstance(frame, av.VideoFrame):
            self._picture(frame, at)
        elif self._audio is not None and (self._video is not None or not self._seen):
            for piece in self._mono.resample(frame):
                self._out.mux(self._audio.encode(piece))

    def _picture(self, frame: Any, at: float) -> None:
        if at + 0.001 < self._next:
            return
        self._next = at + 1 / FASTEST
        video = self._video = self._video or self._begun(frame)
        small = frame.reformat(video.width, video.height, "yuv420p")
        small.pts, small.time_base = round(at * TICKS), Fraction(1, TICKS)
        small.pict_type = 0
        self._out.mux(video.encode(small))

    def _begun(self, frame: Any) -> Any:
        shrink = min(1, BOX[0] / frame.width, BOX[1] / frame.height)
        video: Any = self._out.add_stream("libx264", rate=FASTEST, options=_X264)
        video.width, video.height = (max(2, int(n * shrink) // 2 * 2) for n in (frame.width, frame.height))
        video.pix_fmt = "yuv420p"
        video.codec_context.time_base = Fraction(1, TICKS)
        video.codec_context.gop_size = 2 * FASTEST
        video.codec_context.thread_count = 1
        if frame.rotation:
            video.set_display_rotation(frame.rotation)
        return video

    def close(self) -> None:
        """Finish it; it stands under its name then."""
        for stream in (self._video, self._audio):
            if stream is not None:
                self._out.mux(stream.encode(None))
        self._out.close()
        self._part.rename(self._path)
