"""The index of named files is a shadow of the bodies: it answers who else needs a file without reading them (R34.3)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liuhen.acts import cases, media
from liuhen.acts.storage import vault
from liuhen.cli.__main__ import main
from liuhen.records.audit import audit
from liuhen.records.models import Entry, Named
from liuhen.records.naming import misnamed, named_elsewhere

PHOTOGRAPH = "sha256:2ab7f2b9ed1a0bdd7ded98c2c4ac0ca2a1c3d0aef3d6a1c5a1a8b0ae34c3d8a4"


@pytest.fixture
def case(bureau):
    case = cases.open_case(bureau["jia"], title="某粮食有限公司没有经营台账")
    media.deposit(case, bureau["jia"], b"photograph", "现场.jpg", what="现场照片")
    return case


def deposited(case):
    return Named.objects.filter(entry__stream=f"case/{case}", entry__kind="Deposited")


def test_a_file_is_found_where_it_is_named_and_nowhere_else(case, bureau):
    (digest,) = deposited(case).values_list("digest", flat=True)
    assert named_elsewhere([digest, PHOTOGRAPH], "case/another") == {digest}
    assert named_elsewhere([digest], f"case/{case}") == set()

    other = cases.open_case(bureau["jia"], title="另一案件")
    media.deposit(other, bureau["jia"], b"photograph", "现场.jpg", what="现场照片")
    assert named_elsewhere([digest], f"case/{case}") == {digest}


def test_no_body_is_read_for_it(case):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        named_elsewhere([PHOTOGRAPH], f"case/{case}")
    assert not any("records_body" in each["sql"] for each in queries)


@pytest.mark.parametrize("attack", ["removed", "added"])
def test_the_audit_names_a_row_that_the_bodies_do_not_give_and_rebuild_mends_it(case, attack, capsys):
    entry = Entry.objects.get(stream=f"case/{case}", kind="Deposited")
    if attack == "removed":
        deposited(case).delete()
    else:
        Named.objects.create(entry=entry, digest=PHOTOGRAPH)
    assert misnamed() == {entry.pk}
    where = f"case/{case} 第 {entry.position} 条"
    assert ("PROJECTION", where) in {(fault.code, fault.where) for fault in audit(vault()).faults}
    assert main(["rebuild", "--check"]) == 1
    assert where in capsys.readouterr().out

    assert main(["rebuild"]) == 0
    assert misnamed() == set()
    assert main(["rebuild", "--check"]) == 0
