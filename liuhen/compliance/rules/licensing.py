"""Licensing from receipt to review (A6, A7; 许 32–34): receipt, one outcome in time, handover, every row answered."""

from __future__ import annotations

from collections.abc import Iterator

from liuhen.casefile.moments import before, day, instant
from liuhen.casefile.state import CaseFile, Document, blank
from liuhen.compliance.answers import (
    Answer,
    Context,
    Way,
    met,
    open_until,
    rule,
    setting,
    unknown,
    violated,
    words,
)
from liuhen.compliance.approving import in_order
from liuhen.compliance.comparing import squeezed
from liuhen.compliance.deadlines import end_of
from liuhen.compliance.licensing import (
    FAULTY,
    OUTCOMES,
    TELLING,
    acceptance,
    due_by,
    license_decisions,
    matter,
    received_at,
    wanting,
)
from liuhen.compliance.reading import moment, people, rows, signers, text_in
from liuhen.measures.counting import add
from liuhen.measures.matters import confirmed

ONLY = ("licensing",)
REVIEW = ("site_survey_record", "license_review_record")
TWO = 2
# Names of papers that are no law, regulation or rule: they cannot add a condition of a licence (许 17).
LOWER_PAPERS = ("通知", "意见", "函", "批复", "纪要", "公告", "方案")


