"""Lists of archived files that are printed and signed by hand: 销毁清册 and 移交清册 (档 15, 21; 档例 20, 24, 30)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from liuhen.casefile.moments import day
from liuhen.casefile.state import CaseFile
from liuhen.compliance.custody import Appraisal, appraised
from liuhen.compliance.retention import retention
from liuhen.measures.archive_facts import DESTROY
from liuhen.papers import PaperContext, table, wording

BY_HAND = "　　　　　　"


def pages_of(case: CaseFile) -> int:
    """How many pages the file has on paper, its supplements too; what destruction leaves of a file tells it still."""
    return _until(case, len(case.packages) - 1)


def _until(case: CaseFile, number: int) -> int:
    """How many pages the file has as far as a package, the first of which is 0."""
    return sum(int(last) for last in case.packages[number].get("pages", {}).values()) if number >= 0 else 0


@dataclass(frozen=True)
class Moved:
    """A package that is handed over to the public archives: its case, what it is called in the transfer, which it is (0: the first),
    the digest of its tag manifest."""

    case: CaseFile
    name: str
    number: int
    digest: str

    @property
    def cells(self) -> list[str]:
        """Number, title, year, term, pages, bytes and digest, as the list and its table have them."""
        told = self.case.packages[self.number]
        more = f"（第 {self.number} 次补充）" if self.number else ""
        return [
            str(told.get("archive_no", "")), f"{self.case.case_no}　{self.case.title}{more}",
            str(day(self.case.archived_at).year) if self.case.archived_at else "", retention(self.case).term.label,
            str(_pages(self.case, self.number)), str(told["bytes"]), self.digest.removeprefix("sha256:"),
        ]  # fmt: skip


MOVED_HEAD = ("档号", "案号、案卷题名", "年度", "保管期限", "页数", "字节数", "校验值（SHA-256）")


def _pages(case: CaseFile, number: int) -> int:
    """How many pages a package adds to those before it."""
    return _until(case, number) - _until(case, number - 1)


def transfer_list(batch: str, files: Sequence[Moved], *, bureau: str, to: str, note: str, on: date) -> bytes:
    """移交清册 of a batch, as PDF/A, signed by hand below; ``note``: what is said of opening, of requests for information and of
    secrecy (档例 30)."""
    cells = [one.cells for one in files]
    rows = [[str(n), *row[:6], wording.halves(row[6])] for n, row in enumerate(cells, 1)]
    widths = (50, 0, 15, 15, 13, 24, 74)
    columns = [("序号", 12), *zip(MOVED_HEAD, widths, strict=True)]
    facts = [
        ("移交批次", batch),
        ("移交单位", bureau),
        ("接收单位", to),
        ("日期", wording.day(on.isoformat())),
    ]
    pages, size = sum(int(row[4]) for row in cells), sum(int(row[5]) for row in cells)
    after = [
        f"共 {len(files)} 包 {pages} 页 {size:,} 字节。每包附校验程序，移交前已逐包核验完整。",
        f"开放意见、政府信息公开和密级变更情况：{note}",
        f"移交人：{BY_HAND}　接收人：{BY_HAND}　交接日期：{BY_HAND}",
    ]
    return table(
        "档案移交清册", columns, rows, PaperContext(bureau=bureau, facts=facts), after=after, wide=True
    )


def destruction_list(name: str, cases: Sequence[CaseFile], bureau: str, on: date) -> bytes:
    """销毁清册 of a batch, as PDF/A: each file with its appraisal, who approved, who watched; signed by hand below."""
    found = [(case, appraisal) for case in cases if (appraisal := appraised(case)) is not None]
    files = [(case, appraisal) for case, appraisal in found if appraisal.conclusion == DESTROY]
    rows = [[str(n), *_row(case, appraisal)] for n, (case, appraisal) in enumerate(files, 1)]
    columns = [("序号", 12), ("档号", 50), ("案号、案卷题名", 0), ("归档", 24), ("页数", 14), ("期限", 14), ("鉴定意见", 44), ("批准、监销", 48)]  # fmt: skip
    pages = sum(pages_of(case) for case, _ in files)
    appraisers = "；".join(dict.fromkeys(appraisal.appraisers for _, appraisal in files))
    context = PaperContext(
        bureau=bureau, facts=[("鉴定批次", name), ("制表日期", wording.day(on.isoformat()))]
    )
    after = [
        f"共 {len(files)} 卷 {pages} 页。鉴定人员：{appraisers}。" if files else "没有拟销毁的案卷。",
        f"档案人员：{BY_HAND}　批准人：{BY_HAND}",
        f"监销人：{BY_HAND}　监销人：{BY_HAND}　销毁日期：{BY_HAND}",
        "未经批准不得销毁。内容销毁以后，记录的校验值和证明留存。",
    ]
    return table("档案销毁清册", columns, rows, context, after=after, wide=True)


def _row(case: CaseFile, appraisal: Appraisal) -> list[str]:
    told = case.archived or {}
    called = f"{case.case_no}　{case.title}" if case.title else f"{case.case_no}（内容已销毁）"
    return [
        str(told.get("archive_no", "")),
        called,
        day(case.archived_at).isoformat() if case.archived_at else "",
        str(pages_of(case)),
        str(told.get("retention") or retention(case).term.label),
        appraisal.opinion,
        _approved(case, appraisal),
    ]


def _approved(case: CaseFile, appraisal: Appraisal) -> str:
    if case.destroyed_at is not None:
        watched = "、".join(str(one) for one in case.destroyed.get("supervisors", []))
        return (
            f"{case.destroyed.get('approval', '')}；{watched}监销，{day(case.destroyed_at).isoformat()}销毁"
        )
    if appraisal.decision is None:
        return appraisal.state
    return f"{appraisal.decision.name}{day(appraisal.decision.at).isoformat()}{appraisal.state}"
