"""The tus protocol 1.0.0, spoken by a client of others (tuspy) and word by word, against a running server (R31.2)."""

import base64
import hashlib
import http.client
import socket
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from tusclient import client as tus
from tusclient.exceptions import TusCommunicationError

from liuhen.acts import tray
from liuhen.acts.storage import uploads, vault
from liuhen.acts.upkeep import upkeep
from liuhen.recordings import uploads as sending
from liuhen.records import clock
from liuhen.records.models import Entry, TrayRow
from liuhen.records.read import TRAY
from tests.desk.pages import browser
from tests.recordings import making

pytestmark = pytest.mark.django_db(transaction=True)


def whole():
    return making.film(told=(("creation_time", "2026-03-05T01:00:00Z"),)).read_bytes()


class Person:
    """Somebody with a session, who speaks tus by hand."""

    def __init__(self, address, name):
        self.address = address
        self.cookie = f"sessionid={browser(name).cookies['sessionid'].value}" if name else ""

    def ask(self, method, path, body=b"", **headers):
        line = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=20)
        told = {"Tus-Resumable": "1.0.0", "Cookie": self.cookie} | {
            k.replace("_", "-"): str(v) for k, v in headers.items()
        }
        line.request(method, path, body, {k: v for k, v in told.items() if v})
        answer = line.getresponse()
        answer.text = answer.read().decode()
        line.close()
        return answer

    def begin(self, length, name="检查.mp4", **told):
        pairs = {"filename": name, **told}
        metadata = ",".join(
            f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items()
        )
        return self.ask("POST", reverse("tus_begin"), Upload_Length=length, Upload_Metadata=metadata)

    def begun(self, length, **told):
        answer = self.begin(length, **told)
        assert answer.status == 201, answer.text
        return answer.headers["Location"]

    def piece(self, path, data, offset, **headers):
        return self.ask(
            "PATCH",
            path,
            data,
            Upload_Offset=offset,
            Content_Type="application/offset+octet-stream",
            **headers,
        )


@pytest.fixture
def jia(bureau_committed, live_server):
    return Person(live_server.url, "jia")


@pytest.fixture
def yi(jia):
    return Person(jia.address, "yi")


def entries():
    return Entry.objects.filter(stream=TRAY).count()


def test_a_client_of_others_uploads_a_film(jia):
    """With pieces of its own size and a checksum each; what it brought is in the tray, with what the file says of itself."""
    path = making.film(told=(("creation_time", "2026-03-05T01:00:00Z"),))
    client = tus.TusClient(jia.address + reverse("tus_begin"), headers={"Cookie": jia.cookie})
    uploader = client.uploader(
        str(path),
        chunk_size=1000,
        upload_checksum=True,
        metadata={"filename": "检查.mp4", "device": "1号记录仪"},
    )
    uploader.upload()

    (row,) = TrayRow.objects.all()
    assert (row.name, row.by, row.device, row.size) == ("检查.mp4", "jia", "1号记录仪", path.stat().st_size)
    assert row.digest == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    assert vault().verify(row.digest) == "ok"
    assert row.starts.isoformat() == "2026-03-05T01:00:00+00:00"


def test_it_goes_on_after_it_was_stopped(jia):
    path = making.film()
    client = tus.TusClient(jia.address + reverse("tus_begin"), headers={"Cookie": jia.cookie})
    first = client.uploader(str(path), chunk_size=1000)
    first.upload(stop_at=3000)
    again = client.uploader(str(path), chunk_size=1500, url=first.url)
    assert again.offset == 3000
    again.upload()
    assert TrayRow.objects.get().size == path.stat().st_size


def test_what_the_server_can_do_is_told_to_whoever_asks(jia):
    answer = jia.ask("OPTIONS", reverse("tus_begin"), Tus_Resumable="")
    assert answer.status == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        "creation",
        "checksum",
        "termination",
        "expiration",
    }
    assert set(answer.headers["Tus-Checksum-Algorithm"].split(",")) == {"sha256", "sha1"}
    assert int(answer.headers["Tus-Max-Size"]) == sending.LARGEST


