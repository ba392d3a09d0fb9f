"""A whole case at the desk, without scripts: every page opens, every form does what its button says."""

import io
import zipfile

from liuhen.compliance.judge import context, judge
from liuhen.records import clock, read
from tests.acts import drive as d
from tests.desk.doing import Desk


def test_an_ordinary_penalty_case_can_be_done_without_scripts(bureau):
    """desk.md: works without JavaScript where it can; the case ends archived and without a finding (R3.1)."""
    desk = Desk(bureau)
    for step in (desk.source, desk.investigation, desk.report, desk.notice, desk.decision, desk.ended):
        step()
    page = desk.get("gui", desk.path("archive"), "2026-04-01 08:50").content.decode()
    assert "每份文书都已签名、批准、签发、送达" in page

    answer = desk.submit("gui", desk.path("archive"), "2026-04-01 09:00")
    assert answer.status_code == 302
    with d.day("2026-04-01 10:00"):
        judgement = judge(desk.state(), context(clock.now(), read.office()))
    assert [finding.line for finding in judgement.violated()] == []
    assert judgement.state == "已归档"

    page = desk.get("gui", desk.path("archive"), "2026-04-01 10:00").content.decode()
    assert desk.state().archived["head"] in page
    package = desk.get("gui", desk.path("package"), "2026-04-01 10:00")
    with zipfile.ZipFile(io.BytesIO(b"".join(package.streaming_content))) as packed:
        names = packed.namelist()
    assert f"{desk.state().case_no}/verify/verify.py" in names
    assert f"{desk.state().case_no}/manifest-sha256.txt" in names
