"""A store is tried and told of honestly: what the service of the tests cannot do is named, not passed over."""

import fcntl

import pytest

from liuhen.vault.qualify import exit_code, qualify
from liuhen.vault.s3 import S3
from tests.vault.stores import OnFilesystem, OnS3


def outcomes(store):
    return {step.title: step.outcome for step in qualify(store)}


def told(store, title):
    return next(step.told for step in qualify(store) if step.title == title)


WRONG = "错误的校验值被拒绝"


def test_a_service_that_accepts_a_wrong_checksum_is_not_let_pass(locking):
    """This one does, whatever it is told; and it lets a lock be shortened."""
    assert outcomes(locking.store) == {
        "连接、列举": "ok",
        "写入并读回": "ok",
        "分段写入并读回": "ok",
        "按范围读取": "ok",
        "删除": "ok",
        "条件写入（已有的不覆盖）": "ok",
        WRONG: "failed",
        "分段的错误校验值被拒绝": "failed",
        "版本": "ok",
        "锁定（到期以前谁也不能删）": "ok",
        "删除锁定的版本被拒绝": "ok",
        "缩短锁定被拒绝": "failed",
        "存储桶没有自带的保留期": "ok",
    }
    assert "收下了与校验值不符的内容" in told(locking.store, WRONG)
    assert exit_code(list(qualify(locking.store))) == 2


def test_a_bucket_without_lock_does_not_offer_it(on_s3):
    found = outcomes(on_s3.store)
    assert {title for title, outcome in found.items() if outcome == "not offered"} == {
        "版本", "锁定（到期以前谁也不能删）", "删除锁定的版本被拒绝", "缩短锁定被拒绝", "存储桶没有自带的保留期",
    }  # fmt: skip
    assert exit_code(list(qualify(on_s3.store))) == 2


def test_a_retention_of_the_buckets_own_is_warned_of(locking):
    locking.client.put_object_lock_configuration(
        Bucket=locking.bucket,
        ObjectLockConfiguration={
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Years": 7}},
        },
    )
    assert "自带 7 年：可能比档案的保管期限长" in told(locking.store, "存储桶没有自带的保留期")


def test_a_service_that_gives_other_bytes_back_cannot_be_used(on_s3):
    def mangle(params, **_):
        params["body"] = b"x" * 10

    on_s3.client.meta.events.register("before-call.s3.PutObject", mangle)
    steps = list(qualify(on_s3.store))
    assert (steps[-1].title, steps[-1].outcome) == ("写入并读回", "failed")
    assert exit_code(steps) == 1


def test_one_that_does_not_answer_ends_at_once():
    (step,) = qualify(S3("bucket", endpoint="http://127.0.0.1:9"))
    assert (step.outcome, step.essential) == ("failed", True)
    assert "存放处用不了" in step.told
    assert exit_code([step]) == 1


def test_nothing_is_left_but_what_the_trial_locked(service):
    on = OnS3(service, lock=True)
    list(qualify(on.store))
    live = on.client.list_objects_v2(Bucket=on.bucket).get("Contents", [])
    assert [each["Key"].rpartition("-")[2] for each in live] == ["locked"]
    assert list(on.store.all()) == []


def test_what_an_earlier_check_left_is_cleared_and_other_objects_stay(on_s3):
    digest = on_s3.store.put(b"original").digest
    on_s3.client.put_object(Bucket=on_s3.bucket, Key="check/left", Body=b"x")
    assert "清除了以前检查留下的 1 个对象" in told(on_s3.store, "连接、列举")
    assert [each["Key"] for each in on_s3.client.list_objects_v2(Bucket=on_s3.bucket)["Contents"]] == [
        on_s3.key(digest)
    ]


class TestFolder:
    @pytest.fixture
    def store(self, tmp_path):
        (tmp_path / "vault").mkdir()
        return OnFilesystem(tmp_path / "vault").store

    def test_a_disk_does_all_that_a_folder_can(self, store, tmp_path):
        assert outcomes(store) == {
            "文件夹在": "ok",
            "写入、落盘、读回": "ok",
            "同一内容只存一份，不覆盖": "ok",
            "文件锁": "ok",
            "搁置与销毁": "ok",
            "剩余空间": "ok",
            "锁定（到期以前谁也不能删）": "not offered",
            "旧版本": "not offered",
        }
        assert list((tmp_path / "vault").iterdir()) == []

    def test_a_network_folder_without_locks_is_named(self, store, monkeypatch):
        monkeypatch.setattr(fcntl, "flock", lambda *_: None)
        assert outcomes(store)["文件锁"] == "failed"
        assert "清扫会误删正在写的文件" in told(store, "文件锁")

    def test_one_that_cannot_be_written_ends_at_once(self, tmp_path):
        (step,) = qualify(OnFilesystem(tmp_path / "nothing").store)
        assert (step.outcome, exit_code([step])) == ("failed", 1)
