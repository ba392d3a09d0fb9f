"""文书: writing a document with its page beside it (desk principles 3–6 and 9)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liuhen.acts import cases, documents, media, signatures
from liuhen.acts.situation import Invalid
from liuhen.measures import DOCUMENTS, PROCEDURES
from liuhen.measures.releases import CURRENT
from liuhen.records.models import Draft, Entry
from tests.acts import drive as d
from tests.desk.browsing import controls, sent
from tests.desk.doing import Desk, as_dict, png

AT = "2026-03-02 10:00"


@pytest.fixture
def desk(bureau):
    return Desk.until(bureau, d.source)


@pytest.fixture
def draft(desk):
    """An inspection record that was just begun."""
    url = desk.begin("site_inspection_record", AT)
    return Draft.objects.get(document=url.rstrip("/").split("/")[-1])


def address(draft):
    return reverse("document", args=[draft.document])


def autosave(desk, who, draft, version, at=AT, **fields):
    names = ",".join(dict.fromkeys(name.split(".")[0] for name in fields if name != "mine"))
    with d.day(at):
        return desk.clients[who].post(
            reverse("draft_autosave", args=[draft.document]), {**fields, "version": version, "dirty": names},
            headers={"X-Requested-With": "fetch"},
        )  # fmt: skip


def text(answer):
    return answer.content.decode()


def entries():
    return Entry.objects.filter(stream__startswith="case/").count()


# ---------------------------------------------------------------------------------------------- every kind


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_the_page_of_every_kind_opens_and_saving_it_untouched_changes_nothing(desk, procedure):
    """desk principle 3: what the case gave stays as it is; the paper stands beside the form (principle 4)."""
    with d.day(AT):
        if procedure != "penalty_ordinary":
            desk.case = cases.open_case(desk.people["jia"], title="另一件", procedure=procedure)
        cases.assign(desk.case, desk.people["ding"], {"chuang": "receiver"})
    for kind in CURRENT.offered(procedure):
        who = next(p for p in ("jia", "ji", "ding", "chuang") if set(kind.authors) & desk.people[p].roles)
        with d.day(AT):
            made = documents.new_draft(desk.case, desk.people[who], kind.code)
            page = text(desk.clients[who].get(address(made)))
            answer = desk.clients[who].post(address(made), as_dict(controls(page)))

        after = Draft.objects.get(document=made.document)
        assert answer.status_code == 302, kind.code
        assert after.values == made.values, kind.code
        assert after.version == made.version, kind.code
        assert ('alt="打印样式' in page) == (kind.layout != "received"), kind.code
        wanting = [f.name for f in kind.fields if f'data-field="{f.name}"' not in page]
        assert wanting in ([], ["case_no"]), kind.code


# ------------------------------------------------------------------------------------------- autosave


def test_a_draft_saves_itself_incomplete_and_says_when(desk, draft):
    answer = autosave(desk, "jia", draft, draft.version, situation="办公室内没有台账。")

    told = answer.json()
    assert told["saved"] == "已自动保存 10:00:00"
    assert Draft.objects.get().values["situation"] == "办公室内没有台账。"
    assert "填写“检查开始”" in told["checks"]
    assert "打印样式" in told["paper"]


def test_saving_is_no_fact_and_saving_again_or_nothing_changes_nothing(desk, draft):
    """desk principle 9: before 定稿 nothing is recorded."""
    before = entries()
    saved = autosave(desk, "jia", draft, draft.version, situation="没有台账。").json()["version"]
    again = autosave(desk, "jia", draft, saved, situation="没有台账。").json()["version"]
    nothing = autosave(desk, "jia", draft, again).json()["version"]

    assert saved == again == nothing
    assert entries() == before


def test_two_people_on_different_fields_both_keep_their_words(desk, draft):
    """desk principle 5: two people on one draft are told, nothing is lost."""
    autosave(desk, "jia", draft, draft.version, situation="没有台账。")
    told = autosave(desk, "yi", draft, draft.version, at="2026-03-02 10:05", place="某街道某路1号库房").json()

    values = Draft.objects.get().values
    assert (values["situation"], values["place"]) == ("没有台账。", "某街道某路1号库房")
    assert told["refresh"] == ["situation"]
    assert told["others"] == "执法人员甲 10:00 改过“现场情况”"


def test_two_people_on_one_field_are_told_and_neither_is_overwritten(desk, draft):
    autosave(desk, "jia", draft, draft.version, situation="甲写的。")
    answer = autosave(desk, "yi", draft, draft.version, situation="乙写的。")

    assert answer.status_code == 409
    told = answer.json()
    assert told["clashes"] == [
        {"name": "situation", "label": "现场情况", "by": "执法人员甲", "at": "10:00", "theirs": "甲写的。"}
    ]
    assert Draft.objects.get().values["situation"] == "甲写的。"

    assert autosave(desk, "yi", draft, told["version"], situation="乙写的。", mine="1").status_code == 200
    assert Draft.objects.get().values["situation"] == "乙写的。"


def test_a_second_window_of_the_same_person_is_told_and_overwrites_nothing(desk, draft):
    autosave(desk, "jia", draft, draft.version, situation="第一个窗口。", window="a")
    answer = autosave(desk, "jia", draft, draft.version, situation="第二个窗口。", window="b")

    assert answer.status_code == 409
    assert answer.json()["clashes"][0]["by"] == "你在另一个窗口"
    assert Draft.objects.get().values["situation"] == "第一个窗口。"
    assert autosave(desk, "jia", draft, draft.version, situation="又改。", window="a").status_code == 200
    told = autosave(desk, "jia", draft, draft.version, place="库房", window="b").json()
    assert told["refresh"] == ["situation"]


def test_without_scripts_a_second_window_is_told_too(desk, draft):
    first, second = (as_dict(controls(text(desk.get("jia", address(draft), AT)))) for _ in range(2))
    with d.day(AT):
        assert (
            desk.clients["jia"].post(address(draft), first | {"situation": "第一个窗口。"}).status_code == 302
        )
        answer = desk.clients["jia"].post(address(draft), second | {"situation": "第二个窗口。"})
    assert answer.status_code == 409
    assert "你在另一个窗口" in text(answer)
    assert sent(text(answer))["situation"] == "第二个窗口。"
    assert Draft.objects.get().values["situation"] == "第一个窗口。"


def test_a_character_without_a_glyph_is_told_at_its_field_and_in_the_summary(desk, draft):
    """P17.1: what cannot be printed is said while it can be mended, with the way to the field."""
    told = autosave(desk, "jia", draft, draft.version, situation="仓房\ue000内。", place="𠮷林路1号").json()
    assert "U+E000" in told["wrong"]["situation"]
    assert "place" not in told["wrong"]
    assert '<a href="#situation">' in told["checks"]

    page = text(desk.get("jia", address(draft), AT))
    assert 'id="situation-e"' in page
    answer = desk.submit("jia", address(draft), AT, action="finalise")
    assert answer.status_code == 422
    summary = text(answer)[text(answer).index('class="errors"') :]
    assert "U+E000" in summary[: summary.index("</ul>")]
    assert Draft.objects.exists()


def test_what_is_no_picture_is_no_photograph(desk, draft):
    """A14: the bytes are looked at, not the name; a picture under any name is one."""
    at = "2026-03-02 10:01"
    with d.day(at):
        media.deposit(desk.case, desk.people["jia"], d.paper(), "照片.jpg", what="照片")
    desk.upload(png(), "照片.png", at, what="照片", recorded="0")
    files = {r.name: f"{r.digest}|{r.name}" for r in desk.state().recordings.values()}
    now = Draft.objects.get()
    told = autosave(desk, "jia", now, now.version, photos=files["照片.jpg"]).json()
    assert "“照片.jpg”不是照片" in told["wrong"]["photos"]
    answer = desk.submit("jia", address(draft), at, action="finalise")
    assert "“照片.jpg”不是照片" in text(answer)
    now = Draft.objects.get()
    assert "photos" not in autosave(desk, "jia", now, now.version, photos=files["照片.png"]).json()["wrong"]


def test_an_upload_for_a_photo_field_is_refused_before_it_is_stored(desk, draft):
    with d.day(AT):
        for data, status in ((b"no picture", 422), (png(), 200), (b"\x00\x00\x00\x18ftypheic", 200)):
            answer = desk.clients["jia"].post(
                desk.path("upload"),
                {
                    "ajax": "1",
                    "media": "image",
                    "what": "现场照片",
                    "file": SimpleUploadedFile("照片.jpg", data),
                },
            )
            assert answer.status_code == status, data
    assert len(desk.state().recordings) == 2


@pytest.mark.parametrize("field", ["text", "name", "title"])
def test_what_is_typed_beside_a_paper_is_drawn_too(desk, field):
    """An opinion, a name and a title are printed as well: told at their field, nothing recorded."""
    strange = "仓\ue000"
    if field == "title":
        with d.day(AT), pytest.raises(Invalid, match="U\\+E000"):
            cases.open_case(desk.people["jia"], title=strange)
        return
    desk.write("verification_report", AT, {"course": "到现场核查。", "result": "属实。", "advice": "立案"})
    document = desk.document("verification_report").id
    if field == "text":
        desk.sign("verification_report", AT, "jia", "yi")
        answer = desk.submit("ding", desk.path("approve", document), AT, opinion="agree", text=strange)
    else:
        with d.day(AT), pytest.raises(Invalid, match="U\\+E000"):
            signatures.sign(
                desk.case, desk.people["jia"], document, role="officer", name=strange, strokes=[[1, 2, 3, 4]]
            )
        return
    assert answer.status_code == 422
    assert 'id="text-e"' in text(answer)


def test_without_scripts_a_clash_shows_both_texts(desk, draft):
    page = text(desk.get("yi", address(draft), AT))
    autosave(desk, "jia", draft, draft.version, situation="甲写的。")
    with d.day(AT):
        answer = desk.clients["yi"].post(address(draft), as_dict(controls(page)) | {"situation": "乙写的。"})

    assert answer.status_code == 409
    assert "甲写的。" in text(answer)
    assert sent(text(answer))["situation"] == "乙写的。"
    assert Draft.objects.get().values["situation"] == "甲写的。"

    with d.day(AT):
        again = desk.clients["yi"].post(address(draft), as_dict(controls(text(answer))))
    assert again.status_code == 302
    assert Draft.objects.get().values["situation"] == "乙写的。"


def test_a_draft_that_is_gone_says_so_and_leaves_the_text_in_the_page(desk, draft):
    draft.delete()
    answer = autosave(desk, "jia", draft, draft.version, situation="没有台账。")
    assert answer.status_code == 410
    assert "文字还在本页" in answer.json()["message"]
    assert desk.get("jia", address(draft), AT).status_code == 302


def test_an_expired_sign_in_is_said_to_the_script_and_not_answered_with_a_page(desk, draft):
    desk.clients["jia"].logout()
    assert autosave(desk, "jia", draft, draft.version, situation="没有台账。").status_code == 401


def test_what_cannot_be_read_is_kept_and_named(desk):
    made = Draft.objects.get(document=desk.begin("investigation_report", AT).rstrip("/").split("/")[-1])
    told = autosave(
        desk, "jia", made, made.version, **{"penalties.0.kind": "罚款", "penalties.0.amount": "两万元"}
    ).json()

    assert "用数字写，如 2000" in told["checks"]
    assert "打印样式" in told["paper"]
    assert sent(text(desk.get("jia", address(made), AT)))["penalties.0.amount"] == "两万元"


# --------------------------------------------------------------------------------------- steering choices


def test_the_violation_chosen_brings_its_cause_and_basis(bureau):
    """desk principle 3: nothing typed twice; the catalogue knows the provisions."""
    desk = Desk(bureau)
    desk.write("case_source_form", "2026-03-02 09:10", {
        "source_kind": "监督检查", "discovered_at": "2026-03-02T08:30", "is_named": "false", "content": "检查发现。",
    })  # fmt: skip
    made = Draft.objects.get(document=desk.begin("docket_approval", AT).rstrip("/").split("/")[-1])
    told = autosave(desk, "jia", made, made.version, violation="grain_standard").json()

    values = Draft.objects.get().values
    assert {"cause", "basis"} <= set(told["refresh"])
    assert values["basis"] == [{"law": "粮食流通管理条例", "article": "第四十五条"}]


def test_what_was_known_of_one_person_goes_when_another_is_questioned_and_comes_back(desk):
    """A witness is not of the party's firm; nothing that no longer holds is left standing."""
    draft = Draft.objects.get(document=desk.begin("interview_record", AT).rstrip("/").split("/")[-1])
    speaker, unit = draft.values["interviewee"]["name"], draft.values["work_unit"]
    told = autosave(desk, "jia", draft, draft.version, interviewee="李某").json()
    assert {"work_unit", "interviewed_as"} <= set(told["refresh"])
    draft.refresh_from_db()
    assert "work_unit" not in draft.values
    assert draft.values["interviewed_as"] == "证人"
    autosave(desk, "jia", draft, told["version"], interviewee=speaker)
    draft.refresh_from_db()
    assert draft.values["work_unit"] == unit


