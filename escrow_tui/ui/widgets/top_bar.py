"""The head of every screen: its place, the market's clock, and the next deadline."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from escrow_tui.desk.session import Session
from escrow_tui.engine.roles import CARRIER, Actor
from escrow_tui.ui.safety.text import shown
from escrow_tui.views.vocabulary import utc_text


def chair_words(actor: Actor) -> str:
    """Name the chair; backstage is the carrier and the bank."""
    return "carrier and the bank" if actor == CARRIER else str(actor.role)


class TopBar(Widget):
    """Two rows: the path and the clock, then the chair and the next deadline."""

    DEFAULT_CSS = """
    TopBar { height: 2; dock: top; background: $panel; }
    TopBar Horizontal { height: 1; }
    TopBar .left { width: 1fr; padding: 0 1; text-overflow: ellipsis; text-wrap: nowrap; }
    TopBar .right { width: auto; padding: 0 1; }
    TopBar #path { text-style: bold; }
    TopBar #deadline { color: $warning; }
    """

    def compose(self) -> ComposeResult:
        """Two rows of two texts."""
        with Horizontal():
            yield Static("", id="path", classes="left", markup=False)
            yield Static("", id="clock", classes="right", markup=False)
        with Horizontal():
            yield Static("", id="chair", classes="left", markup=False)
            yield Static("", id="deadline", classes="right", markup=False)

    def show(self, session: Session, actor: Actor, place: str) -> None:
        """Read the head again."""
        path = " ▸ ".join(filter(None, [session.title, place]))
        self.query_one("#path", Static).update(shown(path))
        self.query_one("#clock", Static).update(shown(utc_text(session.now())))
        coach = session.coach()
        open_debrief = coach is not None and coach.decided and not session.finished
        more = " · press f for the debrief" if open_debrief else ""
        if len(session.chairs) > 1:
            more = f" · F1-F{len(session.chairs)}: chairs"
        self.query_one("#chair", Static).update(shown(f"You are the {chair_words(actor)}{more}"))
        due = session.next_deadline()
        said = f"{due.order}: {due.title} in {due.left}" if due else "no deadline runs"
        self.query_one("#deadline", Static).update(shown(said))
