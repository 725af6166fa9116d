"""What a server's process does before it takes requests, so that its first reader waits no longer than the others."""

import gc
from importlib import import_module

from django.conf import settings

from search import lexicon
from search.engines import get_engine
from search.vietnamese.syllables import accented_forms


def warm_up() -> None:
    """Load what every answer needs, and begin to read the vocabulary in a thread; a second or two.

    Nothing here waits for the index or the database: a server starts while these are away, too.
    """
    import_module(settings.ROOT_URLCONF)  # every view, with what it imports
    get_engine()
    accented_forms("a")  # makes all of them
    lexicon.speller()
    # What is loaded now stays for good. The collector needs 0.1 s to find that out, and would do so again and again,
    # while a reader waits.
    gc.collect()
    gc.freeze()
