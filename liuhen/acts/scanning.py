"""Signed originals come back: a scan is matched by its codes to the papers of the case, deposited and tied to them (A14, A31)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from liuhen.acts import media
from liuhen.acts.engine import require_permitted
from liuhen.acts.situation import invalid, situation
from liuhen.casefile.state import CaseFile, Document
from liuhen.office.policy import Actor, visible
from liuhen.papers import BadScan, ScanPage, cut, read_scan
from liuhen.papers.qr import short_commitment, short_id
from liuhen.papers.scans import Code
from liuhen.records.models import PaperRow

WHAT = "签名扫描件"
LARGEST = 200 * 1024 * 1024


@dataclass(frozen=True)
class Matched:
    """Pages of a scan that belong to the current text of a document of the case."""

    document: str
    title: str
    pages: tuple[int, ...]


@dataclass
class Sorting:
    """What a scan holds: pages matched by document, what must not come into this case, what is worth knowing."""

    matched: list[Matched] = field(default_factory=list[Matched])
    refused: list[str] = field(default_factory=list[str])
    noted: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Kept:
    """A signed original in the vault: the entry of its deposit and the document that it is tied to."""

    entry: str
    document: str
    title: str


def sort_pages(case: CaseFile, pages: Sequence[ScanPage], elsewhere: Callable[[str], str]) -> Sorting:
    """Match pages to the documents of the case by their codes; each page that does not match says why.

    ``elsewhere`` says in whose case a short document id is found, empty when nowhere.
    """
    known = {short_id(document.id): document for document in case.documents.values()}
    found, by_document = Sorting(), dict[str, list[int]]()
    for page in pages:
        if page.code is None:
            found.noted.append(_unread(page))
            continue
        document = known.get(page.code.document)
        if document is None:
            where = elsewhere(page.code.document)
            found.refused.append(
                f"第 {page.number} 页是{where}的文书，不是本案的"
                if where
                else f"第 {page.number} 页的二维码不对应任何一份文书"
            )
            continue
        wrong = _wrong(document, page.code)
        if wrong:
            found.refused.append(f"第 {page.number} 页{wrong}")
        else:
            by_document.setdefault(document.id, []).append(page.number)
    found.matched = [
        Matched(i, case.documents[i].title, tuple(numbers)) for i, numbers in by_document.items()
    ]
    found.noted += [
        words for one in found.matched if (words := _incomplete(case.documents[one.document], one))
    ]
    return found


def _unread(page: ScanPage) -> str:
    if page.foreign:
        return f"第 {page.number} 页的二维码不是本系统文书的"
    return f"第 {page.number} 页没有读到二维码：可能是空白页，或者扫得不清楚、缺了左下角，请重新扫描这一页"


def _wrong(document: Document, code: Code) -> str:
    """What keeps a page from being the signed original of a document as it stands; empty when nothing."""
    title = f"《{document.title}》"
    if document.voided:
        return f"是已经封存的{title}"
    text = next((r for r in document.revisions if r.number == code.revision), None)
    if text is None:
        return f"的二维码写着{title}第 {code.revision} 稿，案卷里没有这一稿"
    if short_commitment(text.commitment) != code.commitment:
        return f"的内容摘要与{title}第 {code.revision} 稿的不一致：纸面或者二维码被改动过"
    if text is not document.current:
        return f"是{title}第 {code.revision} 稿，现在是第 {document.current.number} 稿：签名随稿失效，请打印新稿再签"
    return ""


def _incomplete(document: Document, found: Matched) -> str:
    rendition = document.rendition("for_signature") or document.rendition("final")
    if rendition is None or len(found.pages) >= rendition.pages:
        return ""
    return f"《{document.title}》共 {rendition.pages} 页，扫描件里只有 {len(found.pages)} 页"


def keep(case: str, actor: Actor, data: bytes, name: str) -> tuple[list[Kept], list[str]]:
    """Match a scan and deposit it, tied to the document that it is the signed original of; what is worth knowing besides.

    The bytes are kept as they came. A scan of several papers is kept whole, and each paper's pages by themselves beside it.
    Nothing is kept when a page belongs elsewhere. Raises Invalid, NotPermitted, NoSuchCase.
    """
    require_permitted(case, actor, "deposit")
    if not data:
        raise invalid("file", "选择扫描件")
    if len(data) > LARGEST:
        raise invalid("file", "扫描件超过 200 MB，请分开上传，或者用 150 到 300 dpi 重新扫描")
    try:
        pages = read_scan(data)
    except BadScan as error:
        raise invalid("file", str(error)) from error
    sorting = sort_pages(situation(case, actor).case, pages, lambda short: _elsewhere(short, actor))
    if sorting.refused or not sorting.matched:
        raise invalid("file", "；".join([*sorting.refused, *sorting.noted]))
    if len(sorting.matched) == 1:
        return [_kept(case, actor, data, name, sorting.matched[0])], sorting.noted
    media.deposit(case, actor, data, name, what=f"{WHAT}（{len(sorting.matched)} 份文书）")
    kept = [
        _kept(case, actor, cut(data, one.pages), f"{one.title} {name}", one, source=name)
        for one in sorting.matched
    ]
    return kept, sorting.noted


def _kept(case: str, actor: Actor, data: bytes, name: str, one: Matched, source: str = "") -> Kept:
    pages = "、".join(map(str, one.pages))
    what = f"{WHAT}：《{one.title}》" + (f"（{source}第 {pages} 页）" if source else "")
    entry = media.deposit(case, actor, data, name, what=what, document=one.document)[0].hash
    return Kept(entry, one.document, one.title)


def _elsewhere(short: str, actor: Actor) -> str:
    """In which other case a document stands, by number where this person may see it; empty for a document of no case."""
    paper = PaperRow.objects.filter(document=short).select_related("case").first()
    if paper is None:
        return ""
    row = paper.case
    return f"案件 {row.case_no} " if visible(actor, row.section, row.parts) else "另一个案件"


def originals(case: CaseFile) -> list[Kept]:
    """The signed originals of the case that are tied to a document, the latest first."""
    found = [
        Kept(r.entry, r.document, case.documents[r.document].title)
        for r in case.recordings.values()
        if r.what.startswith(WHAT) and r.document in case.documents and not r.voided
    ]
    return found[::-1]
