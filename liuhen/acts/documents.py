"""Documents: draft, preview what is missing, finalise 定稿, revise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from liuhen.acts import sketches
from liuhen.acts.cases import new_id
from liuhen.acts.engine import Ahead, Heeds, everything, perform, preflight, require_permitted
from liuhen.acts.fitness import unfit
from liuhen.acts.showing import stale
from liuhen.acts.situation import Invalid, Situation, invalid, situation, subject_of
from liuhen.acts.soundness import unsound
from liuhen.casefile.moments import ZONE, instant, parse, write
from liuhen.casefile.state import CaseFile, blank
from liuhen.casefile.values import clean, problems
from liuhen.compliance.judge import context
from liuhen.compliance.prefill import Prefilled, prefill, standing
from liuhen.compliance.things import identified
from liuhen.measures.vocabulary import ROLE_NAMES, Fact, Field
from liuhen.measures.vocabulary import Document as Kind
from liuhen.office.policy import Actor, NotPermitted, require
from liuhen.records import clock
from liuhen.records.append import New, Receipt
from liuhen.records.models import Draft
from liuhen.records.read import release_of
from liuhen.records.reveal import opens_draft, reveal

# Sources that give the moment of asking.
_CLOCK = ("now", "today")


class DraftChanged(RuntimeError):
    """Someone else saved the draft meanwhile; ``draft`` is how it stands now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("另一人刚保存过这份草稿")
        self.draft = draft


def new_draft(case: str, actor: Actor, kind: str, known: Mapping[str, Any] | None = None) -> Draft:
    """Begin a draft with everything the case already knows. ``known`` = what the form begins with besides; it steers the
    rest (which document is served, who is questioned). Raises Invalid for an unknown kind, NotPermitted."""
    here = situation(case, actor)
    require(actor, "draft", subject_of(here.case))
    require_filled(kind, here.case)
    require_place(here.case, actor, kind)
    declared = here.case.release.documents[kind]
    ctx = context(here.now, here.office)
    seen, _ = reveal(here.case, actor, stand_in=None)
    given = known or {}
    found = prefill(declared, seen, ctx, actor.person, known=given)
    found |= standing(declared, seen, ctx, actor.person, given)
    return Draft.objects.create(
        document=new_id(),
        case=case,
        kind=kind,
        values={**{name: p.value for name, p in found.items()}, **given},
        sources=_sources(found),
        author=actor.person,
        updated_at=clock.now(),
    )


def require_filled(kind: str, case: CaseFile) -> None:
    """Only a kind that the case's release declares and that is filled in within a case is made in one. Raises Invalid."""
    declared = case.release.documents.get(kind)
    if declared is None:
        raise invalid("kind", "没有这种文书")
    if declared.printed_from:
        raise invalid("kind", f"《{declared.title}》由系统按已有的记录打印，不另填写")
    if not declared.filled:
        raise invalid("kind", f"《{declared.title}》由机关另行保管，不在案件里制作")


def require_place(case: CaseFile, actor: Actor, kind: str) -> None:
    """The kind has its place in the case's procedure, and the actor makes such papers. Raises Invalid, NotPermitted."""
    declared = case.release.documents[kind]
    if kind not in {one.code for one in case.release.offered(case.procedure)}:
        raise invalid(
            "kind",
            f"《{declared.title}》不是{case.release.procedures[case.procedure].title}的文书，本案不能制作",
        )
    _require_author(actor, declared)


def _require_author(actor: Actor, kind: Kind) -> None:
    """Some papers are made by one post only: the legal review by the reviewer, the hearing report by the presider."""
    if not set(kind.authors) & actor.roles:
        who = "、".join(ROLE_NAMES[role] for role in kind.authors)
        raise NotPermitted(f"《{kind.title}》由{who}制作")


def require_sight(draft: Draft, actor: Actor) -> None:
    """A draft that holds what the actor may not see is opened by those who may. Raises NotPermitted, NoSuchCase."""
    if not opens_draft(draft, situation(draft.case, actor).case, actor):
        raise NotPermitted(
            f"《{draft.title or _kind(draft).title}》里有{actor.name}无权查看的内容，由制作人、主办人或者科室负责人改写"
        )


