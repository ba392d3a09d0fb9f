"""The bureau: people, posts, policy."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The room of the bureau's people."""

    name = "liuhen.office"
    verbose_name = "机关"
