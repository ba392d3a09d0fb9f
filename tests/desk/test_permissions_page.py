"""权限: the table that the program goes by is shown to everybody in the bureau, one's own posts marked."""

from django.urls import reverse

from liuhen.office.policy import LABELS
from tests.desk.pages import browser, text


def test_everybody_sees_who_may_do_what(bureau):
    for who in ("jia", "ding", "admin"):
        shown = browser(who).get(reverse("permissions")).content.decode()
        assert all(label in text(shown) for label in LABELS.values()), who
    assert shown.count('class="own"') == len(LABELS) + 1
