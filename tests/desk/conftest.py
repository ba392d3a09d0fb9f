"""Cases at the points where the pages of the desk are tried."""

import pytest

from liuhen.acts import documents
from tests.acts import drive as d
from tests.desk.doing import STROKES, Desk, sign_url


@pytest.fixture
def inspected(bureau):
    """A case with an inspection record that nobody has signed yet."""
    desk = Desk.until(bureau, d.source)
    with d.day("2026-03-03 10:10"):
        documents.file_document(desk.case, bureau["jia"], "site_inspection_record", {
            "started_at": "2026-03-03T09:00", "ended_at": "2026-03-03T10:00", "place": "某街道某路1号",
            "certificates_shown": True, "recusal_answer": "不申请", "situation": "没有台账。",
        })  # fmt: skip
    return desk


@pytest.fixture
def noticed(bureau):
    """A case whose penalty notice is issued and not served."""

    def issued(drive):
        drive.file("penalty_notice", {}, at="2026-03-09 09:00")
        drive.issue("penalty_notice", at="2026-03-09 09:30")

    return Desk.until(bureau, d.source, d.investigation, d.report, issued)


@pytest.fixture
def recorded(inspected):
    """The same with every signature: the record is finished."""
    for who in ("jia", "yi"):
        inspected.submit(who, sign_url(inspected), "2026-03-03 10:20", means="drawn", strokes=STROKES)
    inspected.submit(
        "jia", sign_url(inspected), "2026-03-03 10:20", means="drawn", strokes=STROKES, name="张某"
    )
    return inspected
