"""What forms ask about a number while it is typed: an answer for those who are signed in, nothing kept."""

from django.test import Client
from django.urls import reverse

from liuhen.records.models import Entry
from tests.desk.pages import browser


def test_a_form_asks_about_a_number_and_nothing_is_kept(bureau):
    before = Entry.objects.count()
    ask = browser("jia").post
    told = ask(reverse("doubted"), {"name": "uscc", "value": "91350100M000100Y44"}).json()
    assert "校验位不符" in told["doubt"]
    assert ask(reverse("doubted"), {"name": "uscc", "value": "91350100M000100Y43"}).json() == {"doubt": ""}
    card = {"name": "id_number", "value": "E12345678"}
    assert ask(reverse("doubted"), card | {"id_kind": "居民身份证"}).json()["doubt"]
    assert ask(reverse("doubted"), card | {"id_kind": "护照"}).json() == {"doubt": ""}
    paid = {"name": "amount", "value": "996000", "owed": "996000"}
    assert ask(reverse("doubted"), paid).json()["doubt"].startswith("比应缴的 9,960 元多")
    assert ask(reverse("doubted")).json() == {"doubt": ""}
    assert Entry.objects.count() == before


def test_only_who_is_signed_in_is_answered(bureau):
    assert Client().post(reverse("doubted"), {"name": "uscc", "value": "1"}).status_code == 302
    assert browser("jia").get(reverse("doubted")).status_code == 405
