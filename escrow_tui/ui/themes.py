"""Our three themes: dark and light for every day, and one of high contrast."""

from textual.theme import Theme

ESCROW_DARK = Theme(
    name="escrow-dark",
    primary="#6fb6d9",
    secondary="#a9b8e8",
    accent="#e8b45a",
    warning="#f0a35e",
    error="#f58a8a",
    success="#7fcf9a",
    foreground="#dde3ea",
    background="#10151c",
    surface="#161d26",
    panel="#1f2933",
    dark=True,
    variables={
        "text-muted": "#9fadbb",
        "text-disabled": "#8f9caa",
        "border": "#5f8ea6",
        "border-blurred": "#46566a",
        "footer-background": "#1f2933",
        "footer-key-foreground": "#e8b45a",
        "block-cursor-background": "#6fb6d9",
        "block-cursor-foreground": "#10151c",
        "input-selection-background": "#6fb6d9 35%",
    },
)

ESCROW_LIGHT = Theme(
    name="escrow-light",
    primary="#135f86",
    secondary="#47549c",
    accent="#8a5200",
    warning="#974700",
    error="#ab2424",
    success="#1c6a3c",
    foreground="#1d2630",
    background="#f7f5f0",
    surface="#f0ede6",
    panel="#e6e2d8",
    dark=False,
    variables={
        "text-muted": "#4d5966",
        "text-disabled": "#56616d",
        "border": "#5b8196",
        "border-blurred": "#a5a297",
        "footer-background": "#e6e2d8",
        "footer-key-foreground": "#8a5200",
        "block-cursor-background": "#135f86",
        "block-cursor-foreground": "#ffffff",
        "input-selection-background": "#135f86 25%",
    },
)

ESCROW_CONTRAST = Theme(
    name="escrow-contrast",
    primary="#6fe0ff",
    secondary="#d0c8ff",
    accent="#ffe14d",
    warning="#ffc266",
    error="#ffb0b0",
    success="#8dffb0",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#141414",
    dark=True,
    text_alpha=1.0,
    variables={
        "text": "auto 100%",
        "button-color-foreground": "auto 100%",
        "text-muted": "#e0e0e0",
        "text-disabled": "#c8c8c8",
        "border": "#ffffff",
        "border-blurred": "#b0b0b0",
        "footer-background": "#000000",
        "footer-key-foreground": "#ffe14d",
        "block-cursor-background": "#ffffff",
        "block-cursor-foreground": "#000000",
        "input-selection-background": "#ffe14d 40%",
    },
)

THEMES: tuple[Theme, ...] = (ESCROW_DARK, ESCROW_LIGHT, ESCROW_CONTRAST)
