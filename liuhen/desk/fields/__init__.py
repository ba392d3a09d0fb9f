"""Forms out of the declarations: a field and its value → what a page shows; what a page sends → the value.

One widget and one parser a field type. What cannot be read is kept as it was typed, so that nothing is lost and the
same rules that judge a paper say what is wrong with it.
"""

from __future__ import annotations

from liuhen.desk.fields.offers import NOTHING, File, Offers, Paper, Staff, offers_of
from liuhen.desk.fields.parsing import parse, parse_value
from liuhen.desk.fields.widgets import Group, Prefill, Shown, groups, show

__all__ = [
    "NOTHING",
    "File",
    "Group",
    "Offers",
    "Paper",
    "Prefill",
    "Shown",
    "Staff",
    "groups",
    "offers_of",
    "parse",
    "parse_value",
    "show",
]
