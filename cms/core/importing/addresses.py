"""Addresses as old pages write them: anything may stand there."""

from urllib.parse import SplitResult, urlsplit

_NOWHERE = urlsplit("")


def parts_of(address: str) -> SplitResult:
    """The parts of an address; one that makes no sense (`//[x`) has none."""
    try:
        return urlsplit(address)
    except ValueError:
        return _NOWHERE


def makes_sense(address: str) -> bool:
    """Whether an address can be taken apart."""
    return parts_of(address) is not _NOWHERE
