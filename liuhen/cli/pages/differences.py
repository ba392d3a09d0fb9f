"""Where the declared kinds of document differ on purpose from the reference table, and why: `differences.toml`, read for the
page and for the test that holds it exact."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from liuhen.measures import DOCUMENTS

FILE = Path(__file__).with_name("differences.toml")


@lru_cache(maxsize=1)
def _file() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def groups() -> list[tuple[str, list[str]]]:
    """Each reason with the differences that it is the reason of."""
    return [(group["reason"], group["of"]) for group in _file()["difference"]]


def reasons() -> Mapping[str, str]:
    """Difference → its reason."""
    return {difference: reason for reason, found in groups() for difference in found}


def kinds() -> Mapping[str, str]:
    """The kinds that bear another name than in the table: the table's → ours."""
    return _file()["kinds"]


def names() -> Mapping[str, str]:
    """The fields that bear another name, ``kind.field`` → ours; a field that stands alone is so called wherever a kind has
    none of its name."""
    return _file()["names"]


def more() -> Mapping[str, str]:
    """The kinds that the table does not name, each with the reason why it is there."""
    return _file()["more"]


def ours(kind: str, field: str) -> str:
    """Our name for a field of a kind of the table."""
    named = names().get(f"{kind}.{field}")
    if named or field in {declared.name for declared in DOCUMENTS[kind].fields}:
        return named or field
    return names().get(field, field)
