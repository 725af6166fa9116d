"""The mix of views that ranks documents, the same for every engine (DESIGN §3, figures in docs/search.md)."""

from collections.abc import Mapping, Sequence

from search.vietnamese import fold, pairs, typed_pairs

# Exact syllables are worth half of folded ones, because readers without accents must find as much; the
# title is worth 0.4 of the whole, which has the title in it already.
VIEW_BOOSTS = {"exact": 0.5, "folded": 1.0, "exact_pairs": 0.5, "folded_pairs": 1.0}
SCOPE_BOOSTS = {"all": 1.0, "title": 0.4}
FIELD_BOOSTS = {
    f"{scope}_{view}": scope_boost * view_boost
    for scope, scope_boost in SCOPE_BOOSTS.items()
    for view, view_boost in VIEW_BOOSTS.items()
}


def field_tokens(tokens: Sequence[str]) -> Mapping[str, list[str]]:
    """What to look for in each token field, for a question of these exact syllables.

    `title_typed` is for the field `title_prefixes`, too: words side by side there, or at the title's beginning.
    """
    exact, folded = list(tokens), [fold(token) for token in tokens]
    views = {"exact": exact, "folded": folded, "exact_pairs": pairs(exact), "folded_pairs": pairs(folded)}
    fields = {f"{scope}_{view}": views[view] for scope in SCOPE_BOOSTS for view in views}
    return fields | {"title_prefixes": folded, "title_typed": typed_pairs(folded)}
