"""One file or folder per screen; `SCREENS` in `ui.places` lists them."""
