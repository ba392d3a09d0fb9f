"""An upload whose client or server is killed at any step, or that is sent twice at once: nothing acknowledged is lost, and in the
end there is one file and one entry (R31.2, R34.3)."""

import io
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from liuhen.acts import tray
from liuhen.acts.storage import uploads, vault
from liuhen.acts.upkeep import upkeep
from liuhen.recordings import uploads as sending
from liuhen.recordings.uploads import NoUpload, Uploads
from liuhen.records import clock
from liuhen.records.audit import audit
from liuhen.records.models import Entry, TrayRow
from liuhen.records.read import TRAY
from liuhen.vault.places import Vault
from tests.records.killing import died_at
from tests.vault.stores import digest_of

FILM = os.urandom(3 * 1024**2)
# Three slices: the place of an upload is kept three times, then that it is whole.
SLICE = 1024**2
KILLED = {
    "its folder made, nothing known of it": (Uploads, "_write", "before"),
    "begun, not answered": (Uploads, "_write", "after"),
    "bytes written, not counted": (sending, "_keep", "before", 3),
    "a slice counted, the next on its way": (sending, "_keep", "after", 3),
    "all counted, not known as whole": (Uploads, "_write", "before", 2),
    "whole, not in the vault": (Vault, "take", "before"),
    "in the vault, no entry": (Vault, "take", "after"),
    "recorded, not known by the upload": (Uploads, "recorded", "before"),
    "known, not answered": (Uploads, "recorded", "after"),
}


@pytest.fixture
def jia(bureau_committed, monkeypatch):
    monkeypatch.setattr(sending, "SLICE", SLICE)
    return bureau_committed["jia"]


def begun(jia):
    return uploads().create(jia.person, len(FILM), {"filename": "检查.mp4"}, clock.now())


def sent(jia, upload):
    """What a client does: ask how much is there, send the rest, until it is told the entry."""
    store, now = uploads(), clock.now()
    here = store.offset(store.find(upload.id, jia.person, now))
    whole = store.add(upload, here, io.BytesIO(FILM[here:]), len(FILM) - here, now)
    return tray.received(whole, jia)


def is_one(entry):
    assert [row.hash for row in Entry.objects.filter(stream=TRAY)] == [entry]
    assert list(vault().all()) == [digest_of(FILM)]
    assert vault().verify(digest_of(FILM)) == "ok"
    assert audit(vault()).faults == []
    assert upkeep() == []
    assert Entry.objects.filter(stream=TRAY).count() == 1
    assert vault().leftovers() == []


@pytest.mark.parametrize("step", KILLED)
def test_a_server_killed_at_any_step_loses_nothing_that_it_acknowledged(jia, step):
    owner, name, when, *nth = KILLED[step]
    assert died_at(owner, name, when, lambda: sent(jia, begun(jia)), *nth)

    known = list(uploads().all())
    reached = [uploads().offset(upload) for upload in known]
    assert reached in ([], [0], [SLICE], [len(FILM)])
    assert (reached == [SLICE]) == step.startswith("a slice counted")
    assert upkeep() == []
    # What was whole was recorded by the start itself; with what was not begun the client begins anew.
    assert Entry.objects.filter(stream=TRAY).count() == (step in list(KILLED)[5:])
    is_one(sent(jia, known[0] if known else begun(jia)))


@pytest.mark.parametrize("cut", [0, 1, SLICE - 1, SLICE, 2 * SLICE + 7, len(FILM) - 1])
def test_a_client_that_dies_at_any_byte_goes_on_there(jia, cut):
    upload = begun(jia)
    died = uploads().add(upload, 0, io.BytesIO(FILM[:cut]), len(FILM), clock.now())
    assert (uploads().offset(died), died.digest) == (cut, "")
    assert upkeep() == []
    is_one(sent(jia, upload))


def test_the_same_film_sent_twice_at_once_is_one_file_and_one_entry(jia, monkeypatch):
    """Both have found that it is not here yet, before either records it."""
    sending_both, there, look = [begun(jia), begun(jia)], Barrier(2), tray.told_by_itself
    monkeypatch.setattr(tray, "told_by_itself", lambda *given: (there.wait(20), look(*given))[1])

    def send(upload):
        try:
            return sent(jia, upload)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, sending_both))
    assert len(set(answers)) == 1
    is_one(answers[0])
    assert TrayRow.objects.count() == 1


def test_an_upload_of_another_is_as_good_as_none(jia, bureau_committed):
    with pytest.raises(NoUpload):
        sent(bureau_committed["yi"], begun(jia))
