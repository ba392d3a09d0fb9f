"""People at their desks: a browser each, a case to look at, and what pages may never hold."""

import re
from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse

from liuhen.office.models import User
from tests.acts import drive as d

NAMED = {
    "source_kind": "举报",
    "is_named": True,
    "provider": "周某某",
    "provider_contact": "13900000000",
    "keep_secret": True,
}
SECRETS = ("周某某", "13900000000")
INLINE = {"a", "b", "code", "span", "svg", "path", "circle", "time", "use"}
CASE_PAGES = ("case", "case_items", "case_recordings", "case_timeline", "case_check", "case_people")


def browser(person):
    """A client signed in as one person of the demonstration bureau."""
    client = Client()
    client.force_login(User.objects.get(username=person))
    return client


def page(client, name, *args, query="", at="2026-03-20 09:00"):
    """The text of a page at a moment; it must be there."""
    with d.day(at):
        answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def status(client, name, *args, at="2026-03-20 09:00"):
    """Only how the server answers."""
    with d.day(at):
        return client.get(reverse(name, args=args)).status_code


class _Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts = []

    def handle_starttag(self, tag, attrs):
        if tag not in INLINE:
            self.parts.append(" ")

    def handle_data(self, data):
        self.parts.append(data)


def text(html):
    """What a reader reads, white space as one space."""
    parser = _Text()
    parser.feed(html)
    return re.sub(r"\s+", " ", "".join(parser.parts))


def reported_source(drive, at="2026-03-02"):
    """A source reported by somebody who wants to stay unknown, up to the docket."""
    drive.file(
        "case_source_form",
        {"discovered_at": f"{at}T08:30", "content": "举报没有建立粮食经营台账。", **NAMED},
        at=f"{at} 09:10",
    )
    drive.sign("case_source_form", "jia", at=f"{at} 09:20")
    drive.approve("case_source_form", "ding", at=f"{at} 09:40", choice="立案")
