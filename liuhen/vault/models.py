"""Tables of the vault: shadows of what the stores hold, rebuilt from them at any time; they know nothing of cases."""

from typing import ClassVar

from django.db import models


class VaultObject(models.Model):
    """An object in one place, as it was last seen there. ``mending``: while one is under way, its fault, where
    the whole copy comes from and the digest of the rotten one; ``read_in``: the last
    pass that read it, so that a pass broken off goes on where it stood."""

    WHOLE, WAITING, MENDING, DOOMED = "whole", "waiting", "mending", "doomed"
    MISSING, ALTERED, UNREADABLE = FAULTS = ("missing", "altered", "unreadable")

    digest = models.CharField(max_length=71)
    place = models.CharField(max_length=6)
    size = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, default=WHOLE)
    mending = models.JSONField(default=dict)
    since = models.DateTimeField()
    read_in = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    last_seen_whole = models.DateTimeField(null=True)

    class Meta:
        """An object stands once in a place; what was looked at longest ago comes first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest", "place"], name="one_object_a_place")
        ]
        indexes: ClassVar = [
            models.Index(fields=["looked_at", "digest"], name="object_looked_at"),
            models.Index(fields=["read_in"], name="object_read_in"),
            models.Index(fields=["state", "since"], name="object_state"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.digest}"


class FixityPass(models.Model):
    """One reading of everything that is kept; without ``ended_at`` it is under way, or was broken off and is taken up where
    it stood. ``unclaimed``: objects that no entry named when it began."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    objects_read = models.BigIntegerField(default=0)
    bytes_read = models.BigIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    restored = models.PositiveIntegerField(default=0)
    unclaimed = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"核对 {self.began_at}"
