"""Next steps 下一步: what the procedure and each document want next, for whom, and what still locks it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import cast

from liuhen.casefile.state import APPROVER_ROLES, CaseFile, Document
from liuhen.compliance.answers import Context, Deadline, NextStep, words
from liuhen.compliance.custody import custody_steps
from liuhen.compliance.events import has, of_the_case, plain
from liuhen.compliance.parties import TRANSFERS, party_of, unserved
from liuhen.compliance.reading import documents, left_behind, people, text_in
from liuhen.compliance.rounds import awaited, of_party, this_round
from liuhen.measures.counting import Due
from liuhen.measures.matters import DECISION_LIMITS
from liuhen.measures.releases import CURRENT, Release
from liuhen.measures.vocabulary import A, L, Signature, Step
from liuhen.measures.vocabulary import Document as Kind

# Steps of service after which the proof of service is signed.
RECEIPTED = ("delivered", "left", "refused")
_WORDS = {
    "filed": "《{}》定稿",
    "approved": "《{}》批准",
    "issued": "《{}》签发",
    "served": "《{}》送达",
    "sent": "《{}》交付送达",
    "signed": "《{}》签名",
    "fact": "{}",
}
_CASE_WORDS = {
    "docketed": "立案",
    "decided": "作出决定",
    "closed": "结案",
    "archived": "归档",
    "ended": "办结",
    "suspended": "中止调查",
    "party_gone": "当事人死亡或者终止，没有承受人",
    "struck": "处罚决定被撤销",
    "seizures_over": "查封、扣押的财物已经处理",
    "assigned": "指派人员",
    "paired": "指派两名执法人员",
    "materials_wanting": "材料缺少或者有错",
    "accepted": "受理",
    "closable": "决定书送达（或者销案、终结、移送）",
    "heard": "听证结束并写出听证报告（或者依法不举行）",
    "told": "处理结果已经告知",
    "gone": "转为销案、终结或者移送",
    "refused": "报批不予立案",
    "carried_out": "处罚履行完毕，没有履行的说明原因",
}


def event_words(name: str, under: Release = CURRENT) -> str:
    """An event's name in Chinese by a release, as a locked step says it."""
    if "|" in name:
        return "或者".join(event_words(part, under) for part in name.split("|"))
    if "+" in name:
        return "并且".join(event_words(part, under) for part in name.split("+"))
    bare, only = plain(name)
    head, _, tail = bare.partition(":")
    if head == "proposed":
        return f"《{under.documents['investigation_report'].title}》建议{tail}"
    if head == "exit":
        exits = (one for procedure in under.procedures.values() for one in procedure.exits)
        return next((one.outcome for one in exits if one.code == tail), tail)
    if not tail:
        return _CASE_WORDS.get(name, name)
    if head == "date":
        declared, _, field = tail.partition(".")
        of = under.documents.get(declared) or under.facts[declared]
        label = next(f.label for f in of.fields if f.name == field)
        return f"{f'《{of.title}》的' if isinstance(of, Kind) else ''}{label}"
    if only.values:
        return f"{event_words(bare, under)}（{'、'.join(only.values)}）"
    label = under.facts[tail].label if head == "fact" else under.documents[tail].title
    return _WORDS[head].format(label)


def _running(step_limit: str, deadlines: list[Deadline], subject: str = "") -> Deadline | None:
    if not step_limit:
        return None
    for deadline in deadlines:
        ours = not subject or deadline.subject in ("", subject)
        same = deadline.code == step_limit or {deadline.code, step_limit} <= set(DECISION_LIMITS)
        if ours and same and deadline.state in ("open", "overdue"):
            return deadline
    return None


def _due(step_limit: str, deadlines: list[Deadline], subject: str = "") -> Due | None:
    found = _running(step_limit, deadlines, subject)
    return found.due if found else None


