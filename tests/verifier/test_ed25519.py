"""Ed25519 in plain Python judges as RFC 8032 wants and as a maintained library does."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
keys = st.binary(min_size=32, max_size=32).map(Ed25519PrivateKey.from_private_bytes)

# RFC 8032 §7.1, tests 1 to 3: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
        "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0"
        "85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
        "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


def peer(public, message, signature):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@pytest.mark.parametrize("vector", VECTORS, ids=["empty", "one byte", "two bytes"])
def test_vectors_of_the_standard(verifier, vector):
    assert verifier.ed25519(*map(bytes.fromhex, vector))


@given(keys, st.binary(max_size=200))
def test_accepts_what_a_library_signs(verifier, key, message):
    assert verifier.ed25519(key.public_key().public_bytes_raw(), message, key.sign(message))


@given(keys, st.binary(min_size=1, max_size=40), st.data())
def test_agrees_with_a_library_on_whatever_is_changed(verifier, key, message, data):
    parts = [key.public_key().public_bytes_raw(), message, key.sign(message)]
    which = data.draw(st.integers(0, 2))
    position, bit = data.draw(st.integers(0, len(parts[which]) - 1)), data.draw(st.integers(0, 7))
    changed = bytearray(parts[which])
    changed[position] ^= 1 << bit
    parts[which] = bytes(changed)
    assert not verifier.ed25519(*parts)
    assert not peer(*parts)


@given(st.binary(max_size=70), st.binary(max_size=5), st.binary(max_size=70))
def test_agrees_with_a_library_on_noise(verifier, public, message, signature):
    assert verifier.ed25519(public, message, signature) == peer(public, message, signature)


@given(keys)
def test_a_second_form_of_s_is_refused(verifier, key):
    public, signature = key.public_key().public_bytes_raw(), key.sign(b"m")
    s = int.from_bytes(signature[32:], "little") + Q
    second = signature[:32] + s.to_bytes(32, "little")
    assert not verifier.ed25519(public, b"m", second)
    assert not peer(public, b"m", second)


@pytest.mark.parametrize("y", [P, P + 1, 2**255 - 1, P + 2**255], ids=["p", "p+1", "2^255-1", "-0"])
def test_a_second_form_of_a_key_is_refused(verifier, y):
    identity, zero = (1).to_bytes(32, "little"), bytes(32)
    assert not verifier.ed25519(y.to_bytes(32, "little"), b"m", identity + zero)


def test_keys_of_small_order_are_judged_as_the_library_does(verifier):
    identity, minus_one = (1).to_bytes(32, "little"), (P - 1).to_bytes(32, "little")
    for public in (identity, minus_one, bytes(32)):
        for r in (identity, minus_one, bytes(32)):
            for message in (b"", b"a", b"b", b"c"):
                signature = r + bytes(32)
                assert verifier.ed25519(public, message, signature) == peer(public, message, signature)
