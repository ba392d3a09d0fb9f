"""Tables as XLSX, for those who go on working with them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

_MOMENT = datetime(2020, 1, 1)
_TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
# A cell that begins so would be taken for a formula by the program that opens it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 40


def workbook(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """One sheet: a title, a head that stays in view, text in every cell; equal tables give equal bytes."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "清单"
    sheet.append([title])
    sheet.append(list(head))
    for row in rows:
        sheet.append([_text(cell) for cell in row])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(head))
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=14), Alignment(horizontal="center")
    for n in range(1, len(head) + 1):
        sheet.cell(2, n).font = Font(bold=True)
        cells = [str(head[n - 1]), *(str(row[n - 1]) for row in rows)]
        widest = max(sum(2 if ord(c) > 255 else 1 for c in cell) for cell in cells)
        sheet.column_dimensions[get_column_letter(n)].width = min(widest + 2, WIDEST)
    sheet.freeze_panes = "A3"
    book.properties.created = book.properties.modified = _MOMENT
    target = io.BytesIO()
    book.save(target)
    return _timeless(target.getvalue())


def _text(value: str) -> str:
    text = "".join(c for c in str(value) if c == "\n" or c >= " ")
    return f"'{text}" if text.startswith(_FORMULA) else text


def _timeless(data: bytes) -> bytes:
    """The same file without the moment at which it was written."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for info in source.infolist():
            part = source.read(info)
            if info.filename == "docProps/core.xml":
                part = _TIMES.sub(b"", part)
            made.writestr(zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0)), part)
    return target.getvalue()