def _limit_of(case: CaseFile, kind: str) -> str:
    """The limit within which the procedure wants a kind of paper, which runs until the paper is signed, approved, issued; of
    a paper that has none the limit of the step that waits for it."""
    procedure = case.release.procedures.get(case.procedure)
    limited = [step for step in (procedure.steps if procedure else ()) if step.limit]
    own = [step.limit for step in limited if step.does == f"file:{kind}"]
    waiting = [s.limit for s in limited if any(plain(e)[0].partition(":")[2] == kind for e in s.needs)]
    return next(iter([*own, *waiting]), "")


def procedure_steps(case: CaseFile, deadlines: list[Deadline]) -> Iterator[NextStep]:
    """The declared steps of the procedure that are open: ready, optional, or locked next in line.

    Of several parties one whose decision is to be made anew has steps of its own: what was done for the others ends none.
    """
    now = this_round(case)
    found = list(_open_steps(case, now, deadlines))
    yield from found
    offered = {step.code for step in found}
    for fallen in awaited(case):
        party = text_in(party_of(fallen.decision), "name")
        for step in _open_steps(case, of_party(now, fallen.decision), deadlines):
            if step.code not in offered and step.stage == fallen.decision.declared.stage:
                yield replace(
                    step, code=f"{step.code}:{fallen.decision.id}", title=f"{step.title}（{party}）"
                )


def _open_steps(case: CaseFile, now: CaseFile, deadlines: list[Deadline]) -> Iterator[NextStep]:
    """The steps that are open as the case stands ``now``."""
    procedure = case.release.procedures.get(case.procedure)
    if procedure is None:
        return
    locked_shown, never = False, {"docketed"} if holds(case, now, "refused") else set[str]()
    for step in procedure.steps:
        if any(holds(case, now, e) for e in (*step.done, *step.unless)):
            continue
        missing = [e for e in step.needs if not holds(case, now, e)]
        if missing and (case.closed_at is not None or any(_never(e, never) for e in missing)):
            never.add(step.does.partition(":")[2] or step.does)
            continue  # waits for what is not to come
        if step.only and not any(holds(case, now, e) for e in step.only):
            continue
        running = [] if missing else [d for d in deadlines if d.code in step.waits and d.state == "open"]
        optional = step.optional and not any(holds(case, now, e) for e in step.wanted)
        if (missing or running) and (locked_shown or optional):
            continue
        locked_shown = locked_shown or bool(missing or running)
        yield _step(replace(step, optional=optional), missing, running, deadlines, case.release)


def holds(case: CaseFile, now: CaseFile, name: str) -> bool:
    """Whether an event has happened as the case stands ``now``, in its present round; what the case as a whole came to
    (an exit, a decision that fell) is asked of all of it."""
    return any(has(case if of_the_case(plain(part)[0]) else now, part) for part in name.split("|"))


def _never(name: str, kinds: set[str]) -> bool:
    """Whether none of an event's alternatives is to come when no such papers are."""
    return all({part, plain(part)[0].partition(":")[2]} & kinds for part in name.split("|"))


def _locked(missing: list[str], running: list[Deadline], under: Release) -> str:
    """What a step still waits for, in words; empty when for nothing."""
    if missing:
        return "须先完成：" + "、".join(event_words(e, under) for e in missing)
    said = [f"{d.title}的期限至{words(d.due.day)}届满" for d in running]
    return f"{'、'.join(said)}，届满以后或者当事人书面放弃的，才能办理" if said else ""


def _step(
    step: Step, missing: list[str], running: list[Deadline], deadlines: list[Deadline], under: Release
) -> NextStep:
    """The step as it is offered. One that may be left undone is wanted once a limit that cannot be made good warns (TL-26)."""
    found = _running(step.limit, deadlines)
    warned = found.warned if found is not None and found.lost else 0
    return NextStep(
        code=step.code,
        title=step.title,
        why=f"{step.why}期限不足{warned}日，过期丧失。" if warned else step.why,
        cites=step.cites,
        does=step.does,
        role=step.role,
        stage=step.stage,
        locked=_locked(missing, running, under),
        optional=step.optional and not warned,
        due=found.due if found else None,
    )


