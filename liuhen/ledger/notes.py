"""Signed notes: the log's checkpoints and a witness's cosignatures, as C2SP writes them.

Sources: c2sp.org/signed-note, c2sp.org/tlog-checkpoint, c2sp.org/tlog-cosignature (v1), RFC 8032.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG = 0x01
WITNESS = 0x04
MAX_SIGNATURES = 64

_DASH = "—"
_BAD_NAME = re.compile(r"[\s+\x00-\x1f\x7f]")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")


class NoteError(ValueError):
    """A note, key or signature that is malformed or does not hold; the message is Chinese."""


@dataclass(frozen=True)
class VerifierKey:
    """A public key with its name and its type, LOG or WITNESS; ``str`` gives the vkey text."""

    name: str
    type: int
    public: bytes

    def __post_init__(self) -> None:
        _check_key(self.name, self.type)
        if len(self.public) != 32:
            raise NoteError("公钥应为 32 字节")

    @property
    def key_id(self) -> bytes:
        """The four bytes that name this key in a signature line."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public).digest()[:4]

    @property
    def fingerprint(self) -> str:
        """The hex SHA-256 of the vkey text, to be compared by people."""
        return hashlib.sha256(str(self).encode()).hexdigest()

    def __str__(self) -> str:
        encoded = base64.b64encode(bytes([self.type]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    @staticmethod
    def parse(text: str) -> VerifierKey:
        """Read a vkey, ``name+hex(key id)+base64(type || public key)``; raises NoteError."""
        parts = text.split("+", 2)
        if len(parts) != 3:
            raise NoteError(f"公钥写法不对：{text!r}")
        data = _unbase64(parts[2])
        key = VerifierKey(parts[0], data[0] if data else 0, data[1:])
        if str(key) != text:
            raise NoteError(f"公钥写法不对，或者与其编号不符：{text!r}")
        return key

    def holds(self, signature: bytes, message: bytes) -> bool:
        """Say whether the 64-byte signature is this key's over the message (RFC 8032)."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """A private key with its name and type; its name is the log's origin or the witness's name."""

    name: str
    type: int
    private: Ed25519PrivateKey

    def __post_init__(self) -> None:
        _check_key(self.name, self.type)

    @staticmethod
    def generate(name: str, type: int) -> SigningKey:
        """Return a new random key; ``type`` is LOG or WITNESS. Raises NoteError on a bad name."""
        return SigningKey(name, type, Ed25519PrivateKey.generate())

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self.type, self.private.public_key().public_bytes_raw())


@dataclass(frozen=True)
class Signature:
    """One signature line of a note, not yet verified."""

    name: str
    key_id: bytes
    data: bytes


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself: ``size`` leaves under ``root`` (32 bytes)."""

    origin: str
    size: int
    root: bytes


def checkpoint_body(origin: str, size: int, root: bytes) -> str:
    """Return the three lines that are signed, with the final newline (tlog-checkpoint)."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def sign_note(body: str, key: SigningKey) -> str:
    """Return the note: body, blank line, the key's signature line. Raises NoteError on a malformed body."""
    if key.type != LOG:
        raise NoteError("见证密钥只能共签")
    if not body.endswith("\n") or _CONTROL.search(body):
        raise NoteError("签署的文字应以换行结尾，不能有控制字符")
    return f"{body}\n{_line(key, key.private.sign(body.encode()))}"


def sign_checkpoint(size: int, root: bytes, key: SigningKey) -> str:
    """Return the signed checkpoint of the log whose key this is; the origin is the key's name."""
    return sign_note(checkpoint_body(key.name, size, root), key)


def parse_note(note_text: str) -> tuple[str, list[Signature]]:
    """Return the body and the signature lines of a note, nothing verified. Raises NoteError."""
    body, separator, tail = note_text.rpartition("\n\n")
    if not separator or not tail.endswith("\n") or _CONTROL.search(note_text):
        raise NoteError("不是签名文本：应为正文、空行、签名行")
    lines = tail[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NoteError("签名行过多")
    return f"{body}\n", [_parse_line(line) for line in lines]


def parse_checkpoint(note_text: str) -> Checkpoint:
    """Read the checkpoint of a note without verifying it; see ``verify_note``. Raises NoteError.

    Extension lines are refused: nobody could audit them.
    """
    body, _ = parse_note(note_text)
    lines = body[:-1].split("\n")
    if len(lines) != 3 or not lines[0] or not _SIZE.fullmatch(lines[1]):
        raise NoteError("不是检查点：应为名称、大小、树根三行")
    root = _unbase64(lines[2])
    if len(root) != 32:
        raise NoteError("检查点的树根应为 32 字节")
    return Checkpoint(lines[0], int(lines[1]), root)


def verify_note(note_text: str, keys: Sequence[VerifierKey]) -> list[VerifierKey]:
    """Return those of the log keys that signed the note, at least one.

    Raises NoteError when none did, when a signature of a known key does not hold, or on a malformed note.
    """
    body, signatures = parse_note(note_text)
    signers = [key for key in keys if key.type == LOG and _signed(key, body, signatures)]
    if not signers:
        raise NoteError("没有已知密钥的签名")
    return signers


def cosign(note_text: str, key: SigningKey, unix_time: int) -> str:
    """Return the note with the witness's cosignature line added; ``unix_time`` in seconds.

    The caller has verified the log's signature and the consistency with what it saw before.
    Raises NoteError on a key that is no witness key, a bad time, or a note that is no checkpoint.
    """
    if key.type != WITNESS:
        raise NoteError("共签须用见证密钥")
    if not 0 <= unix_time < 2**63:
        raise NoteError("共签时间不对")
    parse_checkpoint(note_text)
    body, _ = parse_note(note_text)
    stamped = unix_time.to_bytes(8, "big") + key.private.sign(_cosigned(body, unix_time))
    return note_text + _line(key, stamped)


def verify_cosignature(note_text: str, key: VerifierKey) -> int:
    """Return the Unix time, in seconds, of the witness's latest cosignature.

    Raises NoteError when there is none, when one does not hold, or on a malformed note.
    """
    body, signatures = parse_note(note_text)
    if key.type != WITNESS:
        raise NoteError("不是见证公钥")
    times: list[int] = []
    for data in _of(key, signatures):
        time = int.from_bytes(data[:8], "big")
        if len(data) != 72 or time >= 2**63 or not key.holds(data[8:], _cosigned(body, time)):
            raise NoteError(f"{key.name} 的共签不对")
        times.append(time)
    if not times:
        raise NoteError(f"没有 {key.name} 的共签")
    return max(times)


def save_key(key: SigningKey, path: Path) -> None:
    """Write a key to a new file that only its owner may read: a line with the vkey, then PEM (PKCS 8).

    The line tells name and type, which PEM cannot. Raises FileExistsError: no key is ever overwritten.
    """
    pem = key.private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(f"{key.verifier}\n".encode() + pem)


def load_key(path: Path) -> SigningKey:
    """Read a key file of ``save_key``; raises NoteError on another file, OSError when it cannot be read."""
    first, _, pem = path.read_bytes().partition(b"\n")
    try:
        public = VerifierKey.parse(first.decode())
        private = serialization.load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise NoteError(f"不是密钥文件：{path.name}") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise NoteError(f"不是 Ed25519 密钥：{path.name}")
    key = SigningKey(public.name, public.type, private)
    if key.verifier != public:
        raise NoteError(f"密钥文件的公钥与私钥不符：{path.name}")
    return key


def _check_key(name: str, type: int) -> None:
    if not name or _BAD_NAME.search(name):
        raise NoteError(f"密钥名称不能为空，不能有空白和加号：{name!r}")
    if type not in (LOG, WITNESS):
        raise NoteError(f"密钥类型不对：{type}")


def _line(key: SigningKey, data: bytes) -> str:
    verifier = key.verifier
    return f"{_DASH} {verifier.name} {base64.b64encode(verifier.key_id + data).decode()}\n"


def _parse_line(line: str) -> Signature:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != _DASH or not parts[1]:
        raise NoteError(f"签名行写法不对：{line!r}")
    data = _unbase64(parts[2])
    if len(data) < 5:
        raise NoteError(f"签名行过短：{line!r}")
    return Signature(parts[1], data[:4], data[4:])


def _of(key: VerifierKey, signatures: Sequence[Signature]) -> list[bytes]:
    # Name and id together: unknown keys are to be ignored even when one of the two agrees (signed-note).
    return [each.data for each in signatures if (each.name, each.key_id) == (key.name, key.key_id)]


def _signed(key: VerifierKey, body: str, signatures: Sequence[Signature]) -> bool:
    found = _of(key, signatures)
    if not all(key.holds(data, body.encode()) for data in found):
        raise NoteError(f"{key.name} 的签名不对")
    return bool(found)


def _cosigned(body: str, unix_time: int) -> bytes:
    return f"cosignature/v1\ntime {unix_time}\n{body}".encode()


def _unbase64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError(f"不是 Base64：{text!r}") from error
    # Spare bits in the last character would let two texts stand for one signature.
    if base64.b64encode(data).decode() != text:
        raise NoteError(f"Base64 写法不唯一：{text!r}")
    return data
