"""A recorder's card is taken once, and goes on where it was pulled out (A31; R31.2)."""

import shutil

import pytest

from liuhen.acts.storage import vault
from liuhen.cli import ingest
from liuhen.cli.__main__ import main
from liuhen.records.models import TrayRow
from tests.acts import drive as d
from tests.recordings import making


@pytest.fixture
def card(tmp_path):
    card = tmp_path / "DSJ-1"
    (card / "DCIM").mkdir(parents=True)
    shutil.copy(making.film(told=(("creation_time", "2026-03-03T01:00:00Z"),)), card / "DCIM" / "A.MP4")
    shutil.copy(making.photo(), card / "DCIM" / "B.JPG")
    (card / "DCIM" / "INDEX.DAT.txt").write_text("index")
    (card / ".Trash.mp4").write_text("hidden")
    return card


def run(card, *more):
    return main(["ingest", str(card), "--officer", "jia", *more])


def test_what_a_card_holds_is_taken_once(bureau, card, capsys):
    assert run(card) == 0
    assert "新存入 2 个，存过 0 个，失败 0 个" in capsys.readouterr().out
    assert set(TrayRow.objects.values_list("path", "device", "by")) == {
        ("DCIM/A.MP4", "DSJ-1", "jia"),
        ("DCIM/B.JPG", "DSJ-1", "jia"),
    }
    assert all(vault().verify(row.digest) == "ok" for row in TrayRow.objects.all())
    assert run(card) == 0
    assert "新存入 0 个，存过 2 个" in capsys.readouterr().out
    (card / "DCIM" / "A.MP4").rename(card / "DCIM" / "C.MP4")
    assert run(card) == 0
    assert TrayRow.objects.count() == 2


def test_a_bad_file_keeps_no_other_back(bureau, card, capsys):
    (card / "DCIM" / "0.MP4").touch()
    assert run(card) == 1
    told = capsys.readouterr()
    assert "0.MP4：没有存入，文件是空的" in told.err
    assert "新存入 2 个，存过 0 个，失败 1 个" in told.out


def test_pulled_out_it_goes_on_where_it_was(bureau, card, tmp_path, monkeypatch, capsys):
    keep = ingest.tray.keep

    def pull(*given):
        entry = keep(*given)
        card.rename(tmp_path / "away")
        return entry

    with monkeypatch.context() as patch:
        patch.setattr(ingest.tray, "keep", pull)
        assert run(card) == 3
    assert "设备已断开" in capsys.readouterr().err
    (tmp_path / "away").rename(card)
    assert run(card) == 0
    assert "新存入 1 个，存过 1 个" in capsys.readouterr().out


def test_into_a_case_at_once_and_wrong_commands(bureau, card, capsys):
    case = d.Drive(bureau)
    assert run(card, "--case", case.case) == 0
    assert {r.name for r in case.state().recordings.values()} == {"A.MP4", "B.JPG"}
    assert run(card / "none") == 2
    assert main(["ingest", str(card), "--officer", "nobody"]) == 2
    assert run(card, "--case", "NONE") == 2
