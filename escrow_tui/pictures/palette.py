"""The colours of goods, each a palette of tones, and the inks that all pictures share."""

import msgspec

RGB = tuple[int, int, int]


class Palette(msgspec.Struct, frozen=True, kw_only=True):
    """The tones of one colour, and the accents that stand out against it.

    The outline of black goods is lighter than their body, or they would vanish on a dark screen.
    """

    outline: RGB
    deep: RGB
    shade: RGB
    body: RGB
    light: RGB
    highlight: RGB
    accent: RGB
    accent_shade: RGB
    mark: tuple[str, RGB]
    second_mark: tuple[str, RGB]
    blotch: tuple[str, RGB]


def rgb(code: str) -> RGB:
    """Return the colour that six hexadecimal digits stand for."""
    value = int(code, 16)
    return (value >> 16, value >> 8 & 255, value & 255)


_TEAL, _CREAM = ("teal", rgb("0e8088")), ("cream", rgb("f7ecc8"))
_ORANGE, _VIOLET, _SKY = (
    ("orange", rgb("f07818")),
    ("violet", rgb("6a30b0")),
    ("sky blue", rgb("48c0f8")),
)
_BROWN, _TAN = ("dark brown", rgb("5c3a14")), ("tan", rgb("b8935a"))
_AMBER, _IVORY, _NAVY = ("e2a04a", "b8762c"), ("f2e6cc", "d0bc94"), ("3c5080", "283860")


def _palette(
    tones: str,
    accent: tuple[str, str],
    mark: tuple[str, RGB],
    second_mark: tuple[str, RGB],
    blotch: tuple[str, RGB],
) -> Palette:
    outline, deep, shade, body, light, highlight = (rgb(code) for code in tones.split())
    return Palette(
        outline=outline,
        deep=deep,
        shade=shade,
        body=body,
        light=light,
        highlight=highlight,
        accent=rgb(accent[0]),
        accent_shade=rgb(accent[1]),
        mark=mark,
        second_mark=second_mark,
        blotch=blotch,
    )


COLOURS: dict[str, Palette] = {
    "white": _palette("7c8092 b4b8c6 d2d5de eef0f4 f8f9fb ffffff", _AMBER, _TEAL, _ORANGE, _BROWN),
    "black": _palette("70768a 16181e 22252d 30343f 4a5060 a8b0c4", _AMBER, _CREAM, _ORANGE, _TAN),
    "grey": _palette("3a3e4a 565c6a 747a8a 959bab b4bac6 e2e6ee", _AMBER, _TEAL, _ORANGE, _BROWN),
    "red": _palette("6e1420 8e1c28 b42834 d63a44 ea6a68 ffc0b8", _IVORY, _CREAM, _SKY, _BROWN),
    "blue": _palette("14306e 1c448e 2a5cb4 3f7ad8 6ea2ee c4dcff", _AMBER, _CREAM, _ORANGE, _BROWN),
    "green": _palette("14482c 20683f 2a7e4e 3f9e66 6cc08a c8f0d4", _AMBER, _CREAM, _VIOLET, _BROWN),
    "yellow": _palette("7a5208 a07010 c8941c eab836 f6d468 fff2c0", _NAVY, _TEAL, _VIOLET, _BROWN),
    "pink": _palette("7e2c58 a84478 cc6698 e88cb6 f4b2d0 ffe4f0", _IVORY, _TEAL, _VIOLET, _BROWN),
}

INKS: dict[str, RGB] = {
    "k": rgb("1e2028"),  # black, as of an opening or of print
    "g": rgb("8a90a0"),  # metal and small print
    "w": rgb("f2f3f6"),  # white
    "p": rgb("cdd0da"),  # paper in the shade
    "y": rgb("ffd978"),  # lamplight and gold
    "r": rgb("d84a44"),  # a red button
    "n": rgb("24364e"),  # dark glass
    "u": rgb("7cb0e0"),  # a reflection in glass
    "t": rgb("6a4024"),  # tea
    "7": rgb("7cf0a0"),  # digits of a display
    "1": rgb("d8b078"),  # cardboard, from light ...
    "2": rgb("c49a62"),
    "9": rgb("ac8450"),
    "4": rgb("8a6840"),
    "3": rgb("7c5a32"),
    "5": rgb("6a4e2e"),  # ... to dark
}


def tone_of(letter: str, palette: Palette) -> RGB | None:
    """Return the colour of a letter in a drawing; None for the background."""
    match letter:
        case ".":
            return None
        case "o":
            return palette.outline
        case "d":
            return palette.deep
        case "s":
            return palette.shade
        case "b":
            return palette.body
        case "l":
            return palette.light
        case "h":
            return palette.highlight
        case "a":
            return palette.accent
        case "c":
            return palette.accent_shade
        case _:
            return INKS[letter]
