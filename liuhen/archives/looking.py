"""How the checks of 四性检测 look: at the case and its originals, and at a package (archives.properties)."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf

from liuhen.archives import metadata
from liuhen.archives.bag import MANIFEST, ORIGINALS, payload_paths
from liuhen.archives.originals import LARGEST, PDF, pages_in
from liuhen.archives.package import verified
from liuhen.archives.properties import Look, Note, NotRun, Result, Seen, run
from liuhen.archives.sheets import ON_DEVICE
from liuhen.casefile.state import CaseFile, Recording
from liuhen.compliance.reading import left_behind
from liuhen.compliance.rules.keeping import lacking
from liuhen.ledger import canonical, commitment
from liuhen.papers import judging, page_count
from liuhen.papers.pades import holding
from liuhen.records.audit import faults_of
from liuhen.records.naming import digests
from liuhen.vault.errors import VaultError

# Formats that many programs read and a standard describes.
LASTING = {
    "application/pdf", "application/ofd", "image/jpeg", "image/png", "image/tiff", "video/mp4", "video/quicktime", "video/mpeg",
    "video/x-matroska", "video/webm", "video/mp2t", "audio/mpeg", "audio/wav", "audio/x-wav", "audio/aac", "audio/mp4",
    "audio/flac", "audio/ogg", "text/plain", "text/csv",
}  # fmt: skip
TIME = "TIME_BACKWARDS"
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
_ACTIVE = ("/JavaScript", "/Launch", "/ImportData")


def before(seen: Seen) -> list[Result]:
    """The checks of a file before it is archived."""
    return run(seen, ("file",), LOOKS)


def of_payload(seen: Seen) -> list[Result]:
    """The checks of its package, as far as they need no proof."""
    return run(seen, ("package",), LOOKS)


def of_package(seen: Seen) -> list[Result]:
    """The checks of a finished package, which read all of it."""
    return run(seen, ("package", "proof"), LOOKS)


def _fixed(seen: Seen) -> Iterator[str]:
    yield from (f"{fault.where}：{fault.message}" for fault in faults_of(seen.case.id) if fault.code != TIME)


def _in_time(seen: Seen) -> Iterator[str]:
    yield from (f"{fault.where}：{fault.message}" for fault in faults_of(seen.case.id) if fault.code == TIME)


def _in_vault(seen: Seen) -> Iterator[str]:
    for title, digest, size in _stored(seen.case):
        try:
            found = seen.vault.size(digest)
        except VaultError:
            yield f"库中没有“{title}”"
            continue
        if size is not None and found != size:
            yield f"“{title}”的大小与记录不符"


def _stored(case: CaseFile) -> Iterator[tuple[str, str, int | None]]:
    """Title, digest and, where it was told, size of every file that the case has here."""
    for document in case.documents.values():
        for revision in document.revisions if not document.voided else ():
            yield from ((document.title, r.digest, None) for r in revision.renditions)
    yield from ((one.what, one.digest, one.size) for one in _originals(case))


def _originals(case: CaseFile) -> list[Recording]:
    return [r for r in case.recordings.values() if not r.voided and r.place == "vault"]


def _finished(seen: Seen) -> Iterator[str]:
    for document in seen.case.documents.values():
        if not document.voided and not left_behind(seen.case, document) and (lacks := lacking(document)):
            yield f"《{document.title}》{'，'.join(lacks)}"


def _confirmed(seen: Seen) -> Iterator[str]:
    if waiting := len(seen.case.unconfirmed):
        yield f"还有 {waiting} 处补录、更正没有确认"


def _taken_in(seen: Seen) -> Iterator[str]:
    on_device = [r for r in seen.case.recordings.values() if not r.voided and r.place == "device"]
    yield from (f"“{one.what}”只在专用存储设备" for one in on_device)


def _opens(seen: Seen) -> Iterator[str]:
    for one in _originals(seen.case):
        media_type = one.media_type
        if media_type.startswith("image/") or media_type == PDF:
            data = _read(seen, one)
            if data is not None and not pages_in(data, media_type):
                yield f"“{one.what}”（{one.name}）打不开"
        elif notes := one.body.get("taken", {}).get("notes"):
            yield f"“{one.what}”（{one.name}）{notes if isinstance(notes, str) else '，'.join(notes)}"


def _read(seen: Seen, one: Recording) -> bytes | None:
    """The bytes of an original that is not too large to look into; None also for one that the vault has lost."""
    try:
        if seen.vault.size(one.digest) > LARGEST:
            return None
        with seen.vault.open(one.digest) as file:
            return file.read()
    except (VaultError, OSError):
        return None


def _lasting(seen: Seen) -> Iterator[str]:
    for one in _originals(seen.case):
        if one.media_type.partition(";")[0] not in LASTING:
            yield f"“{one.what}”（{one.name}）"


def _harmless(seen: Seen) -> Iterator[str]:
    for one in _originals(seen.case):
        if one.media_type == PDF and (data := _read(seen, one)) is not None and (what := _active(data)):
            yield f"“{one.what}”（{one.name}）{what}"


def _active(data: bytes) -> str:
    """What a PDF has that it should not; empty for none, or for one that does not open."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                return "有密码保护"
            active = any(str(d.get("/S", "")) in _ACTIVE for each in pdf.objects for d in _dictionaries(each))
            return "有脚本或者自动动作" if active else ""
    except pikepdf.PasswordError:
        return "要密码才能打开"
    except pikepdf.PdfError:
        return ""


