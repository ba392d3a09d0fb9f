"""A sealed paper carries the bureau's signature when a certificate is configured; another program accepts it (PAdES)."""

import datetime
import io
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader

from liuhen.measures.documents import DOCUMENTS
from liuhen.papers import PaperError, render
from liuhen.papers.pades import Credential, holding, sign
from tests.papers.samples import CONTEXT, filled
from tests.records import authority

NOW = datetime.datetime(2026, 11, 30, 8, tzinfo=datetime.UTC)
PASSWORD = b"not a secret"


def made(folder, until=NOW + datetime.timedelta(days=300)):
    """A self-signed certificate of a bureau: seal.p12, password, seal.pem."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "某发展和改革局")])
    usage = x509.KeyUsage(True, True, *[False] * 7)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(NOW - datetime.timedelta(days=400))
        .not_valid_after(until)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    sealed = serialization.BestAvailableEncryption(PASSWORD)
    (folder / "seal.p12").write_bytes(
        pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, sealed)
    )
    (folder / "seal.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "password").write_bytes(PASSWORD + b"\n")
    return Credential(folder / "seal.p12", folder / "password")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seal")
    made(folder)
    authority.certify(folder)
    return folder


@pytest.fixture(scope="module")
def seal(folder):
    return Credential(folder / "seal.p12", folder / "password")


@pytest.fixture(scope="module")
def paper():
    kind = DOCUMENTS["penalty_decision"]
    return render(kind, filled(kind), CONTEXT, final=True).pdf


def judged(pdf, folder):
    """What poppler's pdfsig says, which shares no code with the signer."""
    (folder / "paper.pdf").write_bytes(pdf)
    told = subprocess.run(
        ["/usr/bin/pdfsig", "-nocert", folder / "paper.pdf"], capture_output=True, text=True, check=False
    )
    return told.stdout


def test_another_program_finds_the_signature_valid_and_over_the_whole_file(paper, seal, folder):
    said = judged(sign(paper, seal, "某发展和改革局", NOW), folder)
    assert "Signature is Valid" in said
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    assert "某发展和改革局" in said
    assert holding(sign(paper, seal, "某局", NOW)) == [True]
    assert holding(paper) == []


def test_the_paper_itself_is_untouched_below_the_signature(paper, seal):
    assert sign(paper, seal, "某局", NOW).startswith(paper)


@pytest.mark.parametrize("where", [0.3, 0.6])
def test_a_changed_paper_is_refused(paper, seal, folder, where):
    signed = bytearray(sign(paper, seal, "某局", NOW))
    at = int(len(paper) * where)
    signed[at] ^= 1
    assert "Signature is Valid" not in judged(bytes(signed), folder)
    assert holding(bytes(signed)) == [False]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [(b"/Size", b"/Sxze"), (b"/Root", b"/Rxxt"), (b"/AcroForm", b"/AxroForm"), (b"startxref", b"startxrxf")],
)
def test_a_signature_that_was_lost_or_cannot_be_read_does_not_hold(paper, seal, was, becomes):
    signed = sign(paper, seal, "某局", NOW)
    assert was in signed
    assert holding(signed.replace(was, becomes)) == [False]


def test_it_carries_the_time_of_the_authority(paper, seal, folder):
    with authority.listening(folder) as url:
        signed = sign(paper, Credential(seal.file, seal.password, url), "某局", NOW)
    (found,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    assert {attribute["type"].native for attribute in found.signer_info["unsigned_attrs"]} == {
        "signature_time_stamp_token"
    }
    assert "Signature is Valid" in judged(signed, folder)


def test_when_the_authority_is_silent_the_paper_is_signed_without_it(paper, seal, folder, caplog):
    signed = sign(paper, Credential(seal.file, seal.password, "http://127.0.0.1:9"), "某局", NOW)
    assert "Signature is Valid" in judged(signed, folder)
    assert "不带时间戳" in caplog.text


@pytest.mark.parametrize("fault", ["missing", "password", "rubbish", "expired"])
def test_a_certificate_that_does_not_serve_is_said(paper, seal, tmp_path, fault):
    if fault == "expired":
        bad = made(tmp_path, NOW - datetime.timedelta(days=1))
    else:
        file = {"missing": tmp_path / "none", "password": seal.file, "rubbish": tmp_path / "x"}[fault]
        (tmp_path / "x").write_bytes(b"x")
        (tmp_path / "wrong").write_bytes(b"wrong")
        bad = Credential(file, tmp_path / "wrong")
    with pytest.raises(PaperError, match="机关数字证书"):
        sign(paper, bad, "某局", NOW)
