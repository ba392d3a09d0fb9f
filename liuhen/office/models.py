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
