"""Tables. ``Entry`` and ``Body`` are the record; ``Leaf``, ``TreeNode``, ``Checkpoint`` its log; the rest are shadows and drafts.

Database triggers (migration 0002) refuse UPDATE and DELETE on the record; a body may be deleted only while a ``Disposal``
row names it.
"""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """The header of an entry, as it is hashed: moments are kept as the text that was hashed."""

    id: int
    body: "Body"
    bureau = models.CharField(max_length=60)
    stream = models.CharField(max_length=120)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    kind_version = models.PositiveSmallIntegerField()
    at = models.CharField(max_length=20)
    recorded_at = models.CharField(max_length=20)
    actor = models.CharField(max_length=150)
    origin = models.CharField(max_length=12)
    measures = models.CharField(max_length=30)
    commitment = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    assertion = models.JSONField(null=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        """One position of a stream is taken once: the concurrent writer loses."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "position"], name="one_entry_a_position")
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.position} {self.kind}"


class Body(models.Model):
    """What an entry says, and the seed of its salts; destroyed only by ``Disposed``."""

    entry_id: int
    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True)
    content = models.TextField()
    seed = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"内容 {self.entry_id}"


class Disposal(models.Model):
    """Permission to destroy one body, given by a ``Disposed`` entry."""

    entry_id: int
    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True)
    by = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"销毁 {self.entry_id}"


class Named(models.Model):
    """A file digest that an entry's body names: a shadow, so that who else needs a file is found by an index."""

    entry_id: int
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=71, db_index=True)

    class Meta:
        """One row a digest and entry."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "digest"], name="one_name_an_entry")
        ]

    def __str__(self) -> str:
        return f"{self.digest} {self.entry_id}"


class Leaf(models.Model):
    """A sealed entry: its place in the bureau's log."""

    index = models.BigIntegerField(primary_key=True)
    hash = models.CharField(max_length=64, unique=True)
    stream = models.CharField(max_length=120)
    position = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"叶 {self.index}"


class TreeNode(models.Model):
    """The hash of a complete subtree, by level and index."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        """One hash a place."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["level", "index"], name="one_node_a_place")]

    def __str__(self) -> str:
        return f"节点 {self.level}/{self.index}"


class Checkpoint(models.Model):
    """A signed checkpoint of the log (C2SP tlog-checkpoint)."""

    size = models.BigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    note = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"检查点 {self.size}"


class Draft(models.Model):
    """A draft 草稿: not a fact; editable until it is final. ``document`` is the id it will have; ``edits`` tells who
    changed which field last."""

    document = models.CharField(max_length=40, primary_key=True)
    case = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)
    values = models.JSONField(default=dict)
    sources = models.JSONField(default=dict)
    edits = models.JSONField(default=dict)
    author = models.CharField(max_length=150)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"草稿 {self.document}"


class CaseRow(models.Model):
    """A case in lists and search: a shadow, rebuilt from the entries at any time. ``stamp`` says from what and as of when."""

    case = models.CharField(max_length=40, primary_key=True)
    case_no = models.CharField(max_length=60, db_index=True)
    title = models.CharField(max_length=300)
    procedure = models.CharField(max_length=40)
    origin = models.CharField(max_length=40, blank=True, db_index=True)
    section = models.CharField(max_length=60)
    stage = models.CharField(max_length=20)
    state = models.CharField(max_length=40)
    party = models.CharField(max_length=200, blank=True)
    numbers = models.TextField(blank=True)
    officers = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    opened_on = models.DateField(null=True)
    docketed_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    archived_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    due_what = models.CharField(max_length=120, blank=True)
    stops = models.PositiveIntegerField(default=0)
    flags = models.PositiveIntegerField(default=0)
    changes_at = models.DateTimeField(null=True, db_index=True)
    stamp = models.JSONField(default=dict)

    class Meta:
        """Lists go by section and due date."""

        indexes: ClassVar = [models.Index(fields=["section", "due_on"], name="case_section_due")]

    def __str__(self) -> str:
        return self.case_no


