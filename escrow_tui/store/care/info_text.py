"""Facts about a store as lines of text."""

from datetime import UTC, datetime

from escrow_tui.store.care.info import Info

_MB = 1_000_000


def printed(info: Info) -> str:
    """Return the facts about a store, one per line."""
    counted = (f"{number:,} {what}" for what, number in info.holds.items())
    facts = [
        ("Store", info.store),
        ("Engine", f"{info.engine} {info.version}"),
        ("Schema", f"{info.schema}" + (f" of {info.needs}" if info.schema < info.needs else "")),
        ("Size", f"{info.size / _MB:,.1f} MB"),
        ("Holds", ", ".join(counted)),
    ]
    if info.newest is not None:
        one = info.newest
        clock = datetime.fromtimestamp(one.now, UTC).strftime("%Y-%m-%d %H:%M")
        facts += [
            ("Newest", f'market {one.id} "{one.title}", {one.entries:,} entries, clock at {clock}'),
            ("Head", one.head),
        ]
    facts += [("Note", note) for note in info.notes]
    return "\n".join(f"{name:<7} {value}" for name, value in facts if value)
