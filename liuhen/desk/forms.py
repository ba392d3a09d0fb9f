"""A refused form: what acts say is wrong (``Invalid``) as an error summary on top and a message at each field.

try:
    acts…
except Invalid as error:
    errors = FormErrors.of(error)        # template: {% include "desk/parts/errors.html" %}
    …render the form again with status 422 and the text that was typed
In the template: {% errors_of errors "title" as message %} and ``class="field{% if message %} err{% endif %}"``,
``aria-describedby="title-e"``; the summary's lines link to ``#<field>``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from liuhen.acts.situation import Invalid
from liuhen.casefile.values import Problem

UNPROCESSABLE = 422


@dataclass(frozen=True)
class FormErrors:
    """The problems of a form in order; falsy when there are none."""

    problems: tuple[Problem, ...] = ()
    title: str = ""
    _by_field: dict[str, str] = field(default_factory=dict[str, str], repr=False)

    @classmethod
    def of(cls, error: Invalid | Iterable[Problem], title: str = "") -> FormErrors:
        """From what an act raised; ``title`` replaces 还有 n 处要补."""
        problems = tuple(error.problems if isinstance(error, Invalid) else error)
        first: dict[str, str] = {}
        for problem in problems:
            first.setdefault(problem.field, problem.message)
        return cls(problems, title or f"还有 {len(problems)} 处要补", first)

    def __bool__(self) -> bool:
        return bool(self.problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)

    def message(self, name: str) -> str:
        """The first message of a field; empty when it has none."""
        return self._by_field.get(name, "")


NONE = FormErrors()
