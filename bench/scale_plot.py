"""Draws what scale.py has measured, and prints it as a table.

.venv/bin/python bench/scale_plot.py RESULTS docs/images/search-scale.svg

RESULTS is what `scale.py --append RESULTS` wrote; the last line for an engine and a size counts.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from math import log10
from pathlib import Path
from typing import Any

WAY = "with accents, 3 facets"  # the dearest of the ordinary ways to ask
COLOURS = {"tantivy": "#d9730d", "elasticsearch": "#0b7fab"}  # to be told apart on white and on black
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 420, 64, 140, 20, 44
FEWEST, MOST = 1, 300  # ms on the axis
GREY = "#888"

Size = dict[str, Any]


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    sizes = read(Path(sys.argv[1]))
    print("\n".join(table(sizes)))
    Path(sys.argv[2]).write_text("\n".join(drawing(sizes)) + "\n")
    return 0


def read(path: Path) -> list[Size]:
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    last = {(row["documents"], row["engine"]): row for row in rows}
    return [last[key] for key in sorted(last)]


def table(sizes: Sequence[Size]) -> Iterator[str]:
    """In Markdown; latencies are p50 / p99 in milliseconds."""
    ways = list(sizes[0]["latency"])
    yield "| documents | engine | indexing | index | " + " | ".join(ways) + " |"
    yield "|---" * (4 + len(ways)) + "|"
    for size in sizes:
        cells = [f"{size['documents']:,}", size["engine"], f"{size['documents'] / size['seconds']:,.0f}/s"]
        cells.append(f"{size['index_megabytes']:,.0f} MB")
        cells += [f"{p50:.1f} / {p99:.1f}" for p50, p99 in (size["latency"][way] for way in ways)]
        yield f"| {' | '.join(cells)} |"


def drawing(sizes: Sequence[Size]) -> Iterator[str]:
    """An SVG: both engines, median and 99th percentile, on logarithmic axes."""
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
        f' font-size="12" fill="{GREY}">'
    )
    yield f"<title>Milliseconds for a search {WAY}, by the number of documents</title>"
    counts = sorted({size["documents"] for size in sizes})
    for value in (1, 10, 100):
        yield from _grid(LEFT, _y(value), WIDTH - RIGHT, _y(value), f"{value:,} ms", LEFT - 6, _y(value) + 4, "end")
    for value in counts:
        x = _x(value, counts)
        yield from _grid(x, TOP, x, HEIGHT - BOTTOM, f"{value:,}", x, HEIGHT - BOTTOM + 18, "middle")
    yield _text(f"documents; a search {WAY}", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "middle")
    for engine, colour in COLOURS.items():
        for which, name, dashes in ((0, "p50", ""), (1, "p99", "6 4")):
            yield from _line([size for size in sizes if size["engine"] == engine], which, counts, colour, dashes, name)
    yield "</svg>"


def _line(
    sizes: Sequence[Size], which: int, counts: Sequence[int], colour: str, dashes: str, name: str
) -> Iterator[str]:
    points = [(_x(size["documents"], counts), _y(size["latency"][WAY][which])) for size in sizes]
    if not points:
        return
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
    for x, y in points:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
    (x, y), label = points[-1], f"{sizes[0]['engine']} {name}"
    yield f'<g fill="{colour}">{_text(label, x + 10, y + 4, "start")}</g>'


def _grid(x1: float, y1: float, x2: float, y2: float, text: str, x: float, y: float, anchor: str) -> Iterator[str]:
    yield f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{GREY}" stroke-opacity=".35"/>'
    yield _text(text, x, y, anchor)


def _text(text: str, x: float, y: float, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'


def _x(value: float, counts: Sequence[int]) -> float:
    first, last = log10(counts[0]), log10(counts[-1])
    return LEFT + (WIDTH - LEFT - RIGHT) * (log10(value) - first) / ((last - first) or 1)


def _y(milliseconds: float) -> float:
    share = (log10(max(milliseconds, FEWEST)) - log10(FEWEST)) / (log10(MOST) - log10(FEWEST))
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share


if __name__ == "__main__":
    sys.exit(main())
