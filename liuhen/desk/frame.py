"""What stands around every page: the bureau's name, the places to go, the reader's theme, the versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from liuhen import __version__
from liuhen.desk.links import path
from liuhen.desk.words import today
from liuhen.measures.release import RELEASE
from liuhen.records import read

BUREAU = "大连金普新区发展和改革局"
# The page's name in ``urlpatterns``, its label, and the roles that have it; no roles = everyone who reads cases.
PLACES = (
    ("work", "工作台"),
    ("cases", "案件"),
    ("recordings", "音像"),
    ("archives", "归档"),
    ("supervise", "监督"),
    ("measures", "办法"),
)
THEMES = {"light": "浅色", "dark": "深色", "contrast": "高对比"}


@dataclass(frozen=True)
class Place:
    """One entry of the main navigation."""

    label: str
    href: str
    name: str


def places() -> list[Place]:
    """The main navigation: the pages there are."""
    return [Place(label, href, name) for name, label in PLACES if (href := path(name))]


def bureau_name() -> str:
    """The bureau's name in force today."""
    return str(read.office().setting("bureau_name", today(), BUREAU))


def theme(request: HttpRequest) -> str:
    """The reader's theme for ``data-theme``; empty for the light one."""
    chosen = getattr(getattr(request, "user", None), "theme", "light")
    return "" if chosen not in THEMES or chosen == "light" else chosen


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: everything the base template needs."""
    return {
        "bureau": SimpleLazyObject(bureau_name),
        "places": SimpleLazyObject(places),
        "theme": theme(request),
        "demo": SimpleLazyObject(lambda: read.office().demo),
        "version": __version__,
        "release": RELEASE,
    }
