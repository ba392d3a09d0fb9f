"""Hand in the evidence 举证: the pack for a reconsideration body or a court, in one go, recorded as handed out (复 48; 诉 67).

Commit point: the ``Handed`` entry, as for every copy that leaves the house (``liuhen/acts/handing.py``).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from liuhen.acts import handing
from liuhen.acts.archiving import building, prove
from liuhen.acts.finishing import bureau_name
from liuhen.acts.situation import invalid
from liuhen.acts.storage import vault
from liuhen.archives import court, package
from liuhen.archives.bag import ORIGINALS, PackageError, copy_out, digest_of
from liuhen.archives.court import Piece
from liuhen.casefile.moments import day
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.ledger.notes import verify_note
from liuhen.office.policy import Actor, Subject, require
from liuhen.papers import PaperContext, table, wording
from liuhen.records import clock, read
from liuhen.records.checkpoints import log_keys
from liuhen.records.reveal import MASKED, Mask

ROUTES = ("行政复议", "行政诉讼")
BAG = "核验"


def hand_in(
    case: str,
    actor: Actor,
    target: Path,
    wanted: Iterable[tuple[str, str]],
    *,
    route: str,
    to: str,
) -> Path:
    """Make the pack in the folder ``target`` and record that it was handed in; returns the folder.

    ``wanted``: document ids and entries of recordings, each with what it is to prove (empty: our usual words). Values of
    fields declared secret (whoever informed us) are withheld in the entries. Raises Invalid, NotPermitted, PackageError.
    """
    state = settle(read.case_entries(case), read.office())
    require(
        actor,
        "hand_in",
        Subject(state.section, state.officers, {a.person for a in state.assignments if a.taken}),
    )
    pieces = _pieces(state, wanted)
    if route not in ROUTES:
        raise invalid("route", "选择行政复议或者行政诉讼")
    if not to.strip():
        raise invalid("to", "写明提交给哪个复议机关或者人民法院")
    if target.exists():
        raise PackageError(f"{target.name} 已经存在，换一个名字")
    target.parent.mkdir(parents=True, exist_ok=True)
    hidden = _secret(state)
    with building(target) as root:
        bag = root / BAG
        _excerpt(bag, state, pieces, hidden)
        _numbered(root, bag, pieces)
        _sheets(root, bag, state, pieces, route, to.strip())
        told = sorted(f"{position}:{path}" for position, paths in hidden.items() for path in paths)
        handing.record(case, actor, bag, to.strip(), f"{route}举证", told, "hand_in")
        root.rename(target)
    return target


def _pieces(case: CaseFile, wanted: Iterable[tuple[str, str]]) -> list[Piece]:
    try:
        pieces = court.chosen(case, wanted)
    except KeyError:
        raise invalid("pieces", "选中的材料不在案卷里，或者没有成文") from None
    if not pieces:
        raise invalid("pieces", "至少选一份材料")
    return pieces


# Who sees all of a case but what is declared secret, as whoever the pack goes to.
_OUTSIDE = Actor("", "", "", frozenset({"principal_leader"}))


def _secret(case: CaseFile) -> dict[int, set[str]]:
    """By position of the entry, the paths of what is declared secret: it leaves the house with nobody."""
    mask, found = Mask(case, _OUTSIDE), dict[int, set[str]]()
    for entry in read.case_entries(case.id):
        body = mask.of_entry(entry).body or {}
        values = body.get("values", {})
        hidden = {f"/values/{name}" for name in values if values[name] == MASKED}
        hidden |= {f"/{name}" for name in ("old", "value") if body.get(name) == MASKED}
        if hidden:
            found[entry.position] = hidden
    return found


def _excerpt(bag: Path, case: CaseFile, pieces: Sequence[Piece], hidden: Mapping[int, Iterable[str]]) -> None:
    """A package of the case as far as it goes, with the files that are handed in: proves them without Liuhen."""
    bag.mkdir()
    lines = package.case_lines(case.id)
    for n, piece in enumerate(pieces, 1):
        copy_out(vault(), piece.digest, bag / _place(n, piece, case))
    package.write_entries(bag, handing.withhold(lines, hidden), package.office_lines(case, read.last_id()))
    prove(bag, None, None, "excerpt")


def _place(n: int, piece: Piece, case: CaseFile) -> str:
    document = case.documents.get(piece.key)
    if document is not None and piece.suffix == ".pdf":
        return f"data/documents/{n:04d}-{document.kind}-r{document.current.number}.pdf"
    return f"{ORIGINALS}{piece.digest.removeprefix('sha256:')}{piece.suffix}"


def _numbered(root: Path, bag: Path, pieces: Sequence[Piece]) -> None:
    by_digest = {digest_of(path)[0]: path for path in sorted((bag / "data").rglob("*")) if path.is_file()}
    for n, piece in enumerate(pieces, 1):
        source = by_digest[piece.digest.removeprefix("sha256:")]
        shutil.copyfile(source, root / court.file_name(n, piece))


def _sheets(root: Path, bag: Path, case: CaseFile, pieces: Sequence[Piece], route: str, to: str) -> None:
    on = day(clock.now())
    context = PaperContext(
        bureau=bureau_name(case.office, on),
        facts=[
            ("案号", case.case_no),
            ("案由", case.title),
            ("提交给", to),
            ("日期", wording.day(on.isoformat())),
        ],
    )
    columns = [("序号", 12), ("证据名称（文号）", 46), ("来源、日期", 38), ("页数", 12), ("证明目的", 0)]
    listed: list[list[str]] = []
    groups = dict.fromkeys(piece.group for piece in pieces)
    numbered = list(zip(pieces, court.rows(pieces), strict=True))
    for number, group in enumerate(groups, 1):
        listed.append(["", f"第{'一二三'[number - 1]}组　{group}", "", "", ""])
        listed += [row for piece, row in numbered if piece.group == group]
    after = ["提交人：" + context.bureau + "（印章）", wording.day(on.isoformat())]
    (root / "00-证据清单.pdf").write_bytes(table(f"{route}证据清单", columns, listed, context, after=after))
    course = table(
        "办案时间线", [("时间", 44), ("事项", 0), ("经办、相对人", 44)], court.course(case), context
    )
    (root / "00-办案时间线.pdf").write_bytes(course)
    (root / "00-核验单.pdf").write_bytes(_verification(bag, pieces, context))


def _verification(bag: Path, pieces: Sequence[Piece], context: PaperContext) -> bytes:
    """How anybody checks the pieces without us: the digest of each, the log's key, the command."""
    note = (bag / "proof/checkpoint.txt").read_text(encoding="utf-8")
    keys = verify_note(note, log_keys())
    before = [
        "各份证据在系统中成文或者存入时即取校验值（SHA-256），随案件条目记入只增不改的日志。改动任何一份，下表校验值和核验结果即不相符。",
        f"核验方法：在装有 Python 3.11 以上的任何电脑上，于本材料所在文件夹运行　python3 -S -I {BAG}/verify/verify.py {BAG} --key 日志公钥　"
        "（不需要网络和本系统）。结果为 0 或 2 的，内容没有改动；为 1 的，逐项列出不符之处。公钥应从本材料以外取得，指纹如下。",
        *(f"日志公钥：{key}　指纹：{key.fingerprint}" for key in keys),
        "检查点：" + note.split("\n\n")[0].replace("\n", "　"),
    ]
    rows = [[str(n), piece.title, wording.halves(piece.digest)] for n, piece in enumerate(pieces, 1)]
    return table(
        "核验单", [("序号", 12), ("证据名称", 50), ("校验值（SHA-256）", 0)], rows, context, before=before
    )
