"""What a server's process does before it takes requests, so that its first reader waits no longer than the others."""

from search import lexicon
from search.engines import get_engine
from search.vietnamese.syllables import accented_forms


def warm_up() -> None:
    """Load the engine and the table of syllables, and begin to read the vocabulary in a thread; half a second.

    Nothing here waits for the index: a server starts while that is away, too.
    """
    get_engine()
    accented_forms("a")  # makes all of them
    lexicon.speller()
