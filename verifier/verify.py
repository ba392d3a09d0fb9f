#!/usr/bin/env python3
"""留痕案卷包校验程序。

Verifies a package of a case without Liuhen, without a network and without anything but Python's own
library: is every file as it was when the bag was made, is every entry as it was appended, is nothing
missing, and did the log and its witness vouch for it? Run it bare: ``python3 -S -I verify.py PACKAGE``.

What it does not judge is whether the case is complete by the rules; that is another question.
Sources: RFC 8493 (BagIt), RFC 8785, RFC 6962 and 9162, RFC 8032, c2sp.org signed-note, tlog-checkpoint and
tlog-cosignature.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn, TypeGuard

WHOLE, DIFFERS, UNWITNESSED, NO_PACKAGE = 0, 1, 2, 3
VERDICTS = {
    WHOLE: "完整",
    DIFFERS: "不符",
    UNWITNESSED: "完整未见证",
    NO_PACKAGE: "不是案卷包",
}
PROBLEMS = {
    "LINK": "是链接或者特殊文件，不予读取",
    "UNREADABLE": "读不出来",
    "BAGIT": "不是 BagIt 1.0 的声明",
    "BAG_INFO": "包的说明不合格式",
    "OXUM": "包的说明所记的文件数、字节数与实际不符",
    "MANIFEST_FORMAT": "清单不合格式",
    "MANIFEST_ORDER": "清单没有按路径排列，或者有重复",
    "MANIFEST_SCOPE": "列在了不该列的清单里",
    "MISSING": "缺少文件",
    "UNLISTED": "文件不在清单里",
    "UNKNOWN_FILE": "包里不应有这个文件",
    "DIGEST": "文件与清单所记的校验值不符",
    "JSON": "不是规范的 JSON",
    "SHAPE": "内容不合格式",
    "ENTRY_HASH": "条目与其校验值不符",
    "COMMITMENT": "正文与条目所记的承诺不符",
    "STREAM": "条目不属于这一条目流",
    "BUREAU": "条目不属于同一个局",
    "POSITION": "条目位次不连续",
    "PREVIOUS": "条目所记前一条的校验值不对",
    "DUPLICATE": "条目重复",
    "ARCHIVED": "归档条目没有接在案件最后一条之后",
    "SUPPLEMENT": "补充归档的包应从上一次归档的条目开始",
    "SUPPLEMENT_BASE": "补充归档的包接不上前一个包",
    "ARCHIVED_BODY": "归档条目的正文缺少应有的内容",
    "ARCHIVED_CUT": "归档条目所记的末条与案件不符",
    "ARCHIVED_MANIFEST": "归档条目所记的清单校验值与清单不符",
    "ARCHIVED_COUNT": "归档条目所记的文件数、字节数与实际不符",
    "CHECKPOINT": "检查点不合格式",
    "KEYS": "包内所附公钥不合格式",
    "HANDOVER": "包内所附密钥交接不成立",
    "LOG_SIGNATURE": "检查点上没有有效的日志签名",
    "LOG_KEY": "检查点不是由所给的日志公钥签署",
    "COSIGNATURE": "见证共签无效",
    "STAMP": "时间戳所盖的不是这个检查点",
    "INCLUSION": "收录证明与检查点不符",
    "INCLUSION_MISSING": "条目没有收录证明",
    "INCLUSION_EXTRA": "收录证明所证的条目不在包内",
    "INCLUSION_PROOF": "收录证明不成立",
    "DOCUMENT_UNRECORDED": "文书没有对应的成文条目",
    "ORIGINAL_NAME": "原件的文件名与其校验值不符",
    "ORIGINAL_UNRECORDED": "原件没有对应的条目",
    "NOT_IN_PACKAGE": "条目所记的文件不在包内",
    "DERIVED": "画面所记的原片与案件的条目不符",
}
USAGE = """用法：python3 verify.py 案卷包目录 [补充包目录 …] [--key 公钥] [--witness-key 公钥 …] [--json]

  补充包按次序写在后面，一起校验是否前后相接

  --key          日志公钥：一行公钥文字，或者存有公钥的文件。应从包以外的可信途径取得
  --witness-key  见证公钥，同上，可以给多个
  --json         以 JSON 输出

结果（退出码）：
  0  完整：与所给日志公钥、见证公钥都相符
  2  完整未见证：没有给日志公钥，或者没有所给见证公钥的共签
  1  不符：逐项列出
  3  用法不对，或者不是案卷包
"""

MANIFEST, TAGMANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
CASE, OFFICE, ARCHIVED = "data/entries/case.jsonl", "data/entries/office.jsonl", "proof/archived.json"
CATALOGUE, CATALOGUE_PDF = "data/catalogue.json", "data/catalogue.pdf"
INCLUSION, CHECKPOINT, KEYS = "proof/inclusion.json", "proof/checkpoint.txt", "proof/keys.json"
STAMP = "proof/checkpoint.tsr"
VERIFIER = "verify/verify.py"
# Copies with part of the files; of an excerpt the case is still open.
PARTIAL = ("redacted", "excerpt")
KINDS = ("complete", "supplement", *PARTIAL)
TAG_FILES = {"bagit.txt", "bag-info.txt", MANIFEST, TAGMANIFEST}
REQUIRED = TAG_FILES | {CASE, OFFICE, ARCHIVED, INCLUSION, CHECKPOINT, KEYS}
REQUIRED_WHOLE = {CATALOGUE, CATALOGUE_PDF, VERIFIER, "verify/README.txt"}
DOCUMENT = re.compile(r"data/documents/[^/]+\.pdf")
ORIGINAL = re.compile(r"data/originals/([^/.]+)(\.[^/]+)?")
METADATA = {"data/metadata.xml", "data/metadata.xsd"}
FORM = re.compile(r"data/forms/[0-9]{4}-[a-z_]+\.pdf")

# Digests that name no file of the store: manifests, copies handed out, releases, templates, what an approver was shown.
NO_FILES = {
    ("Archived", "/manifest"),
    ("Handed", "/copy"),
    ("Released", "/digest"),
    ("Filed", "/template"),
    ("Decided", "/shown"),
}

CHUNK = 1 << 20
MAX_FILE = 1 << 28
MAX_DEPTH = 64
MAX_SIGNATURES = 64
MAX_INTEGER = 2**53 - 1
LOG, WITNESS = 0x01, 0x04
HEX64 = re.compile(r"[0-9a-f]{64}")
SALT = re.compile(r"[0-9a-f]{32}")
SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
MANIFEST_LINE = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f\x7f]+)")
INFO_LINE = re.compile(r"([^\x00-\x20\x7f:]+): ([^\x00-\x1f\x7f]*)")
BAD_NAME = re.compile(r"[\s+\x00-\x1f\x7f]")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class FormatError(ValueError):
    """Something in the package is not as the format wants it; the message says what, in Chinese."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: a key of PROBLEMS, the place, and a Chinese sentence."""

    code: str
    where: str
    message: str


