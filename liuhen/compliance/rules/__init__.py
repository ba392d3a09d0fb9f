"""The rules, one module a chapter of the work; importing this package registers them all."""

from liuhen.compliance.rules import (
    closing,
    completeness,
    decision,
    defence,
    execution,
    goods,
    hearing,
    investigation,
    keeping,
    notice,
    people,
    recordings,
    seizure,
    service,
    source,
    transfer,
)

__all__ = [
    "closing",
    "completeness",
    "decision",
    "defence",
    "execution",
    "goods",
    "hearing",
    "investigation",
    "keeping",
    "notice",
    "people",
    "recordings",
    "seizure",
    "service",
    "source",
    "transfer",
]
