"""体检: what keeps an installation from being used is named, with what to do."""

from datetime import timedelta

from django.urls import reverse

from liuhen.acts import cases, doctor, keeping
from liuhen.acts.previewing import make
from liuhen.cli.__main__ import main
from liuhen.records import clock
from tests.acts import drive as d
from tests.archives.making import witnessed


def said(title, level=None):
    found = [one for name, one in doctor.examine() if name == title]
    return [one.words for one in found if level in (None, one.level)]


def test_every_finding_that_is_not_well_says_what_to_do(bureau):
    found = doctor.examine()
    assert {title for title, _ in found} == {title for title, _ in doctor.CHECKS}
    assert all(one.way for _, one in found if one.level != "ok")


def test_what_lets_others_in_is_wrong(bureau, settings, tmp_path):
    settings.DEBUG, settings.ALLOWED_HOSTS, settings.LIUHEN_HTTPS = True, ["liuhen.example"], False
    assert said("设置", "wrong") == [
        "开着调试方式，出错的页面会泄露内容",
        "没有要求 HTTPS，密码在网上明文传送",
    ]
    settings.DEBUG, settings.LIUHEN_HTTPS = False, True
    assert said("设置") == ["只接受 HTTPS：liuhen.example"]
    key = tmp_path / "keys" / "log.pem"
    key.parent.mkdir(exist_ok=True)
    key.touch(mode=0o600)
    key.chmod(0o644)
    assert said("密钥", "wrong") == ["log.pem 别的用户也能读"]
    key.chmod(0o600)
    assert said("密钥", "wrong") == []


def test_a_clock_that_went_back_is_named(bureau, monkeypatch):
    early = clock.now() - timedelta(days=3650)
    monkeypatch.setattr(clock, "now", lambda: early)
    assert said("记录", "wrong") == ["系统时钟比最后一条记录还早，这时不能记入"]


def test_fonts_and_certificate_that_are_missing_are_named(bureau, settings, tmp_path, monkeypatch):
    settings.LIUHEN_SEAL = str(tmp_path / "none.p12")
    assert "读不出" in said("印章", "wrong")[0]
    monkeypatch.setenv("LIUHEN_FONTS", str(tmp_path / "none"))
    assert "缺少排版字体" in said("文书", "wrong")[0]


def test_work_that_nobody_does_is_counted(bureau):
    make.enqueue("sha256:" + "0" * 64)
    assert said("后台", "wrong") == []
    with d.day("2126-01-01 09:00"):
        assert said("后台", "wrong") == ["1 项后台工作等了一小时以上"]


def test_a_witness_that_was_forgotten_is_named_once_something_waits_for_it(bureau):
    assert "没有见证方" in said("见证", "remark")[0]
    with d.day("2126-01-02 09:00"):
        witnessed()
    with d.day("2126-01-03 09:00"):
        cases.open_case(bureau["jia"], title="见证以后的案件")
    with d.day("2126-01-20 09:00"):
        assert said("见证") == ["见证方在见证"]
    with d.day("2126-02-05 09:00"):
        assert said("见证", "remark") == ["见证方有 33 天没有见证了"]
        witnessed()
        assert said("见证") == ["见证方在见证"]


def test_next_years_holidays_are_asked_for_once_their_notice_is_out(bureau):
    with d.day("2026-10-31 09:00"):
        assert not any("2027" in words for words in said("机关"))
    with d.day("2026-11-02 09:00"):
        assert any("2027 年的放假安排还没有记入" in words for words in said("机关", "remark"))


def test_the_command_ends_with_one_when_something_is_wrong(bureau, settings, capsys):
    settings.ALLOWED_HOSTS, settings.LIUHEN_HTTPS = ["liuhen.example"], False
    assert main(["doctor"]) == 1
    assert "不行　设置：没有要求 HTTPS" in capsys.readouterr().out


def test_a_monitor_learns_without_an_account_whether_the_server_can_answer(bureau, client, monkeypatch):
    assert (client.get(reverse("health")).status_code, client.post(reverse("health")).status_code) == (
        200,
        405,
    )
    monkeypatch.setattr(keeping, "room", lambda: None)
    assert client.get(reverse("health")).status_code == 503
