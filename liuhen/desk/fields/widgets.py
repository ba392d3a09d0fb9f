"""Values → what templates show: one widget a field type, groups of fields, where a value came from, what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from liuhen.casefile.identifiers import CHECKED, doubt
from liuhen.casefile.state import blank
from liuhen.desk.fields import wording
from liuhen.desk.fields.offers import NOTHING, File, Offers, Paper
from liuhen.desk.fields.parsing import FILE_SEPARATOR, columns_of
from liuhen.desk.fields.spans import WIDE, WIDE_NAMES, cell_span
from liuhen.measures.articles import STATUTES
from liuhen.measures.catalogue import VIOLATIONS
from liuhen.measures.sources import parts
from liuhen.measures.vocabulary import LAWS, Document, Fact, Field

FEW = 4  # options that are shown side by side instead of in a list to open
SHORT = 12  # Han characters of all such options together that still fit one line
LONG = 24  # Han characters above which a line of text gets the whole width
ROW = "__n__"  # stands for the number of a row in the pattern that the script copies
SKETCH_TOOLS = (
    ("line", "直线"),
    ("free", "手绘"),
    ("box", "方框"),
    ("text", "文字"),
    ("pin", "照片位置"),
    ("erase", "擦除"),
)
BODIES = ("个体工商户", "法人", "非法人组织")
PARTY_FIELDS = (
    Field(name="party_kind", label="类别", type="enum", options=("自然人", *BODIES), required=True),
    Field(name="name", label="姓名或者名称", required=True),
    Field(name="sex", label="性别", type="enum", options=("男", "女")),
    Field(name="birth_date", label="出生日期", type="date"),
    Field(name="id_kind", label="证件种类"),
    Field(name="id_number", label="证件号码"),
    Field(name="uscc", label="统一社会信用代码"),
    Field(name="legal_rep", label="法定代表人（负责人、经营者）"),
    Field(name="legal_rep_post", label="职务"),
    Field(name="address", label="住所（住址）"),
    Field(name="phone", label="联系电话"),
    Field(name="service_address", label="送达地址", hint="与住所不同的填写。"),
)
# Which parts are asked of which kinds of party; the others of all.
_ASKED_OF = (
    (("sex", "birth_date"), ("自然人",)),
    (("id_kind", "id_number"), ("自然人", "个体工商户")),
    (("uscc", "legal_rep", "legal_rep_post"), BODIES),
)
_TEMPLATES = {
    "number": "text", "quantity": "text", "money": "text", "date": "text", "datetime": "text", "enum": "enum", "bool": "enum",
    "person": "text", "people": "rows", "officers": "rows", "list": "rows", "basis": "rows", "penalties": "rows",
}  # fmt: skip
# What is still to be paid: beside it a sum that is typed can be doubted.
OWED = "penalty_decision.fine"
_INPUTS = {"date": "date", "datetime": "datetime-local"}


@dataclass(frozen=True)
class Prefill:
    """What the case gave for a field and the words that say where from (来自：立案审批表，11月16日)."""

    value: Any
    where: str


@dataclass(frozen=True)
class Option:
    """One thing to choose: what is sent, what is read, whether it is chosen."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a list: its number as people count, its index in the form, its cells."""

    number: int
    index: str
    cells: tuple[Shown, ...]


