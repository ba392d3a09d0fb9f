"""W1, G1: the case page in process, with everything around it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment

from bench import machine, world
from bench.place import folder
from bench.shape import CASES, Bench, Duel, Work
from liuhen.casefile.settle import settle
from liuhen.compliance.judge import context, judge
from liuhen.office.models import User
from liuhen.records import clock, read

PAGES = 20
TEMPLATE = "desk/case.html"
STEP = 37  # from one case that is looked at to the next, so that they lie far apart


def signed_in() -> Client:
    """A browser of somebody who sees every case."""
    reader = next(user for user in User.objects.order_by("pk") if "archivist" in user.actor.roles)
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    client.force_login(reader, "django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, case: str) -> bytes:
    """The page of a case."""
    answer = client.get(f"/cases/{case}/")
    assert answer.status_code == 200, answer.status_code
    return answer.content


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


@contextmanager
def growth() -> Iterator[Duel]:
    """G1: the same page out of a tenth of the cases and out of all."""
    with world.bureau() as model, folder() as place:
        few = world.fill(model, CASES // 10)
        small = world.keep(place / "few")
        many = few + world.fill(model, CASES - len(few))
        large = world.keep(place / "many")
        yield Duel(
            liuhen=lambda: looked(large, many),
            peer=lambda: looked(small, few),
            version=f"{CASES // 10:,} 件，{machine.of('django')}",
            amount=PAGES * 3,
        )


def looked(database: Path, cases: list[str]) -> Work:
    """Pages of cases far apart, from this database."""
    world.link(database)
    client = signed_in()
    chosen = [cases[n * STEP % len(cases)] for n in range(PAGES * 3)]
    for case in chosen[:3]:
        page(client, case)
    return lambda: [page(client, case) for case in chosen]


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
    Bench(
        id="G1",
        title=f"案件页，库中 {CASES:,} 件案件",
        peer=f"同一页，库中 {CASES // 10:,} 件案件",
        unit="秒",
        compare="time",
        floor=1.3,
        aim=1.15,
        stage=growth,
    ),
)
