"""The window at the desk: who serves, who signs for which side (R6.3, A27)."""

import re

from django.urls import reverse

from liuhen.acts import documents
from liuhen.desk.places import places
from tests.acts.drive import day
from tests.acts.test_licensing import Licensing, accepted, application, handed
from tests.desk.pages import browser, text


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


def test_the_window_registers_applications_and_nothing_else(bureau):
    """Who receives applications is not asked for a procedure, and says which section will review."""
    clerk = browser("chuang")
    with day("2026-03-02 09:00"):
        shown = text(clerk.get(reverse("new_case")).content.decode())
        answer = clerk.post(reverse("new_case"), {"title": "某项目节能审查", "procedure": "licensing"})
    assert "登记申请" in shown
    assert "案源" not in shown
    assert "行政处罚" not in shown
    assert (answer.status_code, "选择承办科室" in answer.content.decode()) == (422, True)


def test_service_is_offered_for_whom_the_paper_names_by_law_of_licensing(bureau):
    drive = Licensing(bureau)
    application(drive)
    accepted(drive)
    handed(drive)
    to = {"party_kind": "自然人", "name": "孙某", "address": "某小区3号楼"}
    drive.file(
        "interested_party_notice", {"interested_party": to, "effect": "影响采光。"}, at="2026-03-04 09:00"
    )
    drive.approve("interested_party_notice", "ding", at="2026-03-04 10:00")
    drive.issue("interested_party_notice", at="2026-03-04 10:10", who="jia")
    address = reverse("serve", args=[drive.case, drive.document("interested_party_notice").id])
    with day("2026-03-04 11:00"):
        form = browser("jia").get(f"{address}?method=直接").content.decode()
        ways = text(browser("jia").get(address).content.decode())
    given = dict(re.findall(r'name="(addressee|place|recipient|relation)"[^>]* value="([^"]*)"', form))
    assert given == {"addressee": "孙某", "place": "某小区3号楼", "recipient": "孙某", "relation": "本人"}
    assert "处罚法" not in ways


def test_a_returned_paper_says_why_while_it_is_written_anew(bureau):
    drive = Licensing(bureau)
    application(drive, state="缺少")
    drive.file("license_supplement_notice", {}, who="chuang", at="2026-03-03 09:00")
    drive.approve(
        "license_supplement_notice", "ding", at="2026-03-03 10:00", opinion="return", text="写明怎样补正。"
    )
    with day("2026-03-03 11:00"):
        draft = documents.revise(drive.case, bureau["chuang"], drive.document("license_supplement_notice").id)
        shown = text(browser("chuang").get(reverse("document", args=[draft.document])).content.decode())
    assert "科长丁退回，3月3日 10:00：写明怎样补正。" in shown


def test_what_is_missing_and_what_is_wrong_are_told_at_once(bureau):
    drive = Licensing(bureau)
    with day("2026-03-02 09:10"):
        draft = documents.new_draft(
            drive.case, bureau["chuang"], "license_application", {"received_at": "2026-03-05T09:00"}
        )
        answer = browser("chuang").post(
            reverse("document", args=[draft.document]),
            {"action": "finalise", "version": draft.version, "received_at": "2026-03-05T09:00"},
        )
    told = text(answer.content.decode())
    assert "选择“许可事项”" in told
    assert "“收到时间”不能晚于现在" in told


def test_a_paper_that_is_not_issued_yet_can_be_written_anew_from_there(bureau):
    drive = Licensing(bureau)
    application(drive)
    drive.file("license_acceptance_notice", {}, who="chuang", at="2026-03-02 10:00")
    document = drive.document("license_acceptance_notice").id
    with day("2026-03-02 10:05"):
        shown = browser("chuang").get(reverse("issue", args=[drive.case, document])).content.decode()
    assert "不需要审批" in told_on_case(drive, "2026-03-02 10:05")
    inside = re.search(r'<form class="panel panel-1".*?</form>', shown, re.DOTALL)[0]
    assert reverse("revise", args=[drive.case, document]) in shown
    assert reverse("revise", args=[drive.case, document]) not in inside


def told_on_case(drive, at):
    """What the clerk reads on the page of the case."""
    with day(at):
        return text(browser("chuang").get(reverse("case", args=[drive.case])).content.decode())


def test_a_signature_on_an_original_is_registered_not_asked_for(bureau):
    """All the files of what was received are there to be compared."""
    drive = Licensing(bureau)
    application(drive)
    document = drive.document("license_application")
    with day("2026-03-02 09:30"):
        shown = text(browser("chuang").get(reverse("sign", args=[drive.case, document.id])).content.decode())
    assert "登记原件上的签名" in shown
    assert "请看完再签" not in shown
    assert "申请书.pdf" in shown


def test_only_the_recording_duties_of_such_a_case_are_offered(bureau):
    drive = Licensing(bureau)
    application(drive)
    with day("2026-03-02 09:40"):
        shown = browser("chuang").get(reverse("upload", args=[drive.case])).content.decode()
    offered = set(
        re.findall(
            r'<option value="(\w+)"', re.search(r'<select[^>]*name="duty".*?</select>', shown, re.DOTALL)[0]
        )
    )
    assert {"window", "site_survey", "license_hearing", "direct_service"} <= offered
    assert not {"seizure", "inspection", "goods_disposal"} & offered
