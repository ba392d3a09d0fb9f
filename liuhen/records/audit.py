"""``audit``: verifies chains, bodies, log, numbers, files and projections, and names what was altered, lost or added (R34.3).

It reads only. What a holder of the log's key could rewrite as a whole shows only against a checkpoint from outside: those
are given as notes, and what only they can show is said so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

from django.db import DatabaseError
from django.db.models import Max, QuerySet

from liuhen.casefile.entries import KINDS
from liuhen.casefile.moments import instant, parse
from liuhen.casefile.state import UNNUMBERED
from liuhen.ledger import canonical, chain, commitment, merkle, notes
from liuhen.office.models import User
from liuhen.records import clock, garbled, read, tray
from liuhen.records.audit_files import check_files
from liuhen.records.models import Body, CaseRow, Checkpoint, Entry, Leaf, TreeNode
from liuhen.records.naming import MISNAMED, body_of, misnamed, place_of
from liuhen.records.numbers import borne, normal, unused, uses_fault
from liuhen.records.seal import KEYS
from liuhen.records.signers import signer, terms
from liuhen.records.stamps import outdated, projection_fault
from liuhen.vault.errors import VaultError
from liuhen.vault.places import Vault

# A clock that is set by the network may step back a little; within one stream hardly.
STREAM_STEP, LOG_STEP = timedelta(minutes=1), timedelta(minutes=5)
# Cases share these streams; plays in a demonstration bureau tell several pasts one after another.
_NUMBERED = "office/number-"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: a code, where, and a Chinese sentence."""

    code: str
    where: str
    message: str


@dataclass
class Report:
    """What an audit found. ``faults`` empty = whole as far as can be told here; ``notes`` = what to know besides."""

    faults: list[Fault] = field(default_factory=list[Fault])
    notes: list[str] = field(default_factory=list[str])
    entries: int = 0
    files: int = 0
    witnessed: int = 0

    def add(self, code: str, where: str, message: str) -> None:
        """Name one fault."""
        self.faults.append(Fault(code, where, message))


@garbled.told()
def audit(vault: Vault, outside: Sequence[str] = ()) -> Report:
    """Check the whole record; ``outside`` are checkpoint notes kept elsewhere (the witness's, the printed ones)."""
    report = Report()
    _guarded(report, "条目", lambda: _streams(report))
    _guarded(report, "条目内容", lambda: _bodies(report))
    _guarded(report, "日志", lambda: _log(report))
    _guarded(report, "外部检查点", lambda: _outside(report, outside))
    _guarded(report, "记录时间", lambda: _times(report))
    _guarded(report, "账号", lambda: _accounts(report))
    _guarded(report, "文号", lambda: _numbers(report))
    _guarded(report, "文件", lambda: check_files(report, vault))
    _guarded(report, "案件表", lambda: _projections(report))
    return report


def _guarded(report: Report, where: str, part: Callable[[], None]) -> None:
    """Run a part of the audit; what it cannot even read is a fault, and the other parts still run."""
    try:
        part()
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        AssertionError,
        VaultError,
        DatabaseError,
    ) as error:
        report.add("UNREADABLE", where, f"有读不懂的内容，核对没有做完：{error}")


@garbled.told()
def faults_of(case: str) -> list[Fault]:
    """What is altered or lost in the entries of one case; the log, the files and the clock are the whole audit's matter."""
    report, own = Report(), Entry.objects.filter(stream=f"case/{case}")
    _guarded(report, "条目", lambda: _streams(report, own))
    _guarded(report, "条目内容", lambda: _bodies(report, own))
    return report.faults


def _streams(report: Report, entries: QuerySet[Entry] | None = None) -> None:
    """Every header hashes to its hash and links to the one before; positions run without gaps."""
    before: Entry | None = None
    rows = Entry.objects.all() if entries is None else entries
    played = _played()
    for row in rows.order_by("stream", "position").iterator(chunk_size=2000):
        report.entries += 1
        first = before is None or before.stream != row.stream
        last = None if first else before
        _header(report, row, last)
        if (
            last
            and _stepped_back(last, row, STREAM_STEP)
            and not (played and row.stream.startswith(_NUMBERED))
        ):
            report.add(
                "TIME_BACKWARDS", place_of(row.stream, row.position),
                f"记录时间早于前一条的 {last.recorded_at}：时钟被拨回过，或者是伪造的",
            )  # fmt: skip
        before = row


