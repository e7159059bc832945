"""Keys of repositories: the signing key of an account, as far as a capture of its identity document holds it.

A repository file is signed by a key that is not in it. Where this archive fetched the account's identity document, as
capturing a post of the account does, an imported file's signature is checked with the key in there; a document that
somebody handed in is not believed.

Where the signature holds, it no longer matters who handed the file in: the account vouches for every record the tree
leads to, as it does for the slice that comes with a captured post.
"""

from __future__ import annotations

from dataclasses import replace

from archive import storage
from archive.capture.endpoints import identity_endpoint
from archive.domain.captures import CaptureClass, Captured
from archive.domain.dumps import DumpFormat
from archive.errors import ArchiveError
from archive.extraction.posts.bluesky_proof import read_identity
from archive.runtime import Runtime
from archive.services.dump_readings import Dump, is_signed_repository, repository_of


def with_signing_key(runtime: Runtime, dump: Dump) -> Dump:
    """The dump with the key that its account signs with, where it is a repository and the archive knows the key; a
    file that is not held yet and bears that signature is taken as verifiable."""
    if dump.dump_format is not DumpFormat.BLUESKY_CAR:
        return dump
    did = repository_of(dump)
    endpoint = None if did is None else identity_endpoint(did)
    if did is None or endpoint is None:
        return dump
    with runtime.database.reading() as session:
        held = storage.captures.newest_of(session, (endpoint.url,)).get(endpoint.url)
        if held is None:
            return dump
        try:
            identity = read_identity(storage.captures.body(session, storage.captures.get(session, held).digest))
        except ArchiveError:
            return dump  # Its bytes are gone or cannot be read: the key is not known.
        is_recorded = bool(storage.captures.many(session, {dump.captured.capture.id}))
    if identity.did != did:
        return dump
    dump = replace(dump, signing_key=identity.key)
    # What was recorded stays as it was recorded, also where the key became known only since.
    return dump if is_recorded or not is_signed_repository(dump) else replace(dump, captured=_vouched(dump.captured))


def _vouched(captured: Captured) -> Captured:
    provenance = replace(captured.capture.provenance, capture_class=CaptureClass.VERIFIABLE)
    return replace(captured, capture=replace(captured.capture, provenance=provenance))
