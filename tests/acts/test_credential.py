"""With a certificate configured, what bears the bureau's seal is signed with it, and nothing else."""

import io

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from liuhen.acts import archiving
from liuhen.acts.storage import vault
from liuhen.archives import looking
from liuhen.archives.properties import Seen
from liuhen.records import read
from tests.archives import making
from tests.papers.test_pades import made


@pytest.fixture
def drive(bureau, settings, tmp_path):
    found = made(tmp_path)
    settings.LIUHEN_SEAL, settings.LIUHEN_SEAL_PASSWORD = str(found.file), str(found.password)
    return making.closed(bureau)


def signatures(digest):
    with vault().open(digest) as file:
        return len(PdfFileReader(io.BytesIO(file.read())).embedded_signatures)


def test_sealed_papers_are_signed_and_others_are_not(drive):
    entries = read.case_entries(drive.case)
    sealed = {e.body["document"] for e in entries if e.kind == "Issued" and e.body["sealed"]}
    finals = [e.body for e in entries if e.kind == "Rendered" and e.body["purpose"] == "final"]
    assert sealed
    assert {body["document"] for body in finals if signatures(body["digest"])} == sealed


def test_the_package_tells_whether_its_seals_hold(drive):
    """R31.1, 四性检测: a seal that covers something else is found and named."""
    making.archive(drive)
    assert drive.state().archived["checks"]["items"]["Z7"] == "passed"
    root = archiving.place(drive.case)
    (paper,) = (root / "data/documents").glob("*penalty_decision-r1.pdf")
    data = bytearray(paper.read_bytes())
    data[len(data) // 4] ^= 1
    paper.chmod(0o644)
    paper.write_bytes(data)
    assert list(looking.LOOKS["Z7"](Seen(drive.state(), vault(), root))) == [paper.name]
