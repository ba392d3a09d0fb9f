"""Where the act that a next step or a way out names is done: ``does`` → address.

``does`` is ``file:<kind>``, ``state:<fact>`` or an act's name; a rule's way may carry the document: ``serve:<document>``.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse

_ON_DOCUMENT = {
    "sign": "sign",
    "approve": "approve",
    "issue": "issue",
    "serve": "serve",
    "revise": "revise",
    "seal": "issue",
    "edit": "revise",
}
_ON_CASE = {
    "deposit": "upload",
    "archive": "archive",
    "hand_in": "court",
    "disposal": "disposal",
    "assign": "case_people",
    "backfill": "backfill",
}
# Done on the case, of one of its documents.
_ABOUT_DOCUMENT = frozenset({"deposit", "state"})
_NAMED = {"file": "new_document", "state": "state"}
_ICONS = {
    "file": "doc",
    "state": "pen",
    "sign": "pen",
    "approve": "pen",
    "issue": "stamp",
    "serve": "send",
    "revise": "pen",
    "edit": "pen",
    "confirm": "ok",
    "deposit": "vid",
    "archive": "box",
    "hand_in": "box",
    "disposal": "box",
    "transfer": "box",
    "assign": "me",
    "take_up": "doc",
}
# Pages whose address alone begins nothing: what they make is asked for by a button.
_BEGIN = frozenset({"new_document", "revise"})


def path(name: str, *args: str) -> str:
    """The address of a page by its name."""
    return reverse(name, args=args)


def act_path(case: str, does: str, subject: str = "") -> str:
    """Where an act is done; empty when it is done nowhere on the desk (waiting, a delegation …). ``subject`` may be that of
    a finding, which names a document and the text of it."""
    verb, _, object_ = does.partition(":")
    if verb == "take_up":
        return f"{reverse('new_case')}?from={case}"
    if verb == "transfer":
        return f"{reverse('transfer')}?case={case}"
    subject = subject.partition(".")[0]
    about = f"?document={subject}" if subject and verb in _ABOUT_DOCUMENT else ""
    if verb in _NAMED:
        found = path(_NAMED[verb], case, object_)
        return found and found + about
    if verb in _ON_CASE:
        found = path(_ON_CASE[verb], case)
        return found and found + about
    if verb == "confirm":
        return path("confirm", case, subject) if subject else path("case_timeline", case)
    document = object_ or subject
    return path(_ON_DOCUMENT[verb], case, document) if verb in _ON_DOCUMENT and document else ""


def begins(href: str) -> bool:
    """Whether going there begins a draft: then a page offers it as a button that posts, never as a link."""
    try:
        return resolve(urlsplit(href).path).url_name in _BEGIN
    except Resolver404:
        return False


def act_icon(does: str) -> str:
    """The icon of an act."""
    return _ICONS.get(does.partition(":")[0], "todo")
