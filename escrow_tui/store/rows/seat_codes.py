"""Codes and keys of seats: random, and stored only as hashes. People type the codes.

A code has 76 bits and a key 256, too many to guess, so a plain SHA-256 without salt is enough.
"""

import hashlib
import secrets
from hmac import compare_digest

# No characters that look alike: B, I, L, O, S and Z are left out, and 0 and 1.
LETTERS = "ACDEFGHJKMNPQRTUVWXY23456789"
LENGTH, GROUP = 16, 4
# The digit that is meant where somebody reads a letter that is never used.
_MEANT = str.maketrans("BSZ", "852", "- \t")


def new_code() -> str:
    """Draw a code, such as `H7KP-3WQA-9DNM-X4TE`."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(drawn[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def new_key() -> str:
    """Draw a key for a terminal to keep."""
    return secrets.token_urlsafe(32)


def new_seat() -> str:
    """Draw a short seat id. It is used to revoke a seat; it is no secret."""
    return "".join(secrets.choice(LETTERS) for _ in range(6)).lower()


def code_of(typed: str) -> str:
    """Return the code in what was typed, in any case, with or without dashes; "" if none."""
    letters = typed.upper().translate(_MEANT)
    return letters if len(letters) == LENGTH and set(letters) <= set(LETTERS) else ""


def hash_of(secret: str) -> str:
    """Return the hash that is stored of a code (without its dashes) or of a key."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_same(kept: str, secret: str) -> bool:
    """Return whether a secret matches a stored hash, in constant time."""
    return compare_digest(kept, hash_of(secret))
