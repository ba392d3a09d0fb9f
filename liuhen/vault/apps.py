"""The vault's own tables: what is kept where, and when it was last seen whole."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The room of the originals."""

    name = "liuhen.vault"
    verbose_name = "原件库"
