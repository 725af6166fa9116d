"""The school: gate, library, a desk to read at."""

from .canvas import HEIGHT, WIDTH, Canvas, mix
from .figures import books, bust, cloud, flag, standing, tree


def school_gate() -> Canvas:
    c = Canvas(("#83c2dc", "#f3eedb"), 3)
    for x, y, size in ((260, 190, 90), (1330, 150, 76), (880, 110, 48)):
        cloud(c, x, y, size, "#f8f8f2")
    c.ridge(470, 70, ("#9cc1b4", "#c8dcc4"))
    c.rectangle(0, 700, WIDTH, HEIGHT - 700, ("#a9c979", "#6c9a56"))
    _main_building(c)
    c.polygon([(720, 700), (880, 700), (1330, HEIGHT), (270, HEIGHT)], ("#ead9b8", "#d8bf93"))
    for x, size in ((130, 92), (290, 66), (1330, 70), (1490, 96)):
        tree(c, x, 760, size, "#4f8a55")
    flag(c, 1010, 730, 450, 120)
    _gate(c)
    for x, h, shirt, kind in ((700, 190, "#f4f1ea", 1), (770, 200, "#4f86a8", 0), (925, 184, "#d97b6c", 1)):
        c.ellipse(x, 962, 46, 8, "#7a6a4a", 0.35)
        standing(c, x, 960, h, shirt, kind=kind)
    return c


def _main_building(c: Canvas) -> None:
    c.rectangle(360, 420, 880, 290, ("#f8e7b8", "#eccf8c"))
    c.polygon([(330, 425), (400, 345), (1200, 345), (1270, 425)], ("#cf6a4c", "#a9452f"))
    c.rectangle(690, 330, 220, 380, ("#fdf1cd", "#f2dba2"))
    c.polygon([(670, 335), (800, 250), (930, 335)], ("#cf6a4c", "#b04a33"))
    c.rectangle(360, 558, 880, 12, "#fff8e2")
    for row in (450, 590):
        for i in range(12):
            x = 384 + i * 70
            if not 680 < x + 20 < 920:
                c.rectangle(x, row, 42, 78, "#7d5a44", radius=20 if row == 450 else 3)
                c.rectangle(x + 5, row + 6, 32, 66, ("#9ac6d2", "#5d93a6"), radius=15 if row == 450 else 2)
    for x in (712, 782, 852):
        c.rectangle(x, 430, 36, 90, ("#9ac6d2", "#5d93a6"), radius=18)
    c.rectangle(752, 590, 96, 120, "#6e4631", radius=8)


def _gate(c: Canvas) -> None:
    for side in (-1, 1):
        x = 800 + side * 500
        c.rectangle(x - 62, 470, 124, 480, ("#e9d3a4", "#c9a46b"))
        c.rectangle(x - 76, 450, 152, 30, "#b6563e", radius=6)
        c.polygon([(x - 84, 452), (x, 396), (x + 84, 452)], ("#cf6a4c", "#a9452f"))
        c.rectangle(x - 76, 920, 152, 40, "#9c7a50", radius=4)
        for i in range(9):  # the open leaf of the gate
            bar = x - side * (74 + i * 15)
            c.line([(bar, 640 + i * 7), (bar, 935 - i * 6)], 6, "#5a6b73")
        c.line([(x - side * 66, 650), (x - side * 196, 706)], 7, "#5a6b73")
        c.line([(x - side * 66, 925), (x - side * 196, 882)], 7, "#5a6b73")
        wall = 0 if side < 0 else x + 62
        c.rectangle(wall, 740, 238, 190, ("#f3e2b9", "#dcc08b"))
        c.rectangle(wall, 728, 238, 18, "#b6563e")
    c.rectangle(262, 500, 1076, 66, ("#c8553d", "#a63d2c"))
    c.rectangle(262, 560, 1076, 10, "#e8b756")
    c.star(800, 533, 26)


def library() -> Canvas:
    c = Canvas(("#f5e7cc", "#e8d0a4"), 9)
    for left, wide in ((60, 440), (540, 440)):
        _shelf(c, left, wide)
    c.rectangle(1040, 130, 480, 520, "#fdf8ec", radius=10)
    c.rectangle(1060, 150, 440, 480, ("#9fd3e0", "#f6ecd0"))
    c.polygon(
        [(1060, 630), (1060, 500), (1180, 430), (1330, 520), (1430, 470), (1500, 510), (1500, 630)],
        ("#7fae86", "#a9c99a"),
    )
    c.rectangle(1274, 150, 12, 480, "#fdf8ec")
    c.rectangle(1060, 380, 440, 10, "#fdf8ec")
    c.glow(1280, 420, 520, "#fff3cf", 0.35)
    c.rectangle(0, 800, WIDTH, HEIGHT - 800, ("#b98a5e", "#8a5f3e"))
    for y in (840, 900, 975):
        c.line([(0, y), (WIDTH, y)], 2, "#6b452d", 0.5)
    _reader(c, 1150, 740)
    c.rectangle(950, 836, 560, 150, ("#8a5636", "#6d4229"))
    c.rectangle(930, 815, 600, 26, ("#b87f55", "#97613e"), radius=8)
    for x in (960, 1480):
        c.rectangle(x - 10, 838, 30, 190, "#7d4f33")
    c.polygon([(1080, 792), (1150, 806), (1220, 792), (1220, 812), (1150, 822), (1080, 812)], "#fdf8ec")
    for i, colour in enumerate(("#b5493c", "#3f6c75", "#d9a441")):
        c.rectangle(1330 + i * 6, 793 - i * 22, 130 - i * 10, 21, colour, radius=4)
    _plant(c, 1010, 1000)
    return c