@dataclass
class Report:
    """What ``verify`` found.

    ``verdict`` is WHOLE, DIFFERS, UNWITNESSED or NO_PACKAGE, as the exit code; ``witness_keys`` are those
    whose cosignature holds, each with its Unix time, given by the caller or not. ``archived`` is the hash of
    the entry that ends the package; a supplement has its number, and ``follows`` the hash that it begins with.
    """

    verdict: int = NO_PACKAGE
    problems: list[Problem] = field(default_factory=list[Problem])
    notes: list[str] = field(default_factory=list[str])
    log_key: str | None = None
    log_key_given: bool = False
    witness_keys: dict[str, int] = field(default_factory=dict[str, int])
    package: str = ""
    bureau: str = ""
    stream: str = ""
    case_entries: int = 0
    office_entries: int = 0
    files: int = 0
    bytes: int = 0
    origin: str = ""
    size: int = 0
    supplement: int = 0
    follows: str = ""
    archived: str = ""

    def problem(self, code: str, where: str, detail: str = "") -> None:
        """Name one thing that is wrong."""
        self.problems.append(Problem(code, where, PROBLEMS[code] + (f"：{detail}" if detail else "")))


@dataclass(frozen=True)
class Key:
    """A verifier key: name, type (LOG or WITNESS), 32 bytes, and the vkey text it was read from."""

    name: str
    type: int
    public: bytes
    text: str

    @property
    def key_id(self) -> bytes:
        """The four bytes that name the key in a signature line."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public).digest()[:4]


@dataclass(frozen=True)
class Signature:
    """One signature line of a note."""

    name: str
    key_id: bytes
    data: bytes


@dataclass(frozen=True)
class Checkpoint:
    """The log's signed head."""

    body: str
    origin: str
    size: int
    root: bytes
    signatures: list[Signature]


@dataclass(frozen=True)
class Entry:
    """One entry: header, hash, what its body shows by path (None without a body), how much it withholds."""

    where: str
    header: dict[str, Any]
    hash: str
    shown: dict[str, Any] | None
    withheld: int

    @property
    def kind(self) -> str:
        """The kind of entry, e.g. ``Rendered``."""
        return self.header["kind"]

    def digest(self) -> str | None:
        """The file digest that the body names as its subject, 64 hex digits, when shown."""
        value = (self.shown or {}).get("/digest")
        return _sha256(value)


@dataclass
class Bag:
    """The files of the package, each hashed once, and the report that is being written."""

    root: Path
    report: Report
    digests: dict[str, str] = field(default_factory=dict[str, str])
    sizes: dict[str, int] = field(default_factory=dict[str, int])

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes; None when it is missing or unreadable, which is already reported."""
        if path not in self.digests:
            return None
        if self.sizes[path] > MAX_FILE:
            self.report.problem("SHAPE", path, "文件过大")
            return None
        try:
            return (self.root / path).read_bytes()
        except OSError as error:
            self.report.problem("UNREADABLE", path, error.strerror or "")
            return None


# ---- the whole ----


def verify(path: str | Path, keys: Sequence[str] = (), witness_keys: Sequence[str] = ()) -> Report:
    """Check a package against itself and against the given vkeys (log keys; witness keys).

    Whatever is malformed in the package is a problem in the report, never an exception.
    Raises FormatError when a given key is no vkey of its type.
    """
    log_keys = [_parse_key(text, LOG) for text in keys]
    witnesses = [_parse_key(text, WITNESS) for text in witness_keys]
    root, report = Path(path), Report()
    if not _is_package(root):
        return report
    bag = Bag(root, report)
    _scan(bag)
    _check_manifests(bag)
    _check_info(bag)
    _check_layout(bag)
    case, office, archived = _check_entries(bag)
    checkpoint = _check_checkpoint(bag)
    witnessed = checkpoint is not None and _check_signatures(bag, checkpoint, log_keys, witnesses)
    if checkpoint:
        _check_inclusion(bag, checkpoint, [*case, *office, *archived])
    _check_stamp(bag)
    _check_documents(bag, case, office)
    _add_notes(bag, case, office)
    sound = WHOLE if witnessed else UNWITNESSED
    report.verdict = DIFFERS if report.problems else sound
    return report


def verify_together(
    paths: Sequence[str | Path], keys: Sequence[str] = (), witness_keys: Sequence[str] = ()
) -> list[Report]:
    """Check a package with its supplements: each by itself, and that one follows on the other with none left out.

    Raises FormatError when a given key is no vkey of its type.
    """
    reports = [verify(path, keys, witness_keys) for path in paths]
    read = [report for report in reports if report.verdict != NO_PACKAGE]
    for before, after in pairwise(read):
        numbers = before.supplement + 1, after.supplement
        if after.follows != before.archived or not before.archived or numbers[0] != numbers[1]:
            after.problem("SUPPLEMENT_BASE", CASE, f"应为第 {numbers[0]} 次补充")
            after.verdict = DIFFERS
    return reports


def _check_stamp(bag: Bag) -> None:
    """A time stamp must be over this checkpoint; its signature is for tools that know the authority's certificate."""
    stamp, checkpoint = bag.read(STAMP), bag.digests.get(CHECKPOINT)
    if stamp is None or checkpoint is None:
        return
    if bytes.fromhex(checkpoint) not in stamp:
        bag.report.problem("STAMP", STAMP)
    else:
        bag.report.notes.append(
            "检查点附有时间戳，本程序只核对它所盖的是这个检查点；签名用 openssl ts -verify -data proof/checkpoint.txt "
            "-in proof/checkpoint.tsr -CAfile 时间戳机构的根证书 核对"
        )


def _is_package(root: Path) -> bool:
    try:
        return any((root / name).is_file() for name in ("bagit.txt", MANIFEST, TAGMANIFEST))
    except OSError:
        return False


