"""The options that all measurements have."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

from corpus import FOLDER


def parser(description: str | None) -> ArgumentParser:
    """A parser with the common options; the caller adds its own."""
    options = ArgumentParser(description=description, formatter_class=RawDescriptionHelpFormatter)
    options.add_argument("--sets", type=Path, default=FOLDER, help="the relevance development sets (%(default)s)")
    options.add_argument("--database", type=Path, help="an empty, migrated SQLite database to begin with a copy of")
    options.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return options


def add_engine(options: ArgumentParser) -> None:
    """The choice of the engine that is measured."""
    options.add_argument(
        "--engine",
        choices=("tantivy", "elasticsearch"),
        default="tantivy",
        help="the engine that is measured, Elasticsearch at ELASTICSEARCH_URL (%(default)s)",
    )
