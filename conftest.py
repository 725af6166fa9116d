"""Stands at the root, so that pytest finds the project's packages."""

pytest_plugins = ["tests.search_index"]