def test_what_was_cleared_stays_cleared(desk, draft):
    autosave(desk, "jia", draft, draft.version, rights_told="")
    now = Draft.objects.get()
    autosave(desk, "jia", now, now.version, recusal_answer="不申请")
    assert "rights_told" not in Draft.objects.get().values


# ------------------------------------------------------------------------------------------- rows


def test_rows_are_added_and_taken_away_without_scripts(desk):
    url = desk.begin("interview_record", AT)
    answer = desk.submit("jia", url, AT, action="add:qa", **{"qa.0.q": "第一问", "qa.0.a": "第一答"})
    page = sent(text(answer))
    assert (page["qa.0.q"], page["qa.1.q"]) == ("第一问", "")

    desk.submit("jia", url, AT, **{"qa.1.q": "第二问", "qa.1.a": "第二答"})
    desk.submit("jia", url, AT, action="remove:qa:0")
    assert Draft.objects.get(kind="interview_record").values["qa"] == [{"q": "第二问", "a": "第二答"}]


# ------------------------------------------------------------------------------------- making it final


def test_everything_in_the_way_is_shown_at_once_in_the_same_words(desk, draft):
    """desk principle 6: the summary links to the fields and says what the fields say."""
    answer = desk.submit("jia", address(draft), AT, action="finalise")
    page = text(answer)

    assert answer.status_code == 422
    assert "错误：" in page
    for name, message in (("started_at", "填写“检查开始”"), ("situation", "填写“现场情况”")):
        assert f'<a href="#{name}">{message}</a>' in page
        assert f'id="{name}-e"' in page
        assert page.count(message) >= 2
    assert entries() == desk.state().head


