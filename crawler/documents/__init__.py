"""Call documents -> text with pages, headings and tables. Knows files, neither the store nor the web."""

from crawler.documents.formats import READER
from crawler.documents.guarded import Readers, read_document

__all__ = ["READER", "Readers", "read_document"]
