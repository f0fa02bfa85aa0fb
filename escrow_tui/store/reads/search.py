"""Searching for words, the same way in both databases."""

MOST_WORDS = 8


def words_in(typed: str) -> tuple[str, ...]:
    """Return the words that a person searches for, folded as the columns are."""
    return tuple(typed.casefold().split()[:MOST_WORDS])


def containing(word: str) -> str:
    """Return the pattern for a text that holds the word; its `%` and `_` are no wildcards."""
    for letter in "/%_":
        word = word.replace(letter, f"/{letter}")
    return f"%{word}%"
