"""What a decision wants in money and what of it was paid, decision by decision (罚 66, 67, 72–75; 强 42)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from liuhen.casefile.moments import Moment, day, instant
from liuhen.casefile.state import CaseFile, Document, Fact, Values
from liuhen.compliance.comparing import squeezed
from liuhen.compliance.parties import apart, name_of, party_of
from liuhen.compliance.reading import done_by, moment, rows, text_in, whole_in
from liuhen.compliance.rounds import about, struck

FINING = ("penalty_decision", "summary_decision")
FINE, GAINS = "罚款", "没收违法所得"
MONEY = (FINE, GAINS)
# A receipt for money collected on the spot shows a payment as well (罚 70).
_PAPERS = ("payment_record", "collection_receipt")
_ALL = "全部"


@dataclass(frozen=True)
class Payment:
    """Money in 分 that came in, or went back as a negative amount: when, and the decision it is about, empty when untold."""

    at: Moment
    amount: int
    decision: str = ""
    payer: str = ""


def concerns(case: CaseFile, paper: Document | Fact, decision: Document) -> bool:
    """Whether a paper or fact of the execution is about a decision: the one that it names, else any."""
    named = _named(case, paper)
    return named in ("", decision.id)


def _named(case: CaseFile, paper: Document | Fact) -> str:
    """The decision of the case that a paper or fact names, itself or by the paper that it answers; empty when none."""
    told = [paper.document] if isinstance(paper, Fact) else []
    told += [value for value in paper.values.values() if isinstance(value, str)]
    others = [case.documents[one] for one in told if one in case.documents and one != _id(paper)]
    own = [d.id for d in others if d.kind in FINING]
    return own[0] if own else next((named for d in others if (named := _named(case, d))), "")


def _id(paper: Document | Fact) -> str:
    return paper.id if isinstance(paper, Document) else paper.entry


def penalties_of(case: CaseFile, decision: Document) -> list[Mapping[str, Any]]:
    """The penalties of a decision, as reconsideration or suit changed them (变更)."""
    found = rows(decision.values.get("penalties"))
    for ended in case.happened("contest_ended"):
        changed = rows(ended.values.get("penalties"))
        subject = about(case, ended)
        if ended.values.get("result") == "变更" and changed and subject and subject.id == decision.id:
            found = changed
    return found


def amount_of(case: CaseFile, decision: Document, *kinds: str) -> int:
    """What a decision wants of these kinds in 分, as far as the amounts are told."""
    return sum(whole_in(r, "amount") or 0 for r in penalties_of(case, decision) if r.get("kind") in kinds)


def fine_of(case: CaseFile, decision: Document) -> int:
    """The fine of a decision in 分; confiscation bears no extra fine."""
    return amount_of(case, decision, FINE)


def extra_owed(case: CaseFile, decision: Document) -> int:
    """The extra fine that was imposed on a decision in 分, what an execution agreement remits left out (强 42)."""
    notices = [d for d in case.of("additional_fine_notice") if d.issued and concerns(case, d, decision)]
    imposed = whole_in(notices[-1].values, "amount") if notices else 0
    agreements = [d for d in case.of("execution_agreement") if d.issued and concerns(case, d, decision)]
    return max(0, (imposed or 0) - sum(whole_in(d.values, "waived") or 0 for d in agreements))


def wants_money(case: CaseFile, decision: Document) -> bool:
    """Whether a decision wants a fine or confiscates gains; where its penalties are not told, it may."""
    kinds = [text_in(row, "kind") for row in penalties_of(case, decision)]
    return not kinds or any(kind in MONEY for kind in kinds)


def performed(case: CaseFile, decision: Document, kind: str, by: Moment | None = None) -> bool:
    """Whether a penalty of a decision was recorded as carried out, by a moment or at all."""
    return any(by is None or done_by(at, by) for at in _performances(case, decision, kind))


def _performances(case: CaseFile, decision: Document, kind: str) -> list[Moment]:
    told = [(f, moment(f.values, "on") or f.at) for f in case.happened("penalty_performed")]
    told += [(d, moment(d.values, "performed_on") or d.made_at) for d in case.of("performance_record")]
    return [
        at
        for one, at in told
        if str(one.values.get("kind", "")) in (kind, _ALL) and concerns(case, one, decision)
    ]


def payments(case: CaseFile) -> list[Payment]:
    """Every payment of the case in order, one voucher counted once, whether a fact or a paper tells of it."""
    told = [(f, moment(f.values, "on") or f.at) for f in case.happened("payment_made")]
    told += [(d, moment(d.values, "paid_on", "collected_at") or d.current.at) for d in case.of(*_PAPERS)]
    found: dict[str, Payment] = {}
    for place, (one, at) in enumerate(told):
        voucher, amount = text_in(one.values, "receipt_no") or str(place), whole_in(one.values, "amount")
        if amount is not None:
            named = _named(case, one) or _numbered(case, one.values)
            before = found.get(voucher)
            found[voucher] = Payment(
                at, amount, named or (before.decision if before else ""), squeezed(one.values.get("payer"))
            )
    return sorted(found.values(), key=lambda one: instant(one.at))


def _numbered(case: CaseFile, values: Values) -> str:
    """The decision whose number a voucher bears."""
    number = text_in(values, "decision_number")
    same = [d.id for d in case.of(*FINING) if number and d.issued and d.issued.number == number]
    return same[0] if len(same) == 1 else ""


def _refunds(case: CaseFile) -> list[Payment]:
    return [
        Payment(moment(f.values, "on") or f.at, -(whole_in(f.values, "amount") or 0), _named(case, f))
        for f in case.happened("money_refunded")
    ]


def paid(case: CaseFile, decision: Document, by: Moment | None = None) -> list[Payment]:
    """What was paid on a decision in order, by a moment or at all, refunds as negative amounts.

    A payment counts for the decision that it names. One that names none goes to a decision that stood on its day: of several
    to that of the payer, then to the one that wants just this sum, then to the first that still wants money. What was paid
    on a decision that fell and was not refunded counts for the one made anew for the same party.
    """
    made = [d for d in case.of(*FINING) if d.issued or d.served_at or d.id == decision.id]
    shares: dict[str, list[Payment]] = {d.id: [] for d in made}
    for payment in sorted([*payments(case), *_refunds(case)], key=lambda one: instant(one.at)):
        if by is None or done_by(payment.at, by):
            for share in _shared(case, made, shares, payment):
                shares[share.decision].append(share)
    found = list(shares.get(decision.id, ()))
    for earlier in made:
        if earlier.id != decision.id and heir(case, earlier, made) == decision:
            found += shares[earlier.id]
    return sorted(found, key=lambda one: instant(one.at))


def heir(case: CaseFile, fallen: Document, made: Iterable[Document]) -> Document | None:
    """The decision made in place of one that fell, for the same party; None when it stands or none was made."""
    if struck(case, fallen) is None:
        return None
    later = [
        d
        for d in made
        if instant(d.made_at) >= instant(fallen.made_at) and d.id != fallen.id and not apart(case, d, fallen)
    ]
    return next((d for d in reversed(later) if struck(case, d) is None), None)


def _shared(
    case: CaseFile, made: list[Document], shares: Mapping[str, list[Payment]], payment: Payment
) -> Iterator[Payment]:
    """A payment as shares of the decisions that it is about."""
    if payment.decision or len(made) < 2:
        named = payment.decision or (made[0].id if made else "")
        if named in shares:
            yield replace(payment, decision=named)
        return
    if payment.amount < 0:
        yield from _given_back(case, made, payment)
        return
    rest = payment.amount
    wanting = _wanting(case, made, shares, payment)
    for decision, left in wanting:
        share = min(rest, left)
        if share > 0:
            yield replace(payment, amount=share, decision=decision.id)
            rest -= share
    if rest > 0:
        yield replace(payment, amount=rest, decision=(wanting[-1][0] if wanting else made[-1]).id)


def _given_back(case: CaseFile, made: list[Document], refund: Payment) -> Iterator[Payment]:
    """A refund that names no decision is of the last one that fell (罚 75), else of the last one."""
    fell = [d for d in made if struck(case, d) is not None]
    yield replace(refund, decision=(fell or made)[-1].id)


def _wanting(
    case: CaseFile, made: list[Document], shares: Mapping[str, list[Payment]], payment: Payment
) -> list[tuple[Document, int]]:
    """The decisions to which a payment that names none may go, with what each still wants, the likeliest first."""
    stood = [d for d in made if day(d.made_at) <= day(payment.at) and _stood(case, d, payment.at)] or made
    own = [d for d in stood if payment.payer and name_of(party_of(d)) == payment.payer]
    wants = [(d, due(case, d) - sum(p.amount for p in shares[d.id])) for d in own or stood]
    return sorted(wants, key=lambda pair: pair[1] != payment.amount)


def _stood(case: CaseFile, decision: Document, at: Moment) -> bool:
    fell = struck(case, decision)
    return fell is None or day(fell.at) > day(at)


def due(case: CaseFile, decision: Document, by: Moment | None = None) -> int:
    """The money that a decision wants in 分: fine, confiscated gains and extra fine, what was performed otherwise left out."""
    kinds = [kind for kind in MONEY if not performed(case, decision, kind, by)]
    return amount_of(case, decision, *kinds) + (extra_owed(case, decision) if FINE in kinds else 0)


def owed(case: CaseFile, decision: Document, by: Moment | None = None) -> int:
    """What of the money of a decision is not paid, by a moment or at all, in 分."""
    return due(case, decision, by) - sum(p.amount for p in paid(case, decision, by))


def settled_at(case: CaseFile, decision: Document) -> Moment | None:
    """When the last of the money that a decision wants came in; where no amount is told, the first payment; None while some
    is owed."""
    came = [(p.at, p.amount) for p in paid(case, decision)]
    came += [(at, 0) for kind in MONEY for at in _performances(case, decision, kind)]
    rest, settled = due(case, decision), None
    for at, amount in sorted(came, key=lambda pair: instant(pair[0])):
        rest -= amount
        settled = None if rest > 0 else settled or at
    return settled


def paid_on_fine(case: CaseFile, decision: Document) -> list[Payment]:
    """What was paid on the fine itself: what a decision confiscates in money is taken from the payments first."""
    rest = 0 if performed(case, decision, GAINS) else amount_of(case, decision, GAINS)
    found: list[Payment] = []
    for payment in paid(case, decision):
        taken = min(rest, max(0, payment.amount))
        rest -= taken
        if payment.amount != taken:
            found.append(replace(payment, amount=payment.amount - taken))
    return found
