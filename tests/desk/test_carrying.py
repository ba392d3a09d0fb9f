"""desk principle 5: a form that is sent after its session ended loses no word, and gives none to anybody else."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from liuhen.acts import documents
from liuhen.office.models import User
from liuhen.records.models import Draft
from tests.acts import drive as d
from tests.desk.browsing import controls
from tests.desk.pages import text

PASSWORD = "liuhen-2026-desk"
WRITTEN = "检查时仓内有玉米三十吨，没有台账。"
AT = "2026-03-03 10:10"


@pytest.fixture
def draft(bureau):
    for user in User.objects.filter(username__in=("jia", "yi")):
        user.set_password(PASSWORD)
        user.save()
    drive = d.Drive(bureau)
    d.source(drive)
    with d.day(AT):
        return documents.new_draft(drive.case, bureau["jia"], "site_inspection_record")


def sign_in(client, who, following=""):
    return client.post(reverse("sign_in"), {"username": who, "password": PASSWORD, "next": following})


def sent_too_late(client, draft, **more):
    """The form of the draft's page, filled in and sent when the session is over; where that leads."""
    sign_in(client, "jia")
    address = reverse("document", args=[draft.document])
    form = {}
    for name, value in controls(client.get(address).content.decode()):
        form.setdefault(name, []).append(value)
    Session.objects.all().delete()
    return client.post(address, {**form, "situation": WRITTEN, "action": "save", **more})


def values():
    return Draft.objects.get().values


def test_after_signing_in_again_the_same_person_sends_it_with_one_press(draft):
    client = Client()
    with d.day(AT):
        answer = sent_too_late(client, draft, seen="sha256:" + "0" * 64)
        assert answer.url == f"{reverse('sign_in')}?next={reverse('resend')}"
        assert WRITTEN not in client.get(answer.url).content.decode()
        assert "situation" not in values()

        page = sign_in(client, "jia", reverse("resend"))
        page = client.get(page.url).content.decode()
        assert "刚才的内容还没有交上" in page
        assert WRITTEN in text(page)
        assert "sha256:" not in text(page)
        form = {}
        for name, value in controls(page):
            form.setdefault(name, []).append(value)
        again = client.post(reverse("resend"), form, follow=True)
    assert again.redirect_chain[0] == (reverse("document", args=[draft.document]), 307)
    assert values()["situation"] == WRITTEN
    assert client.get(reverse("resend")).status_code == 302


def test_nobody_else_gets_it(draft):
    client = Client()
    with d.day(AT):
        sent_too_late(client, draft)
        sign_in(client, "yi", reverse("resend"))
        answer = client.get(reverse("resend"), follow=True)
        assert WRITTEN not in answer.content.decode()
        assert "没有留下来的内容" in answer.content.decode()
        client.post(reverse("sign_out"))
        sign_in(client, "jia")
        assert WRITTEN not in client.get(reverse("resend"), follow=True).content.decode()
    assert "situation" not in values()


def test_it_can_be_thrown_away(draft):
    client = Client()
    with d.day(AT):
        sent_too_late(client, draft)
        sign_in(client, "jia")
        assert "已经丢弃" in client.post(reverse("resend"), {"discard": "1"}, follow=True).content.decode()
    assert "situation" not in values()


def test_of_whom_nothing_is_known_nothing_is_kept(draft):
    answer = Client().post(reverse("document", args=[draft.document]), {"situation": WRITTEN})
    assert reverse("resend") not in answer.url
    assert Session.objects.count() == 0


@pytest.mark.parametrize("forged", ["jia", "jia:1abc:xyz"])
def test_a_forged_mark_keeps_nothing(draft, forged):
    client = Client()
    client.cookies["person"] = forged
    answer = client.post(reverse("document", args=[draft.document]), {"situation": WRITTEN})
    assert reverse("resend") not in answer.url


def test_passwords_and_endless_forms_are_not_kept(draft):
    client = Client()
    sign_in(client, "jia")
    Session.objects.all().delete()
    password = client.post(reverse("password"), {"old": PASSWORD, "new": "x"})
    endless = client.post(reverse("document", args=[draft.document]), {"situation": "长" * 600_000})
    assert reverse("resend") not in password.url
    assert reverse("resend") not in endless.url


def test_who_signs_out_leaves_no_mark(draft):
    client = Client()
    sign_in(client, "jia")
    assert client.cookies["person"].value
    client.post(reverse("sign_out"))
    assert not client.cookies["person"].value


def test_who_it_was_is_known_also_by_a_chinese_name(bureau):
    user = User.objects.get(username="jia")
    User.objects.filter(pk=user.pk).update(username="执法人员甲")
    user.refresh_from_db()
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")

    assert client.get(reverse("sign_in")).cookies["person"].value.isascii()
    assert client.get(reverse("sign_in")).status_code < 400
