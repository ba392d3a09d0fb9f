"""The bureau's vault, and what is on its way there."""

from pathlib import Path

from django.conf import settings

from liuhen.recordings.uploads import Uploads
from liuhen.vault.addresses import store_at
from liuhen.vault.places import Vault


def vault() -> Vault:
    """The vault in the places that the settings name. Raises `AddressInvalid`."""
    second = settings.LIUHEN_VAULT_SECOND
    return Vault(
        store_at(settings.LIUHEN_VAULT or str(Path(settings.LIUHEN_DATA) / "vault")),
        store_at(second) if second else None,
        both=settings.LIUHEN_VAULT_BOTH,
    )


def uploads() -> Uploads:
    """The uploads in the data folder: on the disk of a vault that is a folder there, so that what is whole is moved and not
    copied."""
    return Uploads(Path(settings.LIUHEN_DATA) / "uploads")