def document_steps(case: CaseFile, document: Document, deadlines: list[Deadline]) -> Iterator[NextStep]:
    """What one document wants next: signatures, opinions, issue, service."""
    if (
        left_behind(case, document)
        or document.voided
        or (document.current.origin != "made" and not document.current.confirmed)
    ):
        return
    due = _approval_due(case, document, deadlines) or _due(_limit_of(case, document.kind), deadlines)
    returned = document.returned
    if returned is not None:
        step = _of(
            case, document, "revise", f"按意见修改《{document.title}》", f"{returned.name}：{returned.text}"
        )
        yield replace(step, people=(document.current.actor,), due=due)
        return
    unsigned = unsigned_places(document) if signable(document) else []
    if document.current.origin == "made":
        yield from _sign_steps(case, document, unsigned, due)
    letter = document.next_approver
    if letter and not unsigned:
        step = _of(case, document, "approve", f"审批《{document.title}》", "等待签署意见")
        yield replace(step, role=APPROVER_ROLES[letter], due=due)
    if ready_to_issue(case, document):
        kind = document.declared
        why = "审批已经完成" if kind.approvals or kind.approved_by else "已经定稿，不需要审批"
        decided = _due("TL-19", deadlines) if "decision" in document.kind else None
        step = _of(case, document, "issue", f"签发并编号：《{document.title}》", why)
        yield replace(step, due=decided or due)
    left = unserved(case, document) if document.declared.served and document.issued else []
    if left:
        why = "送达后期限才开始计算" if document.served_at is None else f"还没有送达{'、'.join(left)}"
        step = _of(case, document, "serve", f"送达《{document.title}》", why)
        yield replace(step, due=_service_due(case, document, deadlines) or due)
    servers = unsigned_servers(case, document)
    if servers and not case.closed_at:
        step = _of(
            case, document, "serve", f"在《{document.title}》的送达回证上签名", "送达人也在送达回证上签名"
        )
        # A11 asks for both signatures of a transfer; of other papers the receiver's is enough.
        optional = document.kind not in TRANSFERS
        yield replace(step, code=f"receipt:{document.id}", people=tuple(servers), optional=optional)


def _approval_due(case: CaseFile, document: Document, deadlines: list[Deadline]) -> Due | None:
    """Until when an approval must be given that the law sets a limit to (TL-31)."""
    ends = f"approved:{document.kind}"
    code = next((one.code for one in case.release.limits.values() if one.ends == ends), "")
    return _due(code, deadlines, document.id) if code else None


def _service_due(case: CaseFile, document: Document, deadlines: list[Deadline]) -> Due | None:
    """Until when a paper must be served that the law sets a limit to (TL-07, TL-20)."""
    ends = {f"sent:{document.kind}", f"served:{document.kind}"}
    for deadline in deadlines:
        limit = case.release.limits[deadline.code]
        if deadline.subject == document.id and ends & set(limit.ends.split("|")):
            return deadline.due if deadline.state in ("open", "overdue") else None
    return None


def _sign_steps(
    case: CaseFile, document: Document, unsigned: list[Signature], due: Due | None
) -> Iterator[NextStep]:
    """The signatures that are missing, each asked of who sees to it: the document's authors, or whom the place names."""
    usual = _of(case, document, "sign", f"签名：《{document.title}》", "")
    for post in dict.fromkeys(place.post for place in unsigned):
        why = "还缺：" + "、".join(place.label for place in unsigned if place.post == post)
        step = replace(usual, why=why, due=due, people=_signing(case, document))
        if post and post != usual.role:
            named = tuple(case.holders(post))
            step = replace(step, code=f"{usual.code}:{post}", role=post, people=named)
        yield step


def _of(case: CaseFile, document: Document, act: str, title: str, why: str) -> NextStep:
    """A step that an act on a document takes, for those who make such papers: officers where they do, at the window until
    there are any."""
    authors = document.declared.authors
    at_window = "window_clerk" in authors and not case.officers
    return NextStep(
        code=f"{act}:{document.id}",
        title=title,
        why=why,
        cites=document.declared.cites,
        does=act,
        role="officer" if "officer" in authors and not at_window else authors[0],
        stage=document.declared.stage,
        subject=document.id,
    )


