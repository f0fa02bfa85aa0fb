"""What screens ask of the app, and what the app is told about the store."""

from textual.message import Message


class Goto(Message):
    """Go to a place of `SCREENS`, for an order if it is about one."""

    def __init__(self, place: str, order_id: str = "", about: str = "") -> None:
        super().__init__()
        self.place = place
        self.order_id = order_id
        self.about = about


class Back(Message):
    """Go back to where the person came from."""


class Sit(Message):
    """Change to another chair, by its number in the session's chairs."""

    def __init__(self, chair: int) -> None:
        super().__init__()
        self.chair = chair


class Play(Message):
    """Open an exercise by its id, a run by its id, or (both empty) a free market."""

    def __init__(self, exercise: str = "", run: str = "") -> None:
        super().__init__()
        self.exercise = exercise
        self.run = run


class NotOpened(Message):
    """An exercise or a seat could not be opened, and why."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class Changed(Message):
    """Somebody has written to the store."""

    def can_replace(self, message: Message) -> bool:
        """One look shows everything that was written before it."""
        return isinstance(message, Changed)


class Trouble(Message):
    """The store failed; `gone` while it cannot even be read.

    A problem that never `passes` is said once: the rest of the store can be used.
    """

    def __init__(self, sentence: str, *, gone: bool = True, passes: bool = True) -> None:
        super().__init__()
        self.sentence = sentence
        self.gone = gone
        self.passes = passes


class Well(Message):
    """The store can be used again."""
