"""Transfer 移交进馆: archived files go to the public archives in a batch, each package verified, with 移交清册 (档 15; 档例 20, 30, 40).

Commit point: the ``Handed`` entries, one a package, which name batch, archives and the package handed over. All is built and
verified in a hidden folder before the first of them. Killed before, there is neither; killed among them or before the rename, the
record tells of a transfer that nobody got: the same batch, asked for again, records the packages that it then hands over.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from liuhen.acts.archiving import archived_rows, building, finish, kind_of, place, prove
from liuhen.acts.engine import nothing, perform
from liuhen.acts.finishing import bureau_name
from liuhen.acts.handing import named
from liuhen.acts.situation import Invalid, Situation, invalid, situation
from liuhen.archives import bag, registers
from liuhen.archives.bag import PackageError
from liuhen.archives.package import VERIFIER, verified
from liuhen.archives.registers import MOVED_HEAD, Moved
from liuhen.casefile.moments import day
from liuhen.casefile.state import CaseFile
from liuhen.casefile.values import Problem, clean
from liuhen.compliance.answers import words
from liuhen.compliance.custody import custody
from liuhen.office.policy import Actor, Subject, require
from liuhen.records import clock, read
from liuhen.records.append import New
from liuhen.records.models import Body

PURPOSE = "移交进馆"
LONGEST = 60  # characters of a batch's name
SHEET, TABLE = "移交清册.pdf", "移交清册.csv"


def transfer(batch: str, cases: Iterable[str], actor: Actor, target: Path, *, to: str, note: str) -> Path:
    """Make the transfer in the folder ``target``, a bag of the packages with their list, and record it; returns the folder.

    ``cases`` are ids. A file that is open to additions, lent, held by law, destroyed or handed over already is refused. Raises
    Invalid (a problem for each file, at ``case-<id>``), NotPermitted, PackageError when a package does not verify.
    """
    require(actor, "transfer", Subject())
    batch, to, note = (clean(text).strip() for text in (batch, to, note))
    wanted = [situation(case, actor) for case in dict.fromkeys(cases)]
    _check(batch, to, note, wanted)
    if target.exists():
        raise PackageError(f"{target.name} 已经存在，换一个名字")
    target.parent.mkdir(parents=True, exist_ok=True)
    with building(target) as root:
        moved = [one for here in wanted for one in _packed(root, here, batch)]
        _listed(root, batch, moved, to, note)
        for one in moved:
            _record(one, batch, actor, to)
        root.rename(target)
    return target


def _check(batch: str, to: str, note: str, wanted: Sequence[Situation]) -> None:
    asked = (("batch", "移交批次", batch), ("to", "接收档案馆", to), ("note", "开放意见等说明", note))
    wrong = [Problem(name, label, f"填写“{label}”", True) for name, label, text in asked if not text]
    if len(batch) > LONGEST:
        wrong.append(Problem("batch", "移交批次", f"“移交批次”不超过 {LONGEST} 个字", False))
    if not wanted:
        wrong.append(Problem("cases", "案卷", "至少选一卷", True))
    for here in wanted:
        if why := hindrance(here, batch):
            name = here.case.case_no or here.case.id
            wrong.append(Problem(f"case-{here.case.id}", name, f"{name}：{why}", False))
    if wrong:
        raise Invalid(wrong)


def hindrance(here: Situation, batch: str = "") -> str:
    """Why a file cannot be handed over now; empty when it can."""
    case = here.case
    if case.disposed:
        return "案卷内容已经销毁"
    if case.archived_at is None:
        return "还没有归档"
    if case.unpackaged:
        return f"归档以后又记入 {len(case.unpackaged)} 条，先补充归档"
    kept = custody(case, day(here.now))
    if kept.loan is not None:
        return f"由{kept.loan.unit}{kept.loan.borrower}借出，先收回"
    if kept.held:
        return f"标注了法律保全（{kept.held}），取消以后再移交"
    if kept.appraisal is not None and (kept.appraisal.pending or kept.appraisal.approved):
        return f"已列入拟销毁的鉴定批次{kept.appraisal.list}"
    if not _numbers(here, batch):
        return f"已于{words(case.moved_at) if case.moved_at else ''}移交{case.moved.get('to', '')}（{case.moved.get('batch', '')}）"
    return ""


def _numbers(here: Situation, batch: str) -> list[int]:
    """The packages of a file that were not handed over yet, or were in this very batch: the first is 0."""
    gone = [e.position for e in here.entries if e.kind == "Handed" and e.body and _elsewhere(e.body, batch)]
    places = [e.position for e in here.entries if e.kind == "Archived"]
    return [n for n, position in enumerate(places) if position > max(gone, default=0)]


def _elsewhere(body: object, batch: str) -> bool:
    assert isinstance(body, dict)
    return bool(body.get("batch")) and body["batch"] != batch


def _packed(root: Path, here: Situation, batch: str) -> list[Moved]:
    """Copy the packages of a file with their newest proofs, verify them, and say what they are called."""
    case, rows = here.case, archived_rows(here.case.id)
    finish(case.id)
    moved: list[Moved] = []
    for number in _numbers(here, batch):
        archive_no = str(case.packages[number].get("archive_no") or case.case_no)
        name = "".join(c for c in archive_no if c not in '\\/:*?"<>|') + (f"-补充{number}" if number else "")
        copy = root / "data" / name
        if copy.exists():
            raise invalid("cases", f"档号 {archive_no} 重复")
        shutil.copytree(place(case.id, number), copy)
        prove(copy, *rows[number], kind_of(number))
        moved.append(Moved(case, name, number, named(copy)))
    _verified([root / "data" / one.name for one in moved])
    return moved


def _verified(packages: Sequence[Path]) -> None:
    """Raise PackageError unless the verifier that goes with them finds the packages of a file whole."""
    for problem in verified(VERIFIER / "verify.py", packages):
        raise PackageError(f"案卷包核验不符，没有移交：{problem['where']}　{problem['message']}")


def _listed(root: Path, batch: str, moved: Sequence[Moved], to: str, note: str) -> None:
    """The list, as a sheet and as a table, and the bag around all of it."""
    on = day(clock.now())
    sheet = registers.transfer_list(
        batch, moved, bureau=bureau_name(read.office(), on), to=to, note=note, on=on
    )
    bag.write(root, f"data/{SHEET}", sheet)
    rows = io.StringIO(newline="")
    writer = csv.writer(rows)
    writer.writerow(("序号", *MOVED_HEAD, "文件夹"))
    writer.writerows((n, *one.cells, one.name) for n, one in enumerate(moved, 1))
    bag.write(root, f"data/{TABLE}", rows.getvalue().encode("utf-8-sig"))
    bag.payload(root)
    bag.finish_bag(root, "Liuhen-Package: transfer", f"External-Identifier: {batch}")


def _purpose(number: int) -> str:
    """What the record says that a package was handed over for: the first is 0, else the number of the supplement."""
    return PURPOSE + (f"（第 {number} 次补充归档）" if number else "")


def _record(one: Moved, batch: str, actor: Actor, to: str) -> None:
    """Append that the package was handed over, unless the record says so already. Raises Invalid when the file changed meanwhile."""
    body = {
        "to": to,
        "purpose": _purpose(one.number),
        "copy": one.digest,
        "withheld": list[str](),
        "batch": batch,
    }

    def decide(here: Situation) -> list[New]:
        if why := hindrance(here, batch):
            raise invalid(f"case-{here.case.id}", f"{here.case.case_no}：{why}")
        return [New("Handed", body)]

    said = [e.body for e in read.case_entries(one.case.id) if e.kind == "Handed"]
    if body not in said:
        perform("transfer", one.case.id, actor, decide, heeds=nothing)


def batches() -> dict[str, list[str]]:
    """Every batch of a transfer, the newest first, with the ids of the cases of which it took packages."""
    told = Body.objects.filter(entry__kind="Handed", content__contains='"batch":').order_by("-entry_id")
    found: dict[str, list[str]] = {}
    for stream, content in told.values_list("entry__stream", "content"):
        if batch := json.loads(content).get("batch"):
            found.setdefault(batch, []).append(stream.removeprefix("case/"))
    return {batch: list(dict.fromkeys(cases)) for batch, cases in found.items()}


def handed_over(case: CaseFile, batch: str) -> list[Moved]:
    """What a batch handed over of a file, as the record tells it: for its list to be printed again."""
    found: dict[int, Moved] = {}
    for number in range(len(case.packages)):
        for body in case.handed:
            if body.get("batch") == batch and body["purpose"] == _purpose(number):
                found[number] = Moved(case, "", number, str(body["copy"]))
    return list(found.values())
