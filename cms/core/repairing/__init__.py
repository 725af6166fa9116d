"""Brings texts in the encodings before Unicode to it: HTML, StreamFields, pages with their revisions."""
