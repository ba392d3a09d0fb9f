"""Exits 结束方式: every way out of a penalty case, what must be there before it is closed, what closes it (A10–A12, A25, A30; domain §3).

A case takes an exit when its paper is there; until it is closed the law may call it back (a transfer is returned, a
decision falls). The closing list names what each exit wants besides what every case wants: papers served, named sources and
party told, no measure running, no thing left over.
"""

from __future__ import annotations

from dataclasses import replace

from liuhen.measures.vocabulary import A, Exit, L, Wanted

_CURE = Wanted(
    event="filed:cure_check_record", what="复查改正情况", does="file:cure_check_record", cites=(A(28),),
    only=("served:cure_order",),
)  # fmt: skip
_PUBLIC = Wanted(
    event="fact:publication_withdrawn", what="撤回公开的处罚信息", does="state:publication_withdrawn",
    cites=(L("罚", 48),), only=("fact:published",),
)  # fmt: skip
_REFUND = Wanted(
    event="fact:money_refunded", what="退还已经缴纳的罚没款", does="state:money_refunded",
    cites=(L("罚", 75),), only=("fact:payment_made", "filed:payment_record"),
)  # fmt: skip

# The first that was taken and not undone is the exit of the case: what was decided stands before what was passed on.
PENALTY = (
    Exit(
        code="withdrawn", outcome="销案", told="销案", taken="approved:case_withdrawal_approval", cites=(A(25),),
    ),
    Exit(
        code="terminated", outcome="终结", told="其他", taken="approved:case_termination_approval", cites=(A(25),),
    ),
    Exit(
        code="penalty", outcome="行政处罚", told="处罚", taken="issued:penalty_decision|issued:summary_decision",
        cites=(A(24), A(26), A(30)),
        wants=(_CURE,), report="always", archived_from="closing",
    ),
    Exit(
        code="no_penalty", outcome="不予行政处罚", told="不予处罚", taken="issued:no_penalty_decision",
        cites=(A(25), L("罚", 57)), wants=(_CURE,), report="always", archived_from="closing",
    ),
    Exit(
        code="annulled", outcome="处罚决定被撤销", told="其他", taken="struck", cites=(L("罚", 75), A(30)),
        wants=(_PUBLIC, _REFUND), report="always", archived_from="closing", party_told=False,
    ),
    Exit(
        code="crime_transferred", outcome="移送公安机关", told="移送", taken="issued:crime_transfer_letter",
        cites=(A(12), L("移", 12)),
        wants=(
            Wanted(
                event="served:crime_transfer_letter", what="涉嫌犯罪案件移送书送达，取得回证",
                does="serve:crime_transfer_letter", cites=(A(12),),
            ),
            Wanted(
                event="filed:police_reply[result=立案/转送其他机关]", what="公安机关决定立案的通知",
                does="file:police_reply", cites=(L("移", 8),),
            ),
            Wanted(
                event="fact:handed_to_receiver", what="物品和材料移交公安机关", does="state:handed_to_receiver",
                cites=(L("移", 12),), only=("filed:police_reply[result=立案]",),
            ),
        ),
    ),
    Exit(
        code="transferred", outcome="移送", told="移送", taken="issued:case_transfer_letter", cites=(A(11),),
        wants=(
            Wanted(
                event="served:case_transfer_letter", what="案件移送函送达，取得回证",
                does="serve:case_transfer_letter", cites=(A(11),),
            ),
        ),
    ),
    Exit(
        code="docket_refused", outcome="不予立案", told="不予立案", taken="approved:docket_refusal_approval",
        cites=(A(10),), report="never", party_told=False,
    ),
)  # fmt: skip

# What was punished on the spot was never docketed: it is decided, dropped as the facts do not stand (罚 45), or the decision falls. Handing the decision over tells the
# party; article 25 wants a record of telling only of what was docketed.
SUMMARY = tuple(
    replace(one, party_told=False) for one in PENALTY if one.code in ("withdrawn", "penalty", "annulled")
)
