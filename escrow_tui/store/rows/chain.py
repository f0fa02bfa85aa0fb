"""The hash chain of a market's journal: each hash covers the one before, so changes show."""

import hashlib

ROOT = bytes(32)


def digest_of(
    stream: str,
    version: int,
    at: int,
    role: str,
    person: str,
    command_id: str,
    body: bytes,
) -> bytes:
    """Return the SHA-256 of an entry's content, without its place in the journal.

    The lengths come first, so that no character can move unnoticed from one column to the next.
    """
    lengths = f"{version} {at} {len(stream)} {len(role)} {len(person)} {len(command_id)}\n"
    said = lengths + stream + role + person + command_id
    return hashlib.sha256(said.encode() + body).digest()


def next_head(before: bytes, seq: int, digest: bytes) -> bytes:
    """Return the hash of entry `seq`, which follows an entry whose hash is `before`."""
    return hashlib.sha256(before + seq.to_bytes(8, "big") + digest).digest()
