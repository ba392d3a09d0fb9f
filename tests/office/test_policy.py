"""Who may do what, every act by every role (R5, R33.1; domain §5): nothing but what the table gives, and what it may never give."""

import itertools

import pytest

from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.office import policy
from liuhen.office.policy import ACTS, LABELS, Actor, Subject, may, reach

HERE, THERE = "粮食和物资储备科", "能源科"
# What the administrator of the machine may do: nothing in a case, and no case is read (domain §5).
MACHINE = {"set_office", "set_value", "delegate", "see_keeping", "see_office", "certify", "set_calendar"}
# What 政策法规科 as supervisor does in cases: it reads and supervises, and writes nothing into a file (A5).
SUPERVISES = {
    "read", "supervise", "see_supervision", "see_archives", "see_disposal", "see_keeping", "see_office", "print_file", "print_internal",
}  # fmt: skip


def actor(*roles, section=HERE, person="jia"):
    return Actor(person, "某人", section, frozenset(roles))


@pytest.mark.parametrize(("act", "role"), list(itertools.product(ACTS, ROLE_NAMES)))
def test_a_role_reaches_as_far_as_the_page_says_and_no_farther(act, role):
    own, theirs = Subject(HERE, {"yi"}), Subject(THERE, {"yi"})
    far = reach(act, role)
    assert may(actor(role), act, Subject()) == bool(far)
    if far == "能":
        return
    assert may(actor(role), act, theirs) == (far == "各科室")
    assert may(actor(role), act, own) == (far in ("各科室", "本科室"))
    assert may(actor(role), act, Subject(HERE, {"jia"})) == bool(far)
    assert may(actor(role, section=THERE), act, Subject(HERE, {"yi"}, {"jia"})) == bool(far)


def test_every_act_has_a_name_and_every_name_an_act():
    assert list(LABELS) == list(ACTS)
    assert len(set(LABELS.values())) == len(LABELS)
    assert set(itertools.chain(*ACTS.values())) <= set(ROLE_NAMES)
    assert set(ACTS) >= policy._OWN | policy._NO_CASE


def test_the_administrator_touches_and_reads_no_case():
    assert {act for act, roles in ACTS.items() if "sysadmin" in roles} == MACHINE


def test_the_supervisor_writes_nothing_into_a_file():
    own = {
        "set_value",
        "certify",
        "set_calendar",
        "adopt_release",
        "interpret",
        "keep_phrases",
        "keep_bureau_phrases",
    }
    assert {act for act, roles in ACTS.items() if "supervisor" in roles} == SUPERVISES | own


def test_an_act_that_the_table_does_not_know_is_an_error_and_no_permission():
    with pytest.raises(KeyError):
        may(actor("officer"), "unheard_of", Subject())


def test_somebody_without_a_post_may_nothing():
    assert not any(may(actor(), act, Subject()) for act in ACTS)
