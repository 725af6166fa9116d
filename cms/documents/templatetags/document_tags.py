"""`{% link_numbers %} … {% endlink_numbers %}`: document numbers in the HTML between become links to the register."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from cms.documents.linking import link_numbers

register = template.Library()


class LinkedNumbers(template.Node):
    """The block between the two tags."""

    def __init__(self, block: template.NodeList) -> None:
        self._block = block

    def render(self, context: template.Context) -> SafeString:
        page: Any = context.get("page")
        # The block is escaped already; the links put into it are escaped where they are made.
        return mark_safe(link_numbers(self._block.render(context), getattr(page, "pk", None), context.get("cited")))  # noqa: S308


@register.tag("link_numbers")
def linked_numbers(parser: template.base.Parser, token: template.base.Token) -> LinkedNumbers:
    block = parser.parse(("endlink_numbers",))
    parser.delete_first_token()
    return LinkedNumbers(block)