def revise(case: str, actor: Actor, document: str) -> Draft:
    """Begin a further text of a document that was returned or is not issued yet: the old one stays in the record."""
    here = situation(case, actor)
    require(actor, "draft", subject_of(here.case))
    old = here.document(document)
    if old.issued is not None:
        raise invalid("document", "文书已经签发，只能更正，不能改写")
    values = local_values(old.declared, sketches.drawn_again(old.declared, old.values))
    begun = Draft(
        document=document,
        case=case,
        kind=old.kind,
        title=old.current.title,
        revision=old.current.number + 1,
        values=values,
        sources={
            name: {"where": "上一稿", "from": source, "value": values[name]}
            for name, source in old.current.sources.items()
            if name in values
        },
        author=old.current.actor,
        updated_at=clock.now(),
    )
    draft = Draft.objects.filter(document=document).first() or begun
    require_sight(draft, actor)
    if draft is begun:
        draft.author = actor.person
        draft.save(force_insert=True)
    return draft


def save_draft(
    draft: str,
    actor: Actor,
    values: Mapping[str, Any],
    version: int | None = None,
    *,
    title: str | None = None,
    window: str = "",
) -> Draft:
    """Save a draft; nothing in it is a fact. ``title`` prints it under another title of its kind, ``window`` tells apart two
    windows of one person. Saving what stands there changes nothing. Raises DraftChanged when ``version`` is not the saved one any more."""
    with transaction.atomic():
        found = Draft.objects.select_for_update().get(document=draft)
        require(actor, "draft", subject_of(situation(found.case, actor).case))
        require_sight(found, actor)
        if version is not None and version != found.version:
            raise DraftChanged(found)
        changed = {k for k in {*values, *found.values} if values.get(k) != found.values.get(k)}
        titled = found.title if title is None else title
        if changed or titled != found.title:
            edit = {
                "by": actor.name,
                "at": write(clock.now()),
                "version": found.version + 1,
                "window": window,
            }
            found.edits = {**found.edits, **dict.fromkeys(changed, edit)}
            found.values, found.title = dict(values), titled
            found.version, found.updated_at = found.version + 1, clock.now()
            found.save()
    return found


def refill_draft(draft: str, actor: Actor) -> Draft:
    """Fill in anew what nobody typed, after a choice that steers the rest (the document served, the violation); what
    was carried over and holds no longer goes. What was typed, what was cleared, and times that were taken from the clock stay."""
    with transaction.atomic():
        found = Draft.objects.select_for_update().get(document=draft)
        here = situation(found.case, actor)
        require(actor, "draft", subject_of(here.case))
        require_sight(found, actor)
        seen, _ = reveal(here.case, actor, stand_in=None)
        carried = {
            name for name, source in found.sources.items()
            if found.values.get(name) == source.get("value") and source.get("from") not in _CLOCK
        }  # fmt: skip
        known = {name: value for name, value in found.values.items() if name not in carried}
        answers = prefill(
            here.case.release.documents[found.kind],
            seen,
            context(here.now, here.office),
            actor.person,
            known=known,
        )
        new = {name: p for name, p in answers.items() if name in carried or name not in found.sources}
        gone = carried - set(new)
        kept = {name: value for name, value in found.values.items() if name not in gone}
        values = {**kept, **{name: p.value for name, p in new.items()}}
        if values != found.values:
            sources = {name: source for name, source in found.sources.items() if name not in gone}
            found.sources = sources | _sources(new)
            found.values, found.version, found.updated_at = values, found.version + 1, clock.now()
            found.save()
    return found


def _sources(found: Mapping[str, Prefilled]) -> dict[str, Any]:
    return {name: {"where": p.where, "from": p.from_, "value": p.value} for name, p in found.items()}


def local_values(kind: Kind | Fact, values: Mapping[str, Any]) -> dict[str, Any]:
    """Recorded values as a form shows them: instants as local wall time."""
    return {name: _convert(_field(kind, name), value, _local) for name, value in values.items()}


def recorded_values(kind: Kind | Fact, values: Mapping[str, Any]) -> dict[str, Any]:
    """Form values as they are recorded: blanks left out, text trimmed, wall times as UTC instants. Keeps what is malformed
    as it is, for the rules to name."""
    tidy = {name: clean(value) for name, value in values.items()}
    kept = {name: value.strip() if isinstance(value, str) else value for name, value in tidy.items()}
    return {
        name: _convert(_field(kind, name), value, _instant)
        for name, value in kept.items()
        if not blank(value) or (isinstance(value, dict) and "not_on_paper" in value)
    }


def _field(kind: Kind | Fact, name: str) -> Field | None:
    return next((field for field in kind.fields if field.name == name), None)


