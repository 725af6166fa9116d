"""The land: rice terraces, fields at sunset, a village in the mist."""

import math

from .canvas import HEIGHT, WIDTH, Canvas, Point, mix
from .figures import conical_hat, pine, stilt_house, tree


def rice_terraces() -> Canvas:
    c = Canvas(("#f7d9b0", "#dcebe6"), 11)
    c.circle(1180, 250, 80, "#fff3d0")
    c.glow(1180, 250, 330, "#fff0c4", 0.7)
    for base, height, colour in ((330, 70, "#b9cfd2"), (400, 80, "#93b5b8"), (475, 70, "#6f9c99")):
        c.ridge(base, height, (colour, mix(colour, "#e9efe0", 0.5)))
    colours = ("#e6c44f", "#c9b440", "#a9b94a", "#d9a93c", "#8fae4e")
    for i in range(15):
        edge = _terrace(i)
        paint = ("#dfeeea", "#b3d6d6") if i in (3, 7, 11) else (colours[i % 5], mix(colours[i % 5], "#6d8f3a", 0.4))
        c.polygon([*edge, (WIDTH, HEIGHT), (0, HEIGHT)], mix("#5f7a38", "#3f5c30", i / 14))
        c.polygon([*((x, y + 7 + i * 0.7) for x, y in edge), (WIDTH, HEIGHT), (0, HEIGHT)], paint)
    stilt_house(c, 1225, 650, 78)
    tree(c, 1345, 662, 42, "#4f7f4a")
    tree(c, 1105, 668, 30, "#5f8d50")
    for x, ground in ((420, 800), (505, 822)):
        c.polygon([(x - 17, ground), (x - 13, ground - 46), (x + 13, ground - 46), (x + 17, ground)], "#34506e")
        conical_hat(c, x, ground - 46, 26)
    return c


def _terrace(i: int) -> list[Point]:
    level, swing = 520 + i * 23 + i * i * 1.25, 34 + i * 3.4
    return [
        (x, level + swing * math.sin(x / 330 + i * 0.33) + swing * 0.42 * math.sin(x / 117 - i * 0.5) - x * 0.05)
        for x in range(0, WIDTH + 10, 10)
    ]


def sunset_fields() -> Canvas:
    c = Canvas(("#54467a", "#ffb56b"), 21)
    c.rectangle(0, 0, WIDTH, 330, ("#54467a", "#cf6f74"))
    c.rectangle(0, 330, WIDTH, 300, ("#cf6f74", "#ffd08a"))
    c.glow(800, 520, 560, "#ffe29a", 0.75)
    c.circle(800, 500, 118, ("#fff2c0", "#ffcf70"))
    for y, x, w in ((300, 240, 330), (345, 1130, 300), (395, 520, 210), (250, 900, 260)):
        c.rectangle(x, y, w, 13, "#ffd9a8", 0.55, radius=7)
    for base, height, colour in ((545, 60, "#93566f"), (590, 46, "#74465f")):
        c.ridge(base, height, (colour, mix(colour, "#f2a470", 0.35)))
    c.rectangle(0, 620, WIDTH, HEIGHT - 620, ("#e9b04c", "#6f6a2c"))
    for i in range(-16, 17):
        spread = i * 46
        c.polygon(
            [
                (800 + spread, 620),
                (800 + spread + 15, 620),
                (800 + spread * 5.4 + 104, HEIGHT),
                (800 + spread * 5.4, HEIGHT),
            ],
            "#5f5a28",
            0.42,
        )
    for y in (655, 700, 765, 860):
        c.rectangle(0, y, WIDTH, (y - 600) / 22, "#ffd98a", 0.28)
    _buffalo(c, 1090, 800)
    _farmer(c, 905, 812)
    _palm(c, 215, 830, 380)
    _palm(c, 330, 800, 270)
    return c


