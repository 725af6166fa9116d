"""The measurements, run small: what they print is for people to judge, that they run is for us to know."""

import json
import lzma
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.embedded

ROOT = Path(__file__).resolve().parents[1]
WORDS = ["trường", "chính", "trị", "tỉnh", "hội", "nghị", "tổng", "kết", "thi", "đua", "năm", "học", "giảng", "viên"]
PARAGRAPHS = 200  # in each set


@pytest.fixture
def sets(tmp_path):
    """Two small sets as the development sets are: every document has a number, and a question asks for it."""
    for name in ("viwiki_sections_dev", "xquad_vi_plus30k"):
        folder = tmp_path / "sets" / name
        folder.mkdir(parents=True)
        with lzma.open(folder / "docs.jsonl.xz", "wt", encoding="utf-8") as file:
            for number in range(PARAGRAPHS):
                words = [WORDS[(number * step) % len(WORDS)] for step in range(1, 60)]
                document = {"id": f"{name[:2]}{number}", "title": f"Bài {name[:2]}{number}", "text": " ".join(words)}
                file.write(json.dumps(document) + "\n")
        with (folder / "queries.jsonl").open("w", encoding="utf-8") as file:
            for number in range(5):
                question = {
                    "relevant": [f"{name[:2]}{number}"],
                    "variants": dict.fromkeys(("full", "nodiac"), f"{name[:2]}{number}?"),
                }
                file.write(json.dumps(question) + "\n")
    return tmp_path / "sets"


@pytest.fixture
def database(empty_database):
    """Migrating takes longer than all else that is done here."""
    return empty_database


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """For the measurements' processes: temporary files where we see them, the settings their own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTHON"))}
    kept["TMPDIR"] = str(tmp_path_factory.mktemp("temporary"))
    if sys.dont_write_bytecode:  # then each of them would compile all of Django and Wagtail
        kept["PYTHONPYCACHEPREFIX"] = str(tmp_path_factory.mktemp("compiled"))
    return kept


@pytest.fixture
def measure(sets, database, environment):
    """Runs a measurement, and gives the figures that it prints, by name."""

    def run(name, *options):
        command = [sys.executable, str(ROOT / "bench" / f"{name}.py"), "--sets", str(sets), "--database", str(database)]
        result = subprocess.run([*command, "--json", *options], capture_output=True, text=True, env=environment)
        assert result.returncode == 0, result.stderr
        assert not list(Path(environment["TMPDIR"]).glob("trang-bench-*")), (
            "the throw-away installation was left behind"
        )
        return {figure["name"]: figure for figure in json.loads(result.stdout)["figures"]}

    return run


def test_search_latency_finds_the_answers_by_every_way_and_compares_them_with_stock_wagtail(measure):
    figures = measure("search_latency", "--documents", "100", "--questions", "6", "--budget", "2", "--patience", "2")
    for way in ("service", "service, 3 facets", "API, in process", "API, HTTP"):
        assert 0 < figures[f"{way}: p50"]["value"] <= figures[f"{way}: p99"]["value"]
    assert figures["service, 3 facets: p50"]["at_most"] == 3
    assert figures["API, HTTP: p50"]["at_most"] == 15
    assert figures["service, 3 facets: MRR@10 of 6 answers"]["value"] == 1
    assert figures["service, 3 facets: times as fast as stock Wagtail, OR"]["at_least"] == 20


def test_indexing_counts_every_page_at_each_size(measure):
    figures = measure("indexing", "--documents", "100")
    assert figures["rebuild of 110 pages"]["at_least"] == 500  # with eight sections, the home page and the root
    assert figures["prepared documents"]["at_least"] == 1000
    assert 30 < figures["peak memory, 110 pages"]["value"] < 400


def test_importing_compares_the_end_with_the_start(measure):
    figures = measure("importing", "--articles", "40", "--step", "20")
    assert figures["all"]["at_least"] == 20
    assert figures["all"]["value"] > 0
    assert figures["processor time of the last 20"]["ratio"] > 0


def test_extraction_reads_every_page_and_compares_it_with_bare_pypdf(measure):
    figures = measure("extraction", "--files", "2", "--pages", "3")
    assert figures["pages taken out"]["at_least"] == 5
    assert figures["pages taken out"]["ratio"] > 0
    assert 10 < figures["peak memory of the processes"]["value"] < 400


def test_the_query_log_is_measured_by_counting_and_by_suggesting(measure):
    figures = measure("query_log", "--questions", "300")
    assert figures["counting a question, p50"]["value"] > 0
    assert figures["suggesting, 4 characters typed, p50"]["at_most"] == 2
    assert figures["suggesting, 4 characters typed, p50"]["ratio"] > 0


def test_sequencing_numbers_every_page_and_compares_it_with_the_index(measure):
    figures = measure("sequencing", "--documents", "60")
    assert figures["published"]["at_least"] == 500
    assert figures["published"]["ratio"] > 0
    assert figures["100 changes told at the end: p50"]["value"] > 0


def test_the_content_api_is_compared_with_wagtails_own_and_with_itself_as_it_grows(measure):
    figures = measure("content_api", "--articles", "40", "--sizes", "30", "60", "--requests", "3")
    assert figures["list, HTTP: p50"]["at_most"] == 15
    assert figures["list: queries"]["value"] <= figures["list: queries"]["at_most"] == 8
    assert figures["times the requests of Wagtail's API v2"]["at_least"] == 3
    assert figures["Wagtail's API v2, same fields: requests"]["ratio"] > 0
    assert figures["p50 with 60 articles by that with 30"]["at_most"] == 1.25


def test_pages_of_the_site_are_measured_small_and_large_and_against_a_plain_page(measure):
    figures = measure("site", "--small", "20", "--large", "60", "--requests", "3")
    assert figures["/tin-tuc/: time, large against small"]["at_most"] == 1.25
    assert figures["article made anew: p50"]["at_most"] == 25
    assert 0 < figures["article made anew: queries"]["value"] < 40
    assert figures["article kept: p50"]["ratio"] < 1
    assert figures["article, times the requests/s of the plain page"]["at_least"] == 2


def test_old_encodings_come_back_and_sound_documents_are_left_alone(measure):
    figures = measure("old_encodings", "--documents", "20", "--sound", "50")
    assert figures["false alarms"]["value"] == figures["false alarms"]["at_most"] == 0
    for name in ("TCVN3 (ABC), its bytes", "VNI-Windows, read as Latin-1", "VISCII, read as Windows-1252"):
        assert figures[f"{name}: characters wrong"]["value"] <= figures[f"{name}: characters wrong"]["at_most"] == 0.1
        assert figures[f"{name}: found by the title"]["ratio"] == 1


def test_without_the_development_sets_a_measurement_says_where_they_belong(tmp_path, environment):
    missing = tmp_path / "nowhere"
    command = [sys.executable, str(ROOT / "bench" / "search_latency.py"), "--sets", str(missing)]
    result = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert result.returncode == 2
    assert f"{missing}/viwiki_sections_dev" in result.stderr
    assert not result.stdout


def test_editing_compares_a_page_with_stock_wagtails_and_asks_every_list_and_chooser(measure, tmp_path):
    figures = measure("editing", "--pages", "12", "--requests", "1", "--kept", str(tmp_path))
    for act in ("opening an article", "saving a draft", "publishing"):
        assert figures[f"{act}: p50"]["value"] > 0
        assert figures[f"{act}, times stock"]["value"] > 0
    for place in ("explorer", "page chooser", "picture chooser", "file chooser"):
        assert figures[f"{place}, searched: p50"]["value"] > 0
    assert (tmp_path / "12.sqlite3").is_file()
