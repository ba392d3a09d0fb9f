"""How a number of supervision is shown: as a link to the cases it counts."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from liuhen.supervision.overview import Cell

register = template.Library()
ZERO = mark_safe('<span class="mut">0</span>')


@register.simple_tag
def behind(cell: Cell) -> SafeString:
    """The number, opening the list of exactly the cases that it counts; a zero opens nothing."""
    if not cell.number:
        return ZERO
    return format_html(
        '<a href="{}?{}">{}</a>', reverse("supervised_cases"), urlencode(cell.choice.query()), cell.number
    )
