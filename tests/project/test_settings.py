"""The site's own protections hold whatever page is shown."""

import stat
from pathlib import Path

from django.conf import settings
from django.test import Client

from liuhen.project.secret import secret_key


def test_no_page_may_run_foreign_or_inline_code(client: Client, db: None) -> None:
    policy = client.get("/no-such-page").headers["Content-Security-Policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["default-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["img-src"] == "'self' data: blob:"
    assert "unsafe" not in policy
    assert not {"script-src", "style-src"} & directives.keys()


def test_other_protective_headers_are_sent(client: Client, db: None) -> None:
    headers = client.get("/no-such-page").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_debugging_is_off_unless_asked_for() -> None:
    assert settings.DEBUG is False


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "data" / "secret_key"
    first = secret_key(file)
    assert len(first) >= 64
    assert secret_key(file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secret_key(tmp_path / "other") != first
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]