def _shelf(c: Canvas, left: float, wide: float) -> None:
    c.rectangle(left - 16, 90, wide + 32, 770, ("#8a5a3a", "#6b4229"), radius=6)
    c.rectangle(left, 106, wide, 738, "#4a2d1e")
    for row in range(5):
        ground = 240 + row * 147
        books(c, left + 6, ground, wide * (0.72 if (row + left) % 2 else 0.98) - 8, 122)
        if (row + left) % 2:
            x = left + wide * 0.86
            c.rectangle(x - 26, ground - 42, 52, 42, ("#d8cbb0", "#b09f80"), radius=8)
            for dx in (-18, 0, 18):
                c.line([(x, ground - 42), (x + dx, ground - 92 + abs(dx))], 7, "#6b9a63")
        c.rectangle(left - 6, ground, wide + 12, 14, "#9a6843")


def _reader(c: Canvas, x: float, y: float) -> None:
    bust(c, x, y - 60, 84, "#4f86a8", 1)
    for side in (-1, 1):
        c.line([(x + side * 66, y - 10), (x + side * 74, y + 56), (x + side * 34, y + 70)], 30, "#457996")


def _plant(c: Canvas, x: float, ground: float) -> None:
    for dx, dy in ((-70, -190), (-36, -240), (0, -270), (38, -236), (72, -186)):
        c.line(
            [(x, ground - 80), (x + dx * 0.5, ground + dy * 0.7), (x + dx, ground + dy)],
            20,
            mix("#4d8157", "#9ac07a", (dx + 70) / 200),
        )
    c.polygon(
        [(x - 52, ground - 90), (x + 52, ground - 90), (x + 38, ground), (x - 38, ground)], ("#c8704d", "#9c4d33")
    )


def desk() -> Canvas:
    c = Canvas(("#2f4460", "#56688a"), 12)
    c.rectangle(180, 90, 620, 560, "#e6d8bd", radius=10)
    c.rectangle(204, 114, 572, 512, ("#31466e", "#f0a878"))
    c.circle(610, 300, 46, "#ffe6b0")
    for base, colour in ((470, "#7c6788"), (540, "#54506f")):
        points = [(204 + x, base - 70 * abs(((x + base) % 190) / 95 - 1)) for x in range(0, 573, 26)]
        c.polygon([(204, 626), *points, (776, 626)], colour)
    c.rectangle(484, 114, 12, 512, "#e6d8bd")
    c.rectangle(0, 760, WIDTH, HEIGHT - 760, ("#b27a4c", "#7a4d2e"))
    c.rectangle(0, 752, WIDTH, 16, "#cf9a66")
    c.glow(1080, 620, 760, "#ffe2a0", 0.5)
    _lamp(c)
    _open_book(c, 720, 850)
    for i, (colour, wide) in enumerate(
        (("#b5493c", 330), ("#e9d8b4", 300), ("#3f6c75", 316), ("#d9a441", 270), ("#6b8f71", 290))
    ):
        x = 90 + (330 - wide) / 2 + (14 if i % 2 else 0)
        c.rectangle(x, 846 - i * 44, wide, 42, (colour, mix(colour, "#241a20", 0.3)), radius=6)
        c.rectangle(x + wide - 26, 852 - i * 44, 26, 30, "#fbf4e2", radius=3)
    c.rectangle(1330, 806, 110, 110, ("#fdfaf2", "#d3cbbb"), radius=20)
    c.ellipse(1385, 812, 54, 14, "#7a4a28")
    c.line([(1440, 834), (1474, 850), (1440, 884)], 13, "#e4dccb")
    for x in (1362, 1392):
        c.line([(x, 780), (x + 12, 750), (x, 720), (x + 10, 692)], 6, "#ffffff", 0.35)
    return c


def _lamp(c: Canvas) -> None:
    c.polygon([(1040, 486), (1176, 552), (1210, 930), (380, 930)], "#ffe9b0", 0.16)
    c.ellipse(1330, 790, 130, 22, "#2b2f3a")
    c.line([(1330, 785), (1440, 560), (1200, 380)], 16, "#2b2f3a")
    c.circle(1440, 560, 17, "#c8553d")
    c.polygon([(1170, 340), (1250, 410), (1190, 560), (1010, 470)], ("#d9674c", "#a9452f"))
    c.ellipse(1104, 520, 60, 26, "#fff3c4")


def _open_book(c: Canvas, x: float, y: float) -> None:
    c.polygon(
        [(x - 300, y + 26), (x, y + 58), (x + 300, y + 26), (x + 300, y + 46), (x, y + 80), (x - 300, y + 46)],
        "#8e3b30",
    )
    for side in (-1, 1):
        c.polygon(
            [
                (x, y + 56),
                (x + side * 90, y + 18),
                (x + side * 286, y + 24),
                (x + side * 250, y - 96),
                (x + side * 76, y - 104),
                (x, y - 66),
            ],
            ("#fffaf0", "#eadfc8"),
        )
        for i in range(6):
            c.line(
                [(x + side * (38 + i * 4), y - 66 + i * 19), (x + side * (222 + i * 7), y - 80 + i * 17)],
                4,
                "#b9ad98",
                0.8,
            )
