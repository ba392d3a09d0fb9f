"""Signing in and out, what one sets for oneself."""

import pytest
from django.urls import reverse

from liuhen.office.models import User
from tests.desk.pages import browser, text

PASSWORD = "liuhen-2026-desk"


@pytest.fixture
def jia(bureau):
    user = User.objects.get(username="jia")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, password=PASSWORD, **more):
    return client.post(reverse("sign_in"), {"username": "jia", "password": password, **more})


def test_signing_in_leads_to_where_one_wanted_to_go(client, jia):
    assert sign_in(client, next=reverse("cases")).url == reverse("cases")


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_never_to_another_site(client, jia, elsewhere):
    assert sign_in(client, next=elsewhere).url == reverse("work")


def test_a_wrong_password_is_answered_in_words_that_tell_nothing_more(client, jia):
    wrong = sign_in(client, "falsch-falsch")
    nobody = client.post(reverse("sign_in"), {"username": "nobody", "password": "falsch-falsch"})

    assert (wrong.status_code, nobody.status_code) == (422, 422)
    assert "用户名或者密码不对" in wrong.content.decode()
    assert "用户名或者密码不对" in nobody.content.decode()
    assert PASSWORD not in wrong.content.decode()


def test_after_five_wrong_passwords_the_account_rests_and_says_so(client, jia):
    answers = [sign_in(client, "falsch-falsch") for _ in range(5)]

    assert answers[-1].status_code == 429
    assert "暂停登录 15 分钟" in answers[-1].content.decode()
    assert sign_in(client).status_code == 429


def test_what_is_missing_is_said_at_the_field(client, db):
    answer = client.post(reverse("sign_in"), {"username": "", "password": ""})

    assert "填写用户名" in text(answer.content.decode())
    assert "填写密码" in text(answer.content.decode())


def test_signing_out_ends_the_session(jia):
    client = browser("jia")
    client.post(reverse("sign_out"))

    assert client.get(reverse("work")).status_code == 302


def test_the_theme_is_the_reader_s_own(jia):
    client = browser("jia")
    assert "data-theme" not in client.get(reverse("work")).content.decode()
    client.post(reverse("me"), {"theme": "contrast"})
    assert '<html lang="zh-CN" data-theme="contrast">' in client.get(reverse("work")).content.decode()
    client.post(reverse("me"), {"theme": "no such"})
    assert 'data-theme="contrast"' in client.get(reverse("work")).content.decode()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"old": "x", "new": "a-new-password-9", "again": "a-new-password-9"}, "填写现在使用的密码"),
        ({"old": PASSWORD, "new": "a-new-password-9", "again": "other"}, "两遍新密码不一样"),
        ({"old": PASSWORD, "new": "1234567890", "again": "1234567890"}, "密码"),
    ],
)
def test_a_password_that_cannot_be_taken_is_explained(jia, given, told):
    answer = browser("jia").post(reverse("password"), given)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert User.objects.get(username="jia").check_password(PASSWORD)


def test_a_new_password_counts_from_the_next_time(jia):
    client = browser("jia")
    given = {"old": PASSWORD, "new": "a-new-password-9", "again": "a-new-password-9"}

    assert client.post(reverse("password"), given).status_code == 302
    assert client.get(reverse("work")).status_code == 200
    assert User.objects.get(username="jia").check_password("a-new-password-9")
