"""Imports in the admin's menu."""

from wagtail import hooks

from cms.imports.desk.viewset import ImportsViewSet


@hooks.register("register_admin_viewset")
def imports() -> ImportsViewSet:
    return ImportsViewSet()
