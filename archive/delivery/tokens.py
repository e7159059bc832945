"""Time stamp tokens (RFC 3161): asking a question, and believing an answer only after every check.

Checked are: granted, signed by a certificate that leads to a pinned root and may stamp times (valid when it did), the
imprint of our very bytes, our nonce, the policy demanded. ``rfc3161-client`` reads no answer that carries two
certificates in the order OpenSSL writes them; those go through ``openssl ts -verify``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import rfc3161_client
from cryptography import x509

from archive.delivery import openssl
from archive.delivery.authorities import Authority
from archive.errors import ConfigurationError, DeliveryError


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A request to stamp some bytes: the bytes, the request as sent, and its nonce."""

    content: bytes
    request: bytes
    nonce: int


def question_for(content: bytes) -> Question:
    """A question about these bytes (their SHA-256), with a fresh nonce."""
    builder = rfc3161_client.TimestampRequestBuilder().data(content)
    request = builder.hash_algorithm(rfc3161_client.HashAlgorithm.SHA256).cert_request(cert_request=True).build()
    nonce = request.nonce
    if nonce is None:
        raise DeliveryError("A time stamp request without a nonce is not sent.", code="bad_time_stamp")
    return Question(content=content, request=request.as_bytes(), nonce=nonce)


def answered_at(answer: bytes, question: Question, *, authority: Authority) -> datetime:
    """The time that a fresh answer says, aware UTC. DeliveryError ``bad_time_stamp`` where anything is wrong."""
    response = _decoded(answer)
    if response is None:
        return openssl.answered_at(answer, request=question.request, roots=authority.roots, policy=authority.policy)
    builder = _builder(authority).nonce(question.nonce)
    return _verified(response, question.content, builder=builder)


def stamped_at(answer: bytes, content: bytes, *, authority: Authority) -> datetime:
    """The time that a stored answer says of these bytes; its nonce was compared when it arrived.

    DeliveryError ``bad_time_stamp`` where anything is wrong.
    """
    response = _decoded(answer)
    if response is None:
        return openssl.stamped_at(answer, content=content, roots=authority.roots, policy=authority.policy)
    return _verified(response, content, builder=_builder(authority))


def _decoded(answer: bytes) -> rfc3161_client.TimeStampResponse | None:
    """The answer as read; None where only OpenSSL may be able to."""
    try:
        response = rfc3161_client.decode_timestamp_response(answer)
        # Reading the parts is what fails where two certificates stand in the order of arrival.
        _ = (response.tst_info.gen_time, response.signed_data.certificates)
    except ValueError:
        return None
    return response


def _builder(authority: Authority) -> rfc3161_client.VerifierBuilder:
    try:
        certificates = x509.load_pem_x509_certificates(authority.roots)
        policy = None if authority.policy is None else x509.ObjectIdentifier(authority.policy)
    except ValueError as error:
        raise ConfigurationError(f"The certificates or the policy of {authority.name} cannot be read.") from error
    builder = rfc3161_client.VerifierBuilder(roots=list(certificates))
    return builder if policy is None else builder.policy_id(policy)


def _verified(
    response: rfc3161_client.TimeStampResponse, content: bytes, *, builder: rfc3161_client.VerifierBuilder
) -> datetime:
    try:
        builder.build().verify_message(response, content)
        at = response.tst_info.gen_time
    except (rfc3161_client.VerificationError, ValueError, TypeError) as error:
        raise DeliveryError(f"The time stamp does not hold: {error}.", code="bad_time_stamp") from error
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