def _played() -> bool:
    """Whether this is a demonstration bureau; one that cannot be read is not."""
    try:
        return read.office().demo
    except (ValueError, LookupError, TypeError, AttributeError):
        return False


def _header(report: Report, row: Entry, last: Entry | None) -> None:
    where = place_of(row.stream, row.position)
    if chain.entry_hash(read.header(row)) != row.hash:
        report.add("ENTRY_ALTERED", where, "条目头被改动：与其校验值不符")
    expected = last.position + 1 if last else 1
    if row.position != expected:
        report.add("ENTRY_LOST", where, f"第 {expected} 条起有条目丢失")
    elif row.previous != (last.hash if last else ""):
        report.add("CHAIN_BROKEN", where, "与前一条的校验值接不上：前一条或者这一条被换过")
    if row.kind not in KINDS:
        report.add("ENTRY_UNKNOWN", where, f"不认识的条目种类 {row.kind}")


def _stepped_back(before: Entry, after: Entry, step: timedelta) -> bool:
    return instant(parse(after.recorded_at)) + step < instant(parse(before.recorded_at))


def _times(report: Report) -> None:
    """Over the whole log time hardly runs back: one clock writes. Within a stream :func:`_streams` names it."""
    last: Entry | None = None
    back = 0
    for row in (
        Entry.objects.only("recorded_at", "stream", "position").order_by("id").iterator(chunk_size=2000)
    ):
        if last is not None and _stepped_back(last, row, LOG_STEP):
            back += 1
        last = row
    if back:
        report.notes.append(f"记录时间有 {back} 处倒退 5 分钟以上：服务器时钟被拨回过，或者条目是伪造的")


def _accounts(report: Report) -> None:
    """An account lets its owner act in no other post, section or name than the office register gives."""
    office, now = read.office(), clock.now()
    for user in User.objects.filter(is_active=True).order_by("username"):
        person = office.people.get(user.username)
        wrong = ["没有任职记录"] if person is None else []
        if person is not None:
            pairs = (
                ("姓名", user.name, person.name),
                ("科室", user.section, person.section),
                ("岗位", sorted(user.roles), sorted(person.roles(now))),
            )
            wrong = [f"{label}与任职记录不符" for label, mine, theirs in pairs if mine != theirs]
        if wrong:
            report.add("ACCOUNT", f"账号 {user.username}", "、".join(wrong) + "：账号表被改动")


def _disposed() -> set[str]:
    orders = Entry.objects.filter(kind="Disposed").select_related("body")
    return {h for order in orders for h in (body_of(order) or {}).get("entries", ())}


def _bodies(report: Report, entries: QuerySet[Entry] | None = None) -> None:
    """Every body hashes to its commitment; those that ``Disposed`` names are gone, and no others."""
    disposed = _disposed()
    rows = Entry.objects.all() if entries is None else entries
    for row in rows.select_related("body").order_by("id").iterator(chunk_size=2000):
        where = place_of(row.stream, row.position)
        body = Body.objects.filter(entry_id=row.id).first() if not hasattr(row, "body") else row.body
        if body is None:
            if row.hash not in disposed:
                report.add("BODY_LOST", where, "条目内容丢失，没有销毁记录")
        elif row.hash in disposed:
            report.add("BODY_KEPT", where, "已决定销毁的内容还在：销毁没有做完，重新启动留痕即可继续")
        elif not _committed(row, body):
            report.add(
                "BODY_ALTERED",
                where,
                f"条目内容被改动（{KINDS[row.kind].title if row.kind in KINDS else row.kind}）",
            )


def _committed(row: Entry, body: Body) -> bool:
    try:
        content, seed = json.loads(body.content), bytes.fromhex(body.seed)
        found = commitment.commitment(content, seed)
    except ValueError:
        return False
    as_written = canonical.encode(content).decode() == body.content and seed.hex() == body.seed
    return as_written and found == row.commitment