def _farmer(c: Canvas, x: float, ground: float) -> None:
    c.polygon([(x - 30, ground - 30), (x - 24, ground - 132), (x + 24, ground - 132), (x + 30, ground - 30)], "#3b2a44")
    for dx in (-14, 14):
        c.line([(x + dx, ground - 34), (x + dx, ground)], 15, "#3b2a44")
    c.line([(x + 18, ground - 118), (x + 70, ground - 86)], 11, "#3b2a44")
    c.line([(x + 70, ground - 86), (x + 118, ground - 92)], 4, "#3b2a44")
    c.circle(x, ground - 146, 20, "#4a3348")
    c.polygon([(x - 50, ground - 150), (x, ground - 192), (x + 50, ground - 150)], "#54385a")


def _buffalo(c: Canvas, x: float, ground: float) -> None:
    dark = "#33243c"
    c.ellipse(x, ground - 84, 104, 48, dark)
    for dx in (-74, -44, 46, 76):
        c.line([(x + dx, ground - 70), (x + dx, ground)], 20, dark)
    c.ellipse(x + 122, ground - 96, 40, 30, dark)
    c.line([(x + 92, ground - 92), (x + 70, ground - 90)], 46, dark)
    for side in (-1, 1):
        c.line(
            [
                (x + 118 + side * 8, ground - 120),
                (x + 118 + side * 46, ground - 138),
                (x + 118 + side * 40, ground - 170),
            ],
            10,
            dark,
        )
    c.line([(x - 100, ground - 98), (x - 124, ground - 44)], 7, dark)


def _palm(c: Canvas, x: float, ground: float, height: float) -> None:
    dark = "#3b2744"
    c.line([(x, ground), (x + 10, ground - height * 0.5), (x + 4, ground - height)], 15, dark)
    top = (x + 4, ground - height)
    for turn in range(9):
        angle = math.pi * (1.08 + turn * 0.105)
        reach = height * 0.42
        tip = (top[0] + reach * math.cos(angle), top[1] + reach * 0.75 * math.sin(angle) + reach * 0.3)
        middle = (top[0] + reach * 0.55 * math.cos(angle), top[1] + reach * 0.75 * math.sin(angle))
        c.polygon([top, (middle[0], middle[1] - 14), tip, (middle[0], middle[1] + 14)], dark)


def misty_village() -> Canvas:
    c = Canvas(("#cfe0e4", "#f6efe2"), 8)
    c.circle(430, 215, 62, "#fff6dc")
    for base, height, colour in ((300, 130, "#b7ccd3"), (400, 120, "#94b3ba"), (500, 100, "#6f989b")):
        c.ridge(base, height, (colour, "#eef0e8"), 1.2)
        for _ in range(5):
            x, y = c.random.uniform(-100, 1500), base + c.random.uniform(60, 120)
            c.ellipse(x, y, c.random.uniform(200, 420), 17, "#ffffff", 0.22)
    c.ridge(640, 46, ("#7ba27f", "#5c8a62"))
    for _ in range(24):
        pine(c, c.random.uniform(0, WIDTH), c.random.uniform(640, 690), c.random.uniform(40, 70), "#3f705f")
    c.ridge(760, 44, ("#8fb264", "#5b8a4b"))
    for x, ground, size in ((330, 812, 92), (640, 850, 112), (1010, 815, 96), (1330, 845, 112)):
        c.ellipse(x, ground + 4, size * 1.2, 12, "#3c5f38", 0.5)
        stilt_house(c, x, ground, size, "#77564a")
        c.line(
            [
                (x + size * 0.3, ground - size * 1.66),
                (x + size * 0.42, ground - size * 2.1),
                (x + size * 0.3, ground - size * 2.5),
            ],
            12,
            "#ffffff",
            0.4,
        )
    for x, ground, size in ((120, 850, 62), (480, 830, 40), (830, 880, 54), (1180, 870, 46), (1510, 860, 60)):
        tree(c, x, ground, size, "#5c8f55")
    path = [(760 + 90 * math.sin(t / 3) - t * 10, 860 + t * 15) for t in range(0, 15)]
    for i, (x, y) in enumerate(path):
        c.ellipse(x, y, 34 + i * 7, 9 + i * 1.6, "#e4cf9f")
    return c
