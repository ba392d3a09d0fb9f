"""Things keep one id through all lists, and their whole way is followed (domain §2; R29.2, R30.1)."""

from dataclasses import replace

import pytest

from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.compliance.rules.closing import obligations
from liuhen.compliance.things import identified, items, too_many
from liuhen.measures import DOCUMENTS
from liuhen.measures.lists import FLOWS, ITEM_LISTS
from tests.compliance.told import at, found, ours, script

HOLD = (
    "  - {at: 2026-03-05 10:00, by: 甲, file: hold_notice, as: 保存%s, values: {items: [%s]}, issued: true}\n"
)
AFTER = "  - {at: 2026-03-%s, by: 甲, file: hold_disposal_notice, as: 处理%s, values: {items: [%s]}, issued: true}\n"
SEIZE = "  - {at: 2026-03-12, by: 甲, file: seizure_decision, as: 扣押, values: {items: [%s], keep_at: 某仓库}, issued: true}\n"
RELEASE = "  - {at: 2026-03-20, by: 甲, file: seizure_release_decision, as: 解除, values: {items: [%s]}, issued: true}\n"
CLOSE = "  - {at: 2026-04-20, by: 甲, file: closing_report, approved: {S: 2026-04-20, B: 2026-04-20}}\n"


def row(quantity: int | str, name: str = "玉米", **more: str) -> str:
    said = "".join(f", {key}: {value}" for key, value in more.items())
    return f"{{name: {name}, quantity: {quantity}, unit: 袋{said}}}"


def case_of(steps: str) -> CaseFile:
    """The case with ids given as each paper is recorded, in the order of the script."""
    entries, office = ours(script(steps))
    recorded = []
    for entry in entries:
        if entry.kind == "Filed" and entry.body is not None:
            so_far = settle(recorded, office)
            body = dict(entry.body)
            body["values"] = identified(so_far, body["document_kind"], body["document"], body["values"])
            entry = replace(entry, body=body)
        recorded.append(entry)
    return settle(recorded, office)


def test_every_list_of_things_is_declared_and_none_besides() -> None:
    named = {
        kind.code
        for kind in DOCUMENTS.values()
        if any(f.name == "items" and f.type == "list" for f in kind.fields)
    }
    assert named == set(ITEM_LISTS)


def test_a_thing_is_followed_from_taking_to_disposal() -> None:
    case = case_of(
        HOLD % ("", row(10))
        + AFTER % ("10", "", row(10, disposal="查封扣押"))
        + SEIZE % row(10)
        + RELEASE % row(4)
    )
    (item,) = items(case)
    assert [move.state for move in item.moves] == ["registered", "seized", "seized", "returned"]
    assert (item.held, item.where, item.state) == (6, "某仓库", "returned")
    assert len({r["item_id"] for d in case.documents.values() for r in d.values["items"]}) == 1


def test_tons_are_followed_to_the_kilogram() -> None:
    """12.5 t taken, 12.4 and 0.1 given back: nothing is left; a kilogram more is too much (F25.1, R29.2)."""
    back = RELEASE % row("12.4") + RELEASE.replace("解除", "又解除") % row("%s")
    (item,) = items(case_of(SEIZE % row("12.5") + back % "0.1"))
    assert (item.held, item.state) == (0, "returned")
    (surplus,) = too_many(case_of(SEIZE % row("12.5") + back % "0.101"), FLOWS[3])
    assert surplus.words == "玉米0.001袋"
    assert items(case_of(SEIZE % row("12.5") + RELEASE % row("0.5")))[0].words == "玉米12袋"


def test_two_things_of_one_name_stay_two() -> None:
    steps = HOLD % ("一", row(10)) + HOLD % ("二", row(5))
    case = case_of(steps)
    assert [item.held for item in items(case)] == [10, 5]
    first, second = (item.identity for item in items(case))
    values = {"items": [{"name": "玉米", "unit": "袋", "quantity": 8, "item_id": second}]}
    recorded = identified(case, "hold_disposal_notice", "新", values)
    assert recorded["items"][0]["item_id"] == second != first