def _log(report: Report) -> None:
    """Leaves match entries, the tree matches the leaves, checkpoints match the tree and are signed by the log's key."""
    leaves = list(Leaf.objects.order_by("index"))
    _leaves(report, leaves)
    nodes: dict[tuple[int, int], bytes] = {}
    hashes = merkle.leaf_hashes(bytes.fromhex(leaf.hash) for leaf in leaves)
    if [leaf.index for leaf in leaves] == list(range(len(leaves))):
        nodes = merkle.appended(0, hashes, lambda level, index: nodes[level, index])
        _nodes(report, nodes)
    _checkpoints(report, len(leaves), nodes)


def _leaves(report: Report, leaves: Sequence[Leaf]) -> None:
    entries = {row.hash: row for row in Entry.objects.only("id", "hash", "stream", "position")}
    for before, after in pairwise(leaves):
        if after.index != before.index + 1:
            report.add("LEAF_LOST", f"日志第 {before.index + 1} 位", "日志中有叶子丢失")
    sealed: set[str] = set()
    last = 0
    for leaf in leaves:
        sealed.add(leaf.hash)
        row = entries.get(leaf.hash)
        if row is None:
            report.add(
                "ENTRY_LOST",
                place_of(leaf.stream, leaf.position),
                f"已入账（第 {leaf.index} 位）的条目不见了，或者被换过",
            )
        else:
            last = max(last, row.pk)
            if (row.stream, row.position) != (leaf.stream, leaf.position):
                report.add("LEAF_ALTERED", f"日志第 {leaf.index} 位", "日志所记的条目位置与条目不符")
    for row in entries.values():
        if row.hash not in sealed and row.pk < last:
            report.add(
                "ENTRY_ADDED",
                place_of(row.stream, row.position),
                "这一条不在日志里，却排在已入账的条目之前：是后加的",
            )


def _nodes(report: Report, nodes: dict[tuple[int, int], bytes]) -> None:
    stored = {(n.level, n.index): n.hash for n in TreeNode.objects.all()}
    for key, value in nodes.items():
        if stored.get(key) != value.hex():
            report.add("TREE_ALTERED", f"日志节点 {key[0]}/{key[1]}", "日志树的节点与叶子不符")
    for key in stored.keys() - nodes.keys():
        report.add("TREE_ADDED", f"日志节点 {key[0]}/{key[1]}", "日志树多出节点")


def _root(nodes: dict[tuple[int, int], bytes], size: int) -> str | None:
    try:
        return merkle.tree_root(size, lambda level, index: nodes[level, index]).hex()
    except KeyError:
        return None


def _checkpoints(report: Report, size: int, nodes: dict[tuple[int, int], bytes]) -> None:
    found_terms, faults = terms()
    for fault in faults:
        report.add("KEY_UNTRUSTED", KEYS, fault)
    for checkpoint in Checkpoint.objects.order_by("size"):
        where = f"检查点 {checkpoint.size}"
        if checkpoint.size > size:
            report.add(
                "LOG_TRUNCATED", where, f"检查点有 {checkpoint.size} 条，日志只剩 {size} 条：末尾被截去"
            )
            continue
        try:
            parsed = notes.parse_checkpoint(checkpoint.note)
            notes.verify_note(checkpoint.note, [signer(found_terms, checkpoint.size)])
        except notes.NoteError as error:
            report.add("CHECKPOINT_ALTERED", where, f"检查点被改动：{error}")
            continue
        found = _root(nodes, checkpoint.size)
        if parsed.root.hex() != checkpoint.root or parsed.size != checkpoint.size or found != checkpoint.root:
            report.add("LOG_ALTERED", where, "日志与已签名的检查点不符：条目被改、被删或者被加")
    last = Checkpoint.objects.aggregate(last=Max("size"))["last"] or 0
    if last < size:
        report.add("CHECKPOINT_LOST", f"检查点 {size}", "最后的检查点不见了")


