"""Quantities of things 数量: whole numbers, or decimals as their shortest text (12.5 吨), so that they add up exactly (domain §2)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

PLACES = 6  # to the gram of a ton
_TYPED = re.compile(rf"[0-9]{{1,15}}(?:\.[0-9]{{1,{PLACES}}})?")
_SHORTEST = re.compile(rf"(?:0|[1-9][0-9]{{0,14}})\.[0-9]{{0,{PLACES - 1}}}[1-9]")


def quantity(value: object) -> Decimal | None:
    """How much a recorded quantity says; None for what is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value) if value >= 0 else None
    return Decimal(value) if isinstance(value, str) and _SHORTEST.fullmatch(value) else None


def recorded(amount: Decimal) -> int | str:
    """A quantity as it is recorded: whole ones as a number, others as their shortest text."""
    text = in_digits(amount).replace(",", "")
    return text if "." in text else int(text)


def read(text: str) -> int | str | None:
    """A quantity that was typed (12.50, 1,200, １２．５) as it is recorded; None when it is none."""
    plain = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text))
    return recorded(Decimal(plain)) if _TYPED.fullmatch(plain) else None


def in_digits(amount: Decimal) -> str:
    """A quantity in digits, thousands set off, no zeros at its end: 1,200.5."""
    whole, _, rest = f"{amount:,f}".partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole
