"""The window at the desk: who serves, who signs for which side (R6.3, A27)."""

import re

from django.urls import reverse

from liuhen.desk.places import places
from tests.acts.drive import day
from tests.acts.test_licensing import Licensing, accepted, application
from tests.desk.pages import browser


def test_r6_3_who_signed_for_one_side_is_not_asked_to_sign_for_the_other(bureau):
    drive = Licensing(bureau)
    application(drive)
    accepted(drive)
    drive.sign_as("license_handover", "hander", "chuang", at="2026-03-02 11:20")
    (place,) = [p for p in places(drive.document("license_handover")) if p.role == "receiver"]
    assert (place.open_to(bureau["chuang"]), place.open_to(bureau["jia"])) == (False, True)


def test_the_window_serves_before_officers_are_assigned(bureau):
    """Who served is asked of the clerk too, and of the colleagues who may have come along."""
    drive = Licensing(bureau)
    application(drive)
    drive.file("license_acceptance_notice", {}, who="chuang", at="2026-03-02 10:00")
    drive.issue("license_acceptance_notice", at="2026-03-02 10:05")
    address = reverse("serve", args=[drive.case, drive.document("license_acceptance_notice").id])
    with day("2026-03-02 10:10"):
        shown = browser("chuang").get(f"{address}?method=直接").content.decode()
    found = dict(re.findall(r'name="servers" value="(\w+)"( checked)?', shown))
    assert (found["chuang"], found["jia"]) == (" checked", "")
