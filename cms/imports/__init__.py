"""Imports of an old portal by an editor's hand: uploaded, looked through, run in the background, undone."""
