"""The desk as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages, templates, styles."""

    name = "liuhen.desk"
    verbose_name = "工作页面"
