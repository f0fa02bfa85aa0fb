"""Shows the changes that others make, and says when the store fails."""

from typing import TYPE_CHECKING

from textual.css.query import NoMatches

from escrow_tui.ui.messages import Trouble
from escrow_tui.ui.running.store_trouble import MindingApp
from escrow_tui.ui.safety.text import clean, shown

if TYPE_CHECKING:
    from escrow_tui.desk.session import JournalPoint, News, Session
    from escrow_tui.scenarios.session.sitting import Sitting
    from escrow_tui.ui.running.watch import Watch


class LiveApp(MindingApp):
    """Watches the store while somebody sits in a market.

    `trouble` is a sentence while the store fails, and "" otherwise.
    `gone` is the same sentence while the store cannot even be read.
    """

    def __init__(self) -> None:
        super().__init__()
        self.session: Sitting | None = None
        self.chair = 0
        self.trouble = self.gone = ""
        self._seen: JournalPoint | None = None
        self._watch: Watch | None = None

    # -- watching

    def watch_store(self, session: "Session") -> None:
        """Start watching the store of a session."""
        from escrow_tui.ui.running.watch import Watch

        self.leave_store()
        self._seen = session.point()
        self._watch = Watch(session, self.post_message)

    def leave_store(self) -> None:
        """Stop watching."""
        if self._watch is not None:
            self._watch.end()
            self._watch = None
        self._recover()

    def on_unmount(self) -> None:
        """Leave no thread behind."""
        if self._watch is not None:
            self._watch.end(wait=True)

    # -- what others have changed

    def on_changed(self) -> None:
        """Look at what somebody has written."""
        if not self.trouble:
            self._look()

    def _look(self, *, anyway: bool = False) -> None:
        """Renew the top screen if the journal has grown, and tell what happened."""
        session, seen = self.session, self._seen
        if session is None or seen is None:
            return
        with session.snapshot():
            point = session.point()
            if point == seen and not anyway:
                return
            news = session.heard(session.chairs[self.chair], seen)
            renew = getattr(self.screen, "renew", None)
            untold = renew(news) if renew else news
        self._seen = point
        self._tell_news(untold)

    def _tell_news(self, news: "tuple[News, ...]") -> None:
        from escrow_tui.ui.running.meanwhile import toasts

        for sentence in toasts(news):
            self.notify(clean(sentence), markup=False, timeout=8)

    # -- a store that fails

    def on_trouble(self, message: Trouble) -> None:
        """Show a banner for as long as the trouble lasts; the thread keeps trying the store."""
        if self.session is None or not message.passes:
            self.notify(clean(message.sentence, 600), severity="error", markup=False, timeout=12)
            return
        new = message.sentence != self.trouble
        self.trouble = message.sentence
        self.gone = message.sentence if message.gone else ""
        if self._watch is not None:
            self._watch.ailing.set()
        self.show_trouble()
        if new:
            self.say_trouble()
            self.screen.refresh_bindings()

    def on_well(self) -> None:
        """Remove the banner, and show what others wrote meanwhile."""
        if self.trouble:
            self._recover()
            self.notify("The store answers again.", markup=False, timeout=4)
            self._look(anyway=True)
            self.screen.refresh_bindings()

    def say_trouble(self) -> None:
        """Show a toast too: the trouble may pass before the banner is read."""
        self.notify(clean(self.trouble, 600), severity="error", markup=False, timeout=12)

    def show_trouble(self) -> None:
        """Put the banner on the top screen while the store fails."""
        if not self.trouble:
            return
        from escrow_tui.ui.widgets.banner import TroubleBanner

        said = shown(self.trouble, 600)
        try:
            self.screen.query_one(TroubleBanner).update(said)
        except NoMatches:
            self.screen.mount(TroubleBanner(said, markup=False))

    def _recover(self) -> None:
        if not self.trouble:
            return
        self.trouble = self.gone = ""
        for screen in self.screen_stack:
            screen.query("TroubleBanner").remove()