def _outside(report: Report, outside: Sequence[str]) -> None:
    """Compare with checkpoints kept elsewhere: the only thing that shows a log rewritten and signed anew."""
    hashes = Leaf.objects.order_by("index").values_list("hash", flat=True)
    leaves = merkle.leaf_hashes(map(bytes.fromhex, hashes))
    nodes = merkle.appended(0, leaves, lambda level, index: nodes[level, index]) if leaves else {}
    for text in outside:
        try:
            seen = notes.parse_checkpoint(text)
        except notes.NoteError as error:
            report.add("OUTSIDE_BAD", "外部检查点", str(error))
            continue
        where = f"外部检查点 {seen.size}"
        if seen.size > len(leaves):
            report.add(
                "OUTSIDE_TRUNCATED",
                where,
                f"外部见过 {seen.size} 条，本库只有 {len(leaves)} 条（只有外部检查点能看出）",
            )
        elif _root(nodes, seen.size) != seen.root.hex():
            report.add(
                "OUTSIDE_REWRITTEN",
                where,
                "日志与外部检查点不符：整体重写过并重新签名（只有外部检查点能看出）",
            )
        else:
            report.witnessed = max(report.witnessed, seen.size)
    if not outside:
        report.notes.append(
            "没有给出外部检查点：持有日志密钥的人整体重写并重新签名，只有见证人或者外存的检查点能够发现"
        )


def _numbers(report: Report) -> None:
    """Each series runs from 1 without gap; every issued number was reserved."""
    reserved: dict[str, str] = {}
    series: dict[str, list[int]] = {}
    for row in (
        Entry.objects.filter(kind="NumberReserved").select_related("body").order_by("stream", "position")
    ):
        body = body_of(row)
        if body is not None:
            reserved[row.hash] = body["number"]
            series.setdefault(row.stream, []).append(body["n"])
    for stream, numbers in series.items():
        if numbers != list(range(1, len(numbers) + 1)):
            report.add("NUMBER_GAP", stream, "文号不连续或者重复")
    _numbers_borne(report)
    if uses_fault():
        report.add("PROJECTION", "取号表", "取号表与条目不符：运行 liuhen rebuild 重建")
    for number in unused():
        report.add(
            "NUMBER_UNUSED", number.stream, f"文号 {number.text} 取了没有用，也没有作废：用它的文书可能被抽走"
        )
    for row in Entry.objects.filter(kind="Issued", origin="made").select_related("body"):
        body = body_of(row)
        if body and "reservation" in body and reserved.get(body["reservation"]) != body["number"]:
            report.add(
                "NUMBER_UNRESERVED", place_of(row.stream, row.position), f"文号 {body['number']} 没有取号记录"
            )


def _numbers_borne(report: Report) -> None:
    """No two papers bear one number, whoever recorded them."""
    papers: dict[str, tuple[str, str]] = {}
    for row, document, number in borne():
        paper = (row.stream, document)
        if number != UNNUMBERED and papers.setdefault(normal(number), paper) != paper:
            where = place_of(row.stream, row.position)
            report.add("NUMBER_TWICE", where, f"文号 {number} 已经用在另一份文书上")


def _projections(report: Report) -> None:
    """Rows equal what the entries give; a row of a case without entries tells that the case was dropped."""
    outdated_rows = 0
    for row in CaseRow.objects.order_by("case").iterator():
        try:
            fault = projection_fault(row)
        except read.NoSuchCase:
            fault = "案件的条目全部不见了"
        except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
            fault = f"不能从条目重建：{error}"
        if fault:
            report.add("PROJECTION", f"案件 {row.case_no or row.case}", fault)
        elif outdated(row):
            outdated_rows += 1
    if outdated_rows:
        report.notes.append(f"待重建：{outdated_rows} 个案件的案件表是按较早的版本、设置或者工作日历算出的")
    for entry in Entry.objects.filter(id__in=misnamed()).only("stream", "position").order_by("id"):
        report.add("PROJECTION", place_of(entry.stream, entry.position), MISNAMED)
    for entry in sorted(set(tray.misplaced())):
        report.add("PROJECTION", f"{tray.TRAY} {entry[:12]}", tray.MISPLACED)
    known = set(CaseRow.objects.values_list("case", flat=True))
    for stream in Entry.objects.filter(stream__startswith="case/", position=1).values_list(
        "stream", flat=True
    ):
        if stream.removeprefix("case/") not in known:
            report.add("PROJECTION", stream, "案件不在案件表里")
