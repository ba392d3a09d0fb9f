"""What the templates of forms and of the pages where things are done need."""

from __future__ import annotations

from django import template

from liuhen.compliance.sources.wording import penalties
from liuhen.desk.fields import File, Shown
from liuhen.desk.fields.widgets import file_value as chosen
from liuhen.desk.fields.widgets import law_names as names
from liuhen.measures.documents.groups import UNITS

register = template.Library()

_LINE = 40
_LEAST, _MOST = 2, 14


@register.filter
def lines(shown: Shown) -> int:
    """How many lines a text field begins with: what it holds and one more."""
    held = sum(1 + len(line) // _LINE for line in shown.text.split("\n"))
    least = _LEAST if "." in shown.name else _LEAST + 2
    return min(max(held + 1, least), _MOST)


@register.filter
def file_value(file: File) -> str:
    """What a chosen file sends."""
    return chosen(file)


@register.simple_tag
def units() -> tuple[str, ...]:
    """The units in which things are usually counted."""
    return UNITS


@register.simple_tag
def law_names() -> list[str]:
    """The laws that a basis usually names."""
    return names()


@register.filter
def punished(rows: object) -> str:
    """Penalties in words: 警告；罚款200元."""
    return penalties(rows)