def test_a_rule_that_says_no_stands_beside_the_fields_to_fill_in(desk):
    """R13.1: a field to fill in and a rule that refuses, both at once (principle 6)."""
    with d.day(AT):
        made = documents.new_draft(desk.case, desk.people["jia"], "site_inspection_record")
    officers = {"officers.1.name": "执法人员甲", "officers.1.certificate_no": "示例-0001"}
    page = text(desk.submit("jia", address(made), AT, action="finalise", **officers))

    assert "填写“现场情况”" in page
    assert "除了要补的，还有规则不允许" in page


def test_a_refusal_that_no_field_mends_is_a_page(desk):
    """A refused step is a page, not a toast (principle 6); the draft stays."""
    with d.day("2026-03-02 12:00"):
        made = documents.new_draft(desk.case, desk.people["jia"], "site_inspection_record")
    values = {
        "started_at": "2026-03-02T11:00", "ended_at": "2026-03-02T11:30", "place": "某处", "certificates_shown": "true",
        "recusal_answer": "不申请", "situation": "没有台账。", "officers.1.name": "执法人员甲",
        "officers.1.certificate_no": "示例-0001",
    }  # fmt: skip
    answer = desk.submit("jia", address(made), "2026-03-02 12:00", action="finalise", **values)

    assert answer.status_code == 409
    assert "不能办理" in text(answer)
    assert Draft.objects.filter(document=made.document).exists()


