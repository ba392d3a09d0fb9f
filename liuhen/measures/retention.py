"""Retention periods 保管期限 as data (domain §8.3): which files are kept for ever, for thirty years, for ten.

The first row that is true of a case decides. The bureau's own table needs the consent of the archives authority (档例 19); a
setting may lengthen what is not permanent, and never falls below ``least``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A term: its code in the archival number, as printed, and its years; None is for ever."""

    code: str
    label: str
    years: int | None


def term_of(years: int) -> Term:
    """The term of so many years."""
    return Term(f"D{years}", f"{years}年", years)


# What a county's public archives take, after so many years (档例 20); how they are kept longest here.
YEARS_TO_ARCHIVES, LONGEST = 10, 100
PERMANENT = Term("Y", "永久", None)
USUAL, SHORT = term_of(30), term_of(10)
TO_ARCHIVES = (PERMANENT.label, *(term_of(years).label for years in range(30, LONGEST + 1)))


@dataclass(frozen=True, kw_only=True)
class Retained:
    """Which files: those of which one of ``events`` (compliance.events) has happened, in one of ``procedures`` (any, when
    empty). ``why`` in a few words; ``least``: the fewest years that the bureau may set; ``beyond``: years that the file is kept at
    least after the date in the field ``valid_to`` of the decision."""

    why: str
    term: Term
    events: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    least: int = 0
    beyond: int = 0


RETAINED: tuple[Retained, ...] = (
    Retained(why="举行过听证", term=PERMANENT, events=("filed:hearing_record",)),
    Retained(why="经集体讨论", term=PERMANENT, events=("filed:collective_discussion_minutes",)),
    Retained(why="吊销许可证件", term=PERMANENT, events=("licence_revoked",)),
    Retained(
        why="涉嫌犯罪", term=PERMANENT,
        events=("fact:crime_suspected", "filed:crime_transfer_report", "filed:crime_transfer_letter"),
    ),
    Retained(why="经复议或者诉讼", term=PERMANENT, events=("fact:contested",)),
    Retained(why="不予立案", term=SHORT, events=("exit:docket_refused",), least=10),
    Retained(
        why="不予受理或者终止办理", term=SHORT, procedures=("licensing",), least=10,
        events=("served:license_refusal_to_accept", "served:license_withdrawal_by_applicant"),
    ),
    Retained(why="行政许可", term=USUAL, procedures=("licensing",), least=10, beyond=10),
    Retained(why="一般案卷", term=USUAL, least=30),
)  # fmt: skip
