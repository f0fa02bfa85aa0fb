"""Word search that works the same in both databases."""

MOST_WORDS = 8


def words_in(typed: str) -> tuple[str, ...]:
    """Return the words of a search, case-folded like the columns."""
    return tuple(typed.casefold().split()[:MOST_WORDS])


def containing(word: str) -> str:
    """Return the LIKE pattern of texts that contain the word; its `%` and `_` are escaped."""
    for letter in "/%_":
        word = word.replace(letter, f"/{letter}")
    return f"%{word}%"
