"""Ways through the land: a bridge over the river, a mountain pass."""

import math
from itertools import pairwise

from .canvas import HEIGHT, WIDTH, Canvas, Point, mix
from .figures import cloud, conical_hat, pine, tree


def river_bridge() -> Canvas:
    c = Canvas(("#8ec7d6", "#f4ead0"), 5)
    for x, y, size in ((300, 170, 80), (1240, 120, 62), (820, 235, 46)):
        cloud(c, x, y, size, "#f5f6ee")
    for base, height, colour in ((400, 120, "#a4c3c0"), (470, 100, "#7fab9d"), (545, 70, "#5a8f78")):
        c.ridge(base, height, (colour, mix(colour, "#dfe8d0", 0.35)))
    c.rectangle(0, 625, WIDTH, HEIGHT - 625, ("#bfe0dc", "#3f8592"))
    for _ in range(70):
        y = c.random.uniform(650, HEIGHT)
        x, w = c.random.uniform(-50, WIDTH), (y - 600) * c.random.uniform(0.15, 0.5)
        c.rectangle(x, y, w, 3, "#eaf5f0", 0.35, radius=1)
    for i in range(8):
        x = 60 + i * 212
        c.polygon([(x - 16, 560), (x + 16, 560), (x + 24, 730), (x - 24, 730)], ("#e9e4d8", "#b3b0a8"))
        c.rectangle(x - 30, 548, 60, 18, "#d6d1c4", radius=5)
        c.polygon([(x - 24, 732), (x + 24, 732), (x + 12, 850), (x - 12, 850)], "#e6f0ea", 0.25)
    c.rectangle(0, 512, WIDTH, 40, ("#f4f0e6", "#c9c5ba"))
    c.rectangle(0, 544, WIDTH, 8, "#a5a298")
    for x in range(0, WIDTH, 26):
        c.rectangle(x, 486, 5, 28, "#c8553d")
    c.rectangle(0, 482, WIDTH, 6, "#c8553d")
    _bus(c, 610, 512, 0.62)
    _bank(c)
    _boat(c, 1010, 870)
    return c


def _bank(c: Canvas) -> None:
    edge = [(x, 905 + 60 * math.sin(x / 190 + 0.6) + x * 0.18) for x in range(0, 760, 20)]
    c.polygon([(0, HEIGHT), *edge, (760, HEIGHT)], ("#88ab58", "#4f7a45"))
    for x, ground, size in ((90, 960, 62), (210, 985, 46), (330, 1000, 34)):
        tree(c, x, ground, size)


def _boat(c: Canvas, x: float, y: float) -> None:
    c.ellipse(x, y + 18, 130, 10, "#2f6f7a", 0.5)
    c.polygon([(x - 130, y - 12), (x + 130, y - 12), (x + 96, y + 20), (x - 96, y + 20)], ("#8a5a3c", "#5e3b2a"))
    c.line([(x + 20, y - 70), (x + 120, y + 46)], 6, "#6d4a34")
    c.polygon([(x - 22, y - 8), (x - 16, y - 72), (x + 18, y - 72), (x + 26, y - 8)], "#b5493c")
    conical_hat(c, x + 1, y - 74, 36)


def _bus(c: Canvas, x: float, ground: float, s: float) -> None:
    c.rectangle(x, ground - 110 * s, 260 * s, 88 * s, ("#f6efe0", "#e2d6bd"), radius=16 * s)
    c.rectangle(x, ground - 58 * s, 260 * s, 18 * s, "#c8553d")
    for i in range(5):
        c.rectangle(x + (14 + i * 48) * s, ground - 98 * s, 40 * s, 34 * s, ("#a9d3de", "#6fa9bb"), radius=6 * s)
    for dx in (56, 204):
        c.circle(x + dx * s, ground - 20 * s, 21 * s, "#2b2b33")
        c.circle(x + dx * s, ground - 20 * s, 9 * s, "#b8b8b8")


def mountain_pass() -> Canvas:
    c = Canvas(("#79b6cf", "#fbe9c8"), 31)
    cloud(c, 380, 190, 84, "#f7f6ee")
    cloud(c, 1300, 250, 58, "#f7f2e6")
    for base, height, colour in ((420, 190, "#9dbcc4"), (520, 160, "#74a0a0"), (640, 120, "#568a78")):
        c.ridge(base, height, (colour, mix(colour, "#e6ecd6", 0.45)), 1.3)
    c.polygon(
        [(0, 560), (260, 600), (560, 690), (880, 705), (1200, 640), (1600, 520), (WIDTH, HEIGHT), (0, HEIGHT)],
        ("#7fa659", "#43703f"),
    )
    bends = [
        (1590, 640),
        (1180, 700),
        (760, 738),
        (520, 780),
        (640, 826),
        (1080, 850),
        (1250, 900),
        (1010, 962),
        (420, 1000),
        (-60, 1080),
    ]
    road = _smooth(bends)
    for width_of, colour in ((1.45, "#c9b283"), (1.2, "#8c8a86")):
        for (x0, y0), (x1, y1) in pairwise(road):
            c.line([(x0, y0), (x1, y1)], width_of * (10 + (y0 - 620) * 0.135), colour)
    for i in range(0, len(road) - 3, 8):
        c.line(road[i : i + 3], 2 + (road[i][1] - 620) * 0.012, "#f6efd8")
    for x, ground, size in (
        (150, 760, 90),
        (250, 800, 120),
        (60, 850, 150),
        (1450, 790, 110),
        (1540, 880, 160),
        (1370, 740, 80),
        (1420, 1010, 190),
        (760, 930, 70),
        (690, 920, 50),
    ):
        pine(c, x, ground, size)
    _bus(c, 830, 872, 0.98)
    return c


def _smooth(points: list[Point]) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    out: list[Point] = []
    padded = [points[0], *points, points[-1]]
    for a, b, d, e in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for i in range(16):
            t = i / 16
            out.append(tuple(_spline(a[k], b[k], d[k], e[k], t) for k in (0, 1)))
    return out


def _spline(a: float, b: float, d: float, e: float, t: float) -> float:
    return 0.5 * (2 * b + (d - a) * t + (2 * a - 5 * b + 4 * d - e) * t**2 + (3 * b - a - 3 * d + e) * t**3)
