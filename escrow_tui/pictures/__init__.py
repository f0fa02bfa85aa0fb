"""Small drawn pictures of goods and evidence, made from a short text and nothing else."""

from escrow_tui.pictures.catalogue import KINDS, SCENES
from escrow_tui.pictures.flaws import FLAWS
from escrow_tui.pictures.palette import COLOURS, RGB
from escrow_tui.pictures.picture import Picture, describe_picture, parse_picture, pixels

__all__ = [
    "COLOURS",
    "FLAWS",
    "KINDS",
    "RGB",
    "SCENES",
    "Picture",
    "describe_picture",
    "parse_picture",
    "pixels",
]
