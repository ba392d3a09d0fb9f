"""Two places of one vault: what one has lost the other gives; what is rotten in one is not passed on (R34.3)."""

import io

import pytest

from liuhen.vault import places
from liuhen.vault.errors import DigestDiffers, ObjectLocked, ObjectMissing, StoreUnreachable, VaultError
from liuhen.vault.places import FIRST, SECOND, Vault
from liuhen.vault.s3 import S3
from liuhen.vault.store import Stored
from tests.vault.stores import NOWHERE, PHOTO, OnFilesystem, digest_of

NOBODY = S3("bucket", endpoint="http://127.0.0.1:9")


@pytest.fixture
def first(tmp_path):
    return OnFilesystem(tmp_path / "first")


@pytest.fixture(params=["filesystem", "s3"])
def second(request, tmp_path):
    if request.param == "filesystem":
        return OnFilesystem(tmp_path / "second")
    return request.getfixturevalue("on_s3")


@pytest.fixture
def noted():
    return []


@pytest.fixture
def vault(first, second, noted):
    return Vault(first.store, second.store, noted=lambda *told: noted.append(told))


class TestPut:
    def test_a_small_file_is_in_both_at_once(self, vault, first, second, noted):
        stored = vault.put(io.BytesIO(PHOTO), expect=digest_of(PHOTO))
        assert first.store.verify(stored.digest) == second.store.verify(stored.digest) == "ok"
        assert noted == [(Stored(digest_of(PHOTO), len(PHOTO)), (FIRST, SECOND))]

    @pytest.mark.parametrize("both", [True, False])
    def test_a_large_one_follows_unless_both_are_asked_for(self, first, second, noted, monkeypatch, both):
        monkeypatch.setattr(places, "AT_ONCE", len(PHOTO) - 1)
        vault = Vault(first.store, second.store, both=both, noted=lambda *told: noted.append(told))
        stored = vault.put(PHOTO)
        assert second.store.exists(stored.digest) is both
        assert noted == [(stored, (FIRST, SECOND) if both else (FIRST,))]
        assert vault.copy(stored.digest, FIRST, SECOND) == stored
        assert second.store.verify(stored.digest) == "ok"

    def test_a_second_place_that_fails_waits(self, first, noted):
        stored = Vault(first.store, NOBODY, noted=lambda *told: noted.append(told)).put(PHOTO)
        assert noted == [(stored, (FIRST,))]

    def test_a_second_place_that_fails_fails_the_put_where_both_are_asked_for(self, first, noted):
        with pytest.raises(StoreUnreachable):
            Vault(first.store, NOBODY, both=True, noted=lambda *told: noted.append(told)).put(PHOTO)
        assert noted == []

    def test_nothing_is_told_of_what_was_refused(self, vault, noted):
        with pytest.raises(DigestDiffers):
            vault.put(PHOTO, expect=NOWHERE)
        assert noted == []

    def test_damage_is_not_passed_on(self, vault, first, second):
        digest = first.store.put(PHOTO).digest
        first.alter(digest, b"forged")
        with pytest.raises(DigestDiffers):
            vault.copy(digest, FIRST, SECOND)
        assert list(second.store.all()) == []


class TestRead:
    def test_what_the_first_has_lost_the_second_gives(self, vault, first):
        digest = vault.put(PHOTO).digest
        first.lose(digest)
        assert vault.exists(digest)
        assert vault.size(digest) == len(PHOTO)
        with vault.open(digest) as file:
            assert file.read() == PHOTO
        assert vault.verify(digest) == "missing"

    def test_what_the_second_has_lost_is_told_too(self, vault, second):
        digest = vault.put(PHOTO).digest
        assert vault.verify(digest) == "ok"
        second.alter(digest, b"forged")
        assert vault.verify(digest) == "altered"

    def test_what_no_place_has_is_missing_and_what_does_not_answer_is_not(self, vault, first):
        with pytest.raises(ObjectMissing):
            vault.open(NOWHERE)
        assert not vault.exists(NOWHERE)
        half = Vault(first.store, NOBODY)
        with pytest.raises(StoreUnreachable):
            half.exists(NOWHERE)
        with half.open(first.store.put(PHOTO).digest) as file:
            assert file.read() == PHOTO

    def test_all_are_those_of_either_once(self, vault, first, second):
        both = vault.put(PHOTO).digest
        one, other = first.store.put(b"one").digest, second.store.put(b"other").digest
        assert list(vault.all()) == sorted([both, one, other])


class TestDestroy:
    def test_it_goes_from_every_place(self, vault, first, second):
        digest = vault.put(PHOTO).digest
        assert vault.destroy(digest) is True
        assert not first.store.exists(digest)
        assert not second.store.exists(digest)
        assert vault.destroy(digest) is False

    def test_one_place_that_holds_it_does_not_keep_the_other_from_destroying(self, first, locking):
        vault = Vault(first.store, locking.store)
        digest = vault.put(PHOTO).digest
        with pytest.raises(ObjectLocked):
            vault.destroy(digest)
        assert not first.store.exists(digest)
        assert locking.store.verify(digest) == "ok"

    def test_one_place_that_does_not_answer_neither(self, first):
        vault = Vault(NOBODY, first.store)
        digest = first.store.put(PHOTO).digest
        with pytest.raises(VaultError):
            vault.destroy(digest)
        assert not first.store.exists(digest)


def test_dead_writers_are_told_of_in_every_place(vault, first):
    (first.root / "incoming").mkdir(parents=True)
    (first.root / "incoming" / "dead.part").write_bytes(b"half")
    assert vault.leftovers() == ["dead.part"]
    assert vault.sweep() == 1
    assert vault.leftovers() == []
