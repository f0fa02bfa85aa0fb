"""Codes and keys of seats: drawn by chance, typed by people, and kept as hashes alone.

A code has 76 bits and a key 256, so a plain SHA-256 of them tells nothing, and needs no salt.
"""

import hashlib
import secrets
from hmac import compare_digest

# No letter that looks like another: B, I, L, O, S and Z are left out beside 0 and 1.
LETTERS = "ACDEFGHJKMNPQRTUVWXY23456789"
LENGTH, GROUP = 16, 4
# What somebody reads who does not know that a letter is left out.
_MEANT = str.maketrans("BSZ", "852", "- \t")


def new_code() -> str:
    """Draw a code, such as `H7KP-3WQA-9DNM-X4TE`."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(drawn[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def new_key() -> str:
    """Draw the key that a terminal keeps."""
    return secrets.token_urlsafe(32)


def new_seat() -> str:
    """Draw the short id by which a seat is revoked; it opens nothing."""
    return "".join(secrets.choice(LETTERS) for _ in range(6)).lower()


def code_of(typed: str) -> str:
    """Read a code as people type it, in any case and with or without its dashes; "" for none."""
    letters = typed.upper().translate(_MEANT)
    return letters if len(letters) == LENGTH and set(letters) <= set(LETTERS) else ""


def hash_of(secret: str) -> str:
    """Return what is kept of a code (without its dashes) or of a key."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_same(kept: str, secret: str) -> bool:
    """Tell whether a secret is the one that was kept, in the same time whatever it is."""
    return compare_digest(kept, hash_of(secret))
