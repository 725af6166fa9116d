"""Rooms full of people: lecture hall, stage, meeting, computers, certificates."""

from .canvas import HEIGHT, WIDTH, Canvas, mix
from .figures import SHIRTS, bust, bust_from_behind, standing


def lecture_hall() -> Canvas:
    c = Canvas(("#f3e6cf", "#e6d2ae"), 4)
    _windows(c, 90, 170)
    c.rectangle(520, 130, 820, 390, "#8a5f3f", radius=8)
    c.rectangle(536, 146, 788, 358, ("#2f6f5e", "#24564b"))
    for y, w in ((220, 420), (270, 560), (320, 330)):
        c.line([(600, y), (600 + w, y)], 6, "#dfeee2", 0.7)
    c.line([(1130, 250), (1220, 400), (1040, 400), (1130, 250)], 5, "#f2e2a0", 0.9)
    c.rectangle(0, 610, WIDTH, HEIGHT - 610, ("#b78a5e", "#7e5738"))
    c.ellipse(1320, 700, 120, 16, "#5a3d28", 0.5)
    standing(c, 1010, 668, 360, "#c8553d", "#2c3550", 1, arms="r")
    c.line([(965, 410), (900, 330)], 19, "#b94b36")
    c.line([(900, 330), (858, 285)], 5, "#8a5f3f")
    c.polygon([(1230, 470), (1420, 470), (1400, 690), (1250, 690)], ("#a8714a", "#7d4f33"))
    c.rectangle(1216, 456, 218, 22, "#8e5b3a", radius=6)
    _rows(c, ((705, 44, 10), (800, 58, 8), (925, 76, 6)))
    return c


def _rows(c: Canvas, rows: tuple) -> None:
    """Listeners seen from behind, at desks, the nearer rows larger."""
    for row, (y, size, number) in enumerate(rows):
        step = WIDTH / number
        for i in range(number):
            x = step * (i + 0.5) + (step * 0.18 if row % 2 else -step * 0.05)
            bust_from_behind(
                c, x, y, size, SHIRTS[(i * 3 + row * 2) % len(SHIRTS)], "#2b2430" if (i + row) % 3 else "#45332c"
            )
        c.rectangle(0, y + size * 1.15, WIDTH, size * 1.5, ("#8f6241", "#6b452d"))
        c.rectangle(0, y + size * 1.15, WIDTH, 9, "#c0905f")


def _windows(c: Canvas, x: float, y: float, sky: tuple[str, str] = ("#a7d8e6", "#e8f2dc"), number: int = 2) -> None:
    for i in range(number):
        left = x + i * 200
        c.rectangle(left - 12, y - 12, 174, 324, "#fdf8ec", radius=6)
        c.rectangle(left, y, 150, 300, sky)
        c.polygon(
            [(left, y + 300), (left, y + 210), (left + 60, y + 165), (left + 150, y + 225), (left + 150, y + 300)],
            mix("#7fae86", sky[0], 0.25),
        )
        c.rectangle(left + 71, y, 8, 300, "#fdf8ec")
        c.rectangle(left, y + 140, 150, 8, "#fdf8ec")


def stage() -> Canvas:
    c = Canvas(("#6e1420", "#8e1c28"), 6)
    for i in range(40):
        x = i * 40
        c.rectangle(x, 0, 40, 700, ("#c4262f", "#8f1822") if i % 2 else ("#a81d28", "#7a121c"))
        c.rectangle(x + 30, 0, 10, 700, "#5f0d16", 0.28)
    c.rectangle(0, 0, WIDTH, 96, ("#8f1822", "#6e1018"))
    for i in range(16):
        c.ellipse(50 + i * 100, 92, 58, 34, "#a81d28")
        c.ellipse(50 + i * 100, 88, 58, 28, "#c4262f")
    c.glow(800, 300, 420, "#ff8a5a", 0.28)
    c.star(800, 300, 96)
    c.polygon([(0, 690), (WIDTH, 690), (WIDTH, 860), (0, 860)], ("#d19a62", "#9a6238"))
    for i in range(-14, 15):
        c.line([(800 + i * 60, 690), (800 + i * 96, 860)], 2, "#6b3f22", 0.4)
    _presidium(c)
    _lectern(c, 330, 800)
    for x in (90, 1500):
        c.rectangle(x - 44, 730, 88, 76, ("#d8d2c4", "#a9a292"), radius=10)
        for dx, dy, r in ((-34, -20, 40), (34, -20, 40), (0, -60, 50)):
            c.circle(x + dx, 730 + dy, r, "#4d8a52")
        for dx, dy in ((-40, -40), (0, -80), (38, -42), (-12, -22), (22, -64)):
            c.circle(x + dx, 730 + dy, 12, "#f6c84c")
    c.rectangle(0, 856, WIDTH, 16, "#5e3820")
    _audience(c)
    return c


