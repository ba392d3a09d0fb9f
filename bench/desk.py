"""W1: the case page in process, with everything around it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from typing import Any

import django
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment

from bench import world
from bench.shape import Bench, Duel, Work
from liuhen.casefile.settle import settle
from liuhen.compliance.judge import context, judge
from liuhen.office.models import User
from liuhen.records import clock, read

PAGES = 20
TEMPLATE = "desk/case.html"


def signed_in(role: str = "archivist") -> Client:
    """A browser of somebody with this role; an archivist sees every case."""
    reader = next(user for user in User.objects.order_by("pk") if role in user.actor.roles)
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    client.force_login(reader, "django.contrib.auth.backends.ModelBackend")
    return client


def get(client: Client, address: str) -> bytes:
    """A page of the site."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content


def page(client: Client, case: str) -> bytes:
    """The page of a case."""
    return get(client, f"/cases/{case}/")


def values_of(client: Client, case: str) -> dict[str, Any]:
    """What the page's template is given."""
    setup_test_environment()
    try:
        contexts: Any = client.get(f"/cases/{case}/").context
        return contexts[0].flatten()
    finally:
        teardown_test_environment()


@contextmanager
def pages() -> Iterator[Duel]:
    """W1: the peer reads, folds, judges and renders the same template; nobody is asked who they are."""
    with world.bureau() as model:
        cases = cycle(world.fill(model, 200))
        client, template = signed_in(), get_template(TEMPLATE)
        values = values_of(client, next(cases))

        def bare(case: str) -> None:
            office = read.office()
            judge(settle(read.case_entries(case), office), context(clock.now(), office))
            template.render(values)

        def side(work: Any) -> Work:
            chosen = [next(cases) for _ in range(PAGES)]
            return lambda: [work(case) for case in chosen]

        yield Duel(
            liuhen=lambda: side(partial(page, client)),
            peer=lambda: side(bare),
            version=f"Django {django.get_version()}",
            amount=PAGES,
        )


BENCHES = (
    Bench(
        id="W1",
        title=f"案件页（{world.ENTRIES} 条），含登录、权限、最近看过的案件",
        peer="只读出、归并、判断并排版同一模板",
        unit="秒",
        compare="time",
        floor=1.8,
        aim=1.4,
        stage=pages,
    ),
)
