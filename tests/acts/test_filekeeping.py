"""The archived file in hand: who keeps it, to whom it is lent and how it comes back, each an entry (A32; 档 14; 档例 34)."""

import pytest

from liuhen.acts import filekeeping
from liuhen.acts.situation import Invalid
from liuhen.office.policy import NotPermitted
from liuhen.records.models import ArchiveRow
from tests.archives import making
from tests.archives.making import driving

TAKEN = {"keeper": "档案室", "place": "二号库3柜", "handed_by": "执法人员甲"}
LENT = {
    "borrower": "李某", "unit": "某人民法院", "purpose": "审理行政案件", "items": "正卷", "due_on": "2026-06-30",
}  # fmt: skip


@pytest.fixture
def drive(bureau):
    return making.archived(bureau)


def test_custody_passes_and_a_loan_goes_out_and_comes_back(drive):
    who = drive.people["gui"]
    row = ArchiveRow.objects.get(case=drive.case)
    assert row.keeper == "粮食和物资储备科"
    with driving.day("2026-06-01 09:00"):
        filekeeping.take_over(drive.case, who, TAKEN)
        filekeeping.lend(drive.case, who, LENT)
        with pytest.raises(Invalid, match="先登记归还"):
            filekeeping.lend(drive.case, who, LENT)
    row.refresh_from_db()
    assert (row.keeper, row.place, row.borrower, row.late) == ("档案室", "二号库3柜", "某人民法院李某", 0)
    with driving.day("2026-06-20 09:00"):
        filekeeping.bring_back(drive.case, who, {"state": "完整，无缺页"})
        with pytest.raises(Invalid, match="没有借出"):
            filekeeping.bring_back(drive.case, who, {"state": "完整"})
    row.refresh_from_db()
    assert (row.borrower, row.due_back) == ("", None)


def test_what_is_not_filled_in_is_asked_for_and_only_the_archivist_does_it(drive):
    with driving.day("2026-06-01 09:00"):
        with pytest.raises(Invalid, match="用途"):
            filekeeping.lend(drive.case, drive.people["gui"], {**LENT, "purpose": " "})
        with pytest.raises(Invalid, match="不能早于今天"):
            filekeeping.lend(drive.case, drive.people["gui"], {**LENT, "due_on": "2026-05-01"})
        with pytest.raises(NotPermitted):
            filekeeping.lend(drive.case, drive.people["jia"], LENT)
        with pytest.raises(Invalid, match="填写理由"):
            filekeeping.hold(drive.case, drive.people["xin"], True, " ")


def test_before_archiving_there_is_no_file_to_keep(bureau):
    drive = driving.Drive(bureau)
    with pytest.raises(Invalid, match="归档以后"):
        filekeeping.take_over(drive.case, drive.people["gui"], TAKEN)
