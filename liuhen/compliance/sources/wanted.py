"""What the next step wants of a paper: the step that is open says which matter, procedure or occasion the paper is about."""

from __future__ import annotations

from liuhen.compliance.events import plain
from liuhen.compliance.sources.ask import Ask, Found
from liuhen.compliance.steps import procedure_steps
from liuhen.measures.vocabulary import Step

STEP = "step"


def wanted(ask: Ask) -> Found | None:
    """The value by which the open step that makes such a paper is done (``filed:…[topic=案件移送]``); nothing when no step
    must be done by one (what only may be done is not guessed at), or several that ask for different ones."""
    procedure = ask.case.release.procedures.get(ask.case.procedure)
    asked = {s.code: value for s in procedure.steps if (value := _asked(s, ask))} if procedure else {}
    if not asked:
        return None
    sure = [s for s in procedure_steps(ask.case, []) if s.code in asked and not s.locked and not s.optional]
    values = {asked[s.code] for s in sure}
    return Found(values.pop(), f"下一步：{sure[0].title}", STEP) if len(values) == 1 else None


def _asked(step: Step, ask: Ask) -> str:
    """The value of the field by which a step that makes the paper is done; empty when it asks for none."""
    if step.does != f"file:{ask.kind.code}":
        return ""
    only = [plain(event)[1] for event in step.done]
    return next((o.values[0] for o in only if o.field == ask.field.name and len(o.values) == 1), "")
