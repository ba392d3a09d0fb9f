"""The bureau's vault."""

from pathlib import Path

from django.conf import settings

from liuhen.vault.filesystem import Filesystem
from liuhen.vault.places import Vault


def vault() -> Vault:
    """The vault in the data folder."""
    return Vault(Filesystem(Path(settings.LIUHEN_DATA) / "vault"))
