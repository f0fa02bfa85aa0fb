"""What is raised where something that is kept cannot be read or written."""


class StorageError(Exception):
    """What is kept cannot be used; the text is one sentence for the person at the screen.

    `passes` says whether it can be otherwise when the same is tried again.
    """

    passes = True
