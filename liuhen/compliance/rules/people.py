"""Who may do what in a case: the conflicts K1 to K10 of roles, recusal (罚 42, 43, 57, 58, 64; domain §5)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from liuhen.casefile.moments import Moment, before, day, instant
from liuhen.casefile.state import APPROVER_ROLES, CaseFile, Document, Opinion
from liuhen.compliance.answers import (
    ANY_PROCEDURE,
    PENALTIES,
    Answer,
    Context,
    Way,
    met,
    rule,
    unknown,
    violated,
    words,
)
from liuhen.compliance.approving import investigators
from liuhen.compliance.comparing import squeezed
from liuhen.compliance.reading import (
    Someone,
    act_moment,
    among,
    distinct,
    documents,
    evidence_documents,
    moment,
    people,
    signers,
    someone,
    span,
    staff,
)
from liuhen.compliance.rules.investigation import LEAST_OFFICERS, certificate_words
from liuhen.measures.vocabulary import ROLE_NAMES

# Fields that name those who act, and those that name one person.
_ACTING = ("officers", "staff", "reviewers", "members", "investigators")
_ACTING_ALONE = ("presider", "recorder", "interviewee")
_SPOKEN = ("interview_record", "summary_interview_record", "hearing_record", "license_hearing_record")
_HEARING_PARTS = ("presider", "hearing_member")
_HIGHER = {"bureau_leader": ("bureau_leader", "principal_leader")}


def given_by_themselves(document: Document, ctx: Context) -> bool:
    """Whether the actors of a document's entries are those who wrote and approved it, not a later recorder of paper."""
    return ctx.outside or document.current.origin == "made"