def _dictionaries(thing: Any) -> Iterator[Any]:
    """A dictionary, and those that stand in it or in an array and not behind a reference."""
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        yield thing
        inner = [thing[key] for key in thing.keys()]  # noqa: SIM118 - not a mapping
    else:
        inner = list(thing) if isinstance(thing, pikepdf.Array) else []
    for each in inner:
        if isinstance(each, (pikepdf.Dictionary, pikepdf.Array)) and not each.is_indirect:
            yield from _dictionaries(each)


def _no_program(seen: Seen) -> Iterator[str]:
    for one in _originals(seen.case):
        try:
            with seen.vault.open(one.digest) as file:
                head = file.read(4)
        except (VaultError, OSError):
            continue
        if head.startswith(_PROGRAMS):
            yield f"“{one.what}”（{one.name}）是程序"


def _two_places(seen: Seen) -> Iterator[str]:
    places = seen.vault.places
    if len(places) < 2:
        yield "只设了一处"
        return
    for title, digest, _ in _stored(seen.case):
        try:
            there = all(store.exists(digest) for store in places.values())
        except VaultError as error:
            yield f"有一处读不到，没有核对：{error}"
            return
        if not there:
            yield f"“{title}”还没有存到第二处"


def _no_virus(seen: Seen) -> Iterator[str]:
    raise NotRun("本系统不带病毒库，由计算机上的杀毒软件检测")


def _json(root: Path, path: str) -> Any:
    return json.loads((root / path).read_bytes())


def _lines(root: Path) -> list[dict[str, Any]]:
    with (root / "data/entries/case.jsonl").open("rb") as file:
        return [json.loads(line) for line in file]


def _manifest(root: Path) -> dict[str, str]:
    """The digests of the files in the package by path, as its manifest has them."""
    rows = (line.partition("  ") for line in (root / MANIFEST).read_text("utf-8").splitlines())
    return {path: f"sha256:{digest}" for digest, _, path in rows}


def _same_files(seen: Seen) -> Iterator[str]:
    listed = _manifest(seen.package)
    for item in _json(seen.package, "data/catalogue.json")["items"]:
        if item["file"] and item["digest"] and listed.get(item["file"]) != item["digest"]:
            yield f"{item['title']}（{item['file']}）"
    for path, digest in listed.items():
        if path.startswith(ORIGINALS) and digest.removeprefix("sha256:") not in path:
            yield path


def _sealed(seen: Seen) -> Iterator[str]:
    found = {paper: holding(paper.read_bytes()) for paper in _papers(seen.package)}
    if not any(found.values()):
        raise NotRun("文书上没有数字签名")
    yield from (paper.name for paper, held in found.items() if not all(held))


def _same_metadata(seen: Seen) -> Iterator[str]:
    named = f"{{{metadata.NAMESPACE}}}"
    listed = {digest.removeprefix("sha256:") for digest in _manifest(seen.package).values()}
    root = metadata.check((seen.package / metadata.PLACE).read_bytes())
    for node in root.iter(f"{named}电子属性"):
        name, digest = (node.findtext(f"{named}{each}") or "" for each in ("计算机文件名", "数字摘要"))
        place = node.getparent().findtext(f"{named}当前位置")
        if digest not in listed and place != ON_DEVICE:
            yield f"元数据所记的“{name}”不在包内"


def _proved(seen: Seen) -> Iterator[str]:
    verifier = seen.package / "verify/verify.py"
    if not verifier.exists():
        raise NotRun("案卷包还没有证明")
    for problem in verified(verifier, [seen.package]):
        yield f"{problem['where']}：{problem['message']}"


def _counted(seen: Seen) -> Iterator[str]:
    there, listed = set(payload_paths(seen.package)), set(_manifest(seen.package))
    yield from (f"缺少 {path}" for path in sorted(listed - there))
    yield from (f"多出 {path}" for path in sorted(there - listed))
    yield from (f"{path} 是空文件" for path in sorted(there & listed) if not _full(seen.package / path))


def _full(path: Path) -> bool:
    # An original may be empty as it was received, and the record of a file may have no office entry.
    return path.stat().st_size > 0 or path.parent.name in ("originals", "entries")


def _described(seen: Seen) -> Iterator[str]:
    try:
        metadata.check((seen.package / metadata.PLACE).read_bytes())
    except metadata.BadMetadata as error:
        yield str(error)


