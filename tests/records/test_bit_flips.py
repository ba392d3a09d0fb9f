"""A single flipped bit anywhere in the record or the vault is found, and the very entry or file is named (R34.3).

Flips fall at random over every column of entries and bodies, and over every byte of the vault's files; those of packages
are in ``tests/archives/test_tampering.py``.
"""

import random
from types import SimpleNamespace

import pytest
from django.db import connection

from liuhen.acts.storage import vault
from liuhen.records.audit import Report, audit, faults_of
from liuhen.records.audit_files import check_files
from liuhen.records.models import Body, Entry
from liuhen.records.naming import place_of
from tests.acts import drive as driving
from tests.conftest import triggers_off
from tests.properties.profile import examples
from tests.recordings import making
from tests.remembered import remembered

pytestmark = pytest.mark.fuzz
ROWS, FILES = examples(25, 500), examples(15, 200)
# What a row's own id becomes is a row lost (tests/records/test_audit_garbage.py).
COLUMNS = [
    (model, field)
    for model in (Entry, Body)
    for field in model._meta.concrete_fields
    if not field.primary_key
]


@pytest.fixture
def drive(bureau):
    return remembered(begun, bureau)


def begun(people):
    drive = driving.Drive(people)
    driving.source(drive)
    drive.deposit(
        making.film().read_bytes(),
        "检查.mp4",
        what="检查录像",
        recorded=True,
        ends=driving.local("2026-03-02 15:00"),
    )
    return drive


class Columns:
    """The bytes of a cell as they lie in the database, to be read and written as they are."""

    def __init__(self, model, field):
        self.table, self.column = model._meta.db_table, field.column
        self.key = model._meta.pk.column
        self.number = "Integer" in field.get_internal_type()
        self.json = field.get_internal_type() == "JSONField"

    def read(self, key):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT CAST({self.column} AS TEXT) FROM {self.table} WHERE {self.key} = %s", [key]
            )
            (found,) = cursor.fetchone()
        return found.encode() if found else b""

    def write(self, key, data):
        if self.number:
            value, given = "%s", int(data)
        elif connection.vendor == "sqlite":
            value, given = "CAST(%s AS TEXT)", data
        else:
            value, given = "%s::jsonb" if self.json else "%s", data.decode()
        with triggers_off(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {self.table} SET {self.column} = {value} WHERE {self.key} = %s", [given, key]
            )


def flipped(data, chance):
    """The same with one bit the other way round."""
    at = chance.randrange(8 * len(data))
    return data[: at // 8] + bytes([data[at // 8] ^ 1 << at % 8]) + data[at // 8 + 1 :]


def flipped_number(data, chance):
    return str(int(data) ^ 1 << chance.randrange(12)).encode()


def storable(cell, data, taken):
    """No database takes a place twice. PostgreSQL holds no text that is none: there the disk's own checksums tell of it."""
    if cell.column == "position" and int(data) in taken:
        return False
    if cell.json or connection.vendor == "postgresql":
        try:
            return "\0" not in data.decode()
        except UnicodeDecodeError:
            return False
    return True


def test_a_flipped_bit_in_any_row_is_found_and_named(drive):
    chance, done = random.Random(connection.vendor), 0
    rows = list(Entry.objects.order_by("id"))
    while done < ROWS:
        model, field = chance.choice(COLUMNS)
        row, cell = chance.choice(rows), Columns(model, field)
        before = cell.read(row.pk)
        if not before:
            continue
        after = (flipped_number if cell.number else flipped)(before, chance)
        if not storable(cell, after, {each.position for each in rows if each.stream == row.stream}):
            continue
        cell.write(row.pk, after)
        found = audit(vault()).faults
        told = {fault.where for fault in found}
        changed = place_of_changed(row, field, after)
        assert told & {place_of(row.stream, row.position), changed}, (
            model,
            field.column,
            before,
            after,
            found,
        )
        if row.stream == f"case/{drive.case}" and field.column not in ("stream", "position"):
            assert place_of(row.stream, row.position) in {fault.where for fault in faults_of(drive.case)}
        cell.write(row.pk, before)
        done += 1
    assert audit(vault()).faults == []


def place_of_changed(row, field, after):
    """Where the row says that it stands now."""
    now = SimpleNamespace(stream=row.stream, position=row.position)
    setattr(now, field.column, after.decode(errors="backslashreplace"))
    return place_of(now.stream, now.position)


def test_a_flipped_bit_in_any_file_is_found_and_named(drive):
    chance = random.Random(1)
    files = sorted(vault().all())
    for _ in range(FILES):
        digest = chance.choice(files)
        path = vault().first.path(digest)
        before = path.read_bytes()
        path.chmod(0o644)
        path.write_bytes(flipped(before, chance))
        (fault,) = checked().faults
        assert (fault.code, fault.message) == ("FILE_ALTERED", f"文件被改动：{digest}")
        assert fault.where.startswith(f"case/{drive.case} 第 ")
        path.write_bytes(before)
    assert checked().faults == []


def checked():
    report = Report()
    check_files(report, vault())
    return report
