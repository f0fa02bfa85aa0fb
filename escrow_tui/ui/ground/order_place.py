"""The base of the screens about one order, which list what can be done with it."""

from textual import on

from escrow_tui.ui.forms.acts_list import Acts, ActsPanel
from escrow_tui.ui.ground.place import PlaceScreen
from escrow_tui.ui.messages import Goto


class OrderPlace(PlaceScreen):
    """A place with an `ActsPanel`."""

    @on(ActsPanel.Chosen)
    def _choose(self, message: ActsPanel.Chosen) -> None:
        """Open the form of an act, or say why it is not possible."""
        if message.act.possible:
            self.post_message(Goto("act", self.order_id, message.act.verb))
        else:
            self.say(message.act.why_not, bad=True)

    def do_act(self) -> None:
        """Go to the list of acts."""
        self.query_one(Acts).focus()
