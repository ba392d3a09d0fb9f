"""Previews: which are wanted, made by the worker from the task queue, destroyed with the original."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from liuhen.acts.storage import previews, vault
from liuhen.recordings.apart import WHILE
from liuhen.records import clock
from liuhen.records.models import Body
from liuhen.vault import holdings
from liuhen.vault.errors import ObjectMissing


@task()
def make(digest: str) -> bool:
    """Make the previews of an original of the vault; whether this task made them."""
    try:
        return previews().make(digest, lambda: vault().open(digest), lambda: _stands(digest))
    except ObjectMissing:
        return False


def _stands(digest: str) -> bool:
    return vault().exists(digest) and digest not in holdings.doomed()


def is_shown(media_type: str) -> bool:
    """Whether previews are made of files of this type."""
    return media_type.partition("/")[0] in ("image", "video", "audio")


def want(digest: str, media_type: str) -> bool:
    """Put the making of a file's previews into the queue unless they are there or on their way; whether they are still to come."""
    if not is_shown(media_type) or previews().told(digest) is not None:
        return False
    given = {"args": [digest], "kwargs": {}}
    queued = _tasks(TaskResultStatus.READY).filter(args_kwargs=given)
    if not queued.exists() and not previews().busy(digest):
        make.enqueue(digest)
    return True


def _tasks(*states: str) -> QuerySet[Any]:
    return DBTaskResult.objects.filter(task_path=make.module_path, status__in=states)


def catch_up() -> int:
    """What a worker does first: drop what dead ones left, and previews of what is gone; queue whatever lacks its previews, such
    as after a restore. How many are to be made."""
    _tasks(TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED).delete()
    _tasks(TaskResultStatus.RUNNING).filter(
        started_at__lt=clock.now() - timedelta(seconds=2 * WHILE)
    ).delete()
    previews().sweep()
    for digest in previews().all():
        if not _stands(digest):
            previews().forget(digest)
    return sum(want(digest, media_type) for digest, media_type in _recorded().items() if _stands(digest))


def _recorded() -> dict[str, str]:
    """The media type of every file that was deposited, by its digest."""
    contents = Body.objects.filter(entry__kind="Deposited").values_list("content", flat=True)
    bodies = map(json.loads, contents.iterator(chunk_size=2000))
    return {body["digest"]: body["media_type"] for body in bodies}


def destroy(digest: str) -> bool:
    """Destroy a file for good in all places, with its previews; whether it was there. Raises VaultError while a store holds it:
    its previews are gone then all the same."""
    try:
        found = vault().destroy(digest)
    finally:
        previews().forget(digest)
    holdings.forget(digest)
    return found
