"""A store in a bucket, beyond what every store promises: locks, versions, proof by reading back, networks that fail."""

import errno
import io
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError

from liuhen.vault import s3, s3_sending
from liuhen.vault.addresses import store_at
from liuhen.vault.errors import (
    AddressInvalid,
    DigestDiffers,
    NotProved,
    ObjectLocked,
    ObjectUnreadable,
    StoreUnreachable,
    VaultFull,
)
from liuhen.vault.filesystem import Filesystem
from liuhen.vault.s3 import S3
from tests.vault.stores import PART, PHOTO, OnS3, Trickle, digest_of

FILM = bytes(range(256)) * (2 * PART // 256) + b"end"


def from_now(**length):
    return datetime.now(UTC).replace(microsecond=0) + timedelta(**length)


def events(on, **handlers):
    """Let something happen to requests on their way, by the name of the operation."""
    for operation, handler in handlers.items():
        on.client.meta.events.register(f"before-call.s3.{operation}", handler)


class TestProof:
    @pytest.mark.parametrize(("data", "operation"), [(PHOTO, "PutObject"), (FILM, "UploadPart")])
    def test_what_arrives_otherwise_than_it_was_sent_is_not_stored(self, on_s3, data, operation):
        """The service at hand accepts a wrong checksum: only reading back shows it."""

        def mangle(params, **_):
            params["body"] = io.BytesIO(b"x" * len(data)) if operation == "UploadPart" else b"x" * len(data)

        events(on_s3, **{operation: mangle})
        with pytest.raises(NotProved, match="读回的内容与存入的不符，没有存入"):
            on_s3.store.put(data)
        assert list(on_s3.store.all()) == []

    def test_every_put_is_read_back_once(self, on_s3):
        read = []
        events(on_s3, GetObject=lambda **_: read.append(1))
        on_s3.store.put(PHOTO)
        assert len(read) == 1

    def test_checksums_go_with_every_piece(self, on_s3):
        sent = []

        def note(params, **_):
            sent.append(params["headers"].get("x-amz-checksum-sha256"))

        events(on_s3, PutObject=note, UploadPart=note)
        on_s3.store.put(PHOTO)
        on_s3.store.put(FILM)
        assert len(sent) == 4
        assert all(sent)


class TestOnce:
    def test_a_writer_that_comes_late_finds_the_key_taken(self, on_s3, monkeypatch):
        """Between asking and writing another one wrote: the condition holds, and what stands there is proved."""
        digest = on_s3.store.put(PHOTO).digest
        monkeypatch.setattr(S3, "exists", lambda *_: False)
        before = on_s3.versions()
        assert on_s3.store.put(PHOTO).digest == digest
        assert on_s3.versions() == before

    @pytest.mark.parametrize(
        ("codes", "written", "conditions"),
        [
            (["PreconditionFailed"], False, [True]),
            (["NotImplemented"], True, [True, False]),
            (["ConditionalRequestConflict"], True, [True, True]),
            ([], True, [True]),
        ],
    )
    def test_what_a_store_says_to_the_condition(self, monkeypatch, codes, written, conditions):
        asked, answers = [], iter(codes)
        monkeypatch.setattr(s3_sending.time, "sleep", lambda _: None)

        class Client:
            def put_object(self, **given):
                asked.append("IfNoneMatch" in given)
                if code := next(answers, ""):
                    raise ClientError({"Error": {"Code": code}}, "PutObject")

        assert s3_sending.send_small(Client(), "b", "k", b"x") is written
        assert asked == conditions

    def test_a_conflict_without_end_is_raised(self, monkeypatch):
        monkeypatch.setattr(s3_sending.time, "sleep", lambda _: None)

        class Client:
            def put_object(self, **_):
                raise ClientError({"Error": {"Code": "ConditionalRequestConflict"}}, "PutObject")

        with pytest.raises(ClientError):
            s3_sending.send_small(Client(), "b", "k", b"x")


class TestLock:
    @pytest.mark.parametrize("data", [PHOTO, FILM])
    def test_what_is_put_is_locked_and_nobody_removes_it(self, locking, data):
        digest = locking.store.put(data).digest
        assert abs(locking.store.held_until(digest) - from_now(days=90)) < timedelta(minutes=5)
        with pytest.raises(ObjectLocked, match="以后才能销毁"):
            locking.store.destroy(digest)
        assert locking.store.verify(digest) == "ok"

    def test_never_longer_than_the_retention_that_the_caller_gives(self, locking):
        until = from_now(days=10)
        digest = locking.store.put(PHOTO, keep_until=until).digest
        assert locking.store.held_until(digest) == until

    def test_a_lock_is_lengthened_and_never_shortened(self, locking):
        digest = locking.store.put(PHOTO).digest
        later = from_now(days=3653)
        assert locking.store.hold(digest, later) == later
        assert locking.store.hold(digest, from_now(days=1)) == later
        assert locking.store.held_until(digest) == later

    def test_a_lock_is_renewed_before_it_runs_out_and_only_then(self, locking):
        digest = locking.store.put(PHOTO, keep_until=from_now(days=40)).digest
        later = from_now(days=41)
        locking.store.renew(digest, later)
        assert locking.store.held_until(digest) == later
        locking.store.renew(digest)
        first = locking.store.held_until(digest)
        assert first > from_now(days=89)
        asked = []
        events(locking, PutObjectRetention=lambda **_: asked.append(1))
        locking.store.renew(digest)
        assert locking.store.held_until(digest) == first
        assert asked == []

    def test_a_bucket_that_cannot_lock_is_used_without(self, on_s3):
        digest = on_s3.store.put(PHOTO).digest
        assert on_s3.store.hold(digest, from_now(days=1)) is None
        assert on_s3.store.held_until(digest) is None
        assert on_s3.store.destroy(digest) is True

    def test_none_is_set_where_the_address_says_so(self, service):
        on = OnS3(service, lock=True)
        unlocked = S3(on.bucket, endpoint=service, lock=timedelta(0))
        assert unlocked.held_until(unlocked.put(PHOTO).digest) is None


class TestVersions:
    @pytest.fixture
    def versioned(self, on_s3):
        on_s3.client.put_bucket_versioning(Bucket=on_s3.bucket, VersioningConfiguration={"Status": "Enabled"})
        return on_s3

    def test_who_writes_over_a_locked_object_is_found_and_the_object_comes_back(self, locking):
        """A lock keeps the version, not the view: what lies on top is altered, and taken away it is whole again."""
        digest = locking.store.put(PHOTO).digest
        locking.alter(digest, b"forged")
        assert locking.store.verify(digest) == "altered"

        assert locking.store.earlier(digest)
        kept = locking.store.set_aside(digest)
        assert locking.store.verify(digest) == "missing"

        assert locking.store.revive(digest) is True
        assert locking.bytes_aside(kept) == b"forged"
        assert locking.store.verify(digest) == "ok"

    def test_who_deletes_a_locked_object_only_hides_it(self, locking):
        digest = locking.store.put(PHOTO).digest
        locking.lose(digest)
        assert locking.store.verify(digest) == "missing"
        assert locking.store.set_aside(digest) == ""
        assert locking.store.revive(digest) is True
        assert locking.store.verify(digest) == "ok"

    def test_a_rotten_version_that_is_locked_is_hidden_and_a_whole_one_put_over_it(self, locking):
        digest = locking.store.put(PHOTO).digest
        locking.alter(digest, b"forged")
        head = locking.client.head_object(Bucket=locking.bucket, Key=locking.key(digest))
        locking.client.put_object_retention(
            Bucket=locking.bucket, Key=locking.key(digest), VersionId=head["VersionId"],
            Retention={"Mode": "COMPLIANCE", "RetainUntilDate": from_now(days=1)},
        )  # fmt: skip
        locking.store.set_aside(digest)
        assert locking.store.put(PHOTO).digest == digest
        assert locking.store.verify(digest) == "ok"

    def test_what_has_no_whole_version_is_not_revived(self, locking, on_s3):
        digest = digest_of(PHOTO)
        locking.alter(digest, b"forged")
        assert not locking.store.earlier(digest)
        assert locking.store.revive(digest) is False
        on_s3.store.put(PHOTO)
        on_s3.alter(digest, b"forged")
        assert not on_s3.store.earlier(digest)

    def test_disposal_leaves_no_version_and_no_mark(self, versioned):
        digest = versioned.store.put(PHOTO).digest
        versioned.alter(digest, b"forged")
        versioned.lose(digest)
        versioned.store.put(PHOTO)
        assert versioned.store.destroy(digest) is True
        assert versioned.versions() == []


class TestFailing:
    def test_a_store_that_does_not_answer_is_said_so_and_nothing_is_called_missing(self):
        store = S3("bucket", endpoint="http://127.0.0.1:9")
        for act in (
            lambda: store.put(PHOTO), lambda: store.exists(digest_of(PHOTO)), lambda: store.verify(digest_of(PHOTO)),
            lambda: list(store.all()), lambda: list(store.verify_all([digest_of(PHOTO)])),
        ):  # fmt: skip
            with pytest.raises(StoreUnreachable, match=r"存放处用不了（.*）：s3://bucket"):
                act()

    def test_a_bucket_that_is_not_there_is_said_so(self, service):
        store = S3("nobody-has-this", endpoint=service)
        with pytest.raises(StoreUnreachable, match="NoSuchBucket"):
            store.put(PHOTO)
        with pytest.raises(StoreUnreachable):
            list(store.all())

    def test_no_room_to_keep_a_stream_meanwhile_is_said_so(self, on_s3, monkeypatch):
        def full(_):
            raise OSError(errno.ENOSPC, "full")

        monkeypatch.setattr(
            s3_sending.tempfile, "TemporaryFile", lambda: nullcontext(SimpleNamespace(write=full))
        )
        with pytest.raises(VaultFull, match="空间不足"):
            on_s3.store.put(Trickle(FILM, PART))
        assert list(on_s3.store.all()) == []

    def test_an_upload_that_breaks_off_leaves_nothing_to_be_seen(self, on_s3):
        class Broken(io.RawIOBase):
            given = iter([FILM[:PART], FILM[PART : 2 * PART]])

            def read(self, size=-1):
                try:
                    return next(self.given)
                except StopIteration:
                    raise ConnectionResetError("gone") from None

        with pytest.raises(ConnectionResetError):
            on_s3.store.put(Broken(), expect=digest_of(FILM))
        assert list(on_s3.store.all()) == []
        assert on_s3.client.list_multipart_uploads(Bucket=on_s3.bucket).get("Uploads", []) == []

    def test_what_a_dead_writer_sent_is_swept_once_it_is_old(self, on_s3, monkeypatch):
        where = {"Bucket": on_s3.bucket, "Key": on_s3.key(digest_of(FILM))}
        upload = on_s3.client.create_multipart_upload(**where)["UploadId"]
        on_s3.client.upload_part(**where, UploadId=upload, PartNumber=1, Body=FILM[:PART])
        monkeypatch.setattr(s3, "ABANDONED", timedelta(days=365_000))
        assert on_s3.store.sweep() == 0
        monkeypatch.setattr(s3, "ABANDONED", timedelta(0))
        assert on_s3.store.leftovers() == [where["Key"]]
        assert on_s3.store.sweep() == 1
        assert on_s3.store.leftovers() == []
        assert on_s3.store.put(FILM).size == len(FILM)

    def test_a_connection_that_breaks_while_reading_is_not_called_altered(self, on_s3):
        digest = on_s3.store.put(FILM).digest
        with on_s3.store.open(digest) as file:
            file.raw._get = lambda _: Torn()
            with pytest.raises(ObjectUnreadable):
                file.read()

    def test_an_object_that_is_replaced_while_it_is_read_is_not_mixed(self, on_s3):
        digest = on_s3.store.put(FILM).digest
        with on_s3.store.open(digest) as file:
            file.read(10)
            on_s3.alter(digest, bytes(len(FILM)))
            file.seek(PART)
            with pytest.raises(ObjectUnreadable):
                file.read()

    def test_announced_otherwise_than_sent_leaves_no_upload(self, on_s3):
        with pytest.raises(DigestDiffers):
            on_s3.store.put(FILM, expect=digest_of(PHOTO))
        assert on_s3.client.list_multipart_uploads(Bucket=on_s3.bucket).get("Uploads", []) == []


class Torn:
    """The body of an answer whose connection is cut."""

    def read(self, size):
        raise ConnectionResetError

    def close(self):
        pass


class TestAddress:
    def test_a_folder_and_a_bucket(self, tmp_path):
        assert isinstance(store_at(str(tmp_path)), Filesystem)
        store = store_at("s3://bucket/a/b?endpoint=https://s3.example&region=cn&lock=30&part=64")
        assert isinstance(store, S3)
        assert store.address == "s3://bucket/a/b/（https://s3.example）"

    @pytest.mark.parametrize(
        ("address", "why"),
        [
            ("s3://", "缺少存储桶的名称"),
            ("s3://bucket?lok=3", "不认识的参数 lok"),
            ("s3://bucket?lock=-1", "lock 应为"),
            ("s3://bucket?part=4", "part 应为 5 至"),
            ("https://bucket", "只能是文件夹或者 s3://"),
            ("relative/folder", "完整路径"),
            ("s3://key:secret@bucket", "密钥不写在地址里"),
        ],
    )
    def test_what_is_none_is_refused_with_the_reason(self, address, why):
        with pytest.raises(AddressInvalid, match=why) as refusal:
            store_at(address)
        assert "secret" not in str(refusal.value)

    def test_a_prefix_keeps_stores_of_one_bucket_apart(self, on_s3, service):
        inner = S3(on_s3.bucket, prefix="second", endpoint=service)
        digest = inner.put(PHOTO).digest
        assert list(on_s3.store.all()) == []
        assert list(inner.all()) == [digest]
        key = "second/" + on_s3.key(digest)
        assert on_s3.client.head_object(Bucket=on_s3.bucket, Key=key)["ContentLength"] == len(PHOTO)
