"""What people do in the stories of a world: each word of a story as somebody's command."""

from escrow_tui.scenarios.invent.world.dispute_acts import QUARRELS
from escrow_tui.scenarios.invent.world.parcel_acts import PARCELS
from escrow_tui.scenarios.invent.world.scene import WorldAct
from escrow_tui.scenarios.invent.world.trade_acts import TRADE

ACTS: dict[str, WorldAct] = {**TRADE, **PARCELS, **QUARRELS}
