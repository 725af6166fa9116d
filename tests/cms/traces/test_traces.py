"""What cameras write into pictures does not reach the library; the picture itself stays as it is, byte by byte."""

import io
import struct

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from PIL import ImageCms, PngImagePlugin

from cms.core.models import Image
from cms.core.traces import without_traces

PLACE = b"Van Son 21.0278"
KINDS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><exif:GPSLatitude>21,1.6</exif:GPSLatitude></x:xmpmeta>" + PLACE


def exif(orientation=6):
    made = Pillow.Exif()
    made[0x0112], made[0x010E], made[0x010F] = orientation, PLACE.decode(), "Phone of Hoa"
    made.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 40.0), 3: "E", 4: (105.0, 50.0, 2.0)})
    return made.tobytes()


def profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def photo(kind, orientation=6):
    """A picture of 40 by 20 as a telephone writes it."""
    if kind == "HEIF":
        pytest.importorskip("pillow_heif").register_heif_opener()
    data = io.BytesIO()
    picture = Pillow.linear_gradient("L").resize((40, 20)).convert("RGB")
    values = {"exif": exif(orientation), "icc_profile": profile()}
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", PLACE.decode())
        info.add_itxt("XML:com.adobe.xmp", XMP.decode())
        values["pnginfo"] = info
    elif kind == "JPEG":
        values |= {"comment": PLACE, "xmp": XMP}
    else:
        values["xmp"] = XMP
    picture.save(data, kind, **values)
    return data.getvalue()


def opened(data):
    return Pillow.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", KINDS)
def test_place_author_and_device_are_gone_and_the_picture_is_the_same(kind):
    before = photo(kind)
    after = without_traces(before)
    assert PLACE in before
    for part in (PLACE, b"Phone of Hoa", b"GPSLatitude"):
        assert part not in after
    assert not opened(after).getexif().get_ifd(0x8825)
    assert opened(after).convert("RGB").tobytes() == opened(before).convert("RGB").tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_colours_and_which_way_up_it_is_are_kept(kind):
    data = photo(kind)
    before, after = opened(data), opened(without_traces(data))
    assert after.info["icc_profile"] == before.info["icc_profile"]
    assert after.size == before.size
    assert after.getexif().get(0x0112, 1) == before.getexif().get(0x0112, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_a_clean_picture_is_left_alone(kind):
    clean = without_traces(photo(kind))
    assert without_traces(clean) == clean


def test_films_and_second_pictures_behind_a_jpeg_are_cut_off():
    assert PLACE not in without_traces(photo("JPEG") + b"\0\0\0\x18ftypmp42" + PLACE)


def test_captions_for_the_press_and_previews_in_a_jpeg_are_gone():
    data = photo("JPEG")
    press = b"Photoshop 3.0\x008BIM" + PLACE
    segment = b"\xff\xed" + struct.pack(">H", len(press) + 2) + press
    assert PLACE not in without_traces(data[:2] + segment + data[2:])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_damaged_file_breaks_nothing(kind, share):
    data = photo(kind)
    assert isinstance(without_traces(data[: int(len(data) * share)]), bytes)


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1", b"RIFF\0\0\0\0WEBP", b"GIF89a", b"\0\0\0\x18ftypheic"]
)
def test_anything_may_come(data):
    assert isinstance(without_traces(data), bytes)


def test_a_picture_is_stored_clean_with_the_hash_of_what_is_stored(db):
    image = Image.objects.create(title="Lễ", file=ContentFile(photo("JPEG"), "le.jpg"))
    with image.file.open() as stored:
        data = stored.read()
    assert PLACE not in data
    known = image.file_hash
    image._set_file_hash()
    assert (image.file_hash, image.file_size) == (known, len(data))


@pytest.mark.parametrize(
    "address", ["/admin/images/add/", "/admin/images/multiple/add/", "/admin/images/chooser/create/"]
)
def test_every_way_of_uploading_stores_it_clean_and_finds_doubles(admin_client, address):
    answers, data = [], photo("JPEG")
    for name in ("mot.jpg", "hai.jpg"):
        file = SimpleUploadedFile(name, data, "image/jpeg")
        field = {"/admin/images/multiple/add/": "files[]", "/admin/images/chooser/create/": "image-chooser-upload-file"}
        values = {"title": name, "image-chooser-upload-title": name, field.get(address, "file"): file}
        answers.append(admin_client.post(address, values, HTTP_X_REQUESTED_WITH="XMLHttpRequest", follow=True))
    first, second = Image.objects.order_by("pk")
    assert first.file_hash == second.file_hash != ""
    with second.file.open() as stored:
        assert PLACE not in stored.read()
    notice = f"/admin/images/{first.pk}/" if address == "/admin/images/add/" else "duplicate"
    assert notice in answers[1].content.decode()


def test_heic_is_taken_and_shown_as_jpeg(admin_client):
    file = SimpleUploadedFile("anh.heic", photo("HEIF", 1), "image/heic")
    admin_client.post("/admin/images/add/", {"title": "Ảnh điện thoại", "file": file})
    image = Image.objects.get()
    assert image.get_rendition("width-20").file.name.endswith(".jpg")
    assert "image/heic" in admin_client.get("/admin/images/add/").content.decode()


@pytest.mark.parametrize("limit", ["WAGTAILIMAGES_MAX_UPLOAD_SIZE", "WAGTAILIMAGES_MAX_IMAGE_PIXELS"])
def test_a_picture_that_is_too_large_is_refused_with_the_limit(admin_client, settings, limit):
    setattr(settings, limit, 10)
    file = SimpleUploadedFile("anh.jpg", photo("JPEG"), "image/jpeg")
    answer = admin_client.post("/admin/images/add/", {"title": "Ảnh", "file": file})
    assert "10" in str(answer.context["form"].errors["file"])
    assert not Image.objects.exists()
