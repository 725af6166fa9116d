"""For the admin's script: puts pictures of the clipboard into the library, makes blocks of what was pasted."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.images.forms import get_image_form
from wagtail.images.utils import find_image_duplicates
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from cms.core.blocks import BodyBlock
from cms.core.importing.values import Unreadable
from cms.core.models import Image
from cms.core.pasting.blocks import Pasted, pasted
from cms.core.text import storable

MAX_HTML = 20 * 1024**2  # bytes; Word writes some hundred for each word


@require_POST
def paste_document(request: HttpRequest) -> JsonResponse:
    """`html` is a file with what lies in the clipboard; the answer has the `blocks` as the editor's script takes them,
    and `notes` for the editor.
    """
    file = request.FILES.get("html")
    if file is None:
        return _refused(_("html: the document is missing"))
    if file.size > MAX_HTML:
        return _refused(_("html: larger than %(limit)d MB") % {"limit": MAX_HTML // 1024**2})
    try:
        found = pasted(storable(file.read().decode("utf-8", "replace")))
    except Unreadable as reason:
        return _refused(_("html: %(reason)s") % {"reason": reason})
    _leave_out_hidden(found, request.user)
    body = BodyBlock()
    return JsonResponse({"blocks": body.get_form_state(body.to_python(found.blocks)), "notes": found.notes})


@require_POST
def paste_picture(request: HttpRequest) -> JsonResponse:
    """Put the picture `file`, called `title`, into the library; the answer has its `id`.

    One that is there already, and that the editor may use, is used again.
    """
    policy = policy_registry.get_by_type(Image)
    if not policy.user_has_permission(request.user, "add"):
        raise PermissionDenied
    collection = _collection(policy, request.user)
    values = {"title": request.POST.get("title", "")[:255] or _("Pasted picture"), "collection": collection.pk}
    form = get_image_form(Image)(values, {"file": request.FILES.get("file")}, user=request.user)
    if not form.is_valid():
        return _refused("; ".join(text for errors in form.errors.values() for text in errors))
    return JsonResponse({"id": _kept(form, request, policy).pk})


def _kept(form: Any, request: HttpRequest, policy: Any) -> Image:
    image = form.save(commit=False)
    image.uploaded_by_user = request.user
    if known := find_image_duplicates(image, request.user, policy).order_by("pk").first():
        return known
    image.save()
    return image


def _collection(policy: Any, user: Any) -> Collection:
    """Where the editor may put pictures: the first of these collections, as in Wagtail's own forms."""
    return policy.collections_user_has_permission_for(user, "add").order_by("path").first()


def _leave_out_hidden(found: Pasted, user: Any) -> None:
    """Empty the picture blocks whose pictures are gone, or not for this editor."""
    wanted = {block["value"]["image"] for block in found.blocks if block["type"] == "picture"} - {None}
    policy = policy_registry.get_by_type(Image)
    usable = policy.instances_user_has_permission_for(user, "choose").filter(pk__in=wanted)
    known = set(usable.values_list("pk", flat=True)) if wanted else set()
    for block in found.blocks:
        if block["type"] == "picture" and block["value"]["image"] not in known:
            block["value"]["image"] = None


def _refused(reason: str) -> JsonResponse:
    return JsonResponse({"error": reason}, status=400)
