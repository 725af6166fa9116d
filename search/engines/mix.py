"""The mix of views that ranks documents, the same for every engine (DESIGN §3, figures in docs/search.md)."""

from collections.abc import Iterator, Mapping, Sequence

from search.engines.base import Alternative, Request
from search.vietnamese import fold_tokens, pairs, typed_pairs

Term = tuple[str, str]  # a token field and a token

# Exact syllables are worth half of folded ones, because readers without accents must find as much; the
# title is worth 0.4 of the whole, which has the title in it already.
VIEW_BOOSTS = {"exact": 0.5, "folded": 1.0, "exact_pairs": 0.5, "folded_pairs": 1.0}
SCOPE_BOOSTS = {"all": 1.0, "title": 0.4}
FIELD_BOOSTS = {
    f"{scope}_{view}": scope_boost * view_boost
    for scope, scope_boost in SCOPE_BOOSTS.items()
    for view, view_boost in VIEW_BOOSTS.items()
}


def scored_terms(request: Request) -> Iterator[tuple[str, str, float]]:
    """What adds to a document's score: token field, token, and its weight."""
    for weight, views in [(1.0, _views(request.tokens)), *map(_alternative_views, request.alternatives)]:
        for name, boost in FIELD_BOOSTS.items():
            for token in views[name.partition("_")[2]]:
                yield name, token, boost * weight


def matching_terms(request: Request) -> list[Term]:
    """One of these is in each document that has any of `scored_terms`: every view implies the folded one."""
    terms = {("all_folded", token) for token in fold_tokens(request.tokens)}
    for alternative in request.alternatives:
        views = _alternative_views(alternative)[1]
        terms |= {(f"all_{view}", token) for view in ("folded", "folded_pairs") for token in views[view]}
    return sorted(terms)


def phrase_terms(words: Sequence[str]) -> list[Term]:
    """What a document has in which these words stand side by side, with the accents that they have.

    Of three words and more only the pairs are looked at, which nearly always means the same. A pair in which a word has
    no accents may have any.
    """
    accented = [word != plain for word, plain in zip(words, fold_tokens(words), strict=True)]
    if len(words) == 1:
        return [("all_exact" if accented[0] else "all_folded", words[0])]
    exact, folded = pairs(words), pairs(fold_tokens(words))
    return [
        ("all_exact_pairs", exact[place]) if all(accented[place : place + 2]) else ("all_folded_pairs", folded[place])
        for place in range(len(exact))
    ]


def folded_terms(words: Sequence[str]) -> list[Term]:
    """`phrase_terms` with any accents."""
    return phrase_terms(fold_tokens(words))


def _views(tokens: Sequence[str]) -> Mapping[str, Sequence[str]]:
    exact, folded = list(tokens), fold_tokens(tokens)
    return {"exact": exact, "folded": folded, "exact_pairs": pairs(exact), "folded_pairs": pairs(folded)}


def _alternative_views(alternative: Alternative) -> tuple[float, Mapping[str, Sequence[str]]]:
    """Its weight and its tokens in each view."""
    inner = alternative.words if len(alternative.words) == 1 else ()
    around = [word for word in (alternative.before, *alternative.words, alternative.after) if word]
    return alternative.weight, {**_views(around), "exact": list(inner), "folded": fold_tokens(inner)}


def title_terms(tokens: Sequence[str]) -> tuple[list[Term], list[tuple[str, str, float]]]:
    """For what is being typed: what a title must have, and what puts it higher, with weights.

    Words side by side, or at the title's beginning, whole and accented ones count more.
    """
    folded, views = fold_tokens(tokens), _views(tokens)
    higher = [("title_prefixes", pair, 1.0) for pair in typed_pairs(folded)]
    higher += [
        (name, token, boost)
        for name, boost in FIELD_BOOSTS.items()
        if name.startswith("title_")
        for token in views[name.partition("_")[2]]
    ]
    return [("title_prefixes", token) for token in folded], higher
