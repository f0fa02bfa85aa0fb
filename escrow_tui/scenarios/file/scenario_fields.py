"""Reads fields of a scenario that must be more than of the right kind: not empty, in a range."""

from escrow_tui.files import Reader


def needed_text(table: Reader, key: str) -> str:
    """Return a text that must be there and not be empty."""
    text = table.need(key, str, "")
    if key in table.values and isinstance(table.values[key], str) and not text.strip():
        table.report(key, f"{key} must say something; write one sentence")
    return text


def needed_texts(table: Reader, key: str) -> tuple[str, ...]:
    """Return a list of texts that must hold at least one."""
    texts = table.need(key, tuple[str, ...], ())
    if table.values.get(key) == []:
        table.report(key, f"{key} must hold one text at least")
    return texts


def number_between(table: Reader, key: str, least: int, most: int, default: int) -> int:
    """Return a whole number from `least` to `most`."""
    value = table.take(key, int, default)
    if not least <= value <= most:
        table.report(key, f"{key} must be from {least:,} to {most:,}, not {value:,}")
    return value


def unique_name(table: Reader, key: str, taken: set[str], what: str) -> str:
    """Return a name that is not in `taken`, and add it there; `what` says what has the name."""
    name = needed_text(table, key)
    if name and name in taken:
        table.report(key, f'{what} "{name[:64]}" stands here twice; give one another {key}')
    taken.add(name)
    return name
