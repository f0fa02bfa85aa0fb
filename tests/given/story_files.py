"""Short story files, for the tests that read and play steps."""

from escrow_tui.files import Faults, document_from_text
from escrow_tui.scenarios.file.step_reader import Act, Step
from escrow_tui.scenarios.file.story import Story, story_of
from escrow_tui.scenarios.story.story_player import PlayedStory, play_story

HEAD = 'format = 1\nverify = "auto"\n'
ORDER = '[[order]]\nid = "A"\nprice = "100.00 USD"\n'
PAID = '{ by = "buyer", do = "pay" }'
SHIPPED = f'{PAID}, {{ by = "seller", do = "ship", tracking = "auto" }}'
DELIVERED = f'{SHIPPED}, {{ by = "carrier", do = "scan", status = "delivered" }}'
PHOTO = 'evidence = [{ kind = "photo", shows = "a crack" }]'
DISPUTED = (
    f'{DELIVERED}, {{ by = "buyer", do = "open_dispute", reason = "damaged", claim = "100.00 USD",'
    f" {PHOTO} }}"
)
MEDIATED = (
    f'{DISPUTED}, {{ by = "seller", do = "reject_claim" }}, {{ by = "buyer", do = "escalate" }}'
)


def listed(*steps: str) -> str:
    """Return a list of steps, one per line; the first is on line 2."""
    lines = ",\n".join(steps)
    return f"step = [\n{lines},\n]\n"


def told(text: str) -> Story:
    """Return the story in a text."""
    return story_of(document_from_text(text, "story.toml"))


def with_steps(*steps: str, order: str = ORDER) -> str:
    """Return the text of a story with one order and these steps."""
    return listed(*steps) + HEAD + order


def only_step(step: str, order: str = ORDER) -> Step:
    """Return the last step of a story with these steps."""
    return told(with_steps(step, order=order)).steps[-1]


def act(step: str, order: str = ORDER) -> Act:
    """Return the command of a story's last step."""
    read = only_step(step, order)
    assert isinstance(read, Act)
    return read


def faults(text: str) -> list[tuple[int, int, str]]:
    """Return line, column and sentence of every fault of a story."""
    try:
        told(text)
    except Faults as error:
        return [(fault.line, fault.column, fault.message) for fault in error.faults]
    return []


def fault(step: str, order: str = ORDER) -> str:
    """Return the sentence of a step's only fault."""
    found = faults(with_steps(step, order=order))
    assert len(found) == 1, found
    assert found[0][0] == 2, found
    return found[0][2]


def played(*steps: str, order: str = ORDER) -> PlayedStory:
    """Return the outcome of a story."""
    return play_story(told(with_steps(*steps, order=order)))
