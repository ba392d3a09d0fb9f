"""The bureau's vault."""

from pathlib import Path

from django.conf import settings

from liuhen.vault.filesystem import Vault


def vault() -> Vault:
    """The vault in the data folder."""
    return Vault(Path(settings.LIUHEN_DATA) / "vault")
