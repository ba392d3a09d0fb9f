"""权限: the table that the program goes by is shown to everybody in the bureau, one's own posts marked."""

from django.urls import reverse

from liuhen.office.policy import LABELS, reach
from tests.desk.pages import browser, text


def test_everybody_sees_who_may_do_what(bureau):
    for who in ("jia", "ding", "admin"):
        shown = browser(who).get(reverse("permissions")).content.decode()
        assert all(label in text(shown) for label in LABELS.values()), who
    assert shown.count('class="own"') == len(LABELS) + 1


def test_what_is_asked_of_a_section_is_told_as_of_the_own_section():
    for act in ("void_number", "draw_blanks", "see_archives"):
        assert reach(act, "section_head") == "本科室", act
    assert reach("see_archives", "archivist") == "各科室"
    assert LABELS["mark_recording"] == "标注音像与办案无关"
