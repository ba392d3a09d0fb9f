"""下一步 as lines of the page: what can be done, by whom, where; what is locked and why; drafts that are begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liuhen.compliance.answers import NextStep
from liuhen.compliance.deadlines import end_of
from liuhen.desk import links, words
from liuhen.desk.drafting import kind_of, title_of
from liuhen.desk.shown import duties
from liuhen.desk.shown.duties import Told
from liuhen.measures.counting import Due
from liuhen.measures.vocabulary import ROLE_NAMES, Cite
from liuhen.office.policy import Actor
from liuhen.records.models import Draft
from liuhen.records.reveal import View


@dataclass(frozen=True)
class Todo:
    """One next step as a line."""

    title: str
    why: str
    cites: tuple[Cite, ...]
    href: str
    icon: str
    due: Due | None = None
    who: str = ""
    subject: str = ""
    duties: tuple[Told, ...] = ()


@dataclass(frozen=True)
class Todos:
    """Next steps: to be done now, possible, locked, waiting for somebody else."""

    ready: list[Todo]
    optional: list[Todo]
    waiting: list[Todo]
    locked: list[Todo]

    @property
    def counted(self) -> str:
        """4 项可办，1 项暂不能办理."""
        parts = [f"{len(self.ready)} 项可办"] if self.ready else []
        parts += [f"{len(self.waiting)} 项等别人办"] if self.waiting else []
        parts += [f"{len(self.locked)} 项暂不能办理"] if self.locked else []
        return "，".join(parts)


def drafts_of(case: str) -> list[Draft]:
    """The drafts of a case, the last saved first."""
    return list(Draft.objects.filter(case=case).order_by("-updated_at"))


def todos(view: View, actor: Actor, drafts: Sequence[Draft]) -> Todos:
    """The next steps of a case for one person; at a past moment nothing leads anywhere."""
    begun = {f"file:{d.kind}" for d in drafts}
    revised = {d.document for d in drafts}
    steps = [
        s for s in view.judgement.steps
        if s.does not in begun and not (s.does == "revise" and s.subject in revised)
    ]  # fmt: skip
    mine = [s for s in steps if not s.locked and _mine(s, view, actor)]
    others = [s for s in steps if not s.locked and not s.optional and s not in mine]
    due = {s.does: s.due for s in view.judgement.steps}
    lines = [_draft(d, due.get(f"file:{d.kind}")) for d in drafts] if not view.past else []
    ready = lines + [_todo(s, view) for s in mine if not s.optional]
    return Todos(
        sorted(ready, key=lambda todo: (todo.due is None, end_of(todo.due) if todo.due else view.now)),
        [_todo(s, view) for s in mine if s.optional],
        [_todo(s, view, ROLE_NAMES.get(s.role, "")) for s in others],
        [_todo(s, view) for s in steps if s.locked],
    )


def _mine(step: NextStep, view: View, actor: Actor) -> bool:
    """Whether the step waits for this person: by name, as one of the case's officers, or by a post in its section."""
    if step.people:
        return actor.person in step.people
    if step.role == "officer" and view.case.officers:
        return actor.person in view.case.officers
    if step.role in ("officer", "section_head") and actor.section != view.case.section:
        return False
    return step.role in actor.roles


def _todo(step: NextStep, view: View, who: str = "") -> Todo:
    leads = not view.past and not step.locked and not who
    href = links.act_path(view.case.id, step.does, step.subject) if leads else ""
    why = step.locked or step.why
    told = tuple(duties.of_step(view.case, step.does))
    return Todo(
        step.title, why, step.cites, href, links.act_icon(step.does), step.due, who, step.subject, told
    )


def _draft(draft: Draft, due: Due | None) -> Todo:
    kind = kind_of(draft)
    href = links.path("document", draft.document)
    why = f"草稿，{words.at(draft.updated_at)}存过"
    return Todo(f"《{title_of(draft)}》定稿", why, kind.cites, href, "pen", due)
