"""How things flow from list to list (domain §2): what was taken on one list goes out on others, and never more of it."""

from __future__ import annotations

from dataclasses import dataclass


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
    Flow(
        into=("hold_notice", "sampling_notice", "evidence_register_list", "seizure_decision"),
        out=("seizure_release_decision", "seized_property_transfer_notice", "goods_disposal_record"),
        strict=False,
    ),
)