@rule("R6.1", procedures=ONLY)
def application_receipted(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """收到申请，登记收到的材料和时间，给申请人接收凭证，然后才告知补正、受理或者不予受理。"""
    receipts = case.of("material_receipt")
    for outcome in case.of(*OUTCOMES):
        if receipts:
            yield met("已给申请人接收凭证", subject=outcome.id)
        elif not case.tells("material_receipt"):
            yield unknown("材料没有说是否给申请人接收凭证", subject=outcome.id)
        else:
            yield violated(
                f"没有登记收到的材料和时间，没有给申请人《申请材料接收凭证》，就制作《{outcome.title}》",
                subject=outcome.id, at=outcome.current.at,
                ways=(Way("登记收到的材料，出具接收凭证", does="file:material_receipt"),),
            )  # fmt: skip


@rule("R6.2", procedures=ONLY)
def told_once_and_in_time(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """补正一次告知全部内容；逾期没有告知的视为受理，补发受理通知书；受理通知书写明的到期日与计算的一致。"""
    for second in [d for d in case.of("license_supplement_notice") if d.issued][1:]:
        yield violated(
            f"{words(second.made_at)}第二次制作《{second.title}》，没有一次告知全部内容",
            subject=second.id, at=second.made_at,
            ways=(Way("材料仍不齐全的，说明理由；此前没有告知过的问题不再要求补正", does="explain"),),
        )  # fmt: skip
    for notice in case.of("license_supplement_notice"):
        yield from _all_told(case, notice)
    for notice in case.of("license_acceptance_notice"):
        yield from _early(case, notice)
        yield from _due_day(case, ctx, notice)
    yield from _deemed(case, ctx)


def _all_told(case: CaseFile, notice: Document) -> Iterator[Answer]:
    """Whether the notice lists every material that the receipt calls missing or faulty, those mended on the spot apart."""
    receipts = [d for d in case.of("material_receipt") if before(notice.made_at, d.made_at) is not True]
    told = [squeezed(row.get("material")) for row in rows(notice.values.get("missing_items"))]
    if not receipts or not told or case.happened("corrected_on_spot"):
        return
    wanting = [r for r in rows(receipts[-1].values.get("materials")) if r.get("state") in FAULTY]
    left_out = [str(r.get("name")) for r in wanting if not _among(squeezed(r.get("name")), told)]
    if left_out:
        yield violated(
            f"《{notice.title}》没有列出接收时已经缺少或者有错的“{'”“'.join(left_out)}”，没有一次告知全部内容",
            subject=f"{notice.id}.items", at=notice.made_at, ways=(Way("把全部问题一次列明", does="edit"),),
            fields=(("missing_items", "列明全部缺少、有错的材料"),),
        )  # fmt: skip
    elif wanting:
        yield met("补正告知书列明了全部问题", subject=f"{notice.id}.items")


def _among(name: str, told: list[str]) -> bool:
    return any(name in other or other in name for other in told if other)


def _early(case: CaseFile, notice: Document) -> Iterator[Answer]:
    """Whether the notice says accepted on a day before anything was received."""
    received, accepted = received_at(case), moment(notice.values, "accepted_on")
    if received is not None and accepted is not None and day(accepted) < day(received):
        yield violated(
            f"《{notice.title}》写明{words(accepted)}受理，{words(received)}才收到申请材料",
            subject=f"{notice.id}.on", at=notice.made_at, ways=(Way("按收到或者补正齐全之日写明", does="edit"),),
            fields=(("accepted_on", f"不早于{words(received)}"),),
        )  # fmt: skip


def _due_day(case: CaseFile, ctx: Context, notice: Document) -> Iterator[Answer]:
    """Whether the notice names the day by which the decision is due: counted from acceptance, nothing excluded yet."""
    said, accepted = moment(notice.values, "due_on"), moment(notice.values, "accepted_on")
    if said is None or accepted is None or matter(case) is None:
        return
    due = due_by(case, day(accepted), ctx, extended=False)
    if day(said) <= due.day:
        yield met("受理通知书写明应当作出决定之日", subject=f"{notice.id}.due")
        return
    yield violated(
        f"《{notice.title}》写明{words(said)}前作出决定，自{words(accepted)}受理起算应当是{words(due.day)}",
        subject=f"{notice.id}.due", at=notice.made_at, ways=(Way("按计算的日期写明", does="edit"),),
        fields=(("due_on", f"应当是{words(due.day)}"),),
    )  # fmt: skip


def _deemed(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    received, accepted = received_at(case), acceptance(case, ctx)
    if received is None:
        return
    last = add(TELLING, day(received), ctx.calendar)
    told = [d for d in case.of(*OUTCOMES) if d.service]
    subject = next((d.id for d in case.of("material_receipt")), "")
    if accepted is not None and accepted.deemed:
        late = "" if told else "，至今也没有告知"
        yield violated(
            f"{words(received)}收到申请材料，到{words(last.day)}没有告知补正、受理或者不予受理{late}，视为{words(received)}受理",
            subject=subject, at=end_of(last),
            ways=(Way("补发受理通知书，受理日期写收到之日", does="file:license_acceptance_notice"),),
        )  # fmt: skip
    elif (
        not told
        and case.closed_world
        and ctx.now < end_of(last)
        and not case.happened("application_withdrawn")
    ):
        yield open_until(end_of(last), "还没有告知补正、受理或者不予受理", subject=subject)


@rule("R6.3", procedures=ONLY)
def handed_over_before_review(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """受理以后，材料移交承办科室，移交人和接收人都签名，才勘验和审查。"""
    for record in case.of(*REVIEW):
        yield _handed(case, record)
    for sheet in case.of("license_handover"):
        to = text_in(sheet.values, "to_section")
        if to and case.closed_world and to != case.section:
            yield violated(
                f"《{sheet.title}》写明移交{to}，本案由{case.section}审查", subject=f"{sheet.id}.section",
                at=sheet.current.at, ways=(Way(f"移交{case.section}", does="edit"),),
            )  # fmt: skip


def _handed(case: CaseFile, record: Document) -> Answer:
    sheets = case.of("license_handover")
    if not sheets:
        if not case.tells("license_handover"):
            return unknown("材料没有说申请材料如何移交", subject=record.id)
        return violated(
            f"没有《申请材料移交单》，就制作《{record.title}》", subject=record.id, at=record.current.at,
            ways=(Way("把材料移交承办科室，双方签名", does="file:license_handover"),),
        )  # fmt: skip
    sheet = sheets[0]
    lacking = [
        s.label
        for s in sheet.declared.signatures
        if not [x for x in sheet.signed_by(s.role) if not x.refused]
    ]
    if lacking and not case.closed_world and len(lacking) == len(sheet.declared.signatures):
        return unknown("材料没有说移交单由谁签名", subject=record.id)
    if lacking:
        return violated(
            f"《{sheet.title}》没有{'、'.join(lacking)}的签名，就制作《{record.title}》",
            subject=record.id, at=record.current.at, ways=(Way("移交人和接收人签名", does=f"sign:{sheet.id}"),),
        )  # fmt: skip
    handed = max((s.at for s in sheet.current.signatures), key=instant)
    fine = in_order(case, handed, record.revisions[0].at)
    if fine is None:
        return unknown(f"移交与《{record.title}》同为{words(handed)}，先后不明", subject=record.id)
    if not fine:
        return violated(
            f"材料{words(handed)}才移交，晚于{words(record.revisions[0].at)}的《{record.title}》",
            subject=record.id, at=record.current.at,
        )  # fmt: skip
    return met("材料已移交，双方签名", subject=record.id)


@rule("R7.1", procedures=ONLY)
def every_condition_answered(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """提出拟办意见之前，事项的每一项条件都有审查结论。"""
    one = matter(case)
    wanted = one.conditions if one else ()
    for form in _concluding(case):
        yield _answered(case, form, "condition_checks", "condition", ("met",), wanted, "条件")


def _concluding(case: CaseFile) -> list[Document]:
    """The papers before which the review must stand: the proposal; of a source that tells of none, the decision."""
    forms = case.of("license_approval_form")
    return forms if forms or case.closed_world else license_decisions(case)


@rule("R7.2", procedures=ONLY)
def every_material_answered(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """提出拟办意见之前，收到的每一件材料都有是否齐全、有效的结论。"""
    receipts = case.of("material_receipt")
    wanted = [text_in(r, "name") for d in receipts for r in rows(d.values.get("materials"))]
    for form in _concluding(case):
        yield _answered(
            case, form, "material_checks", "material", ("complete", "valid"), tuple(wanted), "材料"
        )


def _answered(
    case: CaseFile,
    form: Document,
    name: str,
    column: str,
    columns: tuple[str, ...],
    wanted: tuple[str, ...],
    word: str,
) -> Answer:
    """Whether the review record answers every row of a table, and every row that is wanted."""
    record = case.latest("license_review_record")
    way = Way(f"在审查记录中逐项写明{word}的结论", does="file:license_review_record")
    if record is None:
        if not case.tells("license_review_record"):
            return unknown(f"材料没有说{word}如何审查", subject=form.id)
        return violated(
            f"没有《行政许可审查记录》，就制作《{form.title}》",
            subject=form.id,
            at=form.current.at,
            ways=(way,),
        )
    given = rows(record.values.get(name))
    if not given and not case.closed_world:
        return unknown(f"材料没有说{word}的审查结论", subject=form.id)
    silent = [
        text_in(row, column)
        for row in given
        if any(blank(row.get(c)) for c in columns) and "否" not in [row.get(c) for c in columns]
    ]
    named = {squeezed(row.get(column)) for row in given}
    silent += [text for text in wanted if squeezed(text) not in named and case.closed_world]
    if not silent:
        return met(f"每一项{word}都有结论", subject=form.id)
    return violated(
        f"《{record.title}》对{word}“{'”“'.join(dict.fromkeys(silent))}”没有结论，就制作《{form.title}》",
        subject=form.id, at=form.current.at, ways=(way,),
    )  # fmt: skip


@rule("R7.3", procedures=ONLY)
def surveyed_by_two(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """现场勘验由两名以上工作人员进行并签名，申请人签名或者注明拒签。"""
    for record in case.of("site_survey_record"):
        staff = people(record.values.get("staff"))
        if len(staff) == 1:
            yield _surveyed_alone(record)
            continue
        later = case.of("license_review_record", "license_approval_form")
        signed = signers(record, "officer")
        if (later and len(signed) < TWO) if case.closed_world else len(signed) == 1:
            yield violated(
                f"{words(record.current.at)}的《{record.title}》只有{len(signed)}名工作人员签名",
                subject=f"{record.id}.signed", at=record.current.at,
                ways=(Way("由在场的工作人员签名", does=f"sign:{record.id}"),),
            )  # fmt: skip
        elif staff and (len(signed) >= TWO or not case.closed_world):
            yield met("勘验由两名以上工作人员进行", subject=f"{record.id}.signed")


def _surveyed_alone(record: Document) -> Answer:
    return violated(
        f"{words(record.current.at)}的《{record.title}》只有一名工作人员", subject=f"{record.id}.signed",
        at=record.current.at, severity="stop",
        ways=(Way("由两名以上工作人员勘验", does="edit"),),
    )  # fmt: skip


@rule("L32.1", procedures=ONLY)
def conditions_come_from_law(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """受理的事项属于本局确认的事项；不予受理、不予许可的依据不是其他文件。"""
    one = matter(case)
    if one is not None and case.closed_world and case.office.known:
        own = confirmed(setting(case, "matters", case.opened_at or ctx.now))
        for notice in case.of("license_acceptance_notice"):
            if one.code not in own:
                yield violated(
                    f"受理的“{one.title}”不在本局确认的许可事项中", subject=notice.id, at=notice.made_at,
                    ways=(Way("按权责清单确认事项；不属于本局职权的，不予受理", does="set:matters"),),
                )  # fmt: skip
    for paper in case.of("license_refusal_to_accept", "license_denial_decision"):
        lower = [
            text_in(row, "law")
            for row in rows(paper.values.get("basis"))
            if text_in(row, "law").rstrip("》 ").endswith(LOWER_PAPERS)
        ]
        if lower:
            yield violated(
                f"《{paper.title}》以{'、'.join(lower)}为依据，不是法律、法规、规章", subject=paper.id,
                at=paper.made_at, ways=(Way("写明法律、法规、规章的依据", does="edit"),),
            )  # fmt: skip
        elif rows(paper.values.get("basis")):
            yield met("依据是法律、法规、规章", subject=paper.id)


@rule("L34.1", procedures=ONLY)
def materials_verified(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """缺少、有错的材料补齐之后才受理；核实实质内容的，审查记录有两人以上签名。"""
    yield from _gaps_closed(case)
    for record in case.of("license_review_record"):
        if record.values.get("substance") is not True:
            continue
        signed = signers(record, "officer")
        proposed = case.of("license_approval_form")
        staff = people(record.values.get("staff"))
        if len(staff) == 1:
            yield violated(
                f"《{record.title}》写明核实了材料的实质内容，审查人只有{staff[0].name}一人",
                subject=record.id, at=record.current.at, ways=(Way("由两名以上工作人员核实", does="edit"),),
                fields=(("staff", "核实实质内容的，两人以上"),),
            )  # fmt: skip
        elif len(signed) == 1 and (proposed or not case.closed_world):
            yield violated(
                f"《{record.title}》写明核实了材料的实质内容，只有{signed[0].name}一人签名",
                subject=record.id, at=record.current.at,
                ways=(Way("由两名以上工作人员核实并签名", does=f"sign:{record.id}"),),
            )  # fmt: skip
        elif len(signed) >= TWO:
            yield met("由两人以上核实", subject=record.id)


def _gaps_closed(case: CaseFile) -> Iterator[Answer]:
    """Materials that were missing or wrong at the last receipt, and were never made good, though it was accepted."""
    faulty = wanting(case)
    for notice in case.of("license_acceptance_notice"):
        unasked = case.tells("materials_completed") or (
            case.tells("license_supplement_notice") and not case.of("license_supplement_notice")
        )
        if faulty and unasked:
            yield violated(
                f"{'、'.join(faulty)}收到时缺少或者有错，没有补正，就制作《{notice.title}》",
                subject=notice.id, at=notice.current.at,
                ways=(Way("登记补正齐全或者当场更正", does="state:materials_completed"),),
            )  # fmt: skip