def _add_notes(bag: Bag, case: list[Entry], office: list[Entry]) -> None:
    report = bag.report
    if report.package == "redacted":
        report.notes.append(
            "这是遮盖副本：所示内容已证明，是否全部文书都在包内不在证明之列；目录由制作者编制"
        )
    if report.package == "excerpt":
        report.notes.append(
            "这是节录：案件尚未归档，条目截至制作之时；所示内容已证明，文书和原件只有选出的几份"
        )
    if report.package == "supplement":
        report.notes.append(
            f"这是第 {report.supplement} 次补充归档：接在此前的包之后，把此前的包和各次补充一起校验，才知道中间没有缺"
        )
    for name, entries in (("案件", case), ("卷外", office)):
        absent = [entry.header["position"] for entry in entries if entry.shown is None]
        if absent:
            report.notes.append(f"{name}条目中没有正文的：第 {'、'.join(map(str, absent))} 条")
        hidden = sum(entry.withheld for entry in entries)
        if hidden:
            report.notes.append(f"{name}条目中遮盖的内容：{hidden} 处")
    report.notes.append("包的说明（bag-info.txt）和所附校验程序只核对了清单，不在日志的证明之列")
    if Path(__file__).resolve().is_relative_to(bag.root.resolve()):
        report.notes.append("现在运行的是包内自带的校验程序；请从可信处另取一份再校验")


# ---- the bag ----


def _scan(bag: Bag) -> None:
    """Hash every regular file; links and special files are named and never opened."""
    for path, is_file in _walk(bag):
        if not is_file:
            bag.report.problem("LINK", _printable(path))
            continue
        try:
            digest, size = _hash_file(bag.root / path)
        except OSError as error:
            bag.report.problem("UNREADABLE", _printable(path), error.strerror or "")
            continue
        bag.digests[path], bag.sizes[path] = digest, size
    payload = [path for path in bag.digests if path.startswith("data/")]
    bag.report.files, bag.report.bytes = len(payload), sum(bag.sizes[path] for path in payload)


def _walk(bag: Bag) -> Iterator[tuple[str, bool]]:
    """Yield every path that is no folder, and whether it is a regular file."""
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(bag.root / folder) as found:
                items = [(f"{folder}{item.name}", item) for item in sorted(found, key=lambda item: item.name)]
            inner = {path for path, item in items if item.is_dir(follow_symlinks=False)}
            plain = {path for path, item in items if item.is_file(follow_symlinks=False)}
        except OSError as error:
            bag.report.problem("UNREADABLE", _printable(folder), error.strerror or "")
            continue
        folders += sorted((f"{path}/" for path in inner), reverse=True)
        yield from ((path, path in plain) for path, _ in items if path not in inner)