@rule("K1", procedures=ANY_PROCEDURE)
def one_place_at_a_time(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """同一人不在同一时间出现在两份笔录中；询问一人一份，分别进行。"""
    records = [d for d in documents(case) if span(d) and _present(d)]
    overlapping = False
    for one, other in combinations(records, 2):
        both = _in_both(one, other)
        if both and _overlap(one, other) and _apart(one, other, both):
            overlapping = True
            if not case.closed_world and _asked_meanwhile(one, other):
                yield unknown(
                    f"材料没有说询问时检查是否中断，《{one.title}》与《{other.title}》同一地点、时间重叠",
                    subject=other.id,
                )
                continue
            names = "、".join(person.name for person in both)
            yield violated(
                f"{words(act_moment(other))}的《{one.title}》与《{other.title}》时间重叠，{names}同时在两份笔录中",
                subject=other.id, at=act_moment(other), severity="flag",
            )  # fmt: skip
    for one in records:
        for elsewhere in case.earlier:
            for other in documents(elsewhere):
                if both := _at_once(one, other):
                    overlapping = True
                    yield _in_two_cases(one, other, elsewhere, both)
    if len(records) > 1 and not overlapping:
        yield met(f"{len(records)}份笔录的时间互不重叠")


def _at_once(one: Document, other: Document) -> list[Someone]:
    """Who cannot have been at both acts; nobody when both papers are of one act, taken over from case to case."""
    both = _in_both(one, other)
    same = one.kind == other.kind and span(one) == span(other) and not _elsewhere(one, other)
    return both if both and not same and _overlap(one, other) and _apart(one, other, both) else []


def _in_two_cases(one: Document, other: Document, elsewhere: CaseFile, both: list[Someone]) -> Answer:
    names = "、".join(person.name for person in both)
    where = f"案件{elsewhere.case_no}的《{other.title}》"
    return violated(
        f"{words(act_moment(one))}的《{one.title}》与{where}时间重叠，{names}同时在两份笔录中",
        subject=f"{one.id}.elsewhere", at=act_moment(one), severity="flag",
    )  # fmt: skip


def _present(document: Document) -> list[Someone]:
    """Who took part in the act that a paper records, and could not have been elsewhere: those acting, the one questioned."""
    named = [person for field in _ACTING for person in people(document.values.get(field))]
    alone = [someone(document.values.get(field)) for field in _ACTING_ALONE]
    return distinct([*named, *(person for person in alone if person is not None)])


def _in_both(one: Document, other: Document) -> list[Someone]:
    others = _present(other)
    return [person for person in _present(one) if among(person, others)]


def _overlap(one: Document, other: Document) -> bool:
    first, second = span(one), span(other)
    return bool(first and second and first[0] < second[1] and second[0] < first[1])


def _apart(one: Document, other: Document, both: list[Someone]) -> bool:
    """Two acts that the same people cannot do at once: a questioning or hearing beside anything, or two different places.
    At one place some may question while two others go on with the inspection."""
    if _elsewhere(one, other):
        return True
    speaking = [d for d in (one, other) if d.kind in _SPOKEN]
    if len(speaking) != 1:
        return bool(speaking)
    rest = other if speaking[0] is one else one
    left = [person for person in people(rest.values.get("officers")) if not among(person, both)]
    return len(left) < LEAST_OFFICERS


def _asked_meanwhile(one: Document, other: Document) -> bool:
    """Whether a questioning lies wholly within the inspection of the same place: the inspection may have paused for it."""
    asked = [d for d in (one, other) if d.kind in _SPOKEN]
    if (
        len(asked) != 1
        or _elsewhere(one, other)
        or not (one.values.get("place") and other.values.get("place"))
    ):
        return False
    inner, outer = span(asked[0]), span(other if asked[0] is one else one)
    return bool(inner and outer and outer[0] <= inner[0] and inner[1] <= outer[1])


def _elsewhere(one: Document, other: Document) -> bool:
    """Whether two papers name different places; a place within the other is the same (某路1号, 某路1号2号库)."""
    here, there = squeezed(one.values.get("place")), squeezed(other.values.get("place"))
    return bool(here and there) and here not in there and there not in here


@rule("K2")
def presider_never_investigated(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """听证主持人和听证员从未担任本案执法人员。"""
    officers = investigators(case)
    for person in sorted(case.ever(*_HEARING_PARTS)):
        if among(staff(case.office, person), officers):
            yield _presides(case.office.name(person), person, case.opened_at)
    for document in case.of("case_matter_approval", "hearing_notice", "hearing_record"):
        named = [*people([document.values.get("presider")]), *people(document.values.get("members"))]
        both = [person for person in named if among(person, officers)]
        if both:
            yield _presides("、".join(person.name for person in both), document.id, document.current.at)
        elif named:
            yield met("听证主持人未参与调查", subject=document.id)


def _presides(names: str, subject: str, at: Moment | None) -> Answer:
    way = Way("指定未参与本案调查的人员主持听证", does="edit")
    return violated(f"{names}是本案执法人员，又担任听证主持人或者听证员", subject=subject, at=at, ways=(way,))


@rule("K3", procedures=ANY_PROCEDURE)
def reviewer_never_investigated(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """法制审核人员不是本案执法人员。"""
    officers = investigators(case)
    for document in documents(case):
        reviewers = signers(document, "legal_reviewer") + [
            Someone(o.actor, o.name)
            for o in document.current.opinions
            if o.role == "legal_reviewer" and given_by_themselves(document, ctx)
        ]
        both = [person for person in distinct(reviewers) if among(person, officers)]
        for person in both:
            yield violated(
                f"{person.name}是本案执法人员，又对《{document.title}》作法制审核",
                subject=document.id, at=document.current.at,
                ways=(Way("由未参与本案调查的人员审核", does="edit"),),
            )  # fmt: skip
        if reviewers and not both:
            yield met("法制审核人员未参与调查", subject=document.id)


@rule("K4", procedures=ANY_PROCEDURE)
def nobody_approves_own_draft(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """谁也不审批自己起草的文书，承办人不审批自己承办的案件。"""
    for document in documents(case):
        if given_by_themselves(document, ctx):
            drafted = [staff(case.office, document.current.actor), *people(document.values.get("officers"))]
            for opinion in _opinions(document):
                yield _not_own(document, opinion, drafted)


def _not_own(document: Document, opinion: Opinion, drafted: list[Someone]) -> Answer:
    subject = f"{document.id}.{opinion.role}"
    if not among(Someone(opinion.actor, opinion.name), drafted):
        return met("审批人不是起草人", subject=subject, entry=opinion.entry)
    return violated(
        f"《{document.title}》由{opinion.name}起草或者承办，又由其以{ROLE_NAMES[opinion.role]}身份签署意见",
        subject=subject, at=opinion.at, entry=opinion.entry,
        ways=(Way("由其他负责人签署意见", does=f"approve:{document.id}"),),
    )  # fmt: skip


def _opinions(document: Document) -> list[Opinion]:
    """The standing opinion of each declared approver on the current text, in the declared order."""
    roles = [APPROVER_ROLES[letter] for letter in document.declared.approvals]
    return [opinion for role in roles if (opinion := document.opinion_of(role)) is not None]


@rule("K5", procedures=ANY_PROCEDURE)
def approvals_in_order(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """审批逐级进行，后一级的意见在前一级之后，都在文书定稿之后。"""
    for document in documents(case):
        opinions = _opinions(document)
        yield from _levels_present(case, document, opinions)
        if opinions and before(opinions[0].at, document.current.at):
            first = opinions[0]
            yield violated(
                f"《{document.title}》{words(document.current.at)}定稿，{_level(first)}{words(first.at)}就签署了意见",
                subject=f"{document.id}.{first.role}", at=first.at, entry=first.entry,
            )  # fmt: skip
        for former, later in pairwise(opinions):
            yield _after(document, former, later)


def _after(document: Document, former: Opinion, later: Opinion) -> Answer:
    subject = f"{document.id}.{later.role}"
    early = before(later.at, former.at)
    if early:
        return violated(
            f"《{document.title}》{_level(later)}{words(later.at)}签署意见，早于{_level(former)}的{words(former.at)}",
            subject=subject, at=later.at, entry=later.entry,
        )  # fmt: skip
    if early is None:
        return unknown(
            f"《{document.title}》两级意见同为{words(later.at)}，先后不明", subject=subject, entry=later.entry
        )
    return met("逐级审批", subject=subject, entry=later.entry)


def _levels_present(case: CaseFile, document: Document, opinions: list[Opinion]) -> Iterator[Answer]:
    """A level that was passed over: a later one agreed while a former one said nothing, or did not agree."""
    wanted = [APPROVER_ROLES[letter] for letter in document.declared.approvals]
    for role, higher in pairwise(wanted):
        lower, upper = document.opinion_of(role), document.opinion_of(higher)
        if upper is None or (lower is not None and lower.opinion == "agree"):
            continue
        if lower is None and not case.closed_world:
            yield unknown(
                f"材料没有说{ROLE_NAMES[role]}对《{document.title}》的意见", subject=f"{document.id}.{role}"
            )
            continue
        yield violated(
            f"《{document.title}》没有{ROLE_NAMES[role]}同意的意见，{_level(upper)}就签署了意见",
            subject=f"{document.id}.{higher}.skipped", at=upper.at, entry=upper.entry,
            ways=(Way(f"先由{ROLE_NAMES[role]}签署意见", does=f"approve:{document.id}"),),
        )  # fmt: skip


def _level(opinion: Opinion) -> str:
    return ROLE_NAMES[opinion.role]


def recusals(case: CaseFile) -> list[tuple[Someone, Moment]]:
    """Who was recused, and from when on: decided as a fact, or by an approved 回避决定书."""
    found = [
        (person, moment(f.values, "at") or f.at)
        for f in case.happened("recusal_decided")
        if f.values.get("result") == "回避" and (person := someone(f.values.get("person"))) is not None
    ]
    for document in case.of("recusal_decision"):
        person, at = someone(document.values.get("officer")), document.approved_at()
        if person is not None and at is not None and document.values.get("decision") == "回避":
            found.append((person, at))
    return sorted(found, key=lambda pair: instant(pair[1]))


@rule("P43.1", procedures=ANY_PROCEDURE)
def recused_acts_no_more(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """申请回避的都有决定；决定回避之后，被回避的人员不再参与本案。"""
    for person, since in recusals(case):
        for document in documents(case):
            yield from _acted_after(document, person, since, ctx)
    decision = case.decision
    for person, at in _asked(case) if decision else ():
        assert decision is not None
        if not _answered(case, person) and before(decision.made_at, at) is not True:
            yield _unanswered(case, at, decision)


def _acted_after(document: Document, person: Someone, since: Moment, ctx: Context) -> Iterator[Answer]:
    acts = [(Someone(s.person, s.name), s.at, "签名") for s in document.current.signatures]
    acts += [(one, act_moment(document), "列为执法人员") for one in people(document.values.get("officers"))]
    if given_by_themselves(document, ctx):
        acts += [(Someone(o.actor, o.name), o.at, "签署意见") for o in document.current.opinions]
        acts += [(Someone(document.current.actor, ""), document.current.at, "定稿")]
    for who, at, what in acts:
        if who.same(person) and before(since, at):
            yield violated(
                f"{person.name}{words(since)}被决定回避，{words(at)}又在《{document.title}》上{what}",
                subject=document.id, at=at, ways=(Way("由其他执法人员办理", does="edit"),),
            )  # fmt: skip
            return


def _asked(case: CaseFile) -> list[tuple[Someone | None, Moment]]:
    """Whose recusal was asked for and when: as a fact, in an application received, or in answer to the question of a
    record, which names nobody."""
    found = [(someone(f.values.get("person")), f.at) for f in case.happened("recusal_asked")]
    found += [(someone(d.values.get("officer")), d.current.at) for d in case.of("recusal_application")]
    answered = [d for d in documents(case) if d.values.get("recusal_answer") == "申请"]
    return found or [(None, act_moment(d)) for d in answered]


def _answered(case: CaseFile, person: Someone | None) -> bool:
    """Whether it was decided about that person; where nobody is named, whether anything was decided."""
    decided = [someone(f.values.get("person")) for f in case.happened("recusal_decided")]
    decided += [someone(d.values.get("officer")) for d in case.of("recusal_decision") if d.issued]
    if person is None:
        return bool(decided)
    return any(other is not None and person.same(other) for other in decided)


def _unanswered(case: CaseFile, asked: Moment, decision: Document) -> Answer:
    message = f"{words(asked)}申请回避，没有作出是否回避的决定，就作出《{decision.title}》"
    if not case.tells("recusal_decided"):
        return unknown("材料没有说回避申请如何决定", subject=decision.id)
    way = Way("由负责人决定是否回避", does="state:recusal_decided")
    return violated(message, subject=decision.id, at=decision.made_at, ways=(way,))


@rule("K6", procedures=ANY_PROCEDURE)
def recused_leaves_the_case(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """决定回避之后，被回避的人员退出在本案中的分工。"""
    held = {staff(case.office, a.person): a.part for a in case.assignments if a.person in _holders(case)}
    for person, since in recusals(case):
        still = [one for one in held if one.same(person)]
        if still:
            yield violated(
                f"{person.name}{words(since)}被决定回避，仍列为本案人员",
                subject=still[0].id, at=since, severity="flag", ways=(Way("变更本案人员", does="assign"),),
            )  # fmt: skip
        elif case.closed_world:
            yield met(f"{person.name}已退出本案", subject=person.id or person.name)


def _holders(case: CaseFile) -> set[str]:
    return set(case.holders(*{a.part for a in case.assignments}))


@rule("K8")
def witness_does_not_execute(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """物品处理的执行人不兼作唯一的见证人。"""
    for record in case.of("goods_disposal_record"):
        witness = someone(record.values.get("witness"))
        if witness is None:
            continue
        if among(witness, people(record.values.get("executors"))):
            yield violated(
                f"{witness.name}是《{record.title}》的执行人，又是唯一的见证人",
                subject=record.id, at=record.current.at, ways=(Way("另请见证人在场", does="edit"),),
            )  # fmt: skip
        else:
            yield met("见证人不是执行人", subject=record.id)


@rule("K9", procedures=ANY_PROCEDURE)
def approver_holds_the_post(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """签署意见的人当日任该职务，代行的有依据、有期限。"""
    if not case.office.known:
        return
    for document in documents(case):
        if given_by_themselves(document, ctx):
            for opinion in _opinions(document):
                yield _in_post(case, document, opinion)


def _in_post(case: CaseFile, document: Document, opinion: Opinion) -> Answer:
    subject = f"{document.id}.{opinion.role}"
    held = case.office.roles(opinion.actor, opinion.at)
    if not held and opinion.actor not in case.office.people:
        return unknown(f"材料没有说{_level(opinion)}是谁", subject=subject, entry=opinion.entry)
    delegated = any(
        d.person == opinion.actor and d.role == opinion.role and d.starts <= day(opinion.at) <= d.ends
        for d in case.office.delegations
    )
    own = held & set(_HIGHER.get(opinion.role, (opinion.role,))) and not opinion.acting_for
    if own or delegated:
        return met("任该职务或者有代行依据", subject=subject, entry=opinion.entry)
    how = f"代{opinion.acting_for}" if opinion.acting_for else ""
    return violated(
        f"{opinion.name}{words(opinion.at)}{how}以{_level(opinion)}身份对《{document.title}》签署意见，当日不任该职务，也没有代行的依据",
        subject=subject, at=opinion.at, entry=opinion.entry,
        ways=(Way("由任该职务的人签署，或者先登记代行的依据和期限", does="delegate"),),
    )  # fmt: skip


@rule("K10", procedures=PENALTIES)
def helpers_are_not_officers(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """没有有效执法证的辅助人员不列为执法人员。"""
    for document in evidence_documents(case):
        on, named = day(act_moment(document)), people(document.values.get("officers"))
        bad = [one for one in named if case.office.certified(one.id, one.certificate, on) is False]
        if bad and len(named) - len(bad) >= LEAST_OFFICERS:
            said = "；".join(certificate_words(case, one, on) for one in bad)
            yield violated(
                f"{words(on)}的《{document.title}》列为执法人员的，{said}",
                subject=document.id, at=act_moment(document), ways=(Way("改列为辅助人员", does="edit"),),
            )  # fmt: skip
        elif named and not bad and case.office.known:
            yield met("所列执法人员都有有效的执法证", subject=document.id)
