"""Any bytes give a document or faults, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escrow_tui.files import Fault, Faults, document_from_text, read_document
from escrow_tui.files.limits import MAX_BYTES, MAX_LINE

VALID = """\
format = 1
title = "Cracked \\u00e9 teapot" # a comment with [[[ and a.b.c
"quoted key".inner = 'it'
overrides = { processing_days = 3, warn_days = [3, 1] }
text = \"\"\"
many . dots . and [[ brackets
\"\"\"
[cast.buyer]
name = "Ann"
[[step]]
do = "advance"
when = 2026-03-02T09:00:00Z
[[step]]
is = { "orders/A/phase" = "SHIPPED", list = [
  1.5, { deep = true }, # a comment
] }
[[step.note]]
a.b.c = 7
"""


def refused(text: str) -> tuple[Fault, ...]:
    """Return the faults of a text, which must have some."""
    with pytest.raises(Faults) as error:
        document_from_text(text, "a.toml")
    return error.value.faults


def test_a_valid_text_is_read() -> None:
    """The data is what the TOML text says."""
    data = document_from_text(VALID, "a.toml").data
    assert data["title"] == "Cracked é teapot"
    assert data["overrides"] == {"processing_days": 3, "warn_days": [3, 1]}


def test_a_file_is_read_with_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    """Files that Notepad writes have no fault."""
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfformat = 1\r\ntitle = 'x'\r\n")
    document = read_document(path)
    assert document.data == {"format": 1, "title": "x"}
    assert document.fault(("title",), "here").excerpt == "title = 'x'"


BOMBS: dict[str, str] = {
    "a dotted key of 39 kB": "a." * 19_500 + "a = 1",
    "a dotted key of 4 kB": "a." * 2_000 + "a = 1",
    "a quoted dotted key": "'a' . " * 17 + "a = 1",
    "a dotted key in braces": "x = { " + "a." * 17 + "a = 1 }",
    "a dotted header": "[" + "a." * 17 + "a]",
    "a dotted key after an open quote": 'x = "\n' + "a." * 2_000 + "a = 1",
    "brackets on a line": "x = " + "[" * 4_000,
    "brackets on many lines": "x = " + "[\n" * 100_000,
    "braces in brackets": "x = " + "[{a=" * 900,
    "a huge line": "x = '" + "y" * 100_000 + "'",
    "257 kB": "# comment\n" * 25_700,
    "257 kB of zeros": "\0" * 257_000,
    "a text without end": 'x = "abc\n',
    "a long text without end": 'x = """' + "abc\n" * 60_000,
    "backslashes without end": 'x = """' + "\\\\\n" * 60_000 + "\\",
    "duplicate keys": "x = 1\nx = 2\n",
    "not a number": "x = nan",
    "infinity": "x = [1.0, -inf]",
    "infinity by exponent": "x = 1e999",
    "an integer beyond 64 bits": "x = 0x" + "f" * 4_000,
    "an escape sequence": 'x = "\\u001b[31m"',
    "a raw control character": 'x = "\x07"',
    "a control character above 127": 'x = "\x9b31m"',
    "a control character in a key": '"a\\u0000b" = 1',
    "a carriage return alone": "x = 1\ry = 2",
    "half a surrogate pair": 'x = "\ud800"',
    "a date that is none": "x = 2026-13-45",
    "no value": "x =",
    "only a bracket": "[",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_quickly(text: str) -> None:
    """There are faults, no other exception, and no long wait."""
    begin = thread_time()
    faults = refused(text)
    assert thread_time() - begin < 1
    assert all(fault.line >= 1 and fault.column >= 1 and fault.message for fault in faults)


PLACES = [
    ("x = 1\n" + "y = " + "a" * 5_000, (2, MAX_LINE + 1), "too long"),
    ("x = 1\ny = " + "[" * 65, (2, 69), "brackets"),
    ("x = 1\ny = " + "[\n" * 65, (66, 1), "brackets"),
    ("x = 1\n" + "a." * 17 + "a = 1", (2, 34), "dots"),
    ("x = 1\ny = nope", (2, 5), "needs quotes"),
    ("x = 1\n  x = 2", (2, 3), "twice"),
    ("x = { a = 1, a = 2 }", (1, 19), "twice"),
    ("[a]\n[a]", (2, 3), "twice"),
    ("x = 1\ny = 'é", (2, 7), "not closed"),
    ("x = [1,\n2", (2, 2), "not closed"),
    ("x 1", (1, 3), "followed by ="),
    ("x = 1 y = 2", (1, 7), "new line"),
    ("[a\n", (1, 3), "[name]"),
    ("x = 2026-02-30", (1, 5), "no such date"),
    ("x = 'é'\ny = { é1 = 2 }", (2, 7), "letters"),
    ("x = 1\ny = [1.0, nan]", (2, 11), "nan"),
    ('"é" = 1\ny = ["é", "\\u001b"]', (2, 11), "control"),
]


@pytest.mark.parametrize(("text", "place", "says"), PLACES)
def test_a_fault_names_its_line_and_column(text: str, place: tuple[int, int], says: str) -> None:
    """Columns count characters from 1, and the sentence says what would be right."""
    (fault,) = refused(text)
    assert (fault.line, fault.column) == place
    assert says in fault.message
    assert fault.excerpt == text.split("\n")[place[0] - 1]


def test_all_refused_values_are_named_at_once() -> None:
    """One attempt reports every nan and every control character."""
    faults = refused('a = nan\n"b\\u0007" = inf\nc = ["\\u0001"]')
    assert [(fault.line, fault.column) for fault in faults] == [(1, 5), (2, 1), (2, 13), (3, 6)]


SHAPES = [
    "x = [" + "1.5, " * 100 + "]",
    'x = """' + "a.b[c" * 100 + '"""\ny = 1',
    "x = '''" + "[" * 100 + "'''''\ny = 1",
    "# " + "[a.b" * 100,
    "x = '" + "a." * 100 + "'",
    ".".join("a" * 17) + " = 1",
    "x = " + "[" * 64 + "]" * 64,
    "[[x]]\n" * 100,
    "x = [\n" + "[1],\n" * 100 + "]",
]


@pytest.mark.parametrize("text", SHAPES)
def test_dots_and_brackets_in_texts_comments_and_numbers_do_not_count(text: str) -> None:
    """The limits apply to keys and nesting only; exactly the limit is still allowed."""
    assert document_from_text(text, "a.toml").data.keys() <= {"x", "y", "a"}


def test_the_largest_file_is_read(tmp_path: Path) -> None:
    """256 kB are allowed; one byte more is not."""
    path = tmp_path / "a.toml"
    path.write_bytes(b"#\n" * (MAX_BYTES // 2))
    assert read_document(path).data == {}
    path.write_bytes(b"#\n" * (MAX_BYTES // 2) + b"\n")
    with pytest.raises(Faults, match="at most 256 kB"):
        read_document(path)


def in_latin_1(folder: Path) -> Path:
    """Return a file saved in an old encoding."""
    (folder / "old.toml").write_bytes("a = 1\nx = 'é'".encode("latin-1"))
    return folder / "old.toml"


def below_a_file(folder: Path) -> Path:
    """Return a path that uses a file as a folder."""
    (folder / "file").write_text("x = 1")
    return folder / "file" / "a.toml"


UNREADABLE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "missing": (lambda folder: folder / "none.toml", "no such file"),
    "a folder": (lambda folder: folder, "a folder"),
    "a device": (lambda _: Path("/dev/zero"), "no ordinary file"),
    "below a file": (below_a_file, "cannot be read"),
    "a name with a zero": (lambda folder: folder / "a\0b", "cannot be read"),
    "a name too long": (lambda folder: folder / ("a" * 5_000), "cannot be read"),
    "not UTF-8": (in_latin_1, "save the file as UTF-8"),
}


@pytest.mark.parametrize(("path", "says"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_says_why(
    path: Callable[[Path], Path], says: str, tmp_path: Path
) -> None:
    """One sentence, which begins with the file's name."""
    name = path(tmp_path)
    with pytest.raises(Faults) as error:
        read_document(name)
    (fault,) = error.value.faults
    assert fault.file == str(name)
    assert says in fault.message


def test_broken_utf_8_names_its_place(tmp_path: Path) -> None:
    """The fault is at the first invalid byte."""
    with pytest.raises(Faults) as error:
        read_document(in_latin_1(tmp_path))
    (fault,) = error.value.faults
    assert (fault.line, fault.column) == (2, 6)


def test_a_file_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing permission is a sentence too; simulated, as root may read every file."""
    path = tmp_path / "a.toml"
    path.write_text("x = 1")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(Faults, match="may not read"):
        read_document(path)


MARKS = ["[", "]", "[[", "{", "}", ".", "=", '"', "'", '"""', "'''", "\\", "\n", "\r", "\0", ","]
WORDS = ["nan", "-inf", "1e999", "true", "\x1b", "é", "\ud800", "x = 1\n", "a." * 20, "\\u0000"]


@given(
    st.lists(
        st.tuples(st.integers(0, len(VALID)), st.integers(0, 12), st.sampled_from(MARKS + WORDS)),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=200, deadline=None)
def test_a_mutated_text_gives_a_document_or_faults(edits: list[tuple[int, int, str]]) -> None:
    """Never another exception; and a document can place a fault at each of its values."""
    text = VALID
    for start, length, piece in edits:
        text = text[:start] + piece + text[start + length :]
    for fault in faults_of(text):
        assert fault.shown()


def faults_of(text: str) -> tuple[Fault, ...]:
    """Return the faults of a text or, if it is valid, one fault for each of its values."""
    try:
        document = document_from_text(text, "a.toml")
    except Faults as error:
        return error.faults
    return tuple(document.fault((key,), "here") for key in document.data)
