"""What stands around every page: the bureau's name, the places to go, the reader's theme, the versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import get_resolver
from django.utils.functional import SimpleLazyObject

from liuhen import __version__
from liuhen.desk import law
from liuhen.desk.links import path
from liuhen.desk.words import today
from liuhen.measures.release import RELEASE
from liuhen.office.models import User
from liuhen.office.policy import Subject, may
from liuhen.records import read

BUREAU = "大连金普新区发展和改革局"
# A page's name in ``urlpatterns`` and its label; one that this installation does not have is left out.
PLACES = (
    ("work", "工作台"),
    ("cases", "案件"),
    ("recordings", "音像"),
    ("archives", "归档"),
    ("supervise", "监督"),
    ("measures", "办法"),
)
# Which act each place needs; what is not named here is for all.
NEEDS = {"archives": "see_archives", "supervise": "see_supervision"}
THEMES = {"light": "浅色", "dark": "深色", "contrast": "高对比"}


@dataclass(frozen=True)
class Place:
    """One entry of the main navigation."""

    label: str
    href: str
    name: str


def places(request: HttpRequest) -> list[Place]:
    """The main navigation: the pages there are, as far as the reader may go there."""
    there, user = get_resolver().reverse_dict, getattr(request, "user", None)
    return [
        Place(label, path(name), name)
        for name, label in PLACES
        if name in there
        and (name not in NEEDS or (isinstance(user, User) and may(user.actor, NEEDS[name], Subject())))
    ]


def bureau_name() -> str:
    """The bureau's name in force today."""
    return str(read.office().setting("bureau_name", today(), BUREAU))


def theme(request: HttpRequest) -> str:
    """The reader's theme for ``data-theme``; empty for the light one."""
    chosen = getattr(getattr(request, "user", None), "theme", "light")
    return "" if chosen not in THEMES or chosen == "light" else chosen


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: everything the base template needs."""
    law.new_page()
    return {
        "bureau": SimpleLazyObject(bureau_name),
        "places": SimpleLazyObject(lambda: places(request)),
        "theme": theme(request),
        "demo": SimpleLazyObject(lambda: read.office().demo),
        "version": __version__,
        "release": RELEASE,
    }