def unsigned_servers(case: CaseFile, document: Document) -> list[str]:
    """Who of the bureau handed a paper over or left it and has not signed its proof of service 送达回证, which no picture of a
    signed one stands for either."""
    handed = [s for s in document.service if s.what in RECEIPTED and not s.body.get("proofs")]
    named = (one for s in handed for one in cast("Iterable[object]", s.body.get("servers", ())))
    signed = {sign.person for sign in document.signed_by("server")}
    return [p for p in dict.fromkeys(map(str, named)) if p in case.office.people and p not in signed]


def _signing(case: CaseFile, document: Document) -> tuple[str, ...]:
    """On whose desks a paper lies to be signed: its case's officers and whom it names besides; nobody in particular when it
    names nobody else."""
    signed = {sign.person for sign in document.current.signatures}
    named = [one.id for one in people(document.values.get("officers")) if one.id]
    others = [person for person in named if person not in case.officers and person not in signed]
    return (*case.officers, *others) if others else ()


def signable(document: Document) -> bool:
    """Whether it is time to sign: a letter once it has its number and date, an internal form before it is approved."""
    kind = document.declared
    return kind.facing == "I" or not (kind.number or kind.sealed) or document.issued is not None


def unsigned_roles(document: Document) -> list[str]:
    """The labels of the required signatures that are still missing on the current text."""
    return [place.label for place in unsigned_places(document)]


def unsigned_places(document: Document) -> list[Signature]:
    """The required places for signatures in which one is still missing on the current text."""
    return [
        wanted
        for wanted in document.declared.signatures
        if wanted.required and len(document.signed_by(wanted.role)) < required_count(document, wanted.role)
    ]


# The fields that name who signs in a role, where they are not called like it.
_NAMED = {"officer": ("officers", "staff", "reviewers")}


def required_count(document: Document, role: str) -> int:
    """How many people of a role must sign: the declared number, or all that the document names when it is 0."""
    for wanted in document.declared.signatures:
        if wanted.role == role:
            named = (len(people(document.values.get(name))) for name in _NAMED.get(role, (f"{role}s",)))
            return wanted.count or next((n for n in named if n), 1)
    return 0


def ready_to_issue(case: CaseFile, document: Document) -> bool:
    """Whether the approvals a numbered or sealed document needs are there and it is not issued yet."""
    kind = document.declared
    if document.issued or document.current.origin != "made" or not (kind.number or kind.sealed):
        return False
    if kind.approvals:
        return document.approved_at() is not None
    if kind.approved_by and kind.approved_by != "own":
        return any(d.approved_at() is not None for d in this_round(case).of(kind.approved_by))
    return True


def confirm_steps(case: CaseFile) -> Iterator[NextStep]:
    """Backfills and corrections that wait for the section head's confirmation; a paper with all that was recorded for it."""
    titles = {r.filed: f"：《{d.title}》" for d in case.documents.values() for r in d.revisions}
    for waiting in case.unconfirmed:
        if waiting.paper:
            continue
        word = "更正" if waiting.kind == "Corrected" else "补录"
        yield NextStep(
            code=f"confirm:{waiting.entry}", title=f"确认{word}{titles.get(waiting.entry, '')}", why=f"{word}未经科室负责人确认前，不能据以办理下一步",
            cites=(A(4), L("档", 37)), does="confirm", role="section_head", stage="", subject=waiting.entry,
        )  # fmt: skip


def next_steps(case: CaseFile, ctx: Context, deadlines: list[Deadline]) -> list[NextStep]:
    """All next steps: those of documents, confirmations, then the procedure's, the locked last."""
    steps = [s for d in documents(case) for s in document_steps(case, d, deadlines)]
    steps += list(confirm_steps(case))
    steps += list(custody_steps(case, ctx) if case.archived_at else procedure_steps(case, deadlines))
    return sorted(steps, key=lambda s: (bool(s.locked), s.optional))
