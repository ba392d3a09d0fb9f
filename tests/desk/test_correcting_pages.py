"""更正、封存、确认, 登记事实, 补录, 归档: the old stays beside the new."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liuhen.acts import facts
from tests.acts import drive as d
from tests.desk.doing import Desk, film, html, png, told, wrong

NOTICE = "2026-03-09 12:00"


# ------------------------------------------------------------ 更正、封存、确认


def test_a_correction_keeps_the_old_and_waits_for_the_section_head(recorded):
    """desk principle 9: 更正 is one click away and keeps both."""
    entry = recorded.document("site_inspection_record").current.filed
    url = recorded.path("correct", entry)
    assert "没有台账。" in told(recorded.get("jia", url, NOTICE))
    page = told(recorded.get("jia", f"{url}?path=/values/situation", NOTICE))
    assert "原为" in page

    answer = recorded.submit(
        "jia", f"{url}?path=/values/situation", NOTICE, value="没有台账。", reason="笔误。"
    )
    assert "要与原来的不同" in told(answer)
    answer = recorded.submit(
        "jia", f"{url}?path=/values/situation", NOTICE, value="仓房内没有台账。", reason=""
    )
    assert "填写更正的理由" in told(answer)
    assert "仓房内没有台账。" in html(answer)
    recorded.submit("jia", f"{url}?path=/values/situation", NOTICE, value="仓房内没有台账。", reason="笔误。")
    (correction,) = recorded.state().corrections
    assert (correction.old, correction.value, correction.confirmed) == (
        "没有台账。",
        "仓房内没有台账。",
        False,
    )

    confirm = recorded.path("confirm", correction.entry)
    page = told(recorded.get("ding", confirm, NOTICE))
    assert "没有台账。" in page
    assert "仓房内没有台账。" in page
    assert "由别人确认" in told(recorded.get("jia", confirm, NOTICE))
    recorded.submit("ding", confirm, NOTICE)
    assert recorded.state().corrections[0].confirmed


def test_a_time_is_corrected_in_wall_time_and_kept_as_an_instant(recorded):
    entry = recorded.document("site_inspection_record").current.filed
    url = f"{recorded.path('correct', entry)}?path=/values/started_at"
    assert 'value="2026-03-03T09:00"' in html(recorded.get("jia", url, NOTICE))
    recorded.submit("jia", url, NOTICE, value="2026-03-03T09:10", reason="核对录像。")
    assert recorded.state().corrections[0].value == "2026-03-03T01:10:00Z"


def test_a_value_that_does_not_fit_is_refused_at_its_field(recorded):
    entry = recorded.document("site_inspection_record").current.filed
    url = f"{recorded.path('correct', entry)}?path=/values/started_at"
    answer = recorded.submit("jia", url, NOTICE, value="三月三日", reason="笔误。")
    assert answer.status_code == 422
    assert '<a href="#value">' in html(answer)
    assert recorded.state().corrections == []


def test_a_paper_still_on_its_way_is_written_anew(inspected):
    document = inspected.document("site_inspection_record")
    page = html(inspected.get("jia", inspected.path("correct", document.current.filed), NOTICE))
    assert inspected.path("revise", document.id) in page
    assert 'name="reason"' not in page


def test_an_issued_paper_is_not_corrected_in_place(noticed):
    """A field of an issued paper is corrected only by a served correction notice (design, Entries)."""
    document = noticed.document("penalty_notice")
    page = html(noticed.get("jia", noticed.path("correct", document.current.filed), NOTICE))
    assert reverse("new_document", args=[noticed.case, "document_correction_notice"]) in page
    assert 'name="reason"' not in page


def test_a_service_step_is_corrected_too(noticed):
    noticed.serve("penalty_notice", NOTICE, recipient="张某")
    step = noticed.document("penalty_notice").service[0].entry
    url = f"{noticed.path('correct', step)}?path=/at"
    noticed.submit("jia", url, "2026-03-10 09:00", value="2026-03-09T11:30", reason="回证上写的是十一点半。")
    assert noticed.document("penalty_notice").service[0].at.isoformat() == "2026-03-09T03:30:00+00:00"


def test_who_confirms_another_time_sees_the_paper_and_what_stood_there(noticed):
    """desk principle 9: the old beside the new, also of when something happened."""
    noticed.serve("penalty_notice", NOTICE, recipient="张某")
    step = noticed.document("penalty_notice").service[0].entry
    url = f"{noticed.path('correct', step)}?path=/at"
    noticed.submit("jia", url, "2026-03-10 09:00", value="2026-03-09T11:30", reason="回证上写的是十一点半。")
    (correction,) = noticed.state().corrections
    page = told(noticed.get("ding", noticed.path("confirm", correction.entry), "2026-03-10 10:00"))
    assert "更正：《行政处罚告知书》送达的时间" in page
    assert "原为“3月9日 12:00”，应为“3月9日 11:30”" in page
    assert "（空）" not in page


def test_a_correction_that_was_itself_mistaken_waits_for_nobody(recorded):
    """A later correction of the same value takes its place: the section head confirms only what is so."""
    entry = recorded.document("site_inspection_record").current.filed
    url = f"{recorded.path('correct', entry)}?path=/values/situation"
    other = f"{recorded.path('correct', entry)}?path=/values/place"
    recorded.submit("jia", url, NOTICE, value="仓房内没有帐台。", reason="笔误。")
    recorded.submit("jia", other, NOTICE, value="某街道某路2号", reason="门牌号写错。")
    recorded.submit("jia", url, "2026-03-09 12:10", value="仓房内没有台账。", reason="更正时又写错了。")
    mistaken, elsewhere, right = recorded.state().corrections
    assert [one.entry for one in recorded.state().unconfirmed] == [elsewhere.entry, right.entry]

    recorded.submit("ding", recorded.path("confirm", right.entry), "2026-03-09 13:00")
    assert [one.entry for one in recorded.state().unconfirmed] == [elsewhere.entry]
    assert recorded.document("site_inspection_record").values["situation"] == "仓房内没有台账。"
    refused = recorded.submit("ding", recorded.path("confirm", mistaken.entry), "2026-03-09 13:10")
    assert refused.status_code == 422


def test_a_wrong_attachment_is_sealed_away(inspected):
    film(inspected, "2026-03-03 16:00")
    recording = next(iter(inspected.state().recordings.values()))
    url = inspected.path("void", recording.entry)
    assert inspected.submit("jia", url, NOTICE, reason="").status_code == 422
    assert inspected.submit("jia", url, NOTICE, reason="传错了案件。").status_code == 302
    assert inspected.get("jia", inspected.path("media_file", recording.digest), NOTICE).status_code == 404


def test_what_cannot_be_sealed_away_is_said_before_anything_is_filled_in(recorded):
    with d.day(NOTICE):
        filed = recorded.document("site_inspection_record").current.filed
        facts.correct(
            recorded.case, recorded.people["jia"], filed, "/values/situation", "没有台账", "核对原件。"
        )
    correction = recorded.state().corrections[-1].entry
    answer = recorded.get("jia", recorded.path("void", correction), NOTICE)
    assert "“更正”这一类条目不能封存；内容有错的，再记一条更正" in told(answer)
    assert 'name="reason"' not in html(answer)
    assert "封存这一条" not in told(recorded.get("jia", recorded.path("correct", correction), NOTICE))
    assert 'name="reason"' in html(recorded.get("jia", recorded.path("void", filed), NOTICE))


# ------------------------------------------------------------ 登记事实、说明


def test_a_fact_is_stated_with_what_the_case_knows(noticed):
    noticed.serve("penalty_notice", "2026-03-09 14:00", recipient="张某")
    at = "2026-03-10 09:00"
    url = noticed.path("state", "defence_waived")
    page = html(noticed.get("jia", url, at))
    assert 'value="某粮食有限公司"' in page
    answer = noticed.submit("jia", url, at)
    assert answer.status_code == 422
    assert "须附凭证" in told(answer)

    with d.day(at):
        stored = (
            noticed.clients["jia"]
            .post(noticed.path("upload"), {"file": SimpleUploadedFile("声明.png", png()), "ajax": "1"})
            .json()
        )
    answer = noticed.submit("jia", url, at, proofs=[f"{stored['digest']}|{stored['name']}"])
    assert answer.status_code == 302, wrong(answer)
    (fact,) = noticed.state().happened("defence_waived")
    assert (fact.proofs, fact.at.isoformat()) == ((stored["digest"],), "2026-03-10")


def test_a_fact_of_a_span_happened_when_it_ended(inspected):
    url = (
        inspected.path("state", "recording_unsuitable")
        + f"?document={inspected.document('site_inspection_record').id}"
    )
    answer = inspected.submit("jia", url, NOTICE, reason="防爆", text="现场为防爆区域。")
    assert answer.status_code == 302, wrong(answer)
    (fact,) = inspected.state().happened("recording_unsuitable")
    assert fact.document == inspected.document("site_inspection_record").id


def test_no_such_fact_is_no_such_page(inspected):
    assert inspected.get("jia", inspected.path("state", "nonsense"), NOTICE).status_code == 404


def test_a_finding_is_explained_and_stays(inspected):
    """R14.3: no film of the inspection; the explanation stands beside the finding."""
    at = "2026-03-20 09:00"
    with d.day(at):
        page = told(inspected.clients["jia"].get(inspected.path("case_check")))
    assert "没有音像记录" in page
    subject = inspected.document("site_inspection_record").id
    url = f"{inspected.path('explain')}?code=R14.3&subject={subject}"
    assert inspected.submit("jia", url, at, text="").status_code == 422
    assert inspected.submit("jia", url, at, text="记录仪损坏，已改为文字记录。").status_code == 302
    assert inspected.state().explained[("R14.3", subject)] == "记录仪损坏，已改为文字记录。"
    assert inspected.get("jia", f"{inspected.path('explain')}?code=R99&subject=x", at).status_code == 302


# ------------------------------------------------------------ 补录


def backfilled(desk, at="2026-03-20 09:00", **changes):
    values = {
        "paper_at": "2026-03-05", "paper_time": "10:30", "paper_reason": "现场没有网络。", "started_at": "2026-03-05T09:00",
        "ended_at": "2026-03-05T10:00", "place": "某街道某路2号", "certificates_shown.nop": "1",
        "rights_told.nop": "1", "recusal_answer": "不申请", "situation": "没有台账。",
        "officers.0.name": "执法人员甲", "officers.1.name": "执法人员乙",
        "party.party_kind": "法人", "party.name": "某粮食有限公司",
        "paper_signed.0.label": "当事人", "paper_signed.0.name": "张某",
        "paper_signed.1.label": "执法人员", "paper_signed.1.name": "执法人员甲",
    }  # fmt: skip
    uploads = changes.pop("uploads", {"paper_scan": SimpleUploadedFile("笔录.pdf", d.paper())})
    return desk.submit(
        "jia", desk.path("backfill") + "?kind=site_inspection_record", at, uploads=uploads,
        action="backfill", **(values | changes),
    )  # fmt: skip


def test_old_paper_is_entered_with_its_date_scan_and_signatures(bureau):
    """design, Scanned paper: true date, 纸上未载 allowed, signatures named by the scan."""
    desk = Desk.until(bureau, d.source)
    answer = backfilled(desk)
    assert answer.status_code == 302, wrong(answer)
    document = desk.document("site_inspection_record")
    assert document.current.origin == "backfilled"
    assert document.current.at.isoformat() == "2026-03-05T02:30:00+00:00"
    assert document.values["rights_told"] == {"not_on_paper": True}
    assert {(s.role, s.name, s.means) for s in document.current.signatures} == {
        ("party", "张某", "paper"), ("officer", "执法人员甲", "paper"),
    }  # fmt: skip
    scan = document.current.backfill["scan"]
    answer = desk.get("jia", desk.path("paper", document.id), NOTICE)
    assert b"".join(answer.streaming_content) == d.paper()
    assert desk.get("jia", desk.path("media_file", scan), NOTICE).status_code == 200

    confirm = desk.path("confirm", document.current.filed)
    assert "现场没有网络。" in told(desk.get("ding", confirm, "2026-03-20 10:00"))
    desk.submit("ding", confirm, "2026-03-20 10:00")
    assert desk.document("site_inspection_record").current.confirmed


def test_what_is_missing_is_said_and_the_scan_need_not_be_chosen_again(bureau):
    desk = Desk.until(bureau, d.source)
    answer = backfilled(desk, uploads={})
    assert answer.status_code == 422
    assert '<a href="#paper_scan">' in html(answer)
    answer = backfilled(desk, paper_reason="")
    assert '<a href="#paper_reason">' in html(answer)
    assert "已存：笔录.pdf" in told(answer)
    assert desk.state().of("site_inspection_record") == []


def test_all_that_is_missing_is_said_at_once_and_nothing_half_written(bureau):
    desk = Desk.until(bureau, d.source)
    before = desk.state().head
    answer = backfilled(
        desk, uploads={}, paper_reason="", paper_at="", **{
            "paper_signed.0.name": "", "paper_signed.1.label": "", "started_at": "昨天",
        },
    )  # fmt: skip
    assert answer.status_code == 422
    for field in ("paper_scan", "paper_reason", "paper_at", "paper_signed", "started_at"):
        assert f'<a href="#{field}">' in html(answer), field
    answer = desk.submit(
        "jia", desk.path("backfill") + "?kind=penalty_notice", "2026-03-20 09:00", action="backfill",
        uploads={"paper_scan": SimpleUploadedFile("告知书.pdf", d.paper("notice"))},
        **{"paper_at": "2026-03-05", "paper_reason": "当时漏录。", "paper_service.0.at": "2026-03-06"},
    )  # fmt: skip
    assert "送达写明日期、方式和相应的经过" in told(answer)
    assert desk.state().head == before


def test_of_a_received_paper_the_scan_is_the_original(bureau):
    """No second file is asked for: what was scanned is what was received."""
    desk = Desk.until(bureau, d.source)
    address = desk.path("backfill") + "?kind=appraisal_opinion"
    assert "原件或扫描件" not in html(desk.get("jia", address, NOTICE))
    answer = desk.submit(
        "jia", address, NOTICE, uploads={"paper_scan": SimpleUploadedFile("鉴定.pdf", d.paper("opinion"))},
        action="backfill", paper_at="2026-03-05", paper_reason="当时漏录。",
    )  # fmt: skip
    assert answer.status_code == 302, wrong(answer)
    document = desk.document("appraisal_opinion")
    assert document.values["files"] == [{"digest": document.current.backfill["scan"], "name": "鉴定.pdf"}]


def test_a_served_paper_brings_its_service(bureau):
    desk = Desk.until(bureau, d.source)
    answer = desk.submit(
        "jia", desk.path("backfill") + "?kind=penalty_notice", "2026-03-20 09:00",
        uploads={"paper_scan": SimpleUploadedFile("告知书.pdf", d.paper("notice"))}, action="backfill",
        **{"paper_at": "2026-03-05", "paper_reason": "当时漏录。", "paper_number": "旧罚告〔2026〕3号",
           "paper_issued_on": "2026-03-05", "paper_service.0.at": "2026-03-06", "paper_service.0.method": "直接",
           "paper_service.0.what": "已经收到", "paper_service.0.recipient": "张某"},
    )  # fmt: skip
    assert answer.status_code == 302, wrong(answer)
    document = desk.document("penalty_notice")
    assert (document.issued.number, document.served_at.isoformat()) == ("旧罚告〔2026〕3号", "2026-03-06")


def test_every_kind_can_be_backfilled(bureau):
    desk = Desk.until(bureau, d.source)
    page = html(desk.get("jia", desk.path("backfill"), NOTICE))
    kinds = [part.split('"')[0] for part in page.split("?kind=")[1:]]
    assert len(kinds) > 50
    for kind in kinds:
        assert desk.get("jia", desk.path("backfill") + f"?kind={kind}", NOTICE).status_code == 200, kind


# ------------------------------------------------------------ 归档


def test_before_its_time_archiving_says_what_is_wanting(noticed):
    page = told(noticed.get("gui", noticed.path("archive"), NOTICE))
    assert "结案报告还没有批准" in page
    assert "没有送达" in page
    with d.day(NOTICE):
        answer = noticed.clients["gui"].post(noticed.path("archive"))
    assert answer.status_code == 422
    assert "结案报告批准以后才能归档" in told(answer)
    assert noticed.get("jia", noticed.path("package"), NOTICE).status_code == 400
