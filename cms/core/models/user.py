from django.contrib.auth.models import AbstractUser
from wagtail.search import index

_NAMES = ("username", "first_name", "last_name", "email")
_FILTERS = (*_NAMES, "id", "is_active", "is_superuser", "last_login")  # what the admin sorts and narrows its list by


class User(index.Indexed, AbstractUser):
    """Somebody who works in the admin. Our own from the first migration: it cannot be exchanged later."""

    search_fields = [
        *map(index.SearchField, _NAMES),
        *map(index.AutocompleteField, _NAMES),
        *map(index.FilterField, _FILTERS),
    ]
