"""What people do in the stories of a world: each word of a story as somebody's command."""

from escrow_tui.scenarios.world.acting import Act
from escrow_tui.scenarios.world.acts_parcels import PARCELS
from escrow_tui.scenarios.world.acts_quarrels import QUARRELS
from escrow_tui.scenarios.world.acts_trade import TRADE

ACTS: dict[str, Act] = {**TRADE, **PARCELS, **QUARRELS}
