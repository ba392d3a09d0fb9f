"""What is printed from entries, and what is the bureau's own, is made in no case (A31, A32, A35)."""

from datetime import date

import pytest

from liuhen.acts import backfill, documents
from liuhen.acts.situation import Invalid
from tests.acts import drive as d

REFUSED = [
    ("no_such_kind", "没有这种文书"),
    ("case_cover", "《卷宗封面》由系统按已有的记录打印，不另填写"),
    ("interpretation", "《办法解释》由机关另行保管，不在案件里制作"),
]


@pytest.mark.parametrize(("kind", "told"), REFUSED)
def test_such_a_paper_is_neither_drafted_nor_backfilled(bureau, kind, told):
    drive = d.Drive(bureau)
    jia, scan = drive.people["jia"], drive.scan()
    acts = (
        lambda: documents.new_draft(drive.case, jia, kind),
        lambda: backfill.backfill_document(
            drive.case, jia, kind, {}, at=date(2026, 3, 2), scan=scan, reason="纸质文书补录"
        ),
    )
    for act in acts:
        with d.day("2026-03-02 10:00"), pytest.raises(Invalid) as refusal:
            act()
        assert [problem.message for problem in refusal.value.problems] == [told]