@dataclass(frozen=True)
class Shown:
    """One field as a template needs it. ``text`` is what a plain input holds; the rest as the type asks."""

    field: Field
    name: str
    value: Any = None
    text: str = ""
    span: str = ""
    where: str = ""
    message: str = ""
    options: tuple[Option, ...] = ()
    parts: tuple[Shown, ...] = ()
    rows: tuple[Row, ...] = ()
    pattern: Row | None = None
    papers: tuple[Paper, ...] = ()
    files: tuple[tuple[File, bool], ...] = ()
    photos: tuple[File, ...] = ()
    summary: str = ""
    not_applicable: str | None = None
    not_on_paper: bool = False
    on_paper: bool = False
    show_if: str = ""
    condition: str = ""
    wanting: bool = False
    listed: str = ""
    doubt: str = ""
    owed: str = ""

    @property
    def checked(self) -> bool:
        """Whether what is typed is looked at for a mistake that is told and not refused."""
        return (self.field.name in CHECKED and self.field.type == "text") or bool(self.owed)

    @property
    def template(self) -> str:
        """The template of the widget."""
        if self.field.type == "text" and ("\n" in self.text or self.field.name == "violation"):
            return f"desk/fields/{'enum' if self.field.name == 'violation' else 'longtext'}.html"
        return f"desk/fields/{_TEMPLATES.get(self.field.type, self.field.type)}.html"

    @property
    def input(self) -> str:
        """The type of a plain input."""
        return _INPUTS.get(self.field.type, "text")

    @property
    def id(self) -> str:
        """The id of the control, to which error summaries lead."""
        return self.name

    @property
    def side_by_side(self) -> bool:
        """Whether options stand side by side as radio buttons."""
        words = sum(len(option.label) for option in self.options)
        return self.field.type == "bool" or (len(self.options) <= FEW + 1 and words <= SHORT + 4)

    @property
    def grouped(self) -> bool:
        """Whether the widget is several controls under one legend."""
        if self.template.endswith("/enum.html"):
            return self.side_by_side
        return self.field.type in (
            "party",
            "list",
            "basis",
            "penalties",
            "people",
            "officers",
            "files",
            "sketch",
            "remedies",
        )

    @property
    def folded(self) -> bool:
        """Whether it may stay closed: everything came from the case and nothing is wrong or wanting."""
        whole = self.where and self.summary and not self.message and not self.wanting and not self.to_answer
        return bool(whole) and self.field.type in (
            "party", "basis", "officers", "people", "list", "penalties",
        )  # fmt: skip

    @property
    def tools(self) -> tuple[tuple[str, str], ...]:
        """What a sketch is drawn with."""
        return SKETCH_TOOLS

    @property
    def counted(self) -> bool:
        """Whether its rows are counted and added up."""
        return any(column.name == "quantity" for column in self.field.columns)

    @property
    def total(self) -> str:
        """The rows added up, by unit: 合计 3 项：12袋，5箱."""
        return wording.total(self.value)

    @property
    def to_answer(self) -> bool:
        """Whether its rows put questions: a choice that has a usual answer only, or none yet. They are not folded away."""
        rows = [row for row in self.value if isinstance(row, Mapping)] if isinstance(self.value, list) else []
        asked = [c for c in self.field.columns if c.type == "enum" and self.field.type == "list"]
        return any(c.default or any(blank(row.get(c.name)) for row in rows) for c in asked)

    @property
    def settled(self) -> bool:
        """Whether it goes without saying: the case's own number, which the page shows above."""
        return self.field.name == "case_no" and bool(self.where) and not self.message

    @property
    def may_not_apply(self) -> bool:
        """Whether 不适用 with a reason is an answer."""
        asked = self.field.required or self.field.required_if is not None
        answerable = not self.field.always or self.not_applicable is not None
        return asked and answerable and "." not in self.name


@dataclass
class Group:
    """The fields of one fieldset."""

    title: str
    fields: list[Shown] = field(default_factory=list[Shown])

    @property
    def settled(self) -> bool:
        """Whether nothing in it needs to be seen."""
        return all(shown.settled for shown in self.fields)


def groups(
    kind: Document | Fact,
    values: Mapping[str, Any],
    *,
    offers: Offers = NOTHING,
    sources: Mapping[str, Prefill] | None = None,
    messages: Mapping[str, str] | None = None,
    wanting: Collection[str] = (),
    more_rows: str = "",
    on_paper: bool = False,
) -> list[Group]:
    """The fieldsets of a form in the order declared. ``wanting`` are fields with something left to fill in, ``more_rows``
    names a list that gets one more empty row; ``on_paper`` offers 纸上未载."""
    found: dict[str, Group] = {}
    declared = {one.name: one for one in kind.fields}
    for one in kind.fields:
        title = one.group or "内容"
        shown = show(
            one, one.name, values.get(one.name), offers=offers, prefill=(sources or {}).get(one.name),
            message=(messages or {}).get(one.name, ""), more=one.name == more_rows, on_paper=on_paper,
        )  # fmt: skip
        shown = replace(shown, condition=_condition(one, declared), wanting=one.name in wanting)
        found.setdefault(title, Group(title)).fields.append(shown)
    return list(found.values())


