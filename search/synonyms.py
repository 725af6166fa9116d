"""What editors say of words, good until their next change: synonyms, and abbreviations that do not hold here."""

from functools import lru_cache

from search.models import Synonym
from search.rows import rows
from search.understanding.abbreviations import Abbreviations, shipped
from search.understanding.thesaurus import Thesaurus

_STATE = "SELECT COUNT(*), MAX(changed_at) FROM {synonym}"


def word_lists() -> tuple[Thesaurus, Abbreviations]:
    """Editors' synonyms, and the dictionary of abbreviations without what they have struck out; one small query while
    nothing has changed.
    """
    return _made(str(rows(_STATE)))


@lru_cache(maxsize=1)
def _made(state: str) -> tuple[Thesaurus, Abbreviations]:
    entries: dict[str, list[tuple[str, str]]] = {direction: [] for direction in Synonym.Direction.values}
    for words, meaning, direction in Synonym.objects.values_list("words", "meaning", "direction"):
        entries[direction].append((words, meaning))
    both, one = entries[Synonym.Direction.BOTH], entries[Synonym.Direction.ONE]
    thesaurus = Thesaurus([*both, *one, *((meaning, words) for words, meaning in both)])
    return thesaurus, shipped(frozenset(entries[Synonym.Direction.NOT]))