def _numbered(seen: Seen) -> Iterator[str]:
    shown = _json(seen.package, "data/catalogue.json")
    for volume in shown["volumes"]:
        last = None
        for item in (i for i in shown["items"] if i.get("volume") == volume["code"] and i["from"]):
            first, end = int(item["from"]), int(item["to"])
            if (last is not None and first != last + 1) or end - first + 1 != item["pages"]:
                yield f"{volume['name']}《{item['title']}》第 {first} 页"
            last = end


def _all_of_it(seen: Seen) -> Iterator[str]:
    bodies = [
        (line["header"]["kind"], line["hash"], commitment.body_of(line.get("body", [])))
        for line in _lines(seen.package)
    ]
    voided = _voided(seen.case)
    there = set(_manifest(seen.package).values())
    for kind, _, body in bodies:
        if kind not in ("Rendered", "Deposited", "Tied") or body.get("place") == "device":
            continue
        digest = str(body["digest"])
        if digest not in there | voided and not _on_device(seen.case, digest):
            yield f"{body.get('name') or body.get('document') or digest}"


def _on_device(case: CaseFile, digest: str) -> bool:
    found = [r for r in case.recordings.values() if r.digest == digest]
    return bool(found) and all(r.place == "device" for r in found)


def _voided(case: CaseFile) -> set[str]:
    """The files that were sealed away, and stand nowhere else in the case."""
    gone = {r.digest for r in case.recordings.values() if r.voided}
    standing = {r.digest for r in case.recordings.values() if not r.voided}
    for document in case.documents.values():
        made = {r.digest for revision in document.revisions for r in revision.renditions}
        made.update(digests(document.current.backfill))
        gone, standing = (gone | made, standing) if document.voided else (gone, standing | made)
    return gone - standing


def _sealed_away(seen: Seen) -> Iterator[str]:
    there = {digest: path for path, digest in _manifest(seen.package).items()}
    yield from (there[digest] for digest in sorted(_voided(seen.case) & there.keys()))


def _readable(seen: Seen) -> Iterator[str]:
    for path in ("data/entries/case.jsonl", "data/entries/office.jsonl", "data/catalogue.json"):
        for line in (seen.package / path).read_bytes().splitlines():
            try:
                if canonical.encode(json.loads(line)) != line:
                    yield f"{path} 不是规范的 JSON"
            except ValueError:
                yield f"{path} 读不出来"


def _papers(root: Path) -> list[Path]:
    return [
        root / path
        for path in payload_paths(root)
        if path.endswith(".pdf") and not path.startswith(ORIGINALS)
    ]


def _pages_right(seen: Seen) -> Iterator[str]:
    root = seen.package
    said = {i["file"]: i["pages"] for i in _json(root, "data/catalogue.json")["items"] if i["file"]}
    for paper in _papers(root):
        name = paper.relative_to(root).as_posix()
        try:
            pages = page_count(paper.read_bytes())
        except (RuntimeError, ValueError):
            yield f"{name} 打不开"
            continue
        if said.get(name, pages) != pages:
            yield f"{name} 有 {pages} 页，目录记 {said[name]} 页"


def _long_lived(seen: Seen) -> Iterator[str]:
    for paper in _papers(seen.package):
        if (wrong := claimed(paper.read_bytes())) != "":
            yield f"{paper.relative_to(seen.package).as_posix()} {wrong}"


def claimed(data: bytes) -> str:
    """What keeps a PDF from being the PDF/A-2 that it says it is; empty for nothing."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                return "有密码保护"
            status = pdf.open_metadata().pdfa_status
            return "" if status.startswith("2") else f"不是 PDF/A-2（{status or '没有声明'}）"
    except pikepdf.PdfError:
        return "打不开"


def _judged(seen: Seen) -> Iterator[str]:
    papers = _papers(seen.package)
    try:
        found = judging.judged(papers)
    except judging.JudgeFailed as error:
        raise NotRun(str(error)) from error
    if found is None:
        raise NotRun("本机没有安装 veraPDF")
    for paper, verdict in found.items():
        if not verdict.valid:
            yield f"{paper.relative_to(seen.package).as_posix()} {'；'.join(verdict.faults)}"
    yield from (
        Note(f"由 {name} 校验 {len(papers)} 份") for name in sorted({v.judge for v in found.values()})
    )


LOOKS: Mapping[str, Look] = {
    "Z1": _fixed, "Z2": _in_vault, "Z3": _same_files, "Z4": _same_metadata, "Z5": _proved, "Z6": _in_time,
    "Z7": _sealed,
    "W1": _counted, "W2": _described, "W3": _numbered, "W4": _all_of_it, "W5": _finished, "W6": _confirmed, "W7": _taken_in,
    "K1": _readable, "K2": _pages_right, "K3": _long_lived, "K4": _opens, "K5": _lasting, "K6": _judged,
    "A1": _harmless, "A2": _no_program, "A3": _sealed_away, "A4": _two_places, "A5": _no_virus,
}  # fmt: skip
