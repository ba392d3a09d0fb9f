"""Licensing matters are data, each with conditions, materials, a basis and one limit; none is ours until confirmed (domain §7.1)."""

import pytest

from liuhen.measures import DOCUMENTS, LIMITS
from liuhen.measures.matters import DECISION_LIMITS, MATTERS, TITLES, Matter, confirmed, matter_of
from liuhen.measures.thresholds import THRESHOLDS

every_matter = pytest.mark.parametrize("matter", MATTERS.values(), ids=lambda matter: matter.code)


@every_matter
def test_a_matter_is_declared_whole(matter: Matter) -> None:
    assert matter.basis
    assert matter.conditions
    assert matter.materials
    assert matter.limit in DECISION_LIMITS
    assert matter.limit in LIMITS
    assert matter.extended_by in ("B", "P")


@every_matter
def test_no_matter_is_ours_until_the_bureau_confirms_it(matter: Matter) -> None:
    assert not matter.enabled
    assert matter.note


def test_the_setting_confirms_matters_by_their_codes() -> None:
    assert confirmed("") == frozenset()
    assert confirmed("energy_review、pipeline_works, 不存在") == {"energy_review", "pipeline_works"}
    assert next(t for t in THRESHOLDS if t.name == "matters").value == ""


def test_a_paper_names_a_matter_by_title_or_code() -> None:
    assert matter_of("企业投资项目核准") is MATTERS["project_approval_enterprise"]
    assert matter_of("energy_review") is MATTERS["energy_review"]
    assert matter_of("别的") is None
    assert matter_of(None) is None


def test_forms_offer_every_matter() -> None:
    assert DOCUMENTS["license_application"].field("matter").options == TITLES


def test_tl_04_a_project_approval_may_be_extended_by_forty_days_by_the_principal_leader() -> None:
    one = MATTERS["project_approval_enterprise"]
    assert (one.limit, one.extension, one.extended_by) == ("TL-04", 40, "P")
    assert MATTERS["energy_review"].extension == 10
