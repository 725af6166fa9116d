"""Brings pages of an old portal in: finding files, reading them, understanding their text. Writes nothing."""