def _hash_file(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _check_manifests(bag: Bag) -> None:
    """Every file but the tag manifest stands in exactly the manifest that it belongs to, with its digest."""
    payload, tags = _manifest(bag, MANIFEST), _manifest(bag, TAGMANIFEST)
    for listed, name in ((payload, MANIFEST), (tags, TAGMANIFEST)):
        for path, digest in listed.items():
            if path.startswith("data/") != (name == MANIFEST) or path == TAGMANIFEST:
                bag.report.problem("MANIFEST_SCOPE", path, name)
            elif path not in bag.digests:
                bag.report.problem("MISSING", path)
            elif bag.digests[path] != digest:
                bag.report.problem("DIGEST", path)
    for path in bag.digests:
        if path != TAGMANIFEST and path not in (payload if path.startswith("data/") else tags):
            bag.report.problem("UNLISTED", _printable(path))


def _manifest(bag: Bag, name: str) -> dict[str, str]:
    listed: dict[str, str] = {}
    try:
        lines = _lines(bag.read(name) or b"")
    except FormatError as error:
        bag.report.problem("MANIFEST_FORMAT", name, str(error))
        return listed
    last = ""
    for number, line in enumerate(lines, 1):
        match = MANIFEST_LINE.fullmatch(line)
        if not match or not _is_safe(match[2]):
            bag.report.problem("MANIFEST_FORMAT", f"{name} 第 {number} 行")
            continue
        if match[2] <= last:
            bag.report.problem("MANIFEST_ORDER", f"{name} 第 {number} 行")
        last = match[2]
        listed[last] = match[1]
    return listed


def _is_safe(path: str) -> bool:
    """Say whether a path stays within the bag on every system: relative, no dots, no backslash, no colon."""
    return not set(path) & set("\\:%") and all(part not in ("", ".", "..") for part in path.split("/"))


def _check_info(bag: Bag) -> None:
    bagit = bag.read("bagit.txt")
    if bagit is not None and bagit != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
        bag.report.problem("BAGIT", "bagit.txt")
    data = bag.read("bag-info.txt")
    if data is None:
        return
    try:
        matches = [INFO_LINE.fullmatch(line) for line in _lines(data)]
    except FormatError as error:
        bag.report.problem("BAG_INFO", "bag-info.txt", str(error))
        return
    info: dict[str, list[str]] = {}
    for number, match in enumerate(matches, 1):
        if match:
            info.setdefault(match[1], []).append(match[2])
        else:
            bag.report.problem("BAG_INFO", f"bag-info.txt 第 {number} 行")
    _check_labels(bag, info)


def _check_labels(bag: Bag, info: dict[str, list[str]]) -> None:
    kinds = info.get("Liuhen-Package", [])
    if len(kinds) == 1 and kinds[0] in KINDS:
        bag.report.package = kinds[0]
    else:
        bag.report.problem("BAG_INFO", "bag-info.txt", f"Liuhen-Package 应为 {'、'.join(KINDS)} 之一")
    for oxum in info.get("Payload-Oxum", []):
        if oxum != f"{bag.report.bytes}.{bag.report.files}":
            bag.report.problem("OXUM", "bag-info.txt", oxum)


def _check_layout(bag: Bag) -> None:
    """Nothing that the format wants is missing, and nothing stands where the format knows no place for it."""
    wanted = REQUIRED if bag.report.package in PARTIAL else REQUIRED | REQUIRED_WHOLE
    # A case that is still open has nothing that ends it.
    wanted = wanted - {ARCHIVED} if bag.report.package == "excerpt" else wanted
    named = {problem.where for problem in bag.report.problems if problem.code in ("MISSING", "LINK")}
    for path in sorted(wanted - bag.digests.keys() - named):
        bag.report.problem("MISSING", path)
    # Forms are printed from the entries and stand in none of them: only the manifest that Archived names proves them.
    places = (DOCUMENT, ORIGINAL) if bag.report.package in PARTIAL else (DOCUMENT, ORIGINAL, FORM)
    for path in bag.digests:
        known = path in REQUIRED or path in REQUIRED_WHOLE or path in METADATA or path == STAMP
        if not known and not any(place.fullmatch(path) for place in places):
            bag.report.problem("UNKNOWN_FILE", _printable(path))
    catalogue = bag.read(CATALOGUE)
    if catalogue is not None:
        _json_file(bag, CATALOGUE, catalogue)


# ---- entries ----


def _check_entries(bag: Bag) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """Return the entries of the case, of the office, and ``Archived`` (one or none), all checked."""
    case, office = _entries(bag, CASE), _entries(bag, OFFICE)
    archived = _entries(bag, ARCHIVED)
    report = bag.report
    report.case_entries, report.office_entries = len(case), len(office)
    if len(archived) > 1:
        report.problem("SHAPE", ARCHIVED, "只应有一条")
    _check_case_chain(report, case)
    _check_office(report, case, office)
    if not case and CASE in bag.digests:
        report.problem("SHAPE", CASE, "没有条目")
    if case and archived:
        _check_archived(bag, case, archived[0])
    bureaus = {entry.header["bureau"]: entry for entry in [*office, *archived, *case]}
    if case:
        report.bureau, report.stream = case[0].header["bureau"], case[0].header["stream"]
    for bureau, entry in bureaus.items():
        if report.bureau and bureau != report.bureau:
            report.problem("BUREAU", entry.where, bureau)
    return case, office, archived[:1]


def _entries(bag: Bag, path: str) -> list[Entry]:
    entries: list[Entry] = []
    lines = (bag.read(path) or b"").split(b"\n")
    if lines[-1] and path != ARCHIVED:
        bag.report.problem("JSON", path, "末行没有换行")
    for number, line in enumerate(lines if lines[-1] else lines[:-1], 1):
        where = path if path == ARCHIVED else f"{path} 第 {number} 行"
        try:
            entries.append(_entry(bag.report, where, _parse_json(line)))
        except JsonError as error:
            bag.report.problem("JSON", where, str(error))
        except FormatError as error:
            bag.report.problem("SHAPE", where, str(error))
    if path == ARCHIVED and path in bag.digests and not entries:
        bag.report.problem("SHAPE", path, "没有条目")
    return entries


def _entry(report: Report, where: str, value: Any) -> Entry:
    _fields(value, {"header": dict, "hash": HEX64}, {"body": list})
    header = value["header"]
    _check_header(header)
    if _digest(header) != value["hash"]:
        report.problem("ENTRY_HASH", where)
    if "body" not in value:
        return Entry(where, header, value["hash"], None, 0)
    body = Body()
    if _commitment(value["body"], body) != header["commitment"]:
        report.problem("COMMITMENT", where)
    return Entry(where, header, value["hash"], body.shown, body.withheld)


HEADER: dict[str, Any] = {
    "v": int,
    "bureau": str,
    "stream": str,
    "position": int,
    "kind": str,
    "kind_version": int,
    "at": str,
    "recorded_at": str,
    "actor": str,
    "origin": str,
    "measures": str,
    "commitment": HEX64,
}


def _check_header(header: Any) -> None:
    _fields(header, HEADER, {"previous": HEX64, "assertion": dict})
    if header["v"] != 1 or header["position"] < 1 or header["kind_version"] < 1:
        raise FormatError("版本或者位次不对")
    if header["origin"] not in ("made", "backfilled", "imported"):
        raise FormatError(f"origin 不对：{header['origin']}")
    if not (_is_date(header["at"]) or _is_instant(header["at"])) or not _is_instant(header["recorded_at"]):
        raise FormatError("时间写法不对")


def _check_case_chain(report: Report, case: list[Entry]) -> None:
    """The case is one stream, unbroken: from position 1, a supplement from the ``Archived`` of the package before it."""
    stream, head, start = (case[0].header["stream"] if case else ""), None, 1
    if case and report.package == "supplement":
        head, start = case[0].header.get("previous"), case[0].header["position"]
        report.follows = case[0].hash
        if case[0].kind != "Archived" or start < 2 or head is None:
            report.problem("SUPPLEMENT", case[0].where)
    for position, entry in enumerate(case, start):
        if entry.header["stream"] != stream or not stream.startswith("case/"):
            report.problem("STREAM", entry.where, entry.header["stream"])
        if entry.header["position"] != position:
            report.problem("POSITION", entry.where, f"应为第 {position} 条")
        if entry.header.get("previous") != head:
            report.problem("PREVIOUS", entry.where)
        head = entry.hash


def _check_office(report: Report, case: list[Entry], office: list[Entry]) -> None:
    """Entries from elsewhere stand alone; where neighbours of one stream are given, they must link."""
    found: dict[tuple[str, int], Entry] = {}
    for entry in office:
        place = entry.header["stream"], entry.header["position"]
        if place in found:
            report.problem("DUPLICATE", entry.where)
        found[place] = entry
    if case and any(stream == case[0].header["stream"] for stream, _ in found):
        report.problem("STREAM", OFFICE, "案件自己的条目")
    for (stream, position), entry in found.items():
        before = found.get((stream, position - 1))
        linked = before is None or entry.header.get("previous") == before.hash
        if not linked or ("previous" in entry.header) != (position > 1):
            report.problem("PREVIOUS", entry.where)


def _check_archived(bag: Bag, case: list[Entry], archived: Entry) -> None:
    """``Archived`` follows the last entry of the case and names what the package holds."""
    header, last, report = archived.header, case[-1], bag.report
    end = case[0].header["position"] + len(case) - 1
    follows = header["stream"] == last.header["stream"] and header["position"] == end + 1
    if archived.kind != "Archived" or not follows or header.get("previous") != last.hash:
        report.problem("ARCHIVED", ARCHIVED)
    shown, complete = archived.shown or {}, report.package not in PARTIAL
    report.archived = archived.hash
    number = shown.get("/supplement", 0)
    report.supplement = number if isinstance(number, int) else -1
    if complete and (report.package == "supplement") != (report.supplement > 0):
        report.problem("SUPPLEMENT", ARCHIVED, f"第 {number} 次")
    actual = {"/cut_at": end, "/head": last.hash}
    manifest = f"sha256:{bag.digests.get(MANIFEST)}"
    whole = {"/manifest": manifest, "/files": report.files, "/bytes": report.bytes}
    if complete and not (actual.keys() | {"/manifest"}) <= shown.keys():
        report.problem("ARCHIVED_BODY", ARCHIVED)
    codes = {"/manifest": "ARCHIVED_MANIFEST", "/files": "ARCHIVED_COUNT", "/bytes": "ARCHIVED_COUNT"}
    for path, value in {**actual, **(whole if complete else {})}.items():
        if path in shown and shown[path] != value:
            report.problem(codes.get(path, "ARCHIVED_CUT"), ARCHIVED, path[1:])


# ---- bodies ----


@dataclass
class Body:
    """What the nodes of one body show: values by path, items of lists and lines of texts included."""

    shown: dict[str, Any] = field(default_factory=dict[str, Any])
    withheld: int = 0

    def put(self, path: str, value: Any) -> None:
        """Take down one shown value; raises FormatError on a path that is already there."""
        if path in self.shown:
            raise FormatError(f"路径重复：{path}")
        self.shown[path] = value


def _commitment(nodes: list[Any], body: Body) -> str:
    """Return the commitment of serialised nodes and take down what they show; raises FormatError."""
    digests: list[str] = []
    last: str | None = None
    for node in nodes:
        digests.append(_node_digest(node, body))
        if "path" in node:
            if last is not None and node["path"] <= last:
                raise FormatError(f"节点没有按路径排列：{node['path']}")
            last = node["path"]
    return _digest(["liuhen/body/1", digests])


def _node_digest(node: Any, body: Body) -> str:
    if _is_object(node) and "items" in node:
        return _container_digest(node, body)
    digest = _leaf_digest(node, body)
    value = node.get("value")
    nested = _is_list(value) or (_is_object(value) and value)
    if nested or (isinstance(value, str) and "\n" in value):
        raise FormatError(f"应逐项分开：{node['path']}")
    return digest


def _container_digest(node: dict[str, Any], body: Body) -> str:
    _fields(node, {"path": str, "salt": SALT, "form": str, "items": list}, {})
    if node["form"] not in ("list", "text"):
        raise FormatError(f"form 不对：{node['form']}")
    path: str = node["path"]
    digests: list[str] = []
    body.put(path, None)
    for index, item in enumerate(node["items"]):
        digests.append(_leaf_digest(item, body))
        if "path" in item and item["path"] != f"{path}/{index}":
            raise FormatError(f"路径不对：{item['path']}")
        line = item.get("value", "")
        if node["form"] == "text" and (not isinstance(line, str) or "\n" in line):
            raise FormatError(f"应为一行文字：{path}")
    return _digest([node["salt"], path, node["form"], digests])


def _leaf_digest(node: Any, body: Body) -> str:
    if _is_object(node) and "digest" in node:
        _fields(node, {"digest": HEX64}, {})
        body.withheld += 1
        return node["digest"]
    _fields(node, {"path": str, "salt": SALT, "value": object}, {})
    if node["path"] and not node["path"].startswith("/"):
        raise FormatError(f"路径不对：{node['path']}")
    body.put(node["path"], node["value"])
    return _digest([node["salt"], node["path"], node["value"]])


# ---- the log ----


def _check_checkpoint(bag: Bag) -> Checkpoint | None:
    data = bag.read(CHECKPOINT)
    if data is None:
        return None
    try:
        checkpoint = _parse_checkpoint(data)
    except FormatError as error:
        bag.report.problem("CHECKPOINT", CHECKPOINT, str(error))
        return None
    bag.report.origin, bag.report.size = checkpoint.origin, checkpoint.size
    return checkpoint


def _parse_checkpoint(data: bytes) -> Checkpoint:
    text = _utf8(data)
    head, separator, tail = text.rpartition("\n\n")
    if not separator or not tail.endswith("\n") or CONTROL.search(text):
        raise FormatError("应为正文、空行、签名行")
    lines = head.split("\n")
    if len(lines) != 3 or not lines[0] or not SIZE.fullmatch(lines[1]):
        raise FormatError("正文应为名称、大小、树根三行")
    root = _unbase64(lines[2])
    if len(root) != 32:
        raise FormatError("树根应为 32 字节")
    signatures = [_parse_signature(line) for line in tail[:-1].split("\n")]
    if len(signatures) > MAX_SIGNATURES:
        raise FormatError("签名行过多")
    return Checkpoint(f"{head}\n", lines[0], int(lines[1]), root, signatures)


def _parse_signature(line: str) -> Signature:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not parts[1]:
        raise FormatError("签名行写法不对")
    data = _unbase64(parts[2])
    if len(data) < 5:
        raise FormatError("签名行过短")
    return Signature(parts[1], data[:4], data[4:])


def _parse_key(text: str, type: int) -> Key:
    parts = text.split("+", 2)
    if len(parts) != 3 or not parts[0] or BAD_NAME.search(parts[0]) or not _is_encodable(parts[0]):
        raise FormatError(f"公钥写法不对：{text!r}")
    data = _unbase64(parts[2])
    if len(data) != 33 or data[0] != type:
        raise FormatError(f"不是{'日志' if type == LOG else '见证'}公钥：{text!r}")
    key = Key(parts[0], type, data[1:], text)
    if key.key_id.hex() != parts[1]:
        raise FormatError(f"公钥与其编号不符：{text!r}")
    return key


def _claimed_keys(bag: Bag) -> tuple[list[Key], list[Key]]:
    data = bag.read(KEYS)
    value = None if data is None else _json_file(bag, KEYS, data)
    if value is None:
        return [], []
    try:
        _fields(value, {"log": list, "witnesses": list}, {"handovers": list})
        texts = [*value["log"], *value["witnesses"]]
        if not all(isinstance(text, str) for text in texts) or len(set(texts)) < len(texts):
            raise FormatError("公钥应为文字，不能重复")
        log = [_parse_key(text, LOG) for text in value["log"]]
        return log, [_parse_key(text, WITNESS) for text in value["witnesses"]]
    except FormatError as error:
        bag.report.problem("KEYS", KEYS, str(error))
        return [], []


def _handed_over(bag: Bag, given: list[Key]) -> list[Key]:
    """The given log keys and those to which, one after the other, they handed over."""
    data = bag.read(KEYS)
    value = None if data is None else _parsed(data.removesuffix(b"\n"))
    told = value.get("handovers", []) if _is_object(value) else []
    pairs: list[tuple[Key, Key]] = []
    for note in told if _is_list(told) else []:
        try:
            pairs.append(_handover(note))
        except FormatError as error:
            bag.report.problem("HANDOVER", KEYS, str(error))
    known = list(given)
    for key in known:
        known += [new for old, new in pairs if old.text == key.text and new not in known]
    return known


def _parsed(data: bytes) -> Any:
    try:
        return _parse_json(data)
    except FormatError:
        return None


def _handover(note: Any) -> tuple[Key, Key]:
    """The old and the new key of a handover that both signed."""
    if not isinstance(note, str) or CONTROL.search(note):
        raise FormatError("应为文字")
    head, separator, tail = note.rpartition("\n\n")
    lines = head.split("\n")
    if not separator or not tail.endswith("\n") or len(lines) != 3:
        raise FormatError("应为三行正文、空行、签名行")
    old, new = _parse_key(lines[1], LOG), _parse_key(lines[2], LOG)
    if lines[0] != f"{old.name}/handover" or old.name != new.name or old.public == new.public:
        raise FormatError("应由同一日志的一把密钥交给另一把")
    signatures = [_parse_signature(line) for line in tail[:-1].split("\n")]
    message = f"{head}\n".encode()
    for key in (old, new):
        found = [s.data for s in signatures if (s.name, s.key_id) == (key.name, key.key_id)]
        if not found or not all(ed25519(key.public, message, data) for data in found):
            raise FormatError(f"没有这把密钥的有效签名：{key.text}")
    return old, new


def _check_signatures(bag: Bag, checkpoint: Checkpoint, keys: list[Key], witnesses: list[Key]) -> bool:
    """Check every signature of a claimed or given key; say whether given keys, log and witness, vouch."""
    claimed_log, claimed_witnesses = _claimed_keys(bag)
    report = bag.report
    keys = _handed_over(bag, keys)
    signers = _signers(report, checkpoint, claimed_log, keys)
    cosigners = _cosigners(report, checkpoint, _unique([*witnesses, *claimed_witnesses]), signers)
    if not any(key in claimed_log for key in signers):
        report.problem("LOG_SIGNATURE", CHECKPOINT, "包内所附日志公钥")
    given = [key for key in signers if key in keys]
    if keys and not given:
        report.problem("LOG_KEY", CHECKPOINT)
    best = [*given, *signers]
    report.log_key, report.log_key_given = (best[0].text if best else None), bool(given)
    for key in claimed_witnesses:
        if key not in cosigners:
            report.notes.append(f"包内所附见证公钥没有共签：{key.text}")
    return bool(given) and any(key in cosigners for key in witnesses)


def _signers(report: Report, checkpoint: Checkpoint, claimed: list[Key], given: list[Key]) -> list[Key]:
    signers: list[Key] = []
    for key in _unique([*given, *claimed]):
        found = _of(key, checkpoint) if key.name == checkpoint.origin else []
        message = checkpoint.body.encode()
        if not all(ed25519(key.public, message, data) for data in found):
            report.problem("LOG_SIGNATURE", CHECKPOINT, key.name)
        elif found:
            signers.append(key)
    return signers


def _cosigners(report: Report, checkpoint: Checkpoint, keys: list[Key], signers: list[Key]) -> list[Key]:
    """Return the witnesses whose cosignature holds. The log's own key is nobody's witness."""
    cosigners: list[Key] = []
    for key in keys:
        found = _of(key, checkpoint)
        if not all(_cosigned(key, checkpoint, data) for data in found):
            report.problem("COSIGNATURE", CHECKPOINT, key.name)
        elif found and any(key.public == signer.public for signer in signers):
            report.notes.append(f"见证公钥就是日志公钥，不算见证：{key.text}")
        elif found:
            cosigners.append(key)
            report.witness_keys[key.text] = max(int.from_bytes(data[:8], "big") for data in found)
    return cosigners


def _cosigned(key: Key, checkpoint: Checkpoint, data: bytes) -> bool:
    time = int.from_bytes(data[:8], "big")
    message = f"cosignature/v1\ntime {time}\n{checkpoint.body}".encode()
    return time < 1 << 63 and ed25519(key.public, message, data[8:])


def _of(key: Key, checkpoint: Checkpoint) -> list[bytes]:
    own = (key.name, key.key_id)
    return [each.data for each in checkpoint.signatures if (each.name, each.key_id) == own]


def _unique(keys: Iterable[Key]) -> list[Key]:
    return list({key.text: key for key in keys}.values())


def _check_inclusion(bag: Bag, checkpoint: Checkpoint, entries: list[Entry]) -> None:
    """Every entry of the package, and nothing else, is proved to stand in the log under the checkpoint."""
    data = bag.read(INCLUSION)
    value = None if data is None else _json_file(bag, INCLUSION, data)
    if value is None:
        return
    report = bag.report
    try:
        _fields(value, {"origin": str, "size": int, "root": HEX64, "entries": list}, {})
        for proof in value["entries"]:
            _fields(proof, {"hash": HEX64, "index": int, "proof": list}, {})
            _all_hex(proof["proof"])
    except FormatError as error:
        report.problem("SHAPE", INCLUSION, str(error))
        return
    head = checkpoint.origin, checkpoint.size, checkpoint.root.hex()
    if (value["origin"], value["size"], value["root"]) != head:
        report.problem("INCLUSION", INCLUSION)
    _check_proofs(report, checkpoint, value["entries"], entries)


def _check_proofs(report: Report, checkpoint: Checkpoint, proofs: list[Any], entries: list[Entry]) -> None:
    places = {entry.hash: entry.where for entry in entries}
    proved: set[str] = set()
    for number, proof in enumerate(proofs, 1):
        where = places.get(proof["hash"])
        if where is None or proof["hash"] in proved:
            report.problem("INCLUSION_EXTRA", f"{INCLUSION} 第 {number} 项")
            continue
        proved.add(proof["hash"])
        leaf = hashlib.sha256(b"\x00" + bytes.fromhex(proof["hash"])).digest()
        path = [bytes.fromhex(each) for each in proof["proof"]]
        if not _included(leaf, proof["index"], checkpoint.size, path, checkpoint.root):
            report.problem("INCLUSION_PROOF", where)
    for digest, where in places.items():
        if digest not in proved:
            report.problem("INCLUSION_MISSING", where)


def _included(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Say whether the audit path leads from the leaf to the root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    number, last, value = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if number % 2 or number == last:
            value = hashlib.sha256(b"\x01" + sibling + value).digest()
            while number % 2 == 0 and number:
                number, last = number >> 1, last >> 1
        else:
            value = hashlib.sha256(b"\x01" + value + sibling).digest()
        number, last = number >> 1, last >> 1
    return last == 0 and value == root


# ---- documents and originals ----


def _check_documents(bag: Bag, case: list[Entry], office: list[Entry]) -> None:
    """Every file is recorded, and in a complete package every recorded file is there unless given up."""
    entries = [*case, *office]
    rendered = {entry.digest() for entry in entries if entry.kind == "Rendered"}
    named = {_sha256(text) for entry in entries for text in _texts(entry.shown)}
    for path, digest in bag.digests.items():
        original = ORIGINAL.fullmatch(path)
        if DOCUMENT.fullmatch(path) and digest not in rendered:
            bag.report.problem("DOCUMENT_UNRECORDED", _printable(path))
        if original and original[1] != digest:
            bag.report.problem("ORIGINAL_NAME", _printable(path))
        if original and digest not in named:
            bag.report.problem("ORIGINAL_UNRECORDED", _printable(path))
    _check_derived(bag.report, case)
    if bag.report.package not in PARTIAL:
        _check_all_there(bag, case, office)


def _check_derived(report: Report, case: list[Entry]) -> None:
    """A picture that was taken out of a film names the entry before it that brought this film; taking it out again needs a
    decoder, and is said to be left to one."""
    pictures = [entry for entry in case if "/derived/entry" in (entry.shown or {})]
    films = {entry.hash: entry for entry in case} if pictures else {}
    for entry in pictures:
        shown = entry.shown or {}
        film = films.get(shown["/derived/entry"])
        if film is None and case[0].header["position"] > 1:
            continue
        late = film is None or film.header["position"] >= entry.header["position"]
        told, own = _known(entry, "/derived/digest"), _known(film, "/digest") if film else None
        if late or (told is not None and (not told or own not in (told, None))):
            report.problem("DERIVED", entry.where, _printable(str(shown.get("/derived/digest", ""))))
    if pictures:
        report.notes.append(
            f"{len(pictures)} 张画面截取自音像：核对了所记的原片，是不是那一刻的画面须用能解码的程序重新截取"
        )


def _known(entry: Entry, path: str) -> str | None:
    """The digest at a place of a body; empty for none or a malformed one, None where it may be among what is withheld."""
    shown = entry.shown
    if shown is None or (entry.withheld and path not in shown):
        return None
    return _sha256(shown.get(path)) or ""


def _check_all_there(bag: Bag, case: list[Entry], office: list[Entry]) -> None:
    """Every file that an entry of the case names lies in the package, unless it was given up or never was in the store;
    of the entries from elsewhere those that are files themselves."""
    given_up = _given_up([*case, *office])
    held = {digest for path, digest in bag.digests.items() if path.startswith("data/")}
    files = [entry for entry in office if entry.kind in ("Rendered", "Deposited")]
    for entry in [*case, *files]:
        if entry.hash in given_up:
            continue
        for digest in sorted(_named_files(entry) - held - given_up):
            bag.report.problem("NOT_IN_PACKAGE", entry.where, digest)


def _given_up(entries: list[Entry]) -> set[str]:
    """Hashes of entries and digests of files that were sealed away or destroyed, or lie on the dedicated device alone."""
    texts = {
        text.removeprefix("sha256:")
        for entry in entries
        if entry.kind in ("Voided", "Disposed")
        for text in _texts(entry.shown)
    }
    away = {digest for entry in entries if entry.hash in texts for digest in _digests_in(entry.shown)}
    vault, device = (
        {
            digest
            for entry in entries
            if entry.kind == "Deposited" and (entry.shown or {}).get("/place") == place
            for digest in _digests_in(entry.shown)
        }
        for place in ("vault", "device")
    )
    return texts | away | (device - vault)


def _named_files(entry: Entry) -> set[str]:
    """The digests of files that an entry names; what is no file of the store is left out."""
    if entry.kind in ("Voided", "Disposed"):
        return set()
    shown = entry.shown or {}
    return _digests_in({path: value for path, value in shown.items() if (entry.kind, path) not in NO_FILES})


def _digests_in(value: Any) -> set[str]:
    return {digest for text in _texts(value) if (digest := _sha256(text)) is not None}


def _texts(value: Any) -> Iterator[str]:
    """Yield every string within a JSON value."""
    if isinstance(value, str):
        yield value
    elif _is_object(value):
        for item in value.values():
            yield from _texts(item)
    elif _is_list(value):
        for item in value:
            yield from _texts(item)


def _sha256(value: Any) -> str | None:
    """Return the hex digits of a ``sha256:`` value, None of anything else."""
    if isinstance(value, str) and value.startswith("sha256:") and HEX64.fullmatch(value[7:]):
        return value[7:]
    return None


# ---- JSON and text ----


class JsonError(FormatError):
    """Bytes that are not the one encoding of a JSON value."""


def _is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _digest(value: Any) -> str:
    return hashlib.sha256(_canonical(value)).hexdigest()


def _parse_json(data: bytes) -> Any:
    """Return the value whose canonical bytes these are; raises JsonError."""
    try:
        value = json.loads(data.decode(), parse_float=_refuse_number, parse_constant=_refuse_number)
        _check_values(value, 0)
        same = _canonical(value) == data
    except (ValueError, RecursionError) as error:
        raise JsonError(str(error) if isinstance(error, FormatError) else "无法解读") from None
    if not same:
        raise JsonError("写法不唯一")
    return value


def _json_file(bag: Bag, path: str, data: bytes) -> Any:
    try:
        return _parse_json(data.removesuffix(b"\n"))
    except JsonError as error:
        bag.report.problem("JSON", path, str(error))
        return None


def _refuse_number(text: str) -> NoReturn:
    raise FormatError(f"不能有小数：{text[:20]}")


def _check_values(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise FormatError("嵌套过深")
    if value is None:
        raise FormatError("不能有空值")
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        raise FormatError("整数过大")
    if _is_object(value):
        if any(key and max(key) > "\uffff" for key in value):
            raise FormatError("键有基本平面以外的字符")
        value = list(value.values())
    if _is_list(value):
        for item in value:
            _check_values(item, depth + 1)


def _fields(value: Any, required: dict[str, Any], optional: dict[str, Any]) -> None:
    """Refuse anything but an object with these fields; a type may be a class or the pattern of a string."""
    if not _is_object(value):
        raise FormatError("应为对象")
    for name in sorted(required.keys() - value.keys()):
        raise FormatError(f"缺少 {name}")
    for name, item in value.items():
        kind: type | re.Pattern[str] | None = required.get(name, optional.get(name))
        if kind is None:
            raise FormatError(f"不认识 {_printable(name)}")
        if isinstance(kind, re.Pattern):
            fits = isinstance(item, str) and kind.fullmatch(item) is not None
        else:
            fits = isinstance(item, kind) and not (kind is int and isinstance(item, bool))
        if not fits:
            raise FormatError(f"{name} 不对")


def _all_hex(values: list[Any]) -> None:
    if not all(isinstance(value, str) and HEX64.fullmatch(value) for value in values):
        raise FormatError("证明应为十六进制校验值")


def _lines(data: bytes) -> list[str]:
    text = _utf8(data)
    if not text:
        return []
    if not text.endswith("\n"):
        raise FormatError("末行没有换行")
    return text[:-1].split("\n")


def _utf8(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise FormatError("不是 UTF-8") from None


def _is_encodable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _unbase64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise FormatError("不是 Base64") from None
    # Spare bits in the last character would let two texts stand for one signature.
    if base64.b64encode(data).decode() != text:
        raise FormatError("Base64 写法不唯一")
    return data


def _is_date(text: str) -> bool:
    return bool(DATE.fullmatch(text)) and _parses(text, "%Y-%m-%d")


def _is_instant(text: str) -> bool:
    return bool(INSTANT.fullmatch(text)) and _parses(text, "%Y-%m-%dT%H:%M:%SZ")


def _parses(text: str, form: str) -> bool:
    try:
        datetime.strptime(text, form)
    except ValueError:
        return False
    return True


def _printable(text: str) -> str:
    """Return the text with whatever a terminal might act upon or an encoding refuse written as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


# ---- Ed25519 (RFC 8032 §5.1), verification only ----

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]
IDENTITY: Point = (0, 1, 1, 0)


@lru_cache(maxsize=256)
def ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether the signature is the key's over the message; never raises. Judged once a process."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, s = _decode_point(public), int.from_bytes(signature[32:], "little")
    if key is None or s >= Q:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    negative = (P - key[0], key[1], 1, P - key[3])
    return _encode_point(_double_multiply(s, BASE, k, negative)) == signature[:32]


def _decode_point(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * SQRT_M1 % P
    if x * x % P != square or (x == 0 and sign):
        return None
    if x % 2 != sign:
        x = P - x
    return x, y, 1, x * y % P


def _encode_point(point: Point) -> bytes:
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x % 2) << 255).to_bytes(32, "little")


def _double_multiply(a: int, first: Point, b: int, second: Point) -> Point:
    """Return a·first + b·second, both in one pass over the bits."""
    table = (IDENTITY, first, second, _add(first, second))
    result = IDENTITY
    for bit in range(max(a.bit_length(), b.bit_length()) - 1, -1, -1):
        result = _double(result)
        choice = (a >> bit & 1) | (b >> bit & 1) << 1
        if choice:
            result = _add(result, table[choice])
    return result


def _add(one: Point, other: Point) -> Point:
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = other
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * D * t1 * t2 % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _double(point: Point) -> Point:
    x, y, z, _ = point
    a, b, c = x * x % P, y * y % P, 2 * z * z % P
    h = a + b
    e, g = h - (x + y) * (x + y) % P, a - b
    f = c + g
    return e * f % P, g * h % P, f * g % P, e * h % P


_BASE_Y = 4 * pow(5, -1, P) % P
BASE = _decode_point(_BASE_Y.to_bytes(32, "little")) or IDENTITY


# ---- command line ----


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise FormatError(USAGE)


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("packages", nargs="+")
    parser.add_argument("--key", action="append", default=[])
    parser.add_argument("--witness-key", action="append", default=[])
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


def _given_keys(values: Iterable[str], type: int) -> list[str]:
    """Return the vkeys that the caller gave, as text or as files with one vkey a line; raises FormatError."""
    keys: list[str] = []
    for value in values:
        lines = [value] if value.count("+") > 1 else _utf8(Path(value).read_bytes()).splitlines()
        found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        if not found:
            raise FormatError(f"文件里没有公钥：{value}")
        keys += [_parse_key(text, type).text for text in found]
    return keys


def main(arguments: Sequence[str]) -> int:
    """Run the command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        _tolerate(stream)
    if {"-h", "--help"} & set(arguments):
        print(USAGE)
        return WHOLE
    try:
        options = _arguments(arguments)
        keys, witnesses = _given_keys(options.key, LOG), _given_keys(options.witness_key, WITNESS)
    except FormatError as error:
        print(error, file=sys.stderr)
        return NO_PACKAGE
    except OSError as error:
        print(f"公钥文件读不出来：{error.filename}", file=sys.stderr)
        return NO_PACKAGE
    reports = verify_together(options.packages, keys, witnesses)
    if options.json:
        told = [_plain(report) for report in reports]
        print(json.dumps(told if len(told) > 1 else told[0], ensure_ascii=False, indent=1))
    else:
        print("\n\n".join(map(_as_text, reports)))
    return max((report.verdict for report in reports), key=(WHOLE, UNWITNESSED, DIFFERS, NO_PACKAGE).index)


def _tolerate(stream: Any) -> None:
    reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")


def _plain(report: Report) -> dict[str, Any]:
    return {
        **vars(report),
        "text": VERDICTS[report.verdict],
        "problems": [vars(problem) for problem in report.problems],
    }


def _as_text(report: Report) -> str:
    if report.verdict == NO_PACKAGE:
        return f"结论：{VERDICTS[NO_PACKAGE]}（不是目录，或者目录里没有 bagit.txt）"
    kinds = {
        "complete": "完整案卷包",
        "supplement": f"第 {report.supplement} 次补充归档",
        "redacted": "遮盖副本",
        "excerpt": "节录",
    }
    lines = [
        f"案卷：{report.stream or '—'}（{report.bureau or '—'}），{kinds.get(report.package, '种类不明')}",
        f"条目：案件 {report.case_entries} 条，卷外 {report.office_entries} 条；"
        f"文件 {report.files} 个，{report.bytes} 字节",
        f"日志：{report.origin or '—'}，检查点含 {report.size} 条",
        *_key_lines(report),
        *[f"说明：{note}" for note in report.notes],
        *[f"不符：{each.where}：{each.message}（{each.code}）" for each in report.problems],
        f"结论：{VERDICTS[report.verdict]}{'（遮盖副本）' if report.package == 'redacted' else ''}",
    ]
    return "\n".join(_printable(line) for line in lines)


def _key_lines(report: Report) -> Iterator[str]:
    if report.log_key:
        source = "与所给公钥相符" if report.log_key_given else "包内自称，请与可信来源核对"
        yield f"日志公钥：{report.log_key}（{source}）"
        yield f"    指纹：{_fingerprint(report.log_key)}"
    for text, time in report.witness_keys.items():
        yield f"见证公钥：{text}（北京时间 {_moment(time)} 共签）"
        yield f"    指纹：{_fingerprint(text)}"
    if not report.witness_keys:
        yield "见证：没有共签"


def _fingerprint(vkey: str) -> str:
    digest = hashlib.sha256(vkey.encode()).hexdigest()
    return " ".join(digest[i : i + 8] for i in range(0, 64, 8))


def _moment(unix_time: int) -> str:
    """Return a Unix time as Beijing wall time, or the number itself where no calendar reaches."""
    try:
        return datetime.fromtimestamp(unix_time, timezone(timedelta(hours=8))).strftime("%Y-%m-%d %H:%M:%S")
    except (OverflowError, ValueError, OSError):
        return str(unix_time)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
