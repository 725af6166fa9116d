"""Wagtail's own texts in Vietnamese: all that an editor meets, with the right placeholders, and really shown."""

import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import wagtail
from django.urls import reverse
from django.utils import translation
from django.utils.timesince import timesince

from config import catalogues
from search.vietnamese.normalise import normalise
from tests.test_catalogue import PLACEHOLDER

OURS = Path(__file__).resolve().parents[1] / "locale/wagtail/vi/LC_MESSAGES"
WAGTAIL = Path(wagtail.__file__).parent
APPS = (
    *(".", "admin", "images", "documents", "snippets", "users", "sites", "locales", "search", "embeds"),
    *("contrib/forms", "contrib/redirects", "contrib/settings", "contrib/simple_translation"),
    *("contrib/table_block", "contrib/typed_table_block"),
)
DOMAINS = ("django", "djangojs")
every_domain = pytest.mark.parametrize("domain", DOMAINS)
UNITS = ("year", "month", "week", "day", "hour", "minute")
OF_DJANGO = {f"%(num)d {unit}\0%(num)d {unit}s" for unit in UNITS}  # “2 minutes ago”, which its own catalogue lacks
WITHOUT_VIETNAMESE: frozenset[str] = frozenset()  # what a new version of Wagtail says and nobody here will ever read


def sources(domain: str) -> set[str]:
    """What Wagtail says, each as the key of a catalogue. Its English catalogues hold the sources, untranslated."""
    found = {key for app in APPS for key in keys(WAGTAIL / app / f"locale/en/LC_MESSAGES/{domain}.po")}
    return found | OF_DJANGO if domain == "django" else found


def keys(source: Path) -> Iterator[str]:
    for entry in catalogues._entries(source) if source.exists() else ():
        if entry["msgid"]:
            context = f"{entry['msgctxt']}\4" if "msgctxt" in entry else ""
            plural = f"\0{entry['msgid_plural']}" if "msgid_plural" in entry else ""
            yield f"{context}{entry['msgid']}{plural}"


def texts(domain: str) -> dict[str, str]:
    """Source to Vietnamese: ours before Wagtail's."""
    found: dict[str, str] = {}
    for app in APPS:
        theirs = WAGTAIL / app / f"locale/vi/LC_MESSAGES/{domain}.po"
        found |= catalogues.messages(theirs) if theirs.exists() else {}
    found |= catalogues.messages(OURS / f"{domain}.po")
    return {key: text for key, text in found.items() if key}


@every_domain
def test_all_that_wagtail_says_to_an_editor_is_said_in_vietnamese(domain):
    assert sources(domain)
    assert sorted(sources(domain) - texts(domain).keys() - WITHOUT_VIETNAMESE) == []


@every_domain
def test_nothing_is_translated_that_wagtail_no_longer_says(domain):
    ours = catalogues.messages(OURS / f"{domain}.po").keys() - {""}
    assert sorted(ours - sources(domain)) == []


@every_domain
def test_placeholders_tags_and_spaces_at_the_ends_are_those_of_the_source(domain):
    for key, text in catalogues.messages(OURS / f"{domain}.po").items():
        source = key.split("\0")[-1]
        for what in (PLACEHOLDER, re.compile(r"<[^>]+>")):
            assert Counter(what.findall(text)) == Counter(what.findall(source)), source
        assert (text[:1] == " ", text[-1:] == " ") == (source[:1] == " ", source[-1:] == " ") or not key, source


@every_domain
def test_the_texts_are_composed_and_place_tones_in_one_way(domain):
    written = (OURS / f"{domain}.po").read_text()
    assert unicodedata.is_normalized("NFC", written)
    said = sources(domain)
    shown = " ".join(text for key, text in texts(domain).items() if key in said)
    assert [word for word in shown.split() if word != normalise(word)] == []


@every_domain
@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
def test_gettext_finds_nothing_wrong_with_the_catalogue(domain):
    subprocess.run(["msgfmt", "--check-format", "-o", "/dev/null", str(OURS / f"{domain}.po")], check=True)


def test_ours_is_what_is_shown():
    with translation.override("vi"):
        assert translation.gettext("Unpublish") == "Gỡ xuống"  # Wagtail says “Thu hồi xuất bản”
        assert translation.ngettext("Used %(usage_count)s time", "Used %(usage_count)s times", 2).startswith("Dùng ở")
        assert translation.gettext("Official documents") == "Văn bản"
        assert timesince(datetime(2026, 11, 27, 8), datetime(2026, 11, 27, 8, 2)) == "2\xa0phút"
    with translation.override("en"):
        assert translation.gettext("Unpublish") == "Unpublish"


def test_the_admins_scripts_speak_vietnamese(admin_client):
    catalogue = admin_client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    shown = dict(re.findall(r'"(Insert a block|Edit)": "([^"]*)"', catalogue))
    assert {source: text.encode().decode("unicode_escape") for source, text in shown.items()} == {
        "Insert a block": "Chèn khối",
        "Edit": "Sửa",
    }


def test_the_login_asks_for_the_password_in_vietnamese(client, db):
    assert re.search(r"<label[^>]*>\s*Mật khẩu", client.get(reverse("wagtailadmin_login")).content.decode())


def test_a_search_in_all_pages_says_what_it_counts(admin_client, home):
    shown = admin_client.get(reverse("wagtailadmin_pages:search"), {"q": ""}).content.decode()
    assert re.search(r"1-\d+ trong \d+ trang", shown)
    assert "None" not in re.search(r"<thead>.*?</thead>", shown, re.DOTALL)[0]


@pytest.mark.parametrize(
    "address, english, instead",
    [
        ("/admin/", 'value="Search"', '<input type="submit" class="button" />'),
        ("/admin/documents/", 'aria-label="Actions"', 'aria-label="Thao tác"'),
        ("/admin/sites/", "Root page", "Trang gốc"),
    ],
)
def test_what_wagtails_templates_say_in_english_in_every_language_is_not_said(
    admin_client, home, address, english, instead
):
    shown = admin_client.get(address).content.decode()
    assert english not in shown
    assert instead in shown
