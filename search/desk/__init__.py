"""The search in the Wagtail admin: what readers ask, and what editors do about it."""