def _presidium(c: Canvas) -> None:
    for i, x in enumerate((640, 790, 940, 1090)):
        bust(c, x, 640, 58, ("#f4f1ea", "#2f4668", "#f4f1ea", "#7b2f3e")[i], i)
    c.rectangle(540, 700, 660, 112, ("#f3ead2", "#d9c79d"), radius=6)
    c.rectangle(540, 700, 660, 20, "#c9a24d")
    for i in range(12):
        c.line([(560 + i * 56, 726), (556 + i * 56, 806)], 3, "#c3b084", 0.6)
    for x in (700, 870, 1040):
        c.circle(x, 690, 22, "#5a9a5c")
        for dx in (-16, 0, 16):
            c.circle(x + dx, 676 - (6 if dx == 0 else 0), 11, "#f0708a" if x != 870 else "#fff2d0")


def _lectern(c: Canvas, x: float, ground: float) -> None:
    standing(c, x, ground, 330, "#20304c", "#20304c", 0)
    c.polygon(
        [(x - 80, ground - 170), (x + 80, ground - 170), (x + 62, ground + 10), (x - 62, ground + 10)],
        ("#a86b3e", "#6f4324"),
    )
    c.rectangle(x - 94, ground - 186, 188, 22, "#8a5530", radius=6)
    c.star(x, ground - 90, 26)
    c.line([(x + 34, ground - 186), (x + 16, ground - 232)], 5, "#33333c")
    c.circle(x + 14, ground - 236, 9, "#33333c")


def _audience(c: Canvas) -> None:
    for y, size, number, shade in ((905, 46, 15, 0.25), (975, 60, 11, 0.45)):
        step = WIDTH / number
        for i in range(number):
            shirt = mix(SHIRTS[(i * 5 + number) % len(SHIRTS)], "#2a1016", shade)
            bust_from_behind(c, step * (i + 0.5) + (22 if number == 11 else -8), y, size, shirt)


def meeting() -> Canvas:
    c = Canvas(("#e9eee6", "#d3ddd2"), 7)
    for left in (120, 480, 840):
        c.rectangle(left - 14, 96, 318, 378, "#fbfaf4", radius=8)
        c.rectangle(left, 110, 290, 350, ("#9fd3e6", "#f2efd8"))
        for base, colour in ((330, "#9dbfbe"), (385, "#6f9f8a")):
            points = [(left + x, base - 50 * ((x * 7 + base) % 97) / 97) for x in range(0, 291, 58)]
            c.polygon([(left, 460), *points, (left + 290, 460)], (colour, mix(colour, "#e6ecd6", 0.4)))
        c.rectangle(left + 141, 110, 8, 350, "#fbfaf4")
    c.rectangle(1220, 130, 270, 300, "#ffffff", radius=8)
    c.rectangle(1220, 130, 270, 300, ("#fdfcf6", "#eceade"), radius=8)
    for i, (tall, colour) in enumerate(((80, "#4f86a8"), (130, "#e0a43a"), (105, "#5b8c6a"), (180, "#c8553d"))):
        c.rectangle(1258 + i * 52, 390 - tall, 34, tall, colour, radius=4)
    c.line([(1245, 392), (1470, 392)], 4, "#6d6d70")
    c.line([(1355, 432), (1290, 640)], 8, "#8c8578")
    c.line([(1355, 432), (1420, 640)], 8, "#8c8578")
    c.rectangle(0, 620, WIDTH, HEIGHT - 620, ("#c9ab84", "#a07e58"))
    for i, x in enumerate((330, 520, 710, 900, 1090)):
        bust(c, x, 560 - (16 if i in (1, 3) else 0), 74, SHIRTS[(i * 3 + 1) % 8], i)
    c.polygon([(150, 700), (1290, 700), (1500, 930), (-60, 930)], ("#b0774c", "#8b5a37"))
    c.polygon([(-60, 930), (1500, 930), (1500, 975), (-60, 975)], "#6d452a")
    for x in (330, 520, 710, 900, 1090):
        spread = (x - 710) * 0.12
        c.polygon(
            [(x - 52 + spread, 738), (x + 52 + spread, 738), (x + 64 + spread, 786), (x - 64 + spread, 786)], "#fbf7ea"
        )
        c.line([(x + spread, 740), (x + spread, 784)], 2, "#cfc6b0")
        _cup(c, x + 84 + spread, 770)
    _pot(c, 700, 872)
    for i, x in enumerate((250, 1190)):
        bust_from_behind(c, x, 900, 92, SHIRTS[(i * 4 + 3) % 8])
    return c


def _cup(c: Canvas, x: float, y: float) -> None:
    c.ellipse(x, y + 10, 22, 6, "#6d452a", 0.4)
    c.rectangle(x - 14, y - 16, 28, 26, ("#ffffff", "#d9e2e4"), radius=7)
    c.ellipse(x, y - 15, 14, 5, "#b98a3e")


def _pot(c: Canvas, x: float, y: float) -> None:
    c.ellipse(x, y + 6, 90, 14, "#6d452a", 0.4)
    c.rectangle(x - 34, y - 52, 68, 56, ("#f4f6f4", "#c5d0d2"), radius=14)
    for dx, dy, colour in (
        (-34, -86, "#f0708a"),
        (0, -110, "#f6c84c"),
        (34, -88, "#f0708a"),
        (-14, -78, "#fff2d0"),
        (18, -74, "#fff2d0"),
    ):
        c.line([(x, y - 46), (x + dx, y + dy)], 5, "#5a9a5c")
        c.circle(x + dx, y + dy, 20, colour)
        c.circle(x + dx, y + dy, 7, "#d98a2c")


