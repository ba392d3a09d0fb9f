"""How things flow from list to list (domain §2): what was taken on one list goes out on others, and never more of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ItemState = Literal[
    "declared", "sampled", "registered", "seized", "produced", "examined", "confiscated", "handing",
    "returned", "consumed", "transferred", "disposed",
]  # fmt: skip
STATES: dict[ItemState, str] = {
    "declared": "拟采取措施",
    "sampled": "已抽样",
    "registered": "先行登记保存",
    "seized": "查封（扣押）",
    "produced": "已调取",
    "examined": "送检（鉴定）",
    "confiscated": "没收待处理",
    "handing": "列入移送清单",
    "returned": "已退还",
    "consumed": "已耗损",
    "transferred": "已移送",
    "disposed": "已处理",
}
# A thing in one of these states has left the office's hands for good.
GONE: frozenset[ItemState] = frozenset({"returned", "consumed", "transferred", "disposed"})
# In these the office got hold of a thing.
TAKEN: frozenset[ItemState] = frozenset({"sampled", "registered", "seized", "produced"})


@dataclass(frozen=True, kw_only=True)
class ItemList:
    """The list of things on a kind of paper: which state it puts them into.

    ``by``: the field, of the row or else of the paper, whose answer decides; ``states``: what each answer means, others
    mean ``state``. ``fresh``: its rows are things taken for the first time, so each gets an id of its own. ``where``: the
    fields, of the row or else of the paper, that say where the things are.
    """

    kind: str
    state: ItemState
    by: str = ""
    states: tuple[tuple[str, ItemState], ...] = ()
    fresh: bool = False
    where: tuple[str, ...] = ()


ITEM_LISTS: dict[str, ItemList] = {
    one.kind: one
    for one in (
        ItemList(kind="evidence_register_list", state="produced", fresh=True, where=("original_at",)),
        ItemList(kind="sampling_notice", state="sampled", fresh=True, where=("place",)),
        ItemList(kind="hold_notice", state="registered", fresh=True, where=("place", "keep_at")),
        ItemList(
            kind="hold_disposal_notice", state="returned", by="disposal",
            states=(("鉴定", "examined"), ("移送", "transferred"), ("查封扣押", "seized"), ("没收", "confiscated"),),
        ),
        ItemList(kind="seizure_approval", state="declared"),
        ItemList(kind="seizure_decision", state="seized", where=("kept_at", "keep_at")),
        ItemList(kind="seizure_release_decision", state="returned"),
        ItemList(kind="appraisal_commission", state="examined", where=("agency",)),
        ItemList(
            kind="sample_disposal_notice", state="disposed", by="disposal",
            states=(("退还", "returned"), ("耗损", "consumed"), ("没收", "confiscated"),),
        ),
        ItemList(kind="crime_transfer_letter", state="handing", where=("kept_at",)),
        ItemList(kind="seized_property_transfer_notice", state="transferred", where=("to_body",)),
        ItemList(kind="confiscation_list", state="confiscated", where=("kept_at",)),
        ItemList(
            kind="goods_disposal_record", state="disposed", by="how",
            states=(("退还", "returned"), ("移交", "transferred"),), where=("place",),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Things taken ``into`` the office's hands by these kinds of paper, and put ``out`` of them by those.

    ``strict``: everything that goes out must stand on one of the first lists. ``closing``: everything taken must have gone
    out before the case is closed.
    """

    into: tuple[str, ...]
    out: tuple[str, ...]
    strict: bool = True
    closing: bool = False


FLOWS = (
    Flow(into=("hold_notice",), out=("hold_disposal_notice",), closing=True),
    Flow(into=("sampling_notice",), out=("sample_disposal_notice",), closing=True),
    Flow(into=("seizure_decision",), out=("seizure_release_decision", "seized_property_transfer_notice")),
    Flow(
        into=("seizure_decision",),
        out=("seizure_release_decision", "seized_property_transfer_notice", "goods_disposal_record"),
        strict=False,
        closing=True,
    ),
    Flow(into=("confiscation_list",), out=("goods_disposal_record",)),
    Flow(
        into=("hold_notice", "sampling_notice", "evidence_register_list", "seizure_decision"),
        out=("seizure_release_decision", "seized_property_transfer_notice", "goods_disposal_record"),
        strict=False,
    ),
)
