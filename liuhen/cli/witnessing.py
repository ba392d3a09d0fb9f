"""The two ends of cosigning over HTTP (c2sp.org/tlog-witness): `witness serve` on the witness's machine, `checkpoint submit`
on the log's. The witness's end needs no database."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from liuhen.ledger import asking, notes
from liuhen.records import checkpoints
from liuhen.records.models import Checkpoint
from liuhen.records.seal import write_whole

PATIENCE = 30  # seconds


def server(
    address: tuple[str, int], logs: Sequence[notes.VerifierKey], key: notes.SigningKey, last: Path
) -> ThreadingHTTPServer:
    """A witness of one log, listening at once; ``last`` is the file of the checkpoint cosigned before, kept by it."""
    one_at_a_time = threading.Lock()

    def decide(text: str) -> asking.Answer:
        with one_at_a_time:
            before = last.read_text(encoding="utf-8") if last.exists() else None
            found = asking.answer(text, logs, before, key, int(time.time()))
            # Kept before it is handed out: a witness that forgets what it signed could be made to sign a second story.
            if found.note is not None:
                write_whole(last, found.note)
            return found

    return ThreadingHTTPServer(address, _handler(decide))


def _handler(decide: Callable[[str], asking.Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = PATIENCE

        def do_POST(self) -> None:
            self._say(self._answer())

        def _answer(self) -> asking.Answer:
            if self.path != asking.ADDRESS:
                return asking.Answer(HTTPStatus.NOT_FOUND, "没有这个地址\n")
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > asking.MOST:
                return asking.Answer(HTTPStatus.BAD_REQUEST, "请求过长，或者没有写长度\n")
            try:
                return decide(self.rfile.read(int(length)).decode())
            except UnicodeDecodeError:
                return asking.Answer(HTTPStatus.BAD_REQUEST, "请求不是 UTF-8\n")

        def _say(self, answer: asking.Answer) -> None:
            data = answer.text.encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.type)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            print(f"{self.log_date_time_string()} {self.client_address[0]} {format % args}", flush=True)

    return Handler


def submit(address: str) -> Path:
    """Send the newest checkpoint to a witness, take in what it cosigned, and return the file.

    Raises NoteError when the witness refuses, cannot be reached, or answers what does not hold.
    """
    found = Checkpoint.objects.order_by("-size").first()
    if found is None:
        raise notes.NoteError("日志还是空的，没有检查点")
    url = address.rstrip("/") + asking.ADDRESS
    status, text = _asked(url, found, 0)
    if status == HTTPStatus.CONFLICT:
        status, text = _asked(url, found, _size(text, found.size))
    if status != HTTPStatus.OK:
        raise notes.NoteError(f"见证人没有共签（{status}）：{text.strip()}")
    return checkpoints.take_in(found.note + text)


def _size(text: str, most: int) -> int:
    told = text.strip()
    if not told.isdecimal():
        raise notes.NoteError("见证人没有说明上次所见的条数")
    if int(told) > most:
        raise notes.NoteError(f"见证人见过 {told} 条的日志，现在只有 {most} 条：日志变短了")
    return int(told)


def _asked(url: str, checkpoint: Checkpoint, old: int) -> tuple[int, str]:
    proof = [bytes.fromhex(node) for node in checkpoints.consistency(old, checkpoint.size)]
    data = asking.written(asking.Request(old, proof, checkpoint.note)).encode()
    if not url.startswith(("http://", "https://")):
        raise notes.NoteError(f"见证人的地址应以 http:// 或 https:// 开头：{url}")
    request = urllib.request.Request(url, data, {"Content-Type": "text/plain; charset=utf-8"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310
            return response.status, response.read(asking.MOST).decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read(asking.MOST).decode(errors="replace")
    except (OSError, UnicodeDecodeError) as error:
        raise notes.NoteError(f"联系不上见证人：{url}（{error}）") from error
