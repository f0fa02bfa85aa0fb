"""Reads TOML that people wrote, safely even if it is hostile; a fault has its line and column."""

from escrow_tui.files.data_folder import seeds
from escrow_tui.files.document import Document, document_from_text, read_document
from escrow_tui.files.fault import At, Fault, Faults, Place, did_you_mean
from escrow_tui.files.reader import Reader

__all__ = [
    "At",
    "Document",
    "Fault",
    "Faults",
    "Place",
    "Reader",
    "did_you_mean",
    "document_from_text",
    "read_document",
    "seeds",
]
