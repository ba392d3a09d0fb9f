"""Cases at the points where the pages of the desk are tried."""

import pytest

from tests.acts import drive as d
from tests.desk.doing import STROKES, Desk, sign_url
from tests.remembered import remembered, step


@pytest.fixture
def inspected(bureau):
    """A case with an inspection record that nobody has signed yet."""
    return Desk.until(bureau, d.source, look)


@step
def look(drive):
    values = {
        "started_at": "2026-03-03T09:00", "ended_at": "2026-03-03T10:00", "place": "某街道某路1号",
        "certificates_shown": True, "recusal_answer": "不申请", "situation": "没有台账。",
    }  # fmt: skip
    drive.file("site_inspection_record", values, at="2026-03-03 10:10")


@pytest.fixture
def noticed(bureau):
    """A case whose penalty notice is issued and not served."""
    return Desk.until(bureau, d.source, d.investigation, d.report, issued)


@step
def issued(drive):
    drive.file("penalty_notice", {}, at="2026-03-09 09:00")
    drive.issue("penalty_notice", at="2026-03-09 09:30")


@pytest.fixture
def recorded(inspected):
    """The same with every signature: the record is finished."""
    remembered(signed, inspected.people, inspected.case)
    return inspected


def signed(people, case):
    desk = Desk(people, case)
    for who in ("jia", "yi"):
        desk.submit(who, sign_url(desk), "2026-03-03 10:20", means="drawn", strokes=STROKES)
    desk.submit("jia", sign_url(desk), "2026-03-03 10:20", means="drawn", strokes=STROKES, name="张某")
