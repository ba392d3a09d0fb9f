"""Qualifying a store: whether this very service does what the vault relies on, tried step by step and told honestly.

A product's description proves nothing: what it accepts and refuses is tried on objects below ``check/``, which are removed.
One that was locked for the trial can go only when its lock has ended; the next check removes it.
"""

from __future__ import annotations

import fcntl
import io
import os
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from uuid import uuid4

from liuhen.vault.errors import VaultError
from liuhen.vault.filesystem import Filesystem
from liuhen.vault.store import Store

if TYPE_CHECKING:
    from liuhen.vault.s3 import S3

Outcome = Literal["ok", "failed", "not offered"]
WORDS: dict[Outcome, str] = {"ok": "通过", "failed": "没有做到", "not offered": "不提供"}
TRIAL_LOCK = timedelta(minutes=2)
DATA = b"liuhen check-store\n" * 64


@dataclass(frozen=True)
class Step:
    """What was tried, what came of it, in a sentence; without an ``essential`` step the store cannot be used at all."""

    title: str
    outcome: Outcome
    told: str
    essential: bool = False


Told = tuple[Outcome, str]


@dataclass(frozen=True)
class _Trial:
    title: str
    run: Callable[[], Told]
    essential: bool = False


def qualify(store: Store) -> Iterator[Step]:
    """Try a store step by step; ends early when it cannot be reached."""
    trials = _of_folder(store) if isinstance(store, Filesystem) else _S3Trials(store).all()  # type: ignore[arg-type]
    for trial in trials:
        try:
            outcome, told = trial.run()
        except (VaultError, OSError, _client_error()) as error:
            outcome, told = "failed", str(error)
        yield Step(trial.title, outcome, told, trial.essential)
        if trial.essential and outcome == "failed":
            return


def exit_code(steps: list[Step]) -> int:
    """0 when everything was passed, 1 when the store cannot be used, 2 when it can and lacks something."""
    if any(step.essential and step.outcome != "ok" for step in steps):
        return 1
    return 0 if all(step.outcome == "ok" for step in steps) else 2


def _client_error() -> type[Exception]:
    from botocore.exceptions import ClientError

    return ClientError


def _of_folder(store: Filesystem) -> list[_Trial]:
    root = Path(store.address)

    def reached() -> Told:
        next(store.all(), None)
        return ("ok", "可以访问") if root.is_dir() else ("failed", "文件夹不存在")

    def within(act: Callable[[Filesystem, Path], Told]) -> Callable[[], Told]:
        def run() -> Told:
            with tempfile.TemporaryDirectory(prefix=".check-", dir=root) as folder:
                return act(Filesystem(Path(folder), reserve=0), Path(folder))

        return run

    return [
        _Trial("文件夹在", reached, essential=True),
        _Trial("写入、落盘、读回", within(_folder_put), essential=True),
        _Trial("同一内容只存一份，不覆盖", within(_folder_twice), essential=True),
        _Trial("文件锁", within(_folder_lock)),
        _Trial("搁置与销毁", within(_folder_destroy), essential=True),
        _Trial("剩余空间", lambda: _folder_room(store)),
        _Trial("锁定（到期以前谁也不能删）", lambda: ("not offered", "文件夹做不到，靠操作系统的权限")),
        _Trial("旧版本", lambda: ("not offered", "文件夹只有一个版本，靠第二处和备份")),
    ]


def _folder_put(store: Filesystem, _: Path) -> Told:
    stored = store.put(DATA)
    return (
        ("ok", "读回的与存入的一致")
        if store.verify(stored.digest) == "ok"
        else ("failed", "读回的与存入的不一致")
    )


def _folder_twice(store: Filesystem, _: Path) -> Told:
    digest = store.put(DATA).digest
    before = store.path(digest).stat().st_ino
    store.put(io.BytesIO(DATA))
    same = store.path(digest).stat().st_ino == before and list(store.all()) == [digest]
    return ("ok", "第二次存入没有动第一次的文件") if same else ("failed", "第二次存入换掉了第一次的文件")


def _folder_lock(_: Filesystem, folder: Path) -> Told:
    """Without it nobody can tell what a dead writer left from what a living one writes."""
    path = folder / "lock"
    with path.open("w") as one, path.open("w") as other:
        fcntl.flock(one, fcntl.LOCK_EX)
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return "ok", "第二个写入者得知文件已被占用"
    return "failed", "两个写入者同时占用了一个文件：清扫会误删正在写的文件"


