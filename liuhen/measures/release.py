"""The published version of the Measures as data: everything declared, as canonical JSON, and its digest.

``python -m liuhen.measures.release PATH`` writes it. A version that has been published is never written again: cases that
began under it are judged by it (R36.1).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from liuhen.measures.articles import ARTICLES, STATUTES
from liuhen.measures.catalogue import VIOLATIONS
from liuhen.measures.dated import LEAST
from liuhen.measures.documents import DOCUMENTS
from liuhen.measures.duties import DUTIES
from liuhen.measures.evaluation import SHEETS
from liuhen.measures.facts import FACTS
from liuhen.measures.limits import LIMITS
from liuhen.measures.matters import MATTERS
from liuhen.measures.procedures import PROCEDURES
from liuhen.measures.requirements import REQUIREMENTS
from liuhen.measures.texts import ROWS, TEXTS
from liuhen.measures.thresholds import THRESHOLDS
from liuhen.measures.vocabulary import LAWS

RELEASE = "2026-1"


def export() -> dict[str, Any]:
    """Everything that is declared, as values JSON knows; what has its default value is left out."""
    return {
        "release": RELEASE,
        "laws": LAWS,
        "articles": _table(ARTICLES),
        "statutes": {f"{law}{number}": summary for (law, number), summary in STATUTES.items()},
        "documents": _table(DOCUMENTS),
        "facts": _table(FACTS),
        "requirements": _table(REQUIREMENTS),
        "limits": _table(LIMITS),
        "least": {name: plain(rows) for name, rows in LEAST.items()},
        "procedures": _table(PROCEDURES),
        "duties": _table(DUTIES),
        "violations": _table(VIOLATIONS),
        "matters": _table(MATTERS),
        "thresholds": [plain(threshold) for threshold in THRESHOLDS],
        "evaluation": [plain(sheet) for sheet in SHEETS],
        "texts": TEXTS,
        "rows": {name: [dict(row) for row in rows] for name, rows in ROWS.items()},
    }


def digest() -> str:
    """``sha256:`` and the digest of the canonical bytes of :func:`export`."""
    return digest_of(export())


def digest_of(exported: Mapping[str, Any]) -> str:
    """The digest of a release that was exported, now or earlier."""
    return "sha256:" + hashlib.sha256(canonical(exported)).hexdigest()


def canonical(value: Any) -> bytes:
    """Bytes with sorted keys and no white space. Keys and values here are plain text, integers and booleans."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def plain(value: Any) -> Any:
    """A declared value as JSON knows it: dataclasses as objects without their defaults, tuples as lists."""
    if is_dataclass(value):
        named = {f.name: getattr(value, f.name) for f in fields(value) if getattr(value, f.name) != f.default}
        return {name: plain(inner) for name, inner in named.items()}
    if isinstance(value, (tuple, list)):
        return [plain(inner) for inner in cast("Iterable[Any]", value)]
    if isinstance(value, date):
        return value.isoformat()
    return value


def _table(declared: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(code): plain(value) for code, value in declared.items()}


def main(arguments: list[str]) -> int:
    """Write the readable form of the release to the file that is named; return 2 when none is."""
    if len(arguments) != 1:
        sys.stderr.write("用法：python -m liuhen.measures.release 文件\n")
        return 2
    Path(arguments[0]).write_text(readable(), encoding="utf-8")
    return 0


def readable() -> str:
    """The same content with one value a line, for reading and comparing."""
    return json.dumps(export(), ensure_ascii=False, sort_keys=True, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
