"""The chain over a market's journal: each entry's hash holds the one before, so none can change."""

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
    """Return the SHA-256 of what an entry says, whatever its place in the journal.

    The lengths stand first, so that no letter can move from one column into the next.
    """
    lengths = f"{version} {at} {len(stream)} {len(role)} {len(person)} {len(command_id)}\n"
    said = lengths + stream + role + person + command_id
    return hashlib.sha256(said.encode() + body).digest()


def linked(before: bytes, seq: int, digest: bytes) -> bytes:
    """Return the hash of the entry numbered `seq` after one whose hash is `before`."""
    return hashlib.sha256(before + seq.to_bytes(8, "big") + digest).digest()