@pytest.mark.parametrize("cut", [1, 700, 4000])
def test_the_line_is_cut_within_a_piece(jia, cut):
    """The bytes that came through count; the client asks how many and sends the rest."""
    data = whole()
    path = jia.begun(len(data))
    host = urlsplit(jia.address)
    with socket.create_connection((host.hostname, host.port)) as line:
        head = (
            f"PATCH {path} HTTP/1.1\r\nHost: {host.netloc}\r\nCookie: {jia.cookie}\r\nTus-Resumable: 1.0.0\r\n"
            f"Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: {len(data)}\r\n\r\n"
        )
        line.sendall(head.encode() + data[:cut])
    reached = _eventually(lambda: int(jia.ask("HEAD", path).headers["Upload-Offset"]), cut)
    assert reached == cut
    answer = _eventually(lambda: jia.piece(path, data[cut:], cut), 204, lambda got: got.status)
    assert answer.headers["Upload-Offset"] == str(len(data))
    assert answer.headers["Liuhen-Entry"] == TrayRow.objects.get().entry


def _eventually(ask, wanted, of=lambda got: got):
    """What is asked until it is so: a server notices a cut line in its own time."""
    for _ in range(200):
        got = ask()
        if of(got) == wanted:
            break
    return got


def test_a_lost_last_answer_loses_nothing(jia):
    """The client does not know that it was done, and is told."""
    data = whole()
    path = jia.begun(len(data))
    jia.piece(path, data, 0)
    told = jia.ask("HEAD", path)
    assert told.headers["Upload-Offset"] == told.headers["Upload-Length"] == str(len(data))
    assert told.headers["Liuhen-Entry"] == TrayRow.objects.get().entry
    assert entries() == 1


def test_headers_of_an_upload(jia):
    path = jia.begun(10, device="1号记录仪", empty="")
    told = jia.ask("HEAD", path)
    assert (told.status, told.headers["Upload-Offset"], told.headers["Upload-Length"]) == (200, "0", "10")
    assert told.headers["Cache-Control"] == "no-store"
    assert told.headers["Upload-Expires"].endswith("GMT")
    assert "empty" in told.headers["Upload-Metadata"].split(",")[-1]
    assert jia.piece(path, b"12345", 0).headers["Upload-Expires"]


def test_a_wrong_checksum_460(jia):
    path = jia.begun(10)
    wrong = base64.b64encode(hashlib.sha1(b"other").digest()).decode()
    answer = jia.piece(path, b"12345", 0, Upload_Checksum=f"sha1 {wrong}")
    assert answer.status == 460
    assert "传输中出错" in answer.text
    right = base64.b64encode(hashlib.sha256(b"12345").digest()).decode()
    assert jia.piece(path, b"12345", 0, Upload_Checksum=f"sha256 {right}").status == 204
    assert jia.piece(path, b"6", 5, Upload_Checksum=f"md5 {right}").status == 400


def test_a_wrong_offset_409(jia):
    path = jia.begun(10)
    jia.piece(path, b"12345", 0)
    assert jia.piece(path, b"67890", 4).status == 409
    assert jia.piece(path, b"67890", 6).status == 409
    assert "已收到 5 字节" in jia.piece(path, b"67890", 6).text


def test_expired_410_and_terminated(jia, monkeypatch):
    path, other = jia.begun(10), jia.begun(10)
    assert jia.ask("DELETE", other).status == 204
    assert jia.ask("HEAD", other).status == 410
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=8))
    Session.objects.update(expire_date=now + timedelta(days=30))
    assert jia.ask("HEAD", path).status == 410
    assert jia.piece(path, b"12345", 0).status == 410
    upkeep()
    assert jia.ask("HEAD", path).status == 410


def test_two_clients_on_one_upload_423(jia):
    path = jia.begun(10)
    store = uploads()
    with store.held(store.find(path.rsplit("/", 1)[1], "jia", clock.now())):
        assert jia.piece(path, b"12345", 0).status == 423
    assert jia.piece(path, b"12345", 0).status == 204


def test_too_large_413_and_no_room_507(jia, monkeypatch):
    assert jia.begin(sending.LARGEST + 1).status == 413
    path = jia.begun(3)
    assert jia.piece(path, b"12345", 0).status == 413
    monkeypatch.setattr(
        sending.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 2 * sending.RESERVE})()
    )
    answer = jia.begin(5 * 1024**3)
    assert answer.status == 507
    assert "存储空间不足" in answer.text


def test_an_unknown_version_412(jia):
    for version in ("", "0.2.2"):
        answer = jia.ask("POST", reverse("tus_begin"), Upload_Length=10, Tus_Resumable=version)
        assert (answer.status, answer.headers["Tus-Version"]) == (412, "1.0.0")


