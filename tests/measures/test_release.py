"""A published version of the Measures stays as it was published (R36.1)."""

import json
from pathlib import Path
from typing import Any

import pytest

from liuhen.measures import DOCUMENTS, release

STORED = Path(__file__).parent / "releases" / f"{release.RELEASE}.json"


def test_the_release_is_what_was_stored() -> None:
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    now = release.export()
    changed = [name for name in now if stored.get(name) != now[name]] + [n for n in stored if n not in now]
    assert changed == [], (
        f"声明与 releases/{release.RELEASE}.json 不同。该版本尚未发布时，重新生成："
        f"python -m liuhen.measures.release tests/measures/releases/{release.RELEASE}.json；已经发布的，另立新版本。"
    )


def test_the_digest_does_not_depend_on_the_order_of_keys() -> None:
    backwards: dict[str, Any] = dict(reversed(release.export().items()))
    assert release.canonical(backwards) == release.canonical(release.export())
    assert release.digest().startswith("sha256:")


def test_a_value_that_is_not_the_default_is_kept_even_when_it_is_nothing() -> None:
    """A count of nought, everyone must sign, is not the default of one."""
    minutes = release.plain(DOCUMENTS["collective_discussion_minutes"])
    assert minutes["signatures"][0]["count"] == 0
    assert "every_page" not in minutes["signatures"][0]


def test_the_command_writes_the_stored_file(tmp_path: Path) -> None:
    written = tmp_path / "release.json"
    assert release.main([str(written)]) == 0
    assert json.loads(written.read_text(encoding="utf-8")) == release.export()


def test_the_command_asks_for_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert release.main([]) == 2
    assert "用法" in capsys.readouterr().err
