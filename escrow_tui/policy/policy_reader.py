"""Reading a policy file, together with the preset that it names as its base."""

from pathlib import Path

from escrow_tui.files import Fault, Faults, Reader, did_you_mean, read_document, seeds
from escrow_tui.policy.contradictions import contradictions
from escrow_tui.policy.policy_file import ExplainedRow, PolicyFile, value_text
from escrow_tui.policy.row_values import ROWS, policy_of, read_value, values_of

LONGEST_NAME = 64


def preset_names() -> tuple[str, ...]:
    """Return the names of the shipped policies, sorted."""
    return tuple(sorted(path.stem for path in _presets().glob("*.toml")))


def load_policy(name_or_path: str | Path) -> PolicyFile:
    """Return the policy of a preset's name or of a file.

    Raises:
        Faults: everything that is wrong in the file and in its bases.
    """
    if isinstance(name_or_path, Path) or name_or_path.endswith(".toml"):
        return _read(Path(name_or_path), ())
    if name_or_path in preset_names():
        return _read(_preset(name_or_path), (name_or_path,))
    message = unknown_policy(name_or_path)
    raise Faults([Fault(file=name_or_path, line=1, column=1, message=message, excerpt="")])


def unknown_policy(name: str) -> str:
    """Return a sentence about a name that no preset has, "" for a preset or a file's path."""
    if name.endswith(".toml") or name in preset_names():
        return ""
    return f'no policy "{name[:LONGEST_NAME]}"{_instead(name)}'


def _presets() -> Path:
    return seeds() / "policies"


def _preset(name: str) -> Path:
    return _presets() / f"{name}.toml"


def _instead(name: str) -> str:
    names = preset_names()
    return did_you_mean(name, names) or f"; there are {', '.join(names)}, or name a .toml file"


def _read(path: Path, above: tuple[str, ...]) -> PolicyFile:
    """Read a file; `above` are the presets that rest on it, so that a circle is found."""
    reader = Reader(read_document(path))
    reader.only("format", "name", "title", "base", *ROWS)
    reader.need_format(1)
    name = reader.need("name", str, "")
    title = reader.need("title", str, "")
    base = _base(reader, above)
    values = values_of(base.policy) if base else {}
    rows = {row.name: row for row in base.rows} if base else {}
    for row in ROWS:
        _read_row(reader, row, values, rows)
    _report_contradictions(reader, values)
    reader.finish()
    explained = tuple(rows[row] for row in ROWS)
    resting_on = str(reader.values.get("base", ""))
    return PolicyFile(
        name=name, title=title, policy=policy_of(values), rows=explained, base=resting_on
    )


def _base(reader: Reader, above: tuple[str, ...]) -> PolicyFile | None:
    name = reader.take("base", str, "")
    if not name:
        return None
    if name in above:
        reader.report("base", f'"{name}" rests on this policy itself; name another base')
    elif name not in preset_names():
        reader.report("base", f'no policy "{name[:LONGEST_NAME]}"{_instead(name)}')
    else:
        try:
            return _read(_preset(name), (*above, name))
        except Faults as error:
            reader.faults.extend(error.faults)
    return None


def _read_row(
    reader: Reader, row: str, values: dict[str, object], rows: dict[str, ExplainedRow]
) -> None:
    """Replace the base's value and explanation of a row with the file's own."""
    if row not in reader.values:
        # If the base cannot be read, every row would be reported as missing.
        if row not in rows and "base" not in reader.values:
            reader.report((), f"row [{row}] is missing; give it a value, means and source")
        return
    table = reader.table(row)
    table.only("value", "means", "source")
    value = read_value(table, "value", row)
    # A changed value keeps the base's meaning, and needs a source of its own.
    known = rows.get(row)
    if "base" in reader.values:
        means = table.take("means", str, known.means if known else "-")
    else:
        means = table.need("means", str, "-")
    source = table.need("source", str, "-")
    for key, text in (("means", means), ("source", source)):
        if not text.strip():
            table.report(key, f"{key} must say something; write one sentence")
    if value is None:
        values.pop(row, None)
    else:
        values[row] = value
        rows[row] = ExplainedRow(row, value_text(value), means, source)


def _report_contradictions(reader: Reader, values: dict[str, object]) -> None:
    for each in contradictions(values):
        here = [row for row in each.rows if row in reader.values]
        place = (here[-1], "value") if here else ()
        reader.report(place, each.message)