class ArchiveRow(models.Model):
    """The file of an archived case as it is kept: a shadow. ``state`` is that of its appraisal, ``batch`` the one in which it went
    to the public archives on ``moved_on``."""

    case = models.OneToOneField(CaseRow, models.CASCADE, primary_key=True, related_name="file")
    archive_no = models.CharField(max_length=80, blank=True, db_index=True)
    retention = models.CharField(max_length=10)
    kept_until = models.DateField(null=True, db_index=True)
    supplements = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    keeper = models.CharField(max_length=60)
    place = models.CharField(max_length=200, blank=True)
    borrower = models.CharField(max_length=120, blank=True)
    due_back = models.DateField(null=True)
    held = models.TextField(blank=True)
    appraisal = models.CharField(max_length=60, blank=True, db_index=True)
    state = models.CharField(max_length=10, blank=True)
    moved_on = models.DateField(null=True)
    batch = models.CharField(max_length=60, blank=True, db_index=True)
    destroyed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.archive_no


class TaskRow(models.Model):
    """A next step of a case on somebody's desk: a shadow."""

    case = models.ForeignKey(CaseRow, models.CASCADE, related_name="tasks")
    code = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    why = models.CharField(max_length=400, blank=True)
    cites = models.JSONField(default=list)
    does = models.CharField(max_length=120)
    role = models.CharField(max_length=30, db_index=True)
    people = models.JSONField(default=list)
    subject = models.CharField(max_length=100, blank=True)
    optional = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    order = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.title


class PaperRow(models.Model):
    """Which case a document stands in: a shadow, so that a paper in the hand is found by its code."""

    case = models.ForeignKey(CaseRow, models.CASCADE, related_name="papers")
    document = models.CharField(max_length=40, db_index=True)

    def __str__(self) -> str:
        return f"文书 {self.document}"


class NumberUse(models.Model):
    """What came of a reserved number: the paper or case that bears it, or ``gone`` when it was given up; once and for ever.

    A shadow of the entries and the lock on them: written in one transaction with the entry that uses or voids the number, so
    that of two writers one loses.
    """

    reservation = models.CharField(max_length=64, primary_key=True)
    gone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"取号 {self.reservation}"


class FindingRow(models.Model):
    """A finding of a case: a shadow."""

    case = models.ForeignKey(CaseRow, models.CASCADE, related_name="findings")
    code = models.CharField(max_length=20, db_index=True)
    severity = models.CharField(max_length=5)
    subject = models.CharField(max_length=100, blank=True)
    message = models.TextField()
    cites = models.JSONField(default=list)
    at = models.CharField(max_length=20, blank=True)
    explained = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.code} {self.message}"


class LimitRow(models.Model):
    """A time limit of a case that runs or has ended, on time or late: a shadow, for counting by article."""

    case = models.ForeignKey(CaseRow, models.CASCADE, related_name="limits")
    code = models.CharField(max_length=20, db_index=True)
    title = models.CharField(max_length=300)
    subject = models.CharField(max_length=100, blank=True)
    due_on = models.DateField()
    ended_on = models.DateField(null=True)
    state = models.CharField(max_length=8)

    def __str__(self) -> str:
        return f"{self.code} {self.due_on} {self.state}"


class TrayRow(models.Model):
    """A recording that was deposited without a case (``office/recordings``): a shadow. ``entry`` is its ``Deposited``;
    ``unrelated`` is why it has nothing to do with any case."""

    entry = models.CharField(max_length=64, primary_key=True)
    digest = models.CharField(max_length=71, db_index=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    by = models.CharField(max_length=150, db_index=True)
    device = models.CharField(max_length=200, blank=True)
    path = models.TextField(blank=True)
    modified = models.CharField(max_length=20, blank=True)
    starts = models.DateTimeField(null=True)
    ends = models.DateTimeField(null=True)
    deposited_at = models.DateTimeField()
    unrelated = models.TextField(blank=True)

    class Meta:
        """A card is asked for what was taken from it before; the page goes by when it was deposited."""

        indexes: ClassVar = [
            models.Index(fields=["device", "size"], name="tray_device_size"),
            models.Index(fields=["deposited_at"], name="tray_deposited"),
        ]

    def __str__(self) -> str:
        return self.name


class TrayTie(models.Model):
    """A recording of the tray that belongs to a case: a shadow of the case's ``Tied``."""

    row = models.ForeignKey(TrayRow, models.CASCADE, related_name="ties")
    case = models.CharField(max_length=40, db_index=True)

    class Meta:
        """Once a case."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["row", "case"], name="one_tie_a_case")]

    def __str__(self) -> str:
        return f"{self.row_id} {self.case}"  # type: ignore[attr-defined]