def computer_room() -> Canvas:
    c = Canvas(("#e7ebe8", "#d2dad8"), 10)
    _windows(c, 120, 110, ("#24395f", "#6f7fa6"), 7)
    for x, y in ((180, 150), (410, 190), (600, 140), (830, 180), (1010, 150), (1230, 200), (1390, 140)):
        c.circle(x, y, 3, "#fff6d0")
    c.circle(1150, 170, 22, "#fff2c8")
    for x in (400, 1200):
        c.rectangle(x - 150, 0, 300, 22, "#fffbe6", radius=6)
        c.glow(x, 40, 300, "#fff6d2", 0.4)
    c.rectangle(0, 560, WIDTH, HEIGHT - 560, ("#b9c4c4", "#8b9899"))
    for row, (y, size, number) in enumerate(((590, 46, 7), (745, 66, 5), (935, 92, 4))):
        _computers(c, row, y, size, number)
    return c


def _computers(c: Canvas, row: int, y: float, size: float, number: int) -> None:
    step = WIDTH / number
    for i in range(number):
        x = step * (i + 0.5)
        c.rectangle(x - size * 1.55, y - size * 2.05, size * 3.1, size * 1.9, "#2b3440", radius=size * 0.1)
        c.rectangle(x - size * 1.43, y - size * 1.93, size * 2.86, size * 1.6, ("#bfe6ec", "#6fb7c9"))
        for k in range(3):
            c.rectangle(
                x - size * 1.2, y - size * (1.72 - k * 0.32), size * (1.5 - k * 0.3), size * 0.12, "#ffffff", 0.8
            )
        c.rectangle(
            x + size * 0.55,
            y - size * 1.72,
            size * 0.65,
            size * 0.9,
            ("#f6c84c", "#e0a43a", "#f0876c")[(i + row) % 3],
            radius=size * 0.08,
        )
        c.rectangle(x - size * 0.2, y - size * 0.2, size * 0.4, size * 0.5, "#3a4450")
    c.rectangle(0, y + size * 0.2, WIDTH, size * 0.26, "#e9d9b8")
    c.rectangle(0, y + size * 0.46, WIDTH, size * 1.5, ("#c9b48a", "#a08a62"))
    for i in range(number):
        x = step * (i + 0.5) + (size * 0.5 if i % 2 else -size * 0.45)
        bust_from_behind(
            c, x, y + size * 0.1, size * 0.92, SHIRTS[(i * 3 + row) % 8], "#2b2430" if i % 3 else "#d8d4cf"
        )


def certificates() -> Canvas:
    c = Canvas(("#b3222c", "#8a1620"), 14)
    for i in range(32):
        c.rectangle(i * 50, 0, 25, 760, "#7a121c", 0.25)
    c.glow(800, 330, 520, "#ff9a62", 0.35)
    c.star(800, 215, 104)
    for i in range(7):
        x, top = 100 + i * 233, 60 + (26 if i % 2 else 0)
        if i != 3:
            c.line([(x, 0), (x, top)], 3, "#f4d27a")
            c.circle(x, top + 26, 26, ("#ffe7a0", "#e0a43a"))
    c.rectangle(0, 745, WIDTH, HEIGHT - 745, ("#d8a26a", "#99633a"))
    c.rectangle(0, 740, WIDTH, 12, "#6e4526")
    shirts = ("#f7f4ec", "#f3a6b0", "#f7f4ec", "#9ed0cf", "#f7f4ec", "#f6d27a", "#f7f4ec")
    for i, shirt in enumerate(shirts):
        x, tall = 200 + i * 200, 520 + (20 if i % 2 == 0 else -6)
        c.ellipse(x, 934, 80, 12, "#5a371c", 0.4)
        standing(c, x, 930, tall, shirt, "#2b3a57" if i % 2 == 0 else "#5a3350", i, arms="")
        _certificate(c, x, 930 - tall * 0.57, mix(shirt, "#20202c", 0.12))
    return c


def _certificate(c: Canvas, x: float, y: float, sleeve: str) -> None:
    for side in (-1, 1):
        c.line([(x + side * 62, y - 104), (x + side * 84, y + 4), (x + side * 54, y + 30)], 28, sleeve)
        c.circle(x + side * 55, y + 30, 14, "#e0aa82")
    c.rectangle(x - 58, y - 26, 116, 84, "#c9973a", radius=5)
    c.rectangle(x - 52, y - 20, 104, 72, "#fffaf0", radius=3)
    for side in (-1, 1):
        c.circle(x + side * 57, y + 30, 12, "#e0aa82")
    for i in range(3):
        c.rectangle(x - 34, y - 6 + i * 14, 68 - i * 14, 4, "#b9ad98")
    c.circle(x + 30, y + 36, 10, "#d23a3a")
