"""A digest covers every column of an entry, and a link covers everything before it."""

import itertools

import pytest

from escrow_tui.store.rows.chain import ROOT, digest_of, next_head

ENTRY = ("order:A", 1, 1_800_000_000, "buyer", "buyer-1", "c-1", b"\x01body")


def test_the_chain_is_the_same_in_every_version() -> None:
    """A journal with other hashes could no longer be verified."""
    digest = digest_of(*ENTRY)
    assert digest.hex() == "573e47bfd765dd6cdfef81d7e92bd4ce21504676b98326adaf5db579e9ffdb8e"
    assert (
        next_head(ROOT, 1, digest).hex()
        == "8286e2d99579468e0a1c9650fe2ee69c47270d94774948bf5203e1fca8124184"
    )


@pytest.mark.parametrize(
    "other",
    [
        ("order:B", *ENTRY[1:]),
        (*ENTRY[:1], 2, *ENTRY[2:]),
        (*ENTRY[:2], 1_800_000_001, *ENTRY[3:]),
        (*ENTRY[:3], "seller", *ENTRY[4:]),
        (*ENTRY[:4], "buyer-2", *ENTRY[5:]),
        (*ENTRY[:5], "", ENTRY[6]),
        (*ENTRY[:6], b"\x01bodz"),
    ],
)
def test_a_digest_depends_on_every_column(
    other: tuple[str, int, int, str, str, str, bytes],
) -> None:
    """A change in any of them changes the digest."""
    assert digest_of(*other) != digest_of(*ENTRY)


def test_no_character_can_move_from_one_column_into_the_next() -> None:
    """Columns that read the same when joined have different digests."""
    texts = ("a", "b", "c\0d\n1", "e")
    moved = [
        ("ab", "", *texts[2:]),
        ("a", "bc", "\0d\n1", "e"),
        ("a", "b", "c", "\0d\n1e"),
        ("a", "b", "c\0d\n1e", ""),
    ]
    digests = [
        digest_of(stream, 1, 2, role, person, command_id, b"\x01f")
        for stream, role, person, command_id in (texts, *moved)
    ]
    assert len(set(digests)) == len(digests)
    assert digest_of(texts[0], 1, 2, *texts[1:3], "e\x01f", b"") not in digests
    assert digest_of("a", 12, 3, "r", "p", "c", b"") != digest_of("a", 1, 23, "r", "p", "c", b"")


def test_a_link_depends_on_its_number_and_on_what_comes_before() -> None:
    """The same entry after another one, or with another number, has another hash."""
    digest = digest_of(*ENTRY)
    befores, numbers = (ROOT, b"\x01" * 32), (1, 2, 2**40)
    links = {next_head(before, seq, digest) for before, seq in itertools.product(befores, numbers)}
    assert len(links) == 6
