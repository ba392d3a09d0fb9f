"""The bureau's vault, and what is on its way there."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from liuhen.recordings.shelf import Previews
from liuhen.recordings.uploads import Uploads
from liuhen.records import clock
from liuhen.vault import holdings
from liuhen.vault.addresses import store_at
from liuhen.vault.filesystem import Filesystem
from liuhen.vault.places import FIRST, SECOND, Vault
from liuhen.vault.store import Stored


def vault() -> Vault:
    """The vault in the places that the settings name. Raises `AddressInvalid`."""
    second = settings.LIUHEN_VAULT_SECOND
    return Vault(
        store_at(settings.LIUHEN_VAULT)
        if settings.LIUHEN_VAULT
        else Filesystem(Path(settings.LIUHEN_DATA) / "vault"),
        store_at(second) if second else None,
        both=settings.LIUHEN_VAULT_BOTH,
        noted=_noted,
    )


def uploads() -> Uploads:
    """The uploads in the data folder: on the disk of a vault that is a folder there, so that what is whole is moved and not
    copied."""
    return Uploads(Path(settings.LIUHEN_DATA) / "uploads")


def previews() -> Previews:
    """The previews in the data folder."""
    return Previews(Path(settings.LIUHEN_DATA) / "previews")


def _noted(stored: Stored, there: Sequence[str]) -> None:
    places = (FIRST, SECOND) if settings.LIUHEN_VAULT_SECOND else (FIRST,)
    holdings.note(stored, there, places, clock.now())
