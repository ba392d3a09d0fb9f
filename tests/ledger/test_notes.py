"""Checkpoints and cosignatures are those of C2SP, and whatever is not exactly so is refused."""

import stat

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import x25519
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from liuhen.ledger.notes import (
    LOG,
    WITNESS,
    Checkpoint,
    NoteError,
    SigningKey,
    VerifierKey,
    checkpoint_body,
    cosign,
    load_key,
    parse_checkpoint,
    parse_note,
    save_key,
    sign_checkpoint,
    sign_note,
    verify_cosignature,
    verify_note,
)

ROOT = bytes(range(32))
LOG_KEY = SigningKey("liuhen.example", LOG, Ed25519PrivateKey.from_private_bytes(bytes(32)))
WITNESS_KEY = SigningKey("witness.example", WITNESS, Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
NOTE = sign_checkpoint(7, ROOT, LOG_KEY)
COSIGNED = cosign(NOTE, WITNESS_KEY, 1_700_000_000)

# The note that the documentation of Go's sumdb/note package verifies.
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6"
    "RyyBwJnAM=\n"
)


def test_a_note_of_the_reference_implementation_verifies():
    key = VerifierKey.parse(GO_VKEY)
    assert (key.name, key.type, key.key_id.hex()) == ("PeterNeumann", LOG, "c74f20a3")
    assert verify_note(GO_NOTE, [key]) == [key]


def test_a_checkpoint_is_three_lines():
    assert (
        checkpoint_body("liuhen.example", 7, ROOT)
        == "liuhen.example\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    )
    assert NOTE.startswith(checkpoint_body("liuhen.example", 7, ROOT) + "\n— liuhen.example ")
    assert parse_checkpoint(NOTE) == Checkpoint("liuhen.example", 7, ROOT)


def test_the_log_signs_and_the_witness_cosigns():
    assert verify_note(COSIGNED, [LOG_KEY.verifier]) == [LOG_KEY.verifier]
    assert verify_cosignature(COSIGNED, WITNESS_KEY.verifier) == 1_700_000_000
    assert parse_checkpoint(COSIGNED) == parse_checkpoint(NOTE)


def test_the_latest_cosignature_counts():
    assert verify_cosignature(cosign(COSIGNED, WITNESS_KEY, 5), WITNESS_KEY.verifier) == 1_700_000_000


def test_unknown_signatures_are_ignored_even_under_a_known_name():
    same_name = SigningKey.generate("liuhen.example", LOG)
    signed_twice = NOTE + sign_checkpoint(7, ROOT, same_name).rpartition("\n\n")[2]
    assert verify_note(signed_twice, [LOG_KEY.verifier]) == [LOG_KEY.verifier]


def test_a_note_signed_by_nobody_known_is_refused():
    with pytest.raises(NoteError, match="没有已知密钥"):
        verify_note(NOTE, [SigningKey.generate("liuhen.example", LOG).verifier, WITNESS_KEY.verifier])
    with pytest.raises(NoteError, match=r"没有 witness\.example 的共签"):
        verify_cosignature(NOTE, WITNESS_KEY.verifier)


def test_a_changed_body_breaks_signature_and_cosignature():
    changed = COSIGNED.replace("\n7\n", "\n8\n")
    with pytest.raises(NoteError, match="签名不对"):
        verify_note(changed, [LOG_KEY.verifier])
    with pytest.raises(NoteError, match="共签不对"):
        verify_cosignature(changed, WITNESS_KEY.verifier)


def test_no_flipped_bit_in_a_cosigned_checkpoint_passes():
    data = COSIGNED.encode()
    for position in range(len(data)):
        changed = bytearray(data)
        changed[position] ^= 1 << position % 8
        with pytest.raises(ValueError, match=r".+"):
            assert both_hold(changed.decode())


def both_hold(text):
    return verify_note(text, [LOG_KEY.verifier]) and verify_cosignature(text, WITNESS_KEY.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a\n7\nAA==\n",
        "a\n\n",
        NOTE[:-1],
        NOTE.replace("\n\n", "\n"),
        NOTE.replace("— ", "- "),
        NOTE.replace("\n", "\r\n"),
        NOTE + "— x\n",
        NOTE + "— x AAAA\n",
        NOTE + "— x AAAAAA\n",
        NOTE + "— x AAAAAAB=\n",
        NOTE + "— x AAAA AAA=\n",
        NOTE + "—  AAAAAAA=\n",
        NOTE + "— x AAAAAAA=\n" * 64,
    ],
)
def test_malformed_notes_are_refused(text):
    with pytest.raises(NoteError):
        parse_note(text)


@pytest.mark.parametrize(
    "body",
    [
        "o\n7\n",
        "o\n07\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "o\n-1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "o\n1\nAAEC\n",
        "o\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=\n",
        "\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "o\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nextension\n",
    ],
)
def test_malformed_checkpoints_are_refused(body):
    with pytest.raises(NoteError):
        parse_checkpoint(sign_note(body, LOG_KEY))


def test_a_vkey_can_be_read_back():
    for key in (LOG_KEY.verifier, WITNESS_KEY.verifier):
        assert VerifierKey.parse(str(key)) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a+b",
        GO_VKEY[:-1],
        GO_VKEY.replace("c74f", "C74F"),
        GO_VKEY.replace("c74f", "c74e"),
        GO_VKEY.replace("Peter", "Pieter"),
        "a+00000000+",
        "a b+00000000+AQ==",
    ],
)
def test_malformed_vkeys_are_refused(text):
    with pytest.raises(NoteError):
        VerifierKey.parse(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u3000b", "a\nb"])
def test_key_names_have_no_spaces_and_no_plus(name):
    with pytest.raises(NoteError, match="密钥名称"):
        SigningKey.generate(name, LOG)


def test_keys_keep_to_their_use():
    with pytest.raises(NoteError, match="只能共签"):
        sign_checkpoint(7, ROOT, WITNESS_KEY)
    with pytest.raises(NoteError, match="须用见证密钥"):
        cosign(NOTE, LOG_KEY, 1)
    with pytest.raises(NoteError, match="不是见证公钥"):
        verify_cosignature(COSIGNED, LOG_KEY.verifier)
    with pytest.raises(NoteError, match="密钥类型"):
        SigningKey.generate("a", 2)


@pytest.mark.parametrize("time", [-1, 2**63])
def test_cosignature_times_are_checked(time):
    with pytest.raises(NoteError, match="共签时间"):
        cosign(NOTE, WITNESS_KEY, time)


def test_only_text_that_can_stand_in_a_note_is_signed():
    for body in ("no newline", "tab\t\n"):
        with pytest.raises(NoteError, match="换行"):
            sign_note(body, LOG_KEY)


def test_a_key_file_is_its_owners_alone_and_never_overwritten(tmp_path):
    path = tmp_path / "log.key"
    save_key(LOG_KEY, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_key(path).verifier == LOG_KEY.verifier
    assert path.read_text().startswith(f"{LOG_KEY.verifier}\n-----BEGIN PRIVATE KEY-----\n")
    with pytest.raises(FileExistsError):
        save_key(WITNESS_KEY, path)


def test_other_files_are_no_keys(tmp_path):
    path = tmp_path / "key"
    save_key(LOG_KEY, path)
    pem = path.read_bytes().partition(b"\n")[2]
    other = x25519.X25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = str(LOG_KEY.verifier).encode() + b"\n"
    for content in (b"", b"\xff\n", pem, public, public + other, f"{WITNESS_KEY.verifier}\n".encode() + pem):
        path.write_bytes(content)
        with pytest.raises(NoteError, match="密钥"):
            load_key(path)