def _condition(one: Field, declared: Mapping[str, Field]) -> str:
    """When a field is to be filled in: 来源分类为“其他”时; empty when that does not depend on another one."""
    if one.required_if is None:
        return ""
    name, value = one.required_if
    other = declared[name]
    chosen = {"true": "是", "false": "否"}.get(value, value) if other.type == "bool" else value
    return f"“{other.label}”选“{chosen}”时"


def show(
    one: Field,
    name: str,
    value: Any,
    *,
    offers: Offers = NOTHING,
    prefill: Prefill | None = None,
    message: str = "",
    more: bool = False,
    on_paper: bool = False,
) -> Shown:
    """One field with its value."""
    waived = value.get("not_applicable") if isinstance(value, Mapping) else None
    unprinted = isinstance(value, Mapping) and "not_on_paper" in value
    plain = None if waived is not None or unprinted else value
    more_of_type = _MAKERS.get(one.type, _plain)(one, name, plain, offers, more)
    where = prefill.where if prefill and not blank(value) and prefill.value == value else ""
    owed = str(prefill.value) if prefill and OWED in parts(one.source) else ""
    said = wording.typed(one, plain) if owed else plain
    return Shown(
        field=one, name=name, value=plain, span=_span(one, plain), where=where, message=message,
        summary=wording.words(one, plain, offers), not_applicable=waived, not_on_paper=unprinted, on_paper=on_paper,
        show_if="=".join(one.required_if) if one.required_if else "", doubt=doubt(one.name, said, {"owed": owed}), owed=owed, **more_of_type,
    )  # fmt: skip


def _span(one: Field, value: Any) -> str:
    if one.type in WIDE or one.name in WIDE_NAMES or one.phrases:
        return ""
    options = sum(len(option) for option in one.options)
    if one.type == "enum" and len(one.options) <= FEW and options > SHORT:
        return ""
    long = isinstance(value, str) and len(value) > LONG
    return "" if one.type == "text" and (long or len(one.hint) > LONG) else "f3"


Made = dict[str, Any]


def _plain(one: Field, name: str, value: Any, offers: Offers, more: bool) -> Made:
    if one.name == "violation":
        return {"options": _catalogue(value)}
    return {"text": wording.typed(one, value), "listed": _listed(one)}


def _listed(one: Field) -> str:
    """The id of the list of suggestions that a line of text takes."""
    if one.type == "person" or (one.name == "name" and one.hint == ""):
        return "list-staff" if one.type == "person" else ""
    return "laws" if one.name == "law" else "units" if one.name == "unit" and one.phrases else ""


def _catalogue(value: Any) -> tuple[Option, ...]:
    known = tuple(Option(v.code, v.conduct, v.code == value) for v in VIOLATIONS.values())
    return _with_blank(known, value)


def _with_blank(known: tuple[Option, ...], value: Any) -> tuple[Option, ...]:
    """The options, before them nothing chosen, after them a value that is none of them."""
    strange = value is not None and not any(option.chosen for option in known)
    extra = (Option(str(value), str(value), True),) if strange else ()
    return (Option("", "", blank(value)), *known, *extra)


def _enum(one: Field, name: str, value: Any, offers: Offers, more: bool) -> Made:
    return {"options": _with_blank(tuple(Option(o, o, o == value) for o in one.options), value)}


def _bool(one: Field, name: str, value: Any, offers: Offers, more: bool) -> Made:
    yes, no = Option("true", "是", value is True), Option("false", "否", value is False)
    return {"options": (Option("", "", value is None), yes, no)}


def _party(one: Field, name: str, value: Any, offers: Offers, more: bool) -> Made:
    held = value if isinstance(value, Mapping) else {}
    return {"parts": tuple(_part(part, f"{name}.{part.name}", held) for part in PARTY_FIELDS)}


def _part(part: Field, name: str, held: Mapping[str, Any]) -> Shown:
    value = held.get(part.name)
    made = _MAKERS.get(part.type, _plain)(part, name, value, NOTHING, False)
    kinds = next(("|".join(kinds) for names, kinds in _ASKED_OF if part.name in names), "")
    return Shown(
        field=part, name=name, value=value, span="" if part.name in ("party_kind", "address", "service_address") else "f3",
        show_if=f"{name.rpartition('.')[0]}.party_kind={kinds}" if kinds else "", doubt=doubt(part.name, value, held), **made,
    )  # fmt: skip