def test_after_being_made_final_the_next_step_opens_and_a_second_try_changes_nothing(desk, draft):
    values = {
        "started_at": "2026-03-02T11:00", "ended_at": "2026-03-02T11:30", "place": "某处", "certificates_shown": "true",
        "recusal_answer": "不申请", "situation": "没有台账。",
    }  # fmt: skip
    page = text(desk.get("jia", address(draft), "2026-03-02 12:00"))
    with d.day("2026-03-02 12:00"):
        form = as_dict(controls(page)) | values | {"action": "finalise"}
        first = desk.clients["jia"].post(address(draft), form)
        count = entries()
        second = desk.clients["jia"].post(address(draft), form)

    assert first["Location"] == desk.path("sign", draft.document)
    assert second.status_code == 302
    assert entries() == count


def test_a_button_pressed_twice_leads_on_as_one_press_does(desk, draft, monkeypatch):
    """The second press finds the draft, and the first makes it final before the second does."""
    values = {
        "started_at": "2026-03-02T11:00", "ended_at": "2026-03-02T11:30", "place": "某处", "certificates_shown": "true",
        "recusal_answer": "不申请", "situation": "没有台账。",
    }  # fmt: skip
    once = documents.finalise

    def twice(*args, **more):
        once(*args, **more)
        return once(*args, **more)

    monkeypatch.setattr(documents, "finalise", twice)
    page = text(desk.get("jia", address(draft), "2026-03-02 12:00"))
    with d.day("2026-03-02 12:00"):
        answer = desk.clients["jia"].post(
            address(draft), as_dict(controls(page)) | values | {"action": "finalise"}
        )
    assert answer.status_code == 302
    assert answer["Location"] == desk.path("sign", draft.document)


def test_what_is_saved_while_the_draft_is_made_final_is_told_that_it_is_gone(desk, draft, monkeypatch):
    save = documents.save_draft

    def late(*args, **more):
        Draft.objects.all().delete()
        return save(*args, **more)

    monkeypatch.setattr(documents, "save_draft", late)
    answer = autosave(desk, "jia", draft, draft.version, situation="没有台账。")
    assert (answer.status_code, "已经定稿或者删除" in answer.json()["message"]) == (410, True)


