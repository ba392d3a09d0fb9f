"""The Django shell of the core: entries, ledger, projections, drafts."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The room in which the record is kept."""

    name = "liuhen.records"
    verbose_name = "记录"
