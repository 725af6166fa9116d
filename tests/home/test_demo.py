"""What the demo content says."""

import itertools
import re
import unicodedata
from collections import Counter

from PIL import Image as PillowImage

from cms.core.blocks import BodyBlock
from cms.core.text import html_lines
from home.demo.content import FOLDER, read_demo


def sentences(article):
    """The sentences of an article, in small letters; cells of tables and names of files are none."""
    blocks = [block.values for block in article.table.tables("body") if not block.values.keys() & {"table", "files"}]
    texts = [text for block in blocks for text in strings(block)]
    lines = (line for text in texts for line in html_lines(text))
    return {
        sentence.strip().lower()
        for line in lines
        for sentence in re.split(r"(?<=[.!?…])\s+", line)
        if sentence.count(" ") > 5
    }


def strings(value):
    """All texts within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


def test_there_are_eighty_articles_over_many_years_and_sections():
    demo = read_demo()
    years = Counter(article.published_at.year for article in demo.articles)
    assert len(demo.articles) >= 80
    assert set(years) == set(range(2019, 2027))
    assert {article.parent for article in demo.articles} >= {
        section.name for section in demo.sections if "/" in section.name
    }
    assert len([section for section in demo.sections if not section.parent]) >= 6


def test_there_are_schools_people_events_and_documents():
    known = read_demo().directory
    assert len(known.schools) == 7
    assert len(known.clusters[0].table.tables("years")) >= 3
    assert len(known.people) >= 25
    assert len(known.events) >= 12
    assert len(known.documents) >= 25
    assert sum(item.table.flag("scanned") for item in known.documents) == 1


def test_every_kind_of_block_is_used():
    kinds = {
        kind for article in read_demo().articles for block in article.table.tables("body") for kind in block.values
    }
    assert kinds == set(BodyBlock().child_blocks)


def test_articles_have_the_length_of_real_ones():
    lengths = [
        sum(len(line.split()) for text in strings(article.table.values) for line in html_lines(text))
        for article in read_demo().articles
    ]
    assert min(lengths) >= 150
    assert max(lengths) <= 800


def test_tags_are_few_and_used_again():
    tags = Counter(tag for article in read_demo().articles for tag in article.table.texts("tags"))
    assert 20 <= len(tags) <= 60
    assert len([tag for tag, count in tags.items() if count >= 3]) >= 15


def test_no_article_repeats_another():
    articles = {article.name: sentences(article) for article in read_demo().articles}
    for (first, one), (second, other) in itertools.combinations(articles.items(), 2):
        assert len(one & other) <= 0.1 * min(len(one), len(other)), f"{first} and {second}: {one & other}"


def test_both_ways_of_placing_the_tone_occur():
    text = " ".join(path.read_text(encoding="utf-8") for path in (FOLDER / "articles").glob("*.toml"))
    assert "Hoà Lâm" in text
    assert "Hòa Lâm" in text


def test_all_texts_are_in_the_composed_form():
    for path in (*FOLDER.rglob("*.toml"), *(FOLDER / "files").iterdir()):
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path.name


def test_pictures_are_large_enough_and_light():
    for path in (FOLDER / "pictures").iterdir():
        with PillowImage.open(path) as picture:
            assert picture.size == (1600, 1067), path.name
        assert path.stat().st_size <= 90_000, path.name
