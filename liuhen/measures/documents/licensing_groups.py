"""What the papers of licensing share: the applicant, the matter, its basis, rows of materials, who drafts."""

from __future__ import annotations

from dataclasses import replace

from liuhen.measures.documents.groups import basis as basis_rows
from liuhen.measures.documents.groups import party
from liuhen.measures.matters import TITLES
from liuhen.measures.vocabulary import Field, Role, Signature

WINDOW: tuple[Role, ...] = ("window_clerk",)
# A reviewer 审查人 is an officer of the responsible section; an enforcement certificate is not asked for (许 34).
REVIEWERS: tuple[Role, ...] = ("officer",)
AUTHORS: tuple[Role, ...] = (*WINDOW, *REVIEWERS)
APPLICANT = Signature(role="party", label="申请人")


def applicant() -> Field:
    """申请人: the party of a licensing case."""
    return replace(party(), label="申请人", group="申请人")


def matter(source: str = "license_application.matter") -> Field:
    """事项: one of the catalogue's, as first applied for."""
    return Field(
        name="matter",
        label="许可事项",
        type="enum",
        options=TITLES,
        required=True,
        source=source,
        group="申请",
        hint="不在其中的，选不适用，写明申请的是什么。",
    )


def basis(source: str = "matter.basis") -> Field:
    """依据: as the catalogue has it for the matter."""
    return basis_rows(source=source)


def material_columns() -> tuple[Field, ...]:
    """Rows of L1 申请材料清单: each material with its own number, issuer and date."""
    return (
        Field(name="name", label="材料名称", required=True),
        Field(name="form", label="形式", type="enum", options=("原件", "复印件", "电子"), default="原件"),
        Field(name="copies", label="份数", type="number", default="1"),
        Field(name="number", label="材料文号"),
        Field(name="issuer", label="出具单位"),
        Field(name="on", label="材料日期", type="date"),
        Field(name="note", label="备注"),
    )
