"""物品: each thing with its way, what is held and what is open; rows of a form carry their ids (domain §2)."""

from liuhen.acts import documents
from liuhen.desk.shown import things
from liuhen.records.reveal import look
from tests.acts import drive as d
from tests.desk.browsing import controls
from tests.desk.pages import browser, page, text

NEW = [{"name": "玉米", "unit": "袋", "quantity": 10}, {"name": "小麦", "unit": "袋", "quantity": 3}]


def held(bureau):
    """A case with a notice of things that were registered and held."""
    drive = d.Drive(bureau)

    with d.day("2026-03-02 12:00"):
        draft = documents.new_draft(drive.case, bureau["jia"], "evidence_register_list", {"items": NEW})
        values = {
            **draft.values,
            "holder": "张某",
            "certificates_shown": True,
            "recusal_answer": "不申请",
            "rights_told": "已告知。",
        }
        documents.save_draft(draft.document, bureau["jia"], values, draft.version)
        documents.finalise(draft.document, bureau["jia"])
    drive.documents["evidence_register_list"] = draft.document
    return drive


def test_a_thing_gets_its_id_when_it_is_recorded_and_stands_on_the_page(bureau):
    drive = held(bureau)
    rows = drive.document("evidence_register_list").values["items"]
    assert [row["item_id"] for row in rows] == [
        f"{drive.documents['evidence_register_list']}.{n}" for n in (1, 2)
    ]
    lines = things.lines(look(drive.case, bureau["jia"]))
    assert [(line.name, line.held, line.state) for line in lines] == [
        ("玉米", "10袋", "已调取"),
        ("小麦", "3袋", "已调取"),
    ]
    shown = text(page(browser("jia"), "case_items", drive.case, at="2026-03-02 13:00"))
    assert "在管 2 项" in shown
    assert "证据登记保存清单" in shown


def test_a_later_list_is_prefilled_with_the_same_ids_and_the_form_sends_them_back(bureau):
    drive = held(bureau)
    ids = [row["item_id"] for row in drive.document("evidence_register_list").values["items"]]
    with d.day("2026-03-03 09:00"):
        draft = documents.new_draft(drive.case, bureau["jia"], "crime_transfer_letter")
    assert [row["item_id"] for row in draft.values["items"]] == ids
    assert draft.values["items"][0]["from_list"] == "《证据登记保存清单》"
    sent = dict(controls(page(browser("jia"), "document", draft.document, at="2026-03-03 09:05")))
    assert [sent[f"items.{n}.item_id"] for n in (0, 1)] == ids
    assert "合计 2 项：13袋" in text(page(browser("jia"), "document", draft.document, at="2026-03-03 09:06"))
