"""One screen a file; the table of contents is `SCREENS` in `ui.places`."""
