"""Which driver the app runs on."""

import sys

from textual.driver import Driver


def safe_driver(chosen: type[Driver]) -> type[Driver]:
    """Return the driver to use in place of the one that Textual chose.

    Only Textual's driver for Linux and macOS is replaced: a browser, a test and Windows have their
    own. The app gets signals, watchdog and tolerant input by overriding one method:

        def get_driver_class(self) -> type[Driver]:
            return safe_driver(super().get_driver_class())

    The program must exit with `app.return_code`, which is 128 + n after signal n.
    """
    if sys.platform == "win32":
        return chosen
    from textual.drivers.linux_driver import LinuxDriver

    from escrow_tui.ui.safety.driver import SafeDriver

    return SafeDriver if chosen is LinuxDriver else chosen
