"""Timers that run, and timers that stand still with the seconds that they have left."""

Due = tuple[int, str, int]

# Which timers stand still for what: the order's own, those of its dispute or return, the bank's
# own, the seller's clearance, and refunds on their way, which nothing stops.
GROUPS = ("order", "case", "bank", "clearance", "refunds")


class Timers:
    """Instants of what runs by group and name; seconds that are left in a group that stands."""

    def __init__(self) -> None:
        self.times: dict[str, dict[tuple[str, int], int]] = {group: {} for group in GROUPS}
        self.stopped: dict[str, set[str]] = {group: set() for group in GROUPS}

    def start(self, group: str, name: str, seconds: int, now: int, subject: int = 0) -> None:
        """Let a timer run from now, or wait with its whole time while its group stands still."""
        since = 0 if self.stopped[group] else now
        self.times[group][name, subject] = since + seconds

    def add(self, group: str, name: str, seconds: int) -> None:
        """Give a timer more time."""
        self.times[group][name, 0] += seconds

    def drop(self, group: str, name: str, subject: int = 0) -> None:
        """Take a timer away."""
        self.times[group].pop((name, subject), None)

    def clear(self, group: str) -> None:
        """Take all timers of a group away."""
        self.times[group].clear()

    def stop(self, group: str, why: str, now: int) -> None:
        """Let a group stand still; it may for several reasons at once."""
        if not self.stopped[group]:
            self._shift(group, -now)
        self.stopped[group].add(why)

    def go_on(self, group: str, why: str, now: int) -> None:
        """Take a reason away; without any the group goes on with the time that remained."""
        if why in self.stopped[group]:
            self.stopped[group].remove(why)
            if not self.stopped[group]:
                self._shift(group, now)

    def running(self) -> list[Due]:
        """Return the instant, name and subject of each timer that runs, in order."""
        return sorted(
            (at, *key)
            for group in GROUPS
            if not self.stopped[group]
            for key, at in self.times[group].items()
        )

    def _shift(self, group: str, seconds: int) -> None:
        times = self.times[group]
        for key in times:
            times[key] += seconds
