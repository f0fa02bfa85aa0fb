"""The row and column of every key and value in a TOML text.

Imported only when there is a fault: loading tree-sitter costs more than reading the file.
"""

import tomllib
from collections.abc import Mapping

import msgspec
import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from escrow_tui.files.fault import Place

Point = tuple[int, int]


class Spot(msgspec.Struct, frozen=True):
    """Where a key and its value begin; rows and columns count from 0, columns in bytes."""

    key: Point
    value: Point


def find_spots(text: str) -> Mapping[Place, Spot]:
    """Return the spot of each place in a text; the TOML parser must have accepted the text."""
    tree = Parser(Language(tree_sitter_toml.language())).parse(text.encode())
    index = _Index()
    base: Place = ()
    for node in tree.root_node.named_children:
        if node.type == "pair":
            index.add_pair((), node)
        elif node.type in ("table", "table_array_element"):
            base = index.add_header(node)
            for pair in node.named_children[1:]:
                index.add_pair(base, pair)
    return index.spots


class _Index:
    def __init__(self) -> None:
        self.spots: dict[Place, Spot] = {}
        self.lengths: dict[Place, int] = {}

    def add_header(self, node: Node) -> Place:
        """Record [a.b] or [[a.b]], and return the place that its pairs belong to."""
        if not node.named_children:
            return ()
        spot = Spot(_start(node), _start(node))
        place: Place = ()
        parts = _key_parts(node.named_children[0])
        for part in parts:
            place = (*self._latest(place), _name(part))
            self.spots.setdefault(place, spot)
        if node.type == "table":
            self.spots[place] = spot
            return place
        length = self.lengths.get(place, 0)
        self.lengths[place] = length + 1
        element = (*place, length)
        self.spots[element] = spot
        return element

    def _latest(self, place: Place) -> Place:
        """Return the place itself, or its latest table if it is a list of tables."""
        return (*place, self.lengths[place] - 1) if place in self.lengths else place

    def add_pair(self, base: Place, node: Node) -> None:
        inner = _meant(node)
        if node.type != "pair" or len(inner) != 2:
            return
        key, value = inner
        place = base
        for part in _key_parts(key):
            place = (*place, _name(part))
            self.spots.setdefault(place, Spot(_start(part), _start(value)))
        self._add_value(place, value)

    def _add_value(self, place: Place, node: Node) -> None:
        inner = _meant(node)
        if node.type == "inline_table":
            for pair in inner:
                self.add_pair(place, pair)
        elif node.type == "array":
            for number, item in enumerate(inner):
                self.spots[(*place, number)] = Spot(_start(item), _start(item))
                self._add_value((*place, number), item)


def _start(node: Node) -> Point:
    return node.start_point.row, node.start_point.column


def _meant(node: Node) -> list[Node]:
    return [child for child in node.named_children if child.type != "comment"]


def _key_parts(node: Node) -> list[Node]:
    if node.type != "dotted_key":
        return [node]
    return [part for child in node.named_children for part in _key_parts(child)]


def _name(node: Node) -> str:
    written = (node.text or b"").decode()
    if node.type != "quoted_key":
        return written
    try:
        return str(tomllib.loads(f"key = {written}")["key"])
    except tomllib.TOMLDecodeError:
        return written
