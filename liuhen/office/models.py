"""Accounts. Who someone is and which posts they hold is recorded in the office streams; these rows are shadows of it."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from liuhen.office.policy import Actor


class User(AbstractUser):
    """A sign-in account of one person of the bureau; ``username`` is the person's id in the record."""

    name = models.CharField("姓名", max_length=60)
    section = models.CharField("科室", max_length=60, blank=True)
    roles = models.JSONField("岗位", default=list)
    theme = models.CharField("显示", max_length=10, default="light")

    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta(AbstractUser.Meta):
        """An account is shown by its owner's name."""

        verbose_name = "账号"

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        """The person as policy and acts know them."""
        return Actor(self.username, self.name, self.section, frozenset(self.roles))


class Phrase(models.Model):
    """A usual wording 常用语 of one field of one kind of document, kept by the bureau: no fact, only an offer.

    ``field`` names a field, or a column of a list (``qa.q``). An empty ``section`` offers it to every section.
    """

    kind = models.CharField("文书种类", max_length=60)
    field = models.CharField("栏目", max_length=80)
    section = models.CharField("科室", max_length=60, blank=True)
    text = models.TextField("常用语")
    author = models.CharField("维护人", max_length=60)

    class Meta:
        """Offered in the order of keeping."""

        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind"], name="phrase_kind")]
        verbose_name = "常用语"

    def __str__(self) -> str:
        return self.text