def test_not_signed_in_401_and_no_officer_403(jia):
    assert Person(jia.address, "").begin(10).status == 401
    assert Person(jia.address, "").ask("OPTIONS", reverse("tus_begin")).status == 401
    assert Person(jia.address, "admin").begin(10).status == 403


def test_another_persons_upload_404(jia, yi):
    path = jia.begun(10)
    for answer in (yi.ask("HEAD", path), yi.piece(path, b"12345", 0), yi.ask("DELETE", path)):
        assert answer.status == 404
    assert jia.ask("HEAD", path).status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload_Length": ""}, 400), ({"Upload_Length": "ten"}, 400), ({"Upload_Length": "-1"}, 400), ({"Upload_Length": 0}, 400),
        ({"Upload_Length": 10, "Upload_Metadata": "filename ???"}, 400), ({"Upload_Length": 10, "Upload_Metadata": "a YQ==,a YQ=="}, 400),
        ({"Upload_Length": 10, "Upload_Metadata": "filename"}, 201),
    ],
)  # fmt: skip
def test_headers_that_say_nothing_are_refused(jia, headers, status):
    answer = jia.ask("POST", reverse("tus_begin"), **headers)
    assert answer.status == status
    assert status == 201 or "message" in answer.text


def test_a_piece_of_another_kind_415(jia):
    path = jia.begun(10)
    assert jia.ask("PATCH", path, b"12345", Upload_Offset=0, Content_Type="text/plain").status == 415


def test_a_client_behind_a_gate_that_knows_only_post(jia):
    path = jia.begun(10)
    answer = jia.ask(
        "POST",
        path,
        b"12345",
        Upload_Offset=0,
        Content_Type="application/offset+octet-stream",
        X_HTTP_Method_Override="PATCH",
    )
    assert (answer.status, answer.headers["Upload-Offset"]) == (204, "5")


def test_what_is_recorded_cannot_be_deleted(jia):
    data = whole()
    path = jia.begun(len(data))
    jia.piece(path, data, 0)
    assert jia.ask("DELETE", path).status == 403
    assert vault().verify(TrayRow.objects.get().digest) == "ok"


def test_the_same_film_twice_is_kept_once(jia, yi):
    data = whole()
    for _ in range(2):
        jia.piece(jia.begun(len(data)), data, 0)
    assert entries() == 1
    yi.piece(yi.begun(len(data)), data, 0)
    assert entries() == 2
    assert len(list(vault().all())) == 1


def test_killed_between_vault_and_record_the_start_records_it(jia, monkeypatch):
    """What was whole is never lost, and recorded once."""
    data = whole()
    path = jia.begun(len(data))
    with monkeypatch.context() as patch:
        patch.setattr(tray, "keep", lambda *_: (_ for _ in ()).throw(SystemError("killed")))
        assert jia.piece(path, data, 0).status == 500
    assert (entries(), len(list(vault().all()))) == (0, 1)
    assert upkeep() == []
    assert entries() == 1
    assert upkeep() == []
    assert entries() == 1
    assert jia.ask("HEAD", path).headers["Liuhen-Entry"] == TrayRow.objects.get().entry


def test_a_client_that_asks_again_brings_it_to_an_end(jia, monkeypatch):
    data = whole()
    path = jia.begun(len(data))
    with monkeypatch.context() as patch:
        patch.setattr(tray, "keep", lambda *_: (_ for _ in ()).throw(SystemError("killed")))
        jia.piece(path, data, 0)
    assert jia.ask("HEAD", path).headers["Liuhen-Entry"] == TrayRow.objects.get().entry


def test_what_expired_leaves_no_bytes(jia, monkeypatch):
    path = jia.begun(10)
    jia.piece(path, b"12345", 0)
    part = uploads().part(uploads().find(path.rsplit("/", 1)[1], "jia", clock.now()))
    assert part.exists()
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=8))
    upkeep()
    assert not part.exists()


def test_a_client_of_others_is_told_why(jia):
    client = tus.TusClient(jia.address + reverse("tus_begin"), headers={"Cookie": ""})
    with pytest.raises(TusCommunicationError) as refused:
        client.uploader(str(making.film()), chunk_size=1000).upload()
    assert refused.value.status_code == 401
