"""`liuhen fixity` and `liuhen vault`, as the administrator sees them (R34.3)."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from liuhen.acts import keeping
from liuhen.acts.storage import vault
from liuhen.casefile.moments import parse
from liuhen.cli.__main__ import main
from liuhen.cli.keeping import _due
from liuhen.records import clock
from liuhen.vault.models import FixityPass, VaultObject
from liuhen.vault.places import FIRST, SECOND
from tests.acts.drive import Drive
from tests.vault.stores import digest_of

PHOTO = b"photograph"


@pytest.fixture
def drive(two, bureau):
    drive = Drive(bureau)
    drive.deposit(PHOTO, "现场.jpg", what="现场照片")
    return drive


class TestFixity:
    def test_a_whole_vault(self, drive, capsys):
        assert main(["fixity", "--once"]) == 0
        assert capsys.readouterr().out == f"核对 2 个文件、{2 * len(PHOTO)} B，全部完好\n"

    def test_what_was_restored_is_told_with_case_and_name(self, drive, two, capsys):
        two[SECOND].alter(digest_of(PHOTO), b"forged")
        assert main(["fixity", "--once", "--rate", "50"]) == 0
        out = capsys.readouterr().out
        assert "第二处的文件被改动：案件 " in out
        assert "“现场.jpg”" in out
        assert "已从第一处恢复" in out
        assert "发现 1 个不完好，恢复 1 个" in out

    def test_what_could_not_be_restored_fails(self, drive, two, capsys):
        for on in two.values():
            on.lose(digest_of(PHOTO))
            on.store.put(b"something else")
        assert main(["fixity", "--once"]) == 1
        assert "没有恢复：另一处也没有完好的一份" in capsys.readouterr().out

    def test_a_place_that_is_not_there_is_said_so(self, drive, two, capsys):
        two[SECOND].gone()
        assert main(["fixity", "--once"]) == 2
        told = capsys.readouterr()
        assert "可能没有挂载" in told.err
        assert "没有核对完，下次接着核对" in told.out

    @pytest.mark.parametrize("rate", ["0", "-1", "x"])
    def test_a_rate_that_is_none_is_refused(self, rate):
        with pytest.raises(SystemExit):
            main(["fixity", "--rate", rate])

    def test_all_is_read_again_after_so_many_days(self, drive):
        assert _due(30)
        main(["fixity", "--once"])
        assert not _due(30)
        with clock.at(clock.now() + timedelta(days=31)):
            assert _due(30)
        FixityPass.objects.update(ended_at=None)
        assert _due(30)

    def test_running_on_it_ends_when_it_is_told_to(self, tmp_path):
        """As a service is stopped: SIGTERM, and it ends by itself."""
        there = {**os.environ, "LIUHEN_DATA": str(tmp_path), "LIUHEN_DATABASE_URL": ""}
        run = [sys.executable, "-m", "liuhen.cli"]
        subprocess.run([*run, "manage", "migrate", "-v0"], env=there, check=True)
        with subprocess.Popen([*run, "fixity"], env=there, stdout=subprocess.PIPE, text=True) as service:
            assert service.stdout.readline() == "核对 0 个文件、0 B，全部完好\n"
            time.sleep(0.2)
            service.send_signal(signal.SIGTERM)
            assert service.wait(60) == 0


class TestVault:
    def test_the_places_of_the_settings_are_tried(self, drive, capsys):
        assert main(["vault", "check-store"]) == 2
        out = capsys.readouterr().out
        assert out.startswith("第一处　")
        assert "　通过　　　写入、落盘、读回：读回的与存入的一致" in out
        assert "　不提供　　锁定（到期以前谁也不能删）" in out
        assert out.rstrip().endswith("可以使用，但有没有做到或者不提供的，见上")

    def test_one_that_cannot_be_used(self, tmp_path, capsys):
        assert main(["vault", "check-store", str(tmp_path / "nothing")]) == 1
        assert "　没有做到　文件夹在：存放处用不了（文件夹不存在，可能没有挂载）" in capsys.readouterr().out

    def test_an_address_that_is_none(self, capsys):
        assert main(["vault", "check-store", "ftp://there"]) == 2
        assert "存放处地址不对" in capsys.readouterr().err

    def test_how_it_stands(self, drive, two, capsys):
        assert main(["vault", "state"]) == 0
        out = capsys.readouterr().out
        assert f"第一处　{two[FIRST].root}：1 个文件，{len(PHOTO)} B" in out
        assert "上次全部核对：还没有" in out
        assert "注意　两处在同一块磁盘上" in out
        VaultObject.objects.filter(place=SECOND).update(state="missing")
        assert main(["vault", "state"]) == 1
        assert "注意　第二处有 1 个文件不完好，没有恢复" in capsys.readouterr().out

    def test_what_waits_is_brought_at_once(self, drive, two, capsys):
        two[SECOND].lose(digest_of(PHOTO))
        VaultObject.objects.filter(place=SECOND).update(state="waiting")
        assert main(["vault", "copy"]) == 0
        assert capsys.readouterr().out == "存到第二处 1 个，还有 0 个\n"
        assert two[SECOND].store.verify(digest_of(PHOTO)) == "ok"

    def test_there_is_nothing_to_copy_to(self, bureau, capsys):
        assert main(["vault", "copy"]) == 2
        assert "没有设第二处" in capsys.readouterr().err

    def test_a_disk_that_was_replaced_is_filled_again(self, drive, two, capsys):
        two[SECOND].lose(digest_of(PHOTO))
        assert main(["fixity", "--once"]) == 2
        assert "liuhen vault replaced second" in capsys.readouterr().err
        assert main(["vault", "replaced", "second"]) == 0
        assert main(["fixity", "--once"]) == 0
        assert "存到第二处 1 个，还有 0 个" in capsys.readouterr().out
        assert two[SECOND].store.verify(digest_of(PHOTO)) == "ok"

    def test_nothing_to_destroy_again(self, drive, capsys):
        assert main(["vault", "reapply-disposals"]) == 0
        assert capsys.readouterr().out == "没有需要重新销毁的\n"


class TestRoom:
    """How many hours of film still fit, and how that is estimated, is said."""

    def film(self, drive, minutes, bits):
        size = minutes * 60 * bits // 8
        starts = parse("2026-03-02T09:00")
        drive.deposit(
            bytes(size), "检查.mp4", what="检查录像", recorded=True, starts=starts,
            ends=starts + timedelta(minutes=minutes),
        )  # fmt: skip

    def test_before_there_are_films_by_the_usual_bitrate(self, drive, monkeypatch):
        monkeypatch.setattr(type(vault().first), "free", lambda _: 18_000_000_000)
        room = keeping.room()
        assert (room.hours, room.bitrate, room.measured) == (10, 4_000_000, False)
        assert str(room) == "还可存约 10 小时录像（按常用码率 4.0 Mbit/s 估算）"

    def test_by_the_films_that_were_deposited(self, drive, monkeypatch):
        self.film(drive, 10, 8_000)
        monkeypatch.setattr(type(vault().first), "free", lambda _: 36_000_000)
        room = keeping.room()
        assert room.measured
        assert abs(room.bitrate - 8_000) < 100
        assert room.hours in (9, 10)

    def test_below_the_setting_it_is_warned_of(self, drive, monkeypatch, settings):
        monkeypatch.setattr(type(vault().first), "free", lambda _: 18_000_000_000)
        settings.LIUHEN_VAULT_LOW_HOURS = 11
        assert any("空间不多了：还可存约 10 小时" in remark.words for remark in keeping.standing().remarks)
        settings.LIUHEN_VAULT_LOW_HOURS = 10
        assert not any("空间不多了" in remark.words for remark in keeping.standing().remarks)

    def test_a_store_that_does_not_tell_is_said_so(self, drive, monkeypatch):
        monkeypatch.setattr(type(vault().first), "free", lambda _: None)
        assert str(keeping.room()) == "还可存多少不知道：存储服务不告诉剩余空间"

    @pytest.mark.parametrize(
        ("size", "told"), [(5, "5 B"), (2048, "2.0 KB"), (5 << 30, "5.0 GB"), (1500 << 40, "1,500.0 TB")]
    )
    def test_amounts_in_words(self, size, told):
        assert keeping.amount(size) == told


def test_waiting_long_is_remarked(drive):
    VaultObject.objects.filter(place=SECOND).update(state="waiting", since=clock.now())
    assert not any("还没有存到第二处" in remark.words for remark in keeping.standing().remarks)
    with clock.at(clock.now() + timedelta(days=3)):
        (remark,) = [
            one for one in keeping.standing().remarks if "第二处" in one.words and "还没有" in one.words
        ]
    assert remark.words == "1 个文件还没有存到第二处，最早的已等 3 天"