def test_more_of_one_of_two_goes_out_than_was_taken_r29_2() -> None:
    case = case_of(HOLD % ("一", row(10)) + HOLD % ("二", row(5)) + AFTER % ("10", "", row(8)))
    paper = case.documents["处理"]
    second = case.documents["保存二"].values["items"][0]["item_id"]
    assert too_many(case, FLOWS[0]) == []
    paper.revisions[-1] = replace(
        paper.current, values={"items": [{**paper.values["items"][0], "item_id": second}]}
    )
    assert [thing.words for thing in too_many(case, FLOWS[0])] == ["玉米3袋"]


def test_papers_without_ids_are_matched_by_name() -> None:
    entries, office = ours(script(HOLD % ("", row(10)) + AFTER % ("10", "", row(10))))
    (item,) = items(settle(entries, office))
    assert (item.held, len(item.moves)) == (0, 2)


def test_asking_twice_gives_the_same_ids_and_a_forged_id_is_not_taken_over() -> None:
    case = case_of(HOLD % ("", row(10)))
    wanted = {
        "items": [{"name": "小麦", "quantity": 1, "item_id": "别处.1"}, {"name": "大豆", "quantity": 2}]
    }
    once = identified(case, "sampling_notice", "抽样", wanted)
    assert once == identified(case, "sampling_notice", "抽样", wanted)
    assert [r["item_id"] for r in once["items"]] == ["抽样.1", "抽样.2"]


def test_a_row_taken_over_and_renamed_is_another_thing() -> None:
    case = case_of(HOLD % ("", row(10)))
    (item,) = items(case)
    wanted = {"items": [{"name": "小麦", "quantity": 1, "item_id": item.identity}]}
    assert identified(case, "seizure_decision", "扣押", wanted)["items"][0]["item_id"] == "扣押.1"


def test_ids_of_an_earlier_text_are_kept_and_never_given_again() -> None:
    entries, office = ours(script(HOLD % ("", row(10) + ", " + row(3, "小麦"))))
    case = settle(entries, office)
    paper = case.documents["保存"]
    paper.revisions[-1] = replace(paper.current, values=identified(case, "hold_notice", "保存", paper.values))
    kept = paper.values["items"][1]
    again = identified(
        case, "hold_notice", "保存", {"items": [{**kept, "name": "冬小麦"}, {"name": "大豆", "quantity": 1}]}
    )
    assert [r["item_id"] for r in again["items"]] == ["保存.2", "保存.3"]


@pytest.mark.parametrize(
    ("disposal", "more", "open_"),
    [
        ("鉴定", "", ["玉米处理"]),
        ("查封扣押", "", ["玉米处理"]),
        ("查封扣押", SEIZE % row(10) + RELEASE % row(10), []),
        ("没收", "", ["玉米处理"]),
        ("复制后退还", "", []),
        ("解除", "", []),
    ],
)
def test_what_was_only_sent_on_is_open_at_closing_r30_1(disposal: str, more: str, open_: list[str]) -> None:
    case = case_of(HOLD % ("", row(10)) + AFTER % ("10", "", row(10, disposal=disposal)) + more)
    assert [o.what for o in obligations(case, at("2026-05-01")) if o.kind != "service"] == open_


def test_an_item_sent_to_be_examined_is_found_when_the_case_is_closed_r30_1() -> None:
    told = script(HOLD % ("", row(10)) + AFTER % ("10", "", row(10, disposal="鉴定")) + CLOSE)
    messages = [f.message for f in found("R30.1", told).values() if f.outcome == "violated"]
    assert any("玉米10袋（送检（鉴定））" in message for message in messages)
    assert all(
        f.outcome != "violated" for f in found("R30.1", told, outside=True).values() if "送检" in f.message
    )


def test_what_the_police_took_over_is_gone_c12_1() -> None:
    """The list of the letter only names; the taking over carries away, and closes what was held."""
    letter = "  - {at: 2026-03-20, by: 甲, file: crime_transfer_letter, as: 移送书, values: {to_body: 某公安局, items: [%s]}}\n"
    handed = "  - {at: 2026-03-26, by: 甲, state: handed_to_receiver, document: 移送书}\n"
    (item,) = items(case_of(HOLD % ("", row(10)) + letter % row(10)))
    assert (item.held, item.state) == (10, "handing")
    case = case_of(HOLD % ("", row(10)) + letter % row(10) + handed)
    (item,) = items(case)
    assert (item.held, item.state, item.where) == (0, "transferred", "某公安局")
    assert [o.what for o in obligations(case, at("2026-05-01")) if o.kind == "hold_disposal_notice"] == []
