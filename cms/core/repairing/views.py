"""For the admin: what an editor pastes, in Unicode."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from cms.core.repairing.html import repaired_html
from search.vietnamese.encodings import repair, reread


@require_POST
def repair_pasted(request: HttpRequest) -> JsonResponse:
    """`html` and `text` are what lies in the clipboard, one for the other; the answer has both in Unicode.

    Only the HTML knows the fonts: what they tell holds for the plain text, too.
    """
    html, text = repaired_html(request.POST.get("html", "")), repair(request.POST.get("text", ""))
    plain = reread(text.text, html.encoding) if html.encoding and not text.encoding else text.text
    return JsonResponse({"html": html.text, "text": plain, "encoding": html.encoding or text.encoding})
