"""Numbers 文号 and 案号: gap-free per series and year, reserved before the paper is made (design, A number before its paper).

Each series and year is a stream of its own, so two writers cannot take one number: the position is the lock. A number
belongs to one paper (or case) and to the day on which it was taken; given up, it is voided and never given again. What came
of each stands in one row of ``NumberUse``, written with the entry that says so: what two writers cannot both do.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.casefile.moments import day, write
from liuhen.casefile.state import UNNUMBERED
from liuhen.records import clock, read
from liuhen.records.append import RETRIES, Conflict, New, Receipt, append, head
from liuhen.records.models import Entry, NumberUse

VOIDED = "office/number-voided"
# Kinds of entry that name the reservation of the number that they give.
BEARING = ("Issued", "Archived")
LAPSED = "取号后当日未签发"
# How long a number may wait for its paper before the audit asks for it.
WAITS = timedelta(days=1)
_BRACKETS = str.maketrans(
    dict.fromkeys("([{<【〖〘〚《〈「『", "〔") | dict.fromkeys(")]}>】〗〙〛》〉」』", "〕")
)
_DASHES = re.compile("[‐‑‒–—―−]")
_AT_ONCE = 500
_BLANKS = re.compile("[\\s\u200b-\u200d\ufeff]")


@dataclass(frozen=True)
class Number:
    """A reserved number: text, place in the series, date, the entry that reserved it, for which case and key, where."""

    text: str
    n: int
    on: date
    entry: str
    case: str
    key: str
    stream: str

    @property
    def blank(self) -> bool:
        """Whether it was given to a numbered blank, before there was a case."""
        return not self.case


def key_of(what: str, id_: str) -> str:
    """For what a number is reserved, as it stands in ``for``: ``document`` or ``case`` and its id. Stays over revisions."""
    return sha256(f"{what}/{id_}".encode()).hexdigest()


def reserve(series: str, on: date, pattern: str, *, key: str, case: str, actor: str) -> Number:
    """Reserve the next number of ``series`` in the year of ``on`` for the paper or case of :func:`key_of`.

    ``pattern`` has ``{year}`` and ``{n}``. A retry on the same day gets the same number again; one left over from another
    day is not taken up, since the rules were asked about today, and lapses when the paper is issued (:func:`lapse`). Raises
    Conflict when it cannot be had after many tries, or when midnight came between: a later number never bears an earlier
    date, so the act begins anew with the new day.
    """
    name = f"office/number-{series}-{on.year}"
    for _ in range(RETRIES):
        position = head(name)
        if day(clock.now()) != on:
            raise Conflict(name)
        for number in _left(series, key):
            if number.on == on:
                return number
        n = Entry.objects.filter(stream=name, kind="NumberReserved").count() + 1
        text = pattern.format(year=on.year, n=n)
        body = {
            "series": series, "year": on.year, "n": n, "number": text, "date": on.isoformat(), "for": key, "case": case,
        }  # fmt: skip
        try:
            receipt = append(name, actor, [New("NumberReserved", body)], expect=position)[0]
        except Conflict:
            continue
        return Number(text, n, on, receipt.hash, case, key, name)
    raise Conflict(name)


def lapse(series: str, key: str, actor: str) -> None:
    """Void what else was reserved under the key of a paper that is issued by now. Only then: before, another writer may be
    about to issue it under any of them."""
    for number in _left(series, key):
        with suppress(Conflict):
            void(number, LAPSED, actor)


def lapse_all(family: str, actor: str) -> None:
    """Void every number of a family of series that is reserved and not borne: what a crash left between number and use. A
    writer who is about to use one meets Conflict and takes the next."""
    rows = _rows("NumberReserved").filter(read.streams(f"office/number-{family}-"))
    for number in open_of([_number(row) for row in rows.iterator(chunk_size=2000)]):
        with suppress(Conflict):
            void(number, LAPSED, actor)


def _left(series: str, key: str) -> list[Number]:
    """The numbers of a series, of whatever year, that are reserved under a key, neither borne nor voided."""
    mine = _rows("NumberReserved").filter(
        read.streams(f"office/number-{series}-"), body__content__contains=key
    )
    return open_of([number for number in map(_number, mine) if number.key == key])


def _rows(kind: str) -> QuerySet[Entry]:
    """The entries of a kind that still have their bodies, in order."""
    return Entry.objects.filter(kind=kind, body__isnull=False).select_related("body").order_by("id")


def _body(row: Entry) -> dict[str, Any]:
    return json.loads(row.body.content)


def _number(row: Entry) -> Number:
    body = _body(row)
    on = date.fromisoformat(body["date"])
    return Number(body["number"], body["n"], on, row.hash, body["case"], body["for"], row.stream)


def claim(entries: Iterable[CaseEntry]) -> None:
    """Take the reserved numbers under which papers are issued and files archived by these entries, within the transaction that
    appends them.

    Raises IntegrityError when another paper has one, or it was voided: the append then fails as a whole (Conflict).
    """
    for entry in entries:
        if entry.kind in BEARING and entry.body is not None and "reservation" in entry.body:
            use(entry.body["reservation"])


def use(reservation: str, *, gone: bool = False) -> None:
    """Take one reserved number, or give it up with ``gone``, within a transaction. Raises IntegrityError as :func:`claim`."""
    NumberUse.objects.create(reservation=reservation, gone=gone)


def voided(numbers: Sequence[Number]) -> set[str]:
    """Those of the numbers that were given up, by their reservations."""
    return {row.reservation for row in _uses(numbers) if row.gone}


def void(number: Number, reason: str, actor: str) -> list[Receipt]:
    """Give a number up for ever, with the reason; its place in the series stays. Raises Conflict when it is used by now."""
    body = {"number": number.text, "reason": reason, "case": number.case}
    for _ in range(RETRIES):
        if not open_of([number]):
            break
        try:
            return append(
                VOIDED, actor, [New("NumberVoided", body)], within=lambda _: use(number.entry, gone=True)
            )
        except Conflict:
            continue
    raise Conflict(VOIDED)


def find(number: str) -> Number | None:
    """The reservation of a number, however it is written; None when this system never gave it."""
    wanted = normal(number)
    return next(
        (found for found in map(_number, _rows("NumberReserved")) if normal(found.text) == wanted), None
    )


def unused() -> list[Number]:
    """Numbers taken more than a day ago that no paper and no case bears and nobody voided: for the audit."""
    now = clock.now()
    old = _rows("NumberReserved").filter(recorded_at__lt=write(now - WAITS))
    found = [_number(row) for row in old.iterator(chunk_size=2000)]
    used, destroyed = uses_told(), _destroyed()
    return [
        number for number in found
        if number.entry not in used and f"case/{number.case}" not in destroyed
        # A numbered blank waits for its use to the end of its year.
        and not (number.blank and (number.on.year == day(now).year or (destroyed and not open_of([number]))))
    ]  # fmt: skip


def draw(series: str, on: date, pattern: str, *, holder: str, count: int, actor: str) -> list[Number]:
    """Number ``count`` blanks 空白决定书 of a series beforehand and hand them to ``holder``. They belong to no case until a
    paper takes one. Raises Conflict when another writer was always faster."""
    name, key = f"office/number-{series}-{on.year}", key_of("blank", holder)
    for _ in range(RETRIES):
        position = head(name)
        first = Entry.objects.filter(stream=name, kind="NumberReserved").count() + 1
        bodies = [
            {
                "series": series, "year": on.year, "n": n, "number": pattern.format(year=on.year, n=n),
                "date": on.isoformat(), "for": key, "case": "",
            }
            for n in range(first, first + count)
        ]  # fmt: skip
        try:
            made = append(name, actor, [New("NumberReserved", body) for body in bodies], expect=position)
        except Conflict:
            continue
        return [
            Number(str(body["number"]), int(str(body["n"])), on, receipt.hash, "", key, name)
            for body, receipt in zip(bodies, made, strict=True)
        ]
    raise Conflict(name)


def blanks(series: str, year: int) -> list[Number]:
    """Every blank of a series and year, used, voided or not, in order."""
    rows = _rows("NumberReserved").filter(stream=f"office/number-{series}-{year}")
    return sorted((n for n in map(_number, rows) if n.blank), key=lambda number: number.n)


def next_blank(series: str, year: int, holder: str) -> Number | None:
    """The blank that a holder takes next: the lowest that is neither borne nor voided; None when none is left."""
    mine = [n for n in blanks(series, year) if n.key == key_of("blank", holder)]
    return next(iter(open_of(mine)), None)


def open_of(numbers: Sequence[Number]) -> list[Number]:
    """Those of the numbers that are neither borne nor voided."""
    used = {row.reservation for row in _uses(numbers)}
    return [number for number in numbers if number.entry not in used]


def _uses(numbers: Sequence[Number]) -> list[NumberUse]:
    found: list[NumberUse] = []
    for first in range(0, len(numbers), _AT_ONCE):
        some = [number.entry for number in numbers[first : first + _AT_ONCE]]
        found += NumberUse.objects.filter(reservation__in=some)
    return found


def uses_told() -> dict[str, bool]:
    """What the entries tell of each reserved number that is borne or was given up (True): what ``NumberUse`` is a shadow of."""
    reserved = {_body(row)["number"]: row.hash for row in _rows("NumberReserved").iterator(chunk_size=2000)}
    given_up = [_body(row)["number"] for row in _rows("NumberVoided")]
    found = {reserved[number]: True for number in given_up if number in reserved}
    opened = [_body(row)["case_no"] for row in _rows("Opened").iterator(chunk_size=2000)]
    found |= {reserved[number]: False for number in opened if number in reserved}
    known = set(reserved.values())
    borne = [
        str(_body(row).get("reservation"))
        for kind in BEARING
        for row in _rows(kind).iterator(chunk_size=2000)
    ]
    return found | dict.fromkeys(known.intersection(borne), False)


def _destroyed() -> set[str]:
    """The cases of which it is not told any more what numbers they bore."""
    gone = Entry.objects.filter(kind__in=("Issued", "Opened"), body__isnull=True)
    return set(gone.values_list("stream", flat=True))


def uses_fault() -> bool:
    """Whether ``NumberUse`` is not what the entries tell; of what a destroyed case bore it alone still knows."""
    kept, told = dict(NumberUse.objects.values_list("reservation", "gone")), uses_told()
    return any(kept.get(one) != gone for one, gone in told.items()) or (kept != told and not _destroyed())


@transaction.atomic
def rebuild() -> None:
    """Write ``NumberUse`` anew from the entries."""
    told = uses_told()
    if not _destroyed():
        NumberUse.objects.all().delete()
    for reservation, gone in told.items():
        NumberUse.objects.update_or_create(reservation=reservation, defaults={"gone": gone})


def normal(number: str) -> str:
    """A number as it is compared: brackets, width, blanks, dashes, 第 and leading zeros make no other number."""
    text = unicodedata.normalize("NFKC", number).translate(_BRACKETS)
    text = _DASHES.sub("-", _BLANKS.sub("", text)).upper()
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"第(?=\d)", "", text))


def taken(number: str) -> bool:
    """Whether a number is given, however it is written: reserved by this system, or on a paper of any case."""
    wanted = normal(number)
    if wanted in ("", UNNUMBERED):
        return False
    reserved = (_body(row)["number"] for row in _rows("NumberReserved").iterator(chunk_size=2000))
    return any(normal(one) == wanted for one in reserved) or any(
        normal(number) == wanted for _, _, number in borne()
    )


def borne() -> Iterator[tuple[Entry, str, str]]:
    """The numbers that papers bear now: entry, document, number. A mistyped number that was corrected is free again, and so
    is that of a backfilled paper which was sealed away and the sealing confirmed; the entries keep both."""
    corrected: dict[str, str] = {
        body["entry"]: str(body["value"])
        for body in map(_body, _rows("Corrected").filter(body__content__contains='"/number"'))
        if body["path"] == "/number"
    }
    gone = _sealed_away()
    for row in _rows("Issued").iterator(chunk_size=2000):
        body = _body(row)
        if body["document"] not in gone:
            yield row, str(body["document"]), corrected.get(row.hash) or str(body["number"])


def _sealed_away() -> set[str]:
    """The documents that were sealed away, and the sealing confirmed by somebody else."""
    voided = list(_rows("Voided"))
    if not voided:
        return set()
    hashes = {row.hash: row.actor for row in voided}
    confirmed = {
        body["entry"]
        for row in _rows("Decided").filter(body__content__contains='"confirm"')
        if (body := _body(row))["opinion"] == "confirm" and hashes.get(body["entry"], row.actor) != row.actor
    }
    filed = {_body(row)["entry"] for row in voided if row.hash in confirmed}
    return {_body(row)["document"] for row in _rows("Filed").filter(hash__in=filed)}
