"""Makes a store, and samples of everything that is kept in one, as today's code writes them.

`python -m tests.store.make_content 2` makes `content-2.sqlite` and `content-2.json`. Both are made
once, when a release has added to what is kept, and never again: they stand for users' stores. The
first two were made by the code of the commit 64d82e2.
"""

import sys
from pathlib import Path
from unittest.mock import patch

import msgspec

from escrow_tui.desk.session import Purchase
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import COMMANDS, OpenEvidence, Pay, VerifyPayment
from escrow_tui.engine.events import EVENTS
from escrow_tui.engine.market import Listing
from escrow_tui.engine.policy import policy_content
from escrow_tui.engine.roles import BANK, FIRST_MEDIATOR, Actor, Role
from escrow_tui.files import seeds
from escrow_tui.policy import load_policy, preset_names
from escrow_tui.scenarios.file.story import read_story
from escrow_tui.scenarios.opening import open_free_play, sit
from escrow_tui.scenarios.story import story_player
from escrow_tui.store import Store, open_store
from tests.given.filled_store import fill
from tests.store.make_fixture import FIXTURES
from tests.store.samples import sample

FREE_RUN = "free-1"
EXERCISE = "cracked-teapot"
METHOD = "credit_card"
BUYER = Actor(Role.BUYER, "buyer-1")
CREATED = "2026-03-02T09:00:00Z"


def content_store(number: int) -> Path:
    """Return the path of the store with a release's content."""
    return FIXTURES / f"content-{number}.sqlite"


def content_samples(number: int) -> Path:
    """Return the path of the samples of a release's content."""
    return FIXTURES / f"content-{number}.json"


def main(arguments: list[str]) -> int:
    """Make both files, unless they exist."""
    (number,) = map(int, arguments)
    path = content_store(number)
    if path.exists():
        print(f"{path} is there already; what users have does not change", file=sys.stderr)
        return 1
    store = open_store(path)
    fill(store)
    _play_stories(store)
    _play_freely(store)
    _play_an_exercise(store)
    store.close()
    content_samples(number).write_bytes(msgspec.json.format(msgspec.json.encode(_samples())))
    print(path)
    return 0


def _play_stories(store: Store) -> None:
    """Play every shipped story, each in a market of its own under its own policy."""
    with (
        patch.object(story_player, "open_store", lambda _: store),
        patch.object(store, "close", lambda: None),
    ):
        for path in sorted((seeds() / "stories").glob("*.toml")):
            with patch.object(story_player, "MARKET", path.stem):
                assert not story_player.play_story(read_story(path)).failed, path


def _play_freely(store: Store) -> None:
    """Place an order, pay it, take an act back, and leave the run open."""
    market = open_free_play(store, 5, FREE_RUN, CREATED)
    listing = market.listings(BUYER)[0]
    (placed,) = market.buy(BUYER, Purchase((listing.id,), METHOD), "buy")
    assert isinstance(placed, Done)
    (order,) = market.bought(BUYER, "buy", 1)
    for actor, command in ((BUYER, Pay()), (BANK, VerifyPayment())):
        assert isinstance(market.submit(actor, order, command), Done)
    market.undo()


def _play_an_exercise(store: Store) -> None:
    """Open three pieces of evidence, take one act back, and leave the run open."""
    run = sit(store, exercise=EXERCISE, created=CREATED)
    for evidence in ("E1", "E2", "E3"):
        assert isinstance(run.submit(FIRST_MEDIATOR, "A", OpenEvidence(evidence)), Done)
    run.undo()


def _samples() -> dict[str, object]:
    """Return a value of everything that is kept as JSON, with each of its fields."""
    return {
        "events": [sample(kind) for kind in EVENTS.values()],
        "commands": [sample(kind) for kind in COMMANDS.values()],
        "policies": {
            name: msgspec.Raw(policy_content(load_policy(name).policy)) for name in preset_names()
        },
        "listing": sample(Listing),
    }


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
