"""The acts in the stories of a world: each word of a story, and the command it stands for."""

from escrow_tui.scenarios.invent.world.dispute_acts import QUARRELS
from escrow_tui.scenarios.invent.world.parcel_acts import PARCELS
from escrow_tui.scenarios.invent.world.scene import WorldAct
from escrow_tui.scenarios.invent.world.trade_acts import TRADE

ACTS: dict[str, WorldAct] = {**TRADE, **PARCELS, **QUARRELS}
