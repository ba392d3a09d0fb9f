"""The bureau's digital seal on a paper: a PAdES signature of its certificate, with the time of an outside authority.

Sources: ETSI EN 319 142-1 (baseline B-B, with a time stamp B-T), RFC 3161. The signature is an addition after the PDF/A bytes,
so that they can still be read below it. pyHanko is loaded only where a certificate is configured.
"""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from liuhen.papers.context import PaperError
from liuhen.records.stamping import StampError, asked

if TYPE_CHECKING:
    from pyhanko.sign.signers.pdf_cms import SimpleSigner
    from pyhanko.sign.timestamps import TimeStamper

FIELD = "BureauSeal"
log = logging.getLogger("liuhen.papers")


@dataclass(frozen=True)
class Credential:
    """Where the bureau's certificate is: a PKCS #12 file, the file of its password, the address of a time stamping authority;
    the last two may be missing."""

    file: Path
    password: Path | None = None
    authority: str = ""


def sign(pdf: bytes, by: Credential, bureau: str, at: datetime) -> bytes:
    """The PDF with the bureau's signature added, covering all of it.

    When the authority does not answer, the paper is signed without its time and a warning logged: a decision does not wait for
    somebody else's server. Raises PaperError when the certificate cannot be read or is not valid at ``at``.
    """
    from pyhanko.sign.timestamps import TimestampRequestError

    signer = _signer(by)
    _valid(signer, at)
    if by.authority:
        try:
            return _signed(pdf, signer, bureau, _authority(by.authority))
        except TimestampRequestError as error:
            log.warning("时间戳机构没有应答，签名不带时间戳：%s", error)
    return _signed(pdf, signer, bureau, None)


def valid_until(credential: Credential) -> datetime:
    """When the certificate ends. Raises PaperError when it cannot be read."""
    certificate = _signer(credential).signing_cert
    if certificate is None:
        raise PaperError("机关数字证书文件里没有证书")
    ends: datetime = certificate.not_valid_after
    return ends


# What the reader of PDF raises besides its own errors when a byte of the structure is changed.
_ON_DAMAGE = (LookupError, AttributeError, TypeError)


def holding(pdf: bytes) -> list[bool]:
    """Of each digital signature on a PDF, whether it holds: what it covers is as it was signed, with the key of its certificate.
    Whose certificate it is, and whether to trust it, is not asked. One that cannot be read does not hold."""
    if b"/ByteRange" not in pdf:
        return []
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext

    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        told = [validate_pdf_signature(signature, nobody) for signature in found]
    except (SignatureValidationError, SigningError, PdfError, ValueError, *_ON_DAMAGE):
        return [False]
    return [status.intact and status.valid for status in told] or [False]


def _signed(pdf: bytes, signer: SimpleSigner, bureau: str, authority: TimeStamper | None) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    wanted = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=bureau
    )
    target = io.BytesIO()
    signers.PdfSigner(wanted, signer=signer, timestamper=authority).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)), output=target
    )
    return target.getvalue()


def _signer(by: Credential) -> SimpleSigner:
    try:
        password = by.password.read_bytes().strip() if by.password else None
        return _loaded(by.file.read_bytes(), password)
    except OSError as error:
        raise PaperError(f"机关数字证书读不出：{error}") from error


@lru_cache(maxsize=1)
def _loaded(data: bytes, password: bytes | None) -> SimpleSigner:
    from pyhanko.sign.signers.pdf_cms import SimpleSigner

    try:
        return SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=password)
    except ValueError as error:
        raise PaperError("机关数字证书读不出：不是 PKCS #12 文件，或者密码不对") from error


def _valid(signer: SimpleSigner, at: datetime) -> None:
    certificate = signer.signing_cert
    if certificate is None or not certificate.not_valid_before <= at <= certificate.not_valid_after:
        raise PaperError("机关数字证书不在有效期内，请系统管理员更换证书后再签发")


def _authority(url: str) -> TimeStamper:
    from asn1crypto import tsp
    from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

    class Authority(TimeStamper):
        async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
            try:
                return tsp.TimeStampResp.load(asked(url, req.dump()))
            except (StampError, ValueError) as error:
                raise TimestampRequestError(str(error)) from error

    return Authority()
