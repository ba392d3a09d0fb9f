"""The site's own secret, made on the machine where it is used."""

import os
import secrets
from pathlib import Path


def secret_key(file: Path) -> str:
    """The key kept in a file that only its owner may read; made at the first call.

    Processes that start together agree on one key: the first to put its file in place wins.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        own = file.with_name(f".{file.name}.{os.getpid()}")
        descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(64))
        try:
            os.link(own, file)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return file.read_text(encoding="ascii")