def _convert(field: Field | None, value: Any, change: Any) -> Any:
    if field is None:
        return value
    if field.type == "datetime" and isinstance(value, str):
        return change(value)
    if field.columns and isinstance(value, list):
        columns = {c.name: c for c in field.columns}
        return [
            {k: _convert(columns.get(k), v, change) for k, v in row.items() if not blank(v)}
            if isinstance(row, dict)
            else row
            for row in value
        ]
    return value


def _instant(text: str) -> str:
    try:
        moment = parse(text.replace(" ", "T"))
    except ValueError:
        return text
    return write(moment)


def _local(text: str) -> str:
    try:
        return instant(parse(text)).astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")
    except ValueError:
        return text


def _filed(draft: Draft, here: Situation) -> list[New]:
    kind = here.case.release.documents[draft.kind]
    _require_author(here.actor, kind)
    values = recorded_values(kind, draft.values)
    wanting = problems(kind.fields, values)
    wrong = [*unsound(kind, values, here.now), *unfit(kind, values)]
    if wrong or not all(p.missing for p in wanting):
        raise Invalid(wanting + wrong)
    values = identified(here.case, draft.kind, draft.document, sketches.by_digest(kind, values))
    body: dict[str, Any] = {
        "document": draft.document,
        "revision": draft.revision,
        "document_kind": draft.kind,
        "title": draft.title or kind.title,
        "values": values,
    }
    sources = {
        name: source["from"] for name, source in draft.sources.items()
        if name in values and draft.values.get(name) == source.get("value") and source.get("from")
    }  # fmt: skip
    if sources:
        body["sources"] = sources
    if draft.revision > 1:
        body["replaces"] = draft.revision - 1
    already = here.case.documents.get(draft.document)
    if already is not None and already.current.number >= draft.revision:
        raise invalid("document", "这一稿已经定稿")
    if already is not None and already.issued is not None:
        raise invalid(
            "document", f"《{already.title}》已经签发，不能再改写；有错的，制作文书补正（更正）决定书"
        )
    return [New("Filed", body)]


def finalise_preflight(draft: str, actor: Actor) -> Ahead:
    """What stands in the way of finalising a draft, and what would be found of it, all at once."""
    found = _draft(draft)
    return preflight("finalise", found.case, actor, lambda here: _filed(found, here), heeds=_heeds(found))


def _heeds(draft: Draft) -> Heeds:
    """A paper received from outside is refused only for what it lacks itself, never for what it shows of the case."""
    if _kind(draft).facing != "X":
        return everything
    return lambda finding: finding.subject.startswith(draft.document)


def finalise(draft: str, actor: Actor, *, seen: int | None = None) -> list[Receipt]:
    """Make a draft final 定稿: from now on it is a fact. ``seen`` is the version that was shown; what somebody saves
    meanwhile stays as a draft of the next text. Raises Stopped, Invalid, NotPermitted."""
    found = _draft(draft)
    if seen is not None and seen != found.version:
        raise stale()
    require_permitted(found.case, actor, "finalise")
    kind = _kind(found)
    sketches.keep(kind, recorded_values(kind, found.values))
    receipts = perform("finalise", found.case, actor, lambda here: _filed(found, here), heeds=_heeds(found))
    Draft.objects.filter(document=draft, version=found.version).delete()
    Draft.objects.filter(document=draft, revision=found.revision).update(revision=found.revision + 1)
    return receipts


def discard_draft(draft: str, actor: Actor) -> None:
    """Throw a draft away; what is final is not touched."""
    found = _draft(draft)
    require(actor, "draft", subject_of(situation(found.case, actor).case))
    found.delete()


def _kind(draft: Draft) -> Kind:
    return release_of(draft.case).documents[draft.kind]


def _draft(draft: str) -> Draft:
    found = Draft.objects.filter(document=draft).first()
    if found is None:
        raise invalid("document", "草稿已经定稿或者删除")
    return found


def file_document(
    case: str, actor: Actor, kind: str, values: Mapping[str, Any], *, title: str = ""
) -> tuple[str, list[Receipt]]:
    """Draft with prefill, overlay ``values`` and finalise in one go; for scripts and the API. Returns document id, receipts."""
    draft = new_draft(case, actor, kind, values)
    draft.title = title
    draft.save()
    try:
        return draft.document, finalise(draft.document, actor)
    except BaseException:
        Draft.objects.filter(document=draft.document).delete()
        raise