def _rows(one: Field, name: str, value: Any, offers: Offers, more: bool) -> Made:
    held: Sequence[Any] = (
        [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
    )
    wanted = max(len(held) + more, one.minimum if not held else 0, 1)
    rows = tuple(_row(one, name, n, str(n), held[n] if n < len(held) else {}, offers) for n in range(wanted))
    return {"rows": rows, "pattern": _row(one, name, 0, ROW, {}, offers)}


def _row(one: Field, name: str, number: int, index: str, row: Mapping[str, Any], offers: Offers) -> Row:
    cells = tuple(_cell(one, c, f"{name}.{index}.{c.name}", row.get(c.name), offers) for c in columns_of(one))
    return Row(number + 1, index, cells)


def _cell(owner: Field, column: Field, name: str, value: Any, offers: Offers) -> Shown:
    made = _MAKERS.get(column.type, _plain)(column, name, value, offers, False)
    if column.name == "name" and owner.type in ("people", "officers"):
        made["listed"] = "list-staff"
    span = cell_span(owner, column, units=made.get("listed") == "units")
    return Shown(field=column, name=name, value=value, span=span, doubt=doubt(column.name, value), **made)


def _papers(one: Field, name: str, value: Any, offers: Offers, more: bool) -> Made:
    kinds = {part.removeprefix("document.") for part in one.source.split("|") if part.startswith("document.")}
    kinds -= {"served", "corrected"}
    fitting = tuple(p for p in offers.papers if not kinds or p.kind in kinds)
    options = tuple(Option(p.document, wording.paper(p), p.document == value) for p in fitting)
    return {"options": _with_blank(options, value)}


def _files(one: Field, name: str, value: Any, offers: Offers, more: bool) -> Made:
    held = (
        {row["digest"]: row for row in value if isinstance(row, Mapping)} if isinstance(value, list) else {}
    )
    fitting = [
        f
        for f in offers.files
        if one.media != "image" or f.media_type.startswith("image/") or f.digest in held
    ]
    known = {f.digest for f in fitting}
    strange = [File(str(d), str(row.get("name", ""))) for d, row in held.items() if d not in known]
    chosen = [(_named(f, held), f.digest in held) for f in (*fitting, *strange)]
    return {"files": tuple(chosen)}


def _sketch(one: Field, name: str, value: Any, offers: Offers, more: bool) -> Made:
    """What is drawn as text, the pictures of the case to choose instead, its photographs for pins."""
    held = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
    drawn = next((str(row["drawn"]) for row in held if "drawn" in row), "")
    made = _files(one, name, [row for row in held if row.get("digest")], offers, more)
    chosen = tuple((file, picked) for file, picked in made["files"] if picked or file.image)
    return {"text": drawn, "files": chosen, "photos": tuple(file for file in offers.files if file.image)}


def _named(file: File, held: Mapping[str, Any]) -> File:
    """The file under the name that the paper gives it."""
    name = str(held[file.digest].get("name", file.name)) if file.digest in held else file.name
    return File(file.digest, name, file.what, file.media_type, file.size)


def file_value(file: File) -> str:
    """What a chosen file sends."""
    return f"{file.digest}{FILE_SEPARATOR}{file.name}"


def _remedies(one: Field, name: str, value: Any, offers: Offers, more: bool) -> Made:
    return {}


_MAKERS = {
    "enum": _enum, "bool": _bool, "party": _party, "people": _rows, "officers": _rows, "list": _rows,
    "basis": _rows, "penalties": _rows, "document": _papers, "files": _files, "sketch": _sketch, "remedies": _remedies,
}  # fmt: skip


def law_names() -> list[str]:
    """The laws that a basis usually names, as they are printed."""
    names = [
        LAWS[code] for code in dict.fromkeys(["粮例", "粮法", "罚", *LAWS, *(law for law, _ in STATUTES)])
    ]
    return [f"中华人民共和国{n}" if n.endswith("法") and "办法" not in n else n for n in names]
