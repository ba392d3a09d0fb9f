"""The window at the desk: who serves, who signs for which side (R6.3, A27)."""

import re

from django.urls import reverse

from liuhen.acts import documents
from liuhen.desk.places import places
from tests.acts.drive import day
from tests.acts.test_licensing import Licensing, accepted, application, handed
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


def test_the_list_of_people_is_no_namesake_of_a_field(bureau):
    """Where a field is called ``staff`` its inputs still offer the people of the bureau: each id stands once on the page."""
    drive = Licensing(bureau)
    application(drive)
    accepted(drive)
    handed(drive)
    with day("2026-03-03 09:00"):
        draft = documents.new_draft(drive.case, bureau["jia"], "site_survey_record")
        shown = browser("jia").get(reverse("document", args=[draft.document])).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', shown)
    assert sorted(ids) == sorted(set(ids))
    (offered,) = set(re.findall(r'name="staff\.\d+\.name"[^>]* list="([^"]+)"', shown))
    assert f'<datalist id="{offered}"><option value="' in shown


def test_l34_1_the_pages_tell_before_the_press_what_will_be_found_afterwards(bureau):
    """The draft says it in the words of the finding; the paper is issued only by somebody who says that they know."""
    drive = Licensing(bureau)
    application(drive, state="缺少")
    clerk, told = browser("chuang"), "收到时缺少或者有错，没有补正，就制作《行政许可申请受理通知书》"
    with day("2026-03-02 10:00"):
        draft = documents.new_draft(drive.case, bureau["chuang"], "license_acceptance_notice").document
        assert told in clerk.get(reverse("document", args=[draft])).content.decode()
        documents.finalise(draft, bureau["chuang"])
        address = reverse("issue", args=[drive.case, draft])
        shown = clerk.get(address).content.decode()
        assert told in shown
        seen = re.search(r'name="seen" value="([^"]*)"', shown)[1]
        assert clerk.post(address, {"seen": seen}).status_code == 422
        assert drive.state("chuang").documents[draft].issued is None
        assert clerk.post(address, {"seen": seen, "known": "1"}).status_code == 302
    assert drive.state("chuang").documents[draft].issued is not None
