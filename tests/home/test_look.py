"""The portal's own look: its colour as a stylesheet, its crest at the head of every page."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Site

from home import accent
from home.models import SiteSettings


@pytest.fixture
def settings_of_site(home):
    return SiteSettings.for_site(Site.objects.get())


def test_the_colour_is_a_stylesheet_whose_address_changes_with_it(client, settings_of_site):
    assert "/accent/" not in client.get("/").text  # the stylesheets' own
    settings_of_site.accent = "#1F5C3A"
    settings_of_site.save()
    assert '<link rel="stylesheet" href="/accent/1f5c3a.css">' in client.get("/").text
    sheet = client.get("/accent/1f5c3a.css")
    assert "--accent:#1f5c3a" in sheet.text
    assert sheet["Content-Type"].startswith("text/css")
    assert "immutable" in sheet["Cache-Control"]


@pytest.mark.parametrize(
    "address", ["/accent/red.css", "/accent/1f5c3a7.css", "/accent/}body{.css", "/accent/1F5C3A.css"]
)
def test_only_a_colour_makes_a_stylesheet(client, home, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("colour", ["#9b1c1c", "#1f5c3a", "#0b3d91", "#000000", "#5c2d91"])
def test_every_colour_that_is_taken_can_be_read_in_both_themes(colour):
    accent.check_accent(colour)
    assert accent.contrast(colour, "#ffffff") >= accent.LEGIBLE
    tint = accent.on_dark(colour)
    assert accent.contrast(tint, accent.DARK_SHADE) >= accent.LEGIBLE
    assert accent.contrast(tint, "#14171c") >= accent.LEGIBLE


@pytest.mark.parametrize(("colour", "reason"), [("#ffd700", "pale"), ("red", "six digits"), ("#9b1c1c;", "six digits")])
def test_a_colour_that_cannot_be_read_is_refused_with_the_reason(settings_of_site, colour, reason):
    settings_of_site.accent = colour
    with pytest.raises(ValidationError) as refused:
        settings_of_site.full_clean()
    assert "accent" in refused.value.message_dict
    with pytest.raises(ValidationError):
        accent.check_accent(colour)


def test_contrast_is_that_of_the_guidelines():
    assert accent.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert accent.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_crest_stands_beside_the_name(client, settings_of_site, make_image):
    settings_of_site.crest = make_image()
    settings_of_site.name = "Trường Chính trị"
    settings_of_site.save()
    head = client.get("/").text.split("</header>")[0]
    assert "<img" in head.split("Trường Chính trị</span>")[0].split('class="site-name"')[1]
