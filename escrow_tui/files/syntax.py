"""The TOML parser's syntax faults in words that say what would be right."""

import re

POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")

# The start of the parser's message, and our sentence for it.
SENTENCES = {
    "Cannot overwrite a value": "this key stands here twice; keep one of them",
    "Duplicate inline table key": "this key stands here twice; keep one of them",
    "Cannot declare": "this table is declared twice, or its name is taken; keep one of them",
    "Cannot mutate immutable namespace": "a table in braces is complete; write this key inside it",
    "Illegal character": "a text is not closed on its line, or holds a control character; "
    "end it with the quote that opened it",
    "Unterminated string": "a text is not closed; end it with the quote that opened it",
    'Expected \'"""\'': 'a text is not closed; end it with """',
    "Expected \"'''\"": "a text is not closed; end it with '''",
    'Expected "\'"': "a text is not closed on its line; end it with '",
    "Unescaped '\\'": "a backslash begins no known escape; write \\\\, or quote the text with '",
    "Unclosed array": "a list is not closed; end it with ]",
    "Unclosed inline table": "a table in braces is not closed; end it with }",
    "Invalid value": "no value stands here; a text needs quotes, a number, true or false none",
    "Invalid date or datetime": "there is no such date or time; write one that exists",
    "Expected '=' after a key": "a key is followed by = and its value",
    "Expected ']' at the end": "a table's header is written [name]",
    "Expected ']]' at the end": "a header of a list of tables is written [[name]]",
    "Invalid initial character for a key": "a key has letters, digits, - or _, or is in quotes",
    "Invalid statement": "neither key = value nor [header]",
    "Expected newline or end of document": "something follows the value; begin a new line",
}


def explain_syntax_error(error: Exception, text: str) -> tuple[int, int, str]:
    """Return line, column and sentence of the fault that stopped the parser."""
    said = str(error)
    position = POSITION.search(said)
    said = POSITION.sub("", said)
    sentence = next((ours for theirs, ours in SENTENCES.items() if said.startswith(theirs)), said)
    if isinstance(error, RecursionError):
        return 1, 1, "lists and tables stand too deep in each other; write them flatter"
    if position is None:
        return 1, 1, sentence
    if position[1] is None:
        line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
    else:
        line, column = int(position[1]), int(position[2])
    if said.startswith("Cannot overwrite"):
        # The parser reports the end of the value; the key is at the start of the line.
        source = text.split("\n")[line - 1]
        column = len(source) - len(source.lstrip()) + 1
    return line, column, sentence
