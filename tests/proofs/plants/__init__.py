"""Faults to plant into the engine, by chapter, each with what would then go wrong."""

from tests.proofs.plants import bank, cases, money, time
from tests.proofs.plants.planting import Plant

PLANTS: dict[str, Plant] = {
    plant.__name__: plant for chapter in (money, time, cases, bank) for plant in chapter.PLANTS
}
# What the walk through every moment of an order must find by itself.
FOUND_BY_EXPLORING = (
    "commission_kept_on_clawback",
    "a_chargeback_recovers_the_whole_price",
    "a_mediator_may_be_silent_for_ever",
)
