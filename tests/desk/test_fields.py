"""Forms out of the declarations: what a form shows and what it sends back are the same value (desk principle 3)."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from liuhen.casefile import sketch
from liuhen.casefile.quantities import recorded
from liuhen.casefile.values import problems
from liuhen.desk.fields import File, Offers, Paper, Staff, groups, parse, show
from liuhen.desk.fields.parsing import fen
from liuhen.desk.fields.widgets import Prefill
from liuhen.measures import DOCUMENTS, FACTS
from liuhen.measures.documents.groups import PENALTY_KINDS
from liuhen.measures.vocabulary import Fact, Field
from liuhen.scripts import generated
from tests.desk.browsing import sent

TEMPLATES = Path(__file__).parents[2] / "liuhen" / "desk" / "templates" / "desk"
OFFERS = Offers(
    "C",
    (Staff("jia", "执法人员甲", "粮食科", "示例-0001"), Staff("yi", "执法人员乙", "粮食科", "示例-0002")),
    (Paper("D1", "hold_notice", "先行登记保存证据通知书"), Paper("D2", "penalty_notice", "行政处罚告知书")),
    (
        File("sha256:" + "a" * 64, "照片1.jpg"),
        File("sha256:" + "b" * 64, "照片2.jpg"),
        File("sha256:" + "c" * 64, "草图.png", media_type="image/png"),
    ),
)
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30
).filter(lambda text: text.strip())
PARAGRAPHS = st.lists(TEXT, min_size=1, max_size=3).map("\n".join)
DATES = st.dates().map(lambda on: on.isoformat())
MOMENTS = st.datetimes().map(
    lambda at: at.strftime("%Y-%m-%dT%H:%M") if at.year > 999 else "2026-03-02T09:00"
)
COUNTS = st.integers(0, 10**12)
QUANTITIES = st.decimals(0, 10**9, places=6).map(recorded)
PEOPLE = st.fixed_dictionaries({"name": TEXT}, optional={"post": TEXT, "person": TEXT})
OFFICERS = st.fixed_dictionaries({"name": TEXT, "certificate_no": TEXT}, optional={"person": TEXT})
PARTIES = st.fixed_dictionaries(
    {"party_kind": st.sampled_from(["自然人", "法人", "个体工商户", "非法人组织"]), "name": TEXT},
    optional={
        "uscc": TEXT,
        "legal_rep": TEXT,
        "birth_date": DATES,
        "sex": st.sampled_from("男女"),
        "address": TEXT,
    },
)
BASIS = st.fixed_dictionaries({"law": TEXT, "article": TEXT}, optional={"paragraph": TEXT, "item": TEXT})
PENALTIES = st.fixed_dictionaries(
    {"kind": st.sampled_from(PENALTY_KINDS)}, optional={"amount": COUNTS, "term": TEXT, "object": TEXT}
)
FILES = st.lists(st.sampled_from(OFFERS.files), min_size=1, unique=True).map(
    lambda files: [{"digest": f.digest, "name": f.name} for f in sorted(files, key=lambda f: f.digest)]
)

PICTURES = [{"digest": f.digest, "name": f.name} for f in OFFERS.files if f.image]
SKETCHES = st.one_of(
    st.just([{"drawn": generated.drawing("大门"), "name": sketch.NAME}]),
    *([st.just(PICTURES)] if PICTURES else []),
)


def values_of(field: Field):
    """Values that fit a field."""
    if field.type == "list" or (field.columns and field.type == "people"):
        return st.lists(row_of(field), min_size=1, max_size=3)
    return {
        "text": TEXT, "longtext": PARAGRAPHS, "date": DATES, "datetime": MOMENTS, "money": COUNTS,
        "number": COUNTS, "quantity": QUANTITIES, "bool": st.booleans(), "enum": st.sampled_from(field.options or ("无",)), "person": PEOPLE,
        "people": st.lists(PEOPLE, min_size=1, max_size=3), "officers": st.lists(OFFICERS, min_size=1, max_size=3),
        "party": PARTIES, "basis": st.lists(BASIS, min_size=1, max_size=3),
        "penalties": st.lists(PENALTIES, min_size=1, max_size=3),
        "remedies": st.just({"reconsideration_body": "某机关", "reconsideration_days": 60, "court": "某法院"}),
        "document": st.sampled_from([p.document for p in OFFERS.papers]), "files": FILES, "sketch": SKETCHES,
    }[field.type]  # fmt: skip


def row_of(field: Field):
    shown = {c.name: values_of(c) for c in field.columns if c.name != "person"}
    return st.fixed_dictionaries({}, optional=shown).filter(lambda row: set(row) - {"item_id"})


@st.composite
def filled(draw):
    """A kind of paper or fact, and values for some of its fields, now and then 不适用."""
    kind = draw(st.sampled_from([*DOCUMENTS.values(), *FACTS.values()]))
    values = {}
    for field in kind.fields:
        how = draw(st.sampled_from(["given", "given", "blank", "waived"]))
        if how == "given":
            values[field.name] = draw(values_of(field))
        elif how == "waived" and field.required:
            values[field.name] = {"not_applicable": draw(TEXT)}
    return kind, values


def page(kind, values, **more):
    return render_to_string(
        "desk/fields/groups.html", {"groups": groups(kind, values, offers=OFFERS, **more), "offers": OFFERS}
    )


@given(filled())
def test_a_form_sent_back_untouched_gives_the_same_values(case):
    kind, values = case
    assert parse(kind.fields, sent(page(kind, values)), OFFERS, values) == values


@pytest.mark.parametrize("code", [*DOCUMENTS, *FACTS])
def test_an_empty_form_sends_nothing(code):
    """Rows and parts that are shown empty are no values."""
    kind = DOCUMENTS.get(code) or FACTS[code]
    assert parse(kind.fields, sent(page(kind, {})), OFFERS) == {}


def one(field, text, before=None, name="x"):
    return parse(
        [replace(field, name=name)], QueryDict(mutable=False, query_string=f"{name}={text}"), OFFERS, before
    )


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("30000", 3_000_000), ("30,000.00", 3_000_000), ("0.5", 50), ("3万", 3_000_000), ("1.25万元", 1_250_000),
     ("￥20元", 2_000), ("三万", None), ("1.234", None), ("-1", None), ("", None)],
)  # fmt: skip
def test_money_is_typed_in_yuan_and_kept_in_fen(typed, amount):
    assert fen(typed) == amount


def test_what_cannot_be_read_is_kept_as_typed_and_named():
    """Nothing typed is lost (desk principle 5); the message says what is wanted (principle 6)."""
    field = Field(name="x", label="金额", type="money", required=True)
    values = one(field, "三万元")

    assert values == {"x": "三万元"}
    assert [p.message for p in problems([field], values)] == ["“金额”用数字写，如 2000、1,500.50 或者 3万"]
    assert sent(page(Fact(code="f", label="", cites=(), fields=(field,)), values))["x"] == "三万元"


def test_a_name_of_the_bureau_is_known_where_the_bureaus_people_are_asked_for():
    presider = Field(name="presider", label="听证主持人", type="person")
    witness = Field(name="witness", label="见证人", type="person")
    assert one(presider, "执法人员甲", name="presider") == {
        "presider": {"person": "jia", "name": "执法人员甲"}
    }
    assert one(witness, "执法人员甲", name="witness") == {"witness": {"name": "执法人员甲"}}


def test_a_person_typed_again_keeps_what_was_known():
    field = Field(name="x", label="代理人", type="person")
    before = {"x": {"name": "张某", "person": "p1", "unit": "某律师事务所"}}
    assert one(field, "张某", before) == before
    assert one(field, "李某", before) == {"x": {"name": "李某"}}


def test_an_officer_chosen_by_name_brings_the_certificate():
    """R13.1: the number comes from the register."""
    officers = DOCUMENTS["docket_approval"].field("officers")
    data = QueryDict("officers.0.name=执法人员乙&officers.0.certificate_no=")
    assert parse([officers], data, OFFERS) == {
        "officers": [{"person": "yi", "name": "执法人员乙", "certificate_no": "示例-0002"}]
    }


def test_remedies_are_never_taken_from_the_form():
    """domain §1.0: reconsideration body and court are never free text."""
    field = DOCUMENTS["penalty_decision"].field("remedies")
    table = {"reconsideration_body": "甲机关", "court": "乙法院"}
    data = QueryDict("remedies.court=丙法院&remedies=丙")
    assert parse([field], data, OFFERS, {"remedies": table}) == {"remedies": table}
    assert parse([field], data, OFFERS) == {}


def test_rows_need_not_be_numbered_without_gaps():
    """Rows are added and taken away in the page."""
    field = DOCUMENTS["interview_record"].field("qa")
    data = QueryDict("qa.7.q=第二问&qa.7.a=第二答&qa.2.q=第一问&qa.4.q=&qa.4.a=")
    assert parse([field], data) == {"qa": [{"q": "第一问"}, {"q": "第二问", "a": "第二答"}]}


def test_waived_without_a_reason_asks_for_it():
    field = Field(name="x", label="案发地", required=True)
    values = parse([field], QueryDict("x=&x.na=1&x.na.reason="))
    assert [p.message for p in problems([field], values)] == ["写明“案发地”不适用的理由"]


def test_not_on_paper_is_offered_only_for_papers_entered_afterwards():
    field = Field(name="x", label="案发地", required=True)
    kind = Fact(code="f", label="", cites=(), fields=(field,))
    assert "x.nop" not in page(kind, {})
    assert parse([field], sent(page(kind, {"x": {"not_on_paper": True}}, on_paper=True))) == {
        "x": {"not_on_paper": True}
    }


def test_a_carried_value_says_where_from_until_it_is_changed():
    """desk principle 3: 来自：…"""
    field = Field(name="x", label="案发地", required=True)
    sources = Prefill("某街道", "立案审批表，3月2日")
    assert show(field, "x", "某街道", prefill=sources).where == "立案审批表，3月2日"
    assert show(field, "x", "别处", prefill=sources).where == ""


def test_a_document_is_chosen_among_those_the_field_is_about():
    field = DOCUMENTS["hold_disposal_notice"].field("hold")
    assert [o.value for o in show(field, "hold", None, offers=OFFERS).options] == ["", "D1"]


@pytest.mark.parametrize(
    ("kind", "field", "rows", "folded"),
    [
        ("material_receipt", "materials", [{"name": "节能报告", "form": "原件", "state": "齐全"}], False),
        ("license_review_record", "condition_checks", [{"condition": "节能措施合理可行"}], False),
        ("hold_disposal_notice", "items", [{"name": "玉米", "quantity": 1, "disposal": "解除"}], False),
        ("seizure_release_decision", "items", [{"name": "玉米", "quantity": 1}], True),
    ],
)
def test_a_list_that_puts_questions_is_not_folded_away(kind, field, rows, folded):
    """What the clerk or reviewer must answer row by row is open (R6.1, R7.1, R7.2)."""
    shown = show(DOCUMENTS[kind].field(field), field, rows, prefill=Prefill(rows, "许可事项目录"))
    assert shown.folded is folded


PARTY_FIELD = DOCUMENTS["docket_approval"].field("party")


def told_doubts(value):
    return [part.doubt for part in show(PARTY_FIELD, "party", value).parts if part.doubt]


def test_a_number_that_may_be_mistyped_is_told_at_its_field_and_refused_nowhere():
    """GB 32100, GB 11643: a paper may really bear a wrong number."""
    wrong = {"party_kind": "法人", "name": "某公司", "uscc": "91350100M000100Y44", "phone": "1390000000"}
    assert [text.partition("；")[0] for text in told_doubts(wrong)] == [
        "统一社会信用代码的校验位不符，可能写错了一位", "“1390000000”不像完整的电话号码，可能多写或者少写了一位",
    ]  # fmt: skip
    assert problems([PARTY_FIELD], {"party": wrong}) == []
    assert told_doubts({**wrong, "uscc": "91350100M000100Y43", "phone": "13900000000"}) == []
    born = {
        "party_kind": "自然人",
        "name": "张某",
        "id_number": "11010519491231002X",
        "birth_date": "1950-01-01",
    }
    assert told_doubts(born) == ["公民身份号码与出生日期（1950-01-01）不符；核对原件；原件上确实如此的，照写"]
    html = page(Fact(code="f", label="", cites=(), fields=(PARTY_FIELD,)), {"party": wrong})
    assert html.count("data-doubt=") == 3
    assert html.count("data-check=") == 3


def test_a_payment_is_doubted_at_its_field_beside_what_is_owed():
    """P67.1: what was prefilled is what is still owed, whatever is typed over it."""
    amount = next(f for f in FACTS["payment_made"].fields if f.name == "amount")
    owed = Prefill(996000, "行政处罚决定书，2月3日")
    assert show(amount, "amount", 996000, prefill=owed).doubt == ""
    told = show(amount, "amount", 99600000, prefill=owed)
    assert told.doubt.startswith("比应缴的 9,960 元多")
    assert (told.checked, told.owed) == (True, "996000")
    assert not show(amount, "amount", 99600000).checked


@pytest.mark.parametrize("page", ["base", "document", "state", "backfill_kind"])
def test_no_place_of_a_page_is_called_like_a_field(page):
    """Each id stands once: a page that rewrites its own places must not write over what somebody fills in."""
    source = (TEMPLATES / f"{page}.html").read_text(encoding="utf-8")
    named = {field.name for kind in (*DOCUMENTS.values(), *FACTS.values()) for field in kind.fields}
    assert set(re.findall(r'\sid="([\w-]+)"', source)) & named == set()