def test_a_form_sent_after_the_draft_is_gone_leads_to_the_desk(desk, draft, monkeypatch):
    save = documents.save_draft

    def late(*args, **more):
        Draft.objects.all().delete()
        return save(*args, **more)

    monkeypatch.setattr(documents, "save_draft", late)
    with d.day(AT):
        answer = desk.clients["jia"].post(address(draft), {"action": "save"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("work"))


def test_a_draft_can_be_thrown_away(desk, draft):
    answer = desk.submit("jia", address(draft), AT, action="discard")
    assert answer["Location"] == desk.path("case")
    assert not Draft.objects.exists()


def test_a_returned_document_is_written_again_from_what_it_said(desk):
    """A22: what was sent back is finalised anew; the old text stays."""
    desk.write("verification_report", AT, {"course": "到现场核查。", "result": "属实。", "advice": "立案"})
    desk.sign("verification_report", AT, "jia", "yi")
    document = desk.document("verification_report").id
    desk.submit("ding", desk.path("approve", document), AT, opinion="return", text="补充核查经过。")

    with d.day(AT):
        answer = desk.clients["jia"].post(desk.path("revise", document))
    page = text(desk.get("jia", answer["Location"], AT))
    assert "第 2 稿" in page
    assert sent(page)["course"] == "到现场核查。"


# ------------------------------------------------------------------------------------------ beginning


def test_a_second_draft_of_a_kind_is_asked_about(desk, draft):
    url = desk.path("new_document", "site_inspection_record")
    page = text(desk.get("jia", url, AT))
    assert "接着写，还是另起一份" in page
    assert Draft.objects.count() == 1
    with d.day(AT):
        assert "接着写，还是另起一份" in text(desk.clients["jia"].post(url))
        assert Draft.objects.count() == 1
        assert desk.clients["jia"].post(url, {"another": "1"}).status_code == 302
    assert Draft.objects.count() == 2


def test_a_kind_with_another_title_offers_it(desk):
    """A19: the same sheet is called 申请表 when a presider is asked for."""
    kind = DOCUMENTS["case_matter_approval"]
    url = desk.begin("case_matter_approval", AT)
    desk.submit("jia", url, AT, title=kind.alias)
    assert Draft.objects.get().title == kind.alias
    assert f"<h1>{kind.alias}</h1>" in text(desk.get("jia", url, AT))


def test_a_draft_is_for_those_who_may_write_in_the_case(desk, draft):
    """domain §5: another section's officer sees neither form nor paper."""
    for name, args in (("document", ()), ("document_preview", (1,)), ("draft_paper", ())):
        url = reverse(name, args=[draft.document, *args])
        assert desk.get("bing", url, AT).status_code == 403
        assert desk.get("xin", url, AT).status_code == 403
        assert desk.get("yi", url, AT).status_code == 200
    assert autosave(desk, "bing", draft, draft.version, situation="改").status_code == 403


def test_the_paper_of_a_draft_is_a_picture_and_can_be_printed(desk, draft):
    image = desk.get("jia", reverse("document_preview", args=[draft.document, 1]), AT)
    paper = desk.get("jia", reverse("draft_paper", args=[draft.document]), AT)
    assert image.content.startswith(b"\x89PNG")
    assert paper.content.startswith(b"%PDF-")
    assert desk.get("jia", reverse("document_preview", args=[draft.document, 99]), AT).status_code == 404


def test_the_page_carries_nothing_inline(desk, draft):
    """Strict CSP: no script, style or handler in the page."""
    page = text(desk.get("jia", address(draft), AT))
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert "javascript:" not in page


def test_a_time_that_cannot_be_is_told_at_its_field_as_soon_as_it_is_saved(desk, draft):
    """Not only in the list of checks at the foot of the page."""
    answer = autosave(
        desk, "jia", draft, draft.version, started_at="2026-03-02T09:30", ended_at="2026-03-02T09:00"
    )
    assert answer.json()["wrong"] == {"ended_at": "“检查结束”不能早于“检查开始”"}
    ahead = autosave(
        desk, "jia", draft, answer.json()["version"],
        started_at="2026-03-02T11:00", ended_at="2026-03-02T12:00",
    )  # fmt: skip
    assert ahead.json()["wrong"] == {
        "started_at": "“检查开始”不能晚于现在",
        "ended_at": "“检查结束”不能晚于现在",
    }