def _folder_destroy(store: Filesystem, _: Path) -> Told:
    digest = store.put(DATA).digest
    kept = store.set_aside(digest)
    gone = kept and store.destroy(digest) and list(store.aside()) == []
    return ("ok", "搁置的、销毁的都不在了") if gone else ("failed", "销毁以后还有留下的")


def _folder_room(store: Filesystem) -> Told:
    free = store.free()
    return ("failed", "问不出剩余空间") if free is None else ("ok", f"{free / 1024**3:,.1f} GiB 可用")


class _S3Trials:
    """The trials of one bucket, sharing a name that nothing else in it bears."""

    def __init__(self, store: S3) -> None:
        self._store, self._bucket = store, store.bucket
        self._root = f"{store.prefix}check/"
        self._name = f"{self._root}{uuid4().hex}"

    @property
    def _client(self) -> Any:
        return self._store.client

    def all(self) -> list[_Trial]:
        """In the order in which one builds on another."""
        return [
            _Trial("连接、列举", self._reached, essential=True),
            _Trial("写入并读回", self._read_back, essential=True),
            _Trial("分段写入并读回", self._in_parts, essential=True),
            _Trial("按范围读取", self._range, essential=True),
            _Trial("删除", self._deleted, essential=True),
            _Trial("条件写入（已有的不覆盖）", self._condition),
            _Trial("错误的校验值被拒绝", self._wrong_checksum),
            _Trial("分段的错误校验值被拒绝", self._wrong_checksum_of_part),
            _Trial("版本", self._versions),
            _Trial("锁定（到期以前谁也不能删）", self._locked),
            _Trial("删除锁定的版本被拒绝", self._locked_stays),
            _Trial("缩短锁定被拒绝", self._not_shortened),
            _Trial("存储桶没有自带的保留期", self._no_retention_of_its_own),
        ]

    def _put(self, name: str, data: bytes, **more: Any) -> dict[str, Any]:
        given: dict[str, Any] = {"ChecksumAlgorithm": "SHA256", "ChecksumSHA256": _checksum(data), **more}
        return self._client.put_object(Bucket=self._bucket, Key=f"{self._name}-{name}", Body=data, **given)

    def _get(self, name: str, **more: str) -> bytes:
        return self._client.get_object(Bucket=self._bucket, Key=f"{self._name}-{name}", **more)["Body"].read()

    def _remove(self, name: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=f"{self._name}-{name}")

    def _reached(self) -> Told:
        next(iter(self._store.all()), None)
        removed = 0
        pages = self._client.get_paginator("list_object_versions").paginate(
            Bucket=self._bucket, Prefix=self._root
        )
        for page in pages:
            for each in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
                with suppress(_client_error()):
                    where = {"Key": each["Key"], "VersionId": each["VersionId"]}
                    self._client.delete_object(Bucket=self._bucket, **where)
                    removed += 1
        return "ok", f"清除了以前检查留下的 {removed} 个对象" if removed else "可以访问"

    def _read_back(self) -> Told:
        self._put("small", DATA)
        return _same(self._get("small"), DATA)

    def _in_parts(self) -> Told:
        data = os.urandom(1024) * (5 * 1024) + DATA
        parts = [data[: -len(DATA)], DATA]
        where = {"Bucket": self._bucket, "Key": f"{self._name}-parts"}
        where["UploadId"] = self._client.create_multipart_upload(**where, ChecksumAlgorithm="SHA256")[
            "UploadId"
        ]
        sent = [self._sent(where, number, part) for number, part in enumerate(parts, 1)]
        self._client.complete_multipart_upload(**where, MultipartUpload={"Parts": sent})
        told = _same(self._get("parts"), data)
        self._remove("parts")
        return told

    def _sent(self, where: dict[str, str], number: int, data: bytes) -> dict[str, Any]:
        checksum = {"ChecksumSHA256": _checksum(data)}
        answer = self._client.upload_part(**where, PartNumber=number, Body=data, **checksum)
        return {"PartNumber": number, "ETag": answer["ETag"], **checksum}

    def _range(self) -> Told:
        return _same(self._get("small", Range="bytes=5-"), DATA[5:])

    def _deleted(self) -> Told:
        self._remove("small")
        try:
            self._get("small")
        except _client_error():
            return "ok", "删除以后读不到了"
        return "failed", "删除以后还读得到"

    def _condition(self) -> Told:
        self._put("once", DATA)
        try:
            self._put("once", DATA, IfNoneMatch="*")
        except _client_error() as error:
            code = _code(error)
            self._remove("once")
            if code in ("PreconditionFailed", "412"):
                return "ok", "第二次写入被拒绝"
            return "not offered", f"不认识这个条件（{code}）"
        return "failed", "第二次写入没有被拒绝：已有的对象会被盖住"

    def _wrong_checksum(self) -> Told:
        try:
            self._put("wrong", DATA, ChecksumSHA256=_checksum(b"other"))
        except _client_error() as error:
            return "ok", f"被拒绝（{_code(error)}）"
        self._remove("wrong")
        return "failed", "收下了与校验值不符的内容：传输中的差错只有读回核对才能发现（留痕每次都读回）"

    def _wrong_checksum_of_part(self) -> Told:
        where = {"Bucket": self._bucket, "Key": f"{self._name}-part"}
        where["UploadId"] = self._client.create_multipart_upload(**where, ChecksumAlgorithm="SHA256")[
            "UploadId"
        ]
        try:
            self._client.upload_part(**where, PartNumber=1, Body=DATA, ChecksumSHA256=_checksum(b"other"))
        except _client_error() as error:
            return "ok", f"被拒绝（{_code(error)}）"
        finally:
            self._client.abort_multipart_upload(**where)
        return "failed", "收下了与校验值不符的一段：同上"

    def _versions(self) -> Told:
        status = self._client.get_bucket_versioning(Bucket=self._bucket).get("Status", "")
        return ("ok", "已启用") if status == "Enabled" else ("not offered", "存储桶没有启用版本")

    def _locked(self) -> Told:
        if not self._store.locks:
            return "not offered", "存储桶没有启用对象锁定；要在建桶时启用"
        until = datetime.now(UTC).replace(microsecond=0) + TRIAL_LOCK
        self._put("locked", DATA, ObjectLockMode="COMPLIANCE", ObjectLockRetainUntilDate=until)
        head = self._client.head_object(Bucket=self._bucket, Key=f"{self._name}-locked")
        if head.get("ObjectLockMode") != "COMPLIANCE" or head.get("ObjectLockRetainUntilDate") != until:
            return "failed", "写入时给出的锁定没有记下"
        return "ok", f"锁定到 {until:%H:%M:%S}（UTC）；检查用的这个对象到期以后由下一次检查清除"

    def _locked_stays(self) -> Told:
        if not self._store.locks:
            return "not offered", "没有锁定"
        where = {"Bucket": self._bucket, "Key": f"{self._name}-locked"}
        version = self._client.head_object(**where)["VersionId"]
        for bypass in ({}, {"BypassGovernanceRetention": True}):
            with suppress(_client_error()):
                self._client.delete_object(**where, VersionId=version, **bypass)
        try:
            return _same(self._get("locked", VersionId=version), DATA, "删不掉，绕过也删不掉")
        except _client_error():
            return "failed", "锁定着的版本被删掉了"

    def _not_shortened(self) -> Told:
        if not self._store.locks:
            return "not offered", "没有锁定"
        where = {"Bucket": self._bucket, "Key": f"{self._name}-locked"}
        sooner = datetime.now(UTC).replace(microsecond=0) + TRIAL_LOCK / 2
        try:
            self._client.put_object_retention(
                **where, Retention={"Mode": "COMPLIANCE", "RetainUntilDate": sooner}
            )
        except _client_error() as error:
            return "ok", f"被拒绝（{_code(error)}）"
        return "failed", "锁定被缩短了：有权限的人可以先缩短再删除"

    def _no_retention_of_its_own(self) -> Told:
        if not self._store.locks:
            return "not offered", "没有锁定"
        told = self._client.get_object_lock_configuration(Bucket=self._bucket)["ObjectLockConfiguration"]
        rule = told.get("Rule", {}).get("DefaultRetention")
        if not rule:
            return "ok", "没有：锁定多久由留痕按保管期限给出"
        length = f"{rule['Years']} 年" if "Years" in rule else f"{rule.get('Days')} 日"
        return "failed", f"自带 {length}：可能比档案的保管期限长，到期不能销毁；请去掉"


def _checksum(data: bytes) -> str:
    return b64encode(sha256(data).digest()).decode()


def _code(error: Exception) -> str:
    return str(getattr(error, "response", {}).get("Error", {}).get("Code", error))


def _same(found: bytes, wanted: bytes, told: str = "读回的与存入的一致") -> Told:
    return ("ok", told) if found == wanted else ("failed", "读回的与存入的不一致")
