"""Scenes of people doing something outside: sport, planting, helping after a flood."""

import math

from .canvas import HEIGHT, WIDTH, Canvas, Point, mix
from .figures import SHIRTS, SKIN, bust_from_behind, cloud, conical_hat, head, tree


def volleyball() -> Canvas:
    c = Canvas(("#7fc4dc", "#f4eed6"), 13)
    cloud(c, 320, 170, 76, "#f8f8f2")
    cloud(c, 1280, 130, 60, "#f8f8f2")
    c.ridge(430, 90, ("#94bdb4", "#b9d3b4"))
    for i in range(12):
        tree(c, 60 + i * 138, 570, 52 + (i * 37 % 24), ("#5a9160", "#4d8157", "#6b9d5c")[i % 3])
    c.rectangle(0, 560, WIDTH, HEIGHT - 560, ("#9cc06a", "#6f9c4f"))
    for i in range(20):
        bust_from_behind(c, 40 + i * 80, 590 + (i * 7 % 12), 26, SHIRTS[i * 3 % 8])
    c.rectangle(0, 640, WIDTH, 12, "#d9cba2")
    c.polygon([(170, 700), (1430, 700), (1660, 1010), (-60, 1010)], ("#e08a55", "#c9683c"))
    for line in (
        [(170, 700), (1430, 700)],
        [(-60, 1010), (1660, 1010)],
        [(170, 700), (-60, 1010)],
        [(1430, 700), (1660, 1010)],
        [(770, 700), (850, 1010)],
    ):
        c.line(line, 7, "#fdf6e6")
    _net(c)
    _player(
        c, 560, 905, 1.15, "#2f66a8", [(-26, -190), (-60, -250), (-40, -330)], [(26, -190), (66, -240), (90, -330)], 1
    )
    _player(
        c, 330, 960, 1.05, "#2f66a8", [(-26, -190), (-60, -150), (-30, -110)], [(26, -190), (64, -150), (44, -104)], 0
    )
    _player(
        c, 1010, 850, 1.15, "#d8433b", [(-26, -190), (-74, -260), (-96, -345)], [(26, -190), (10, -270), (-22, -345)], 0
    )
    _player(
        c, 1280, 955, 1.05, "#d8433b", [(-26, -190), (-64, -150), (-44, -104)], [(26, -190), (60, -150), (30, -110)], 1
    )
    _ball(c, 770, 420, 40)
    return c


def _net(c: Canvas) -> None:
    """Seen nearly from its end: the far post at the left, the near one at the right."""
    c.line([(770, 704), (770, 440)], 9, "#5a6470")
    c.polygon([(770, 446), (850, 548), (850, 706), (770, 566)], "#ffffff", 0.35)
    for i in range(1, 8):
        x = 770 + i * 10
        c.line([(x, 446 + i * 12.75), (x, 566 + i * 17.5)], 2, "#ffffff", 0.8)
        c.line([(770, 446 + i * 15), (850, 548 + i * 19.75)], 2, "#ffffff", 0.8)
    c.line([(770, 446), (850, 548)], 9, "#ffffff")
    c.line([(770, 566), (850, 706)], 5, "#ffffff")
    c.line([(850, 1012), (850, 538)], 13, "#5a6470")


def _player(
    c: Canvas, x: float, ground: float, s: float, shirt: str, left: list[Point], right: list[Point], kind: int
) -> None:
    """Somebody at play; `left` and `right` lead from shoulder over elbow to hand, relative to the feet."""
    at = lambda dx, dy: (x + dx * s, ground + dy * s)  # noqa: E731
    skin = SKIN[kind % 3]
    c.ellipse(x, ground + 14, 80 * s, 13, "#8a4526", 0.45)
    for side in (-1, 1):
        c.line([at(side * 14, -100), at(side * 34, -48), at(side * 22, 4)], 24 * s, skin)
        c.line([at(side * 13, -108), at(side * 26, -66)], 33 * s, "#27364f")
        c.ellipse(*at(side * 28, 8), 22 * s, 10 * s, "#f4f4f4")
    for arm in (left, right):
        c.line([at(*joint) for joint in arm], 19 * s, skin)
        c.line([at(*arm[0]), at((arm[0][0] + arm[1][0]) / 2, (arm[0][1] + arm[1][1]) / 2)], 26 * s, shirt)
    c.rectangle(x - 37 * s, ground - 212 * s, 74 * s, 118 * s, (shirt, mix(shirt, "#20202c", 0.25)), radius=22 * s)
    c.rectangle(x - 12 * s, ground - 178 * s, 24 * s, 44 * s, "#ffffff", 0.85, radius=4)
    head(c, x, ground - 244 * s, 29 * s, kind)


def _ball(c: Canvas, x: float, y: float, r: float) -> None:
    c.circle(x, y, r, ("#fffdf4", "#e3d6b8"))
    c.polygon([(x + r * math.cos(a / 10), y + r * math.sin(a / 10)) for a in range(32, 48)], "#f0b73e")
    c.polygon([(x + r * math.cos(a / 10), y + r * math.sin(a / 10)) for a in range(2, 17)], "#3d7ab8")
    c.line([(x - r * 0.9, y - r * 0.2), (x, y), (x + r * 0.5, y - r * 0.8)], 3, "#b7aa8c")


def tree_planting() -> Canvas:
    c = Canvas(("#9fd6e2", "#fbf1d4"), 15)
    c.circle(1330, 190, 70, "#fff3c4")
    c.glow(1330, 190, 280, "#fff3c4", 0.5)
    cloud(c, 430, 190, 80, "#fafaf4")
    for base, height, colour in ((400, 110, "#a8c9c4"), (480, 90, "#86b39b"), (570, 60, "#6fa274")):
        c.ridge(base, height, (colour, mix(colour, "#e6ecd0", 0.4)))
    c.polygon([(0, 640), (500, 600), (1100, 650), (WIDTH, 590), (WIDTH, HEIGHT), (0, HEIGHT)], ("#a6cc6e", "#6b9c4c"))
    for row in range(4):
        for i in range(11):
            _sapling(c, 40 + i * 150 + row * 46, 690 + row * 34 - i * 3, 26 + row * 6)
    c.polygon([(0, 860), (600, 815), (WIDTH, 870), (WIDTH, HEIGHT), (0, HEIGHT)], ("#8fbb5a", "#5a8a42"))
    for x, ground in ((430, 950), (835, 975), (1240, 950)):
        c.ellipse(x, ground, 100, 24, "#7d5438")
        c.ellipse(x, ground - 5, 76, 15, "#96694a")
        _sapling(c, x, ground, 96)
    _planter(c, 300, 960, "#3d6fb0", 1, (70, -60))
    _planter(c, 960, 985, "#3d6fb0", 0, (-74, -66))
    _planter(c, 1385, 960, "#c8553d", 1, (-84, -60))
    _watering_can(c, 620, 990)
    c.line([(1120, 1000), (1180, 760)], 10, "#8a5f3f")
    c.polygon([(1082, 985), (1124, 1012), (1104, 1040), (1060, 1014)], "#77828a")
    return c


def _sapling(c: Canvas, x: float, ground: float, size: float) -> None:
    c.line([(x, ground), (x, ground - size)], max(3, size * 0.07), "#6b5a3a")
    for side in (-1, 1):
        for k, dy in enumerate((0.45, 0.72)):
            tip = (x + side * size * (0.42 - k * 0.08), ground - size * (dy + 0.28))
            c.polygon(
                [
                    (x, ground - size * dy),
                    (x + side * size * 0.1, ground - size * (dy + 0.28)),
                    tip,
                    (x + side * size * 0.3, ground - size * (dy + 0.04)),
                ],
                "#4f9350" if side < 0 else "#66ab58",
            )
    c.ellipse(x, ground - size * 1.05, size * 0.11, size * 0.22, "#7cbf62")


def _planter(c: Canvas, x: float, ground: float, shirt: str, kind: int, reach: Point) -> None:
    """Somebody on their knees with both hands at the sapling, which lies `reach` away."""
    side = 1 if reach[0] > 0 else -1
    c.line([(x - side * 34, ground - 92), (x + side * 30, ground - 52), (x - side * 46, ground - 8)], 46, "#33415c")
    c.line([(x - side * 46, ground - 8), (x - side * 84, ground - 8)], 30, "#33415c")
    c.line([(x - side * 26, ground - 96), (x + side * 22, ground - 182)], 78, shirt)
    for lift in (0, 26):
        c.line(
            [
                (x + side * 34, ground - 190 + lift),
                (x + reach[0] * 0.8, ground - 118 + lift),
                (x + reach[0] * 1.25, ground + reach[1] + lift * 0.4),
            ],
            22,
            mix(shirt, "#20202c", 0.18 if lift else 0),
        )
        c.circle(x + reach[0] * 1.27, ground + reach[1] + lift * 0.4, 13, SKIN[kind])
    head(c, x + side * 46, ground - 256, 34, kind)
    if kind:
        conical_hat(c, x + side * 46, ground - 268, 66)


def _watering_can(c: Canvas, x: float, ground: float) -> None:
    c.rectangle(x - 46, ground - 84, 92, 84, ("#6fb0c4", "#3f8296"), radius=10)
    c.line([(x + 44, ground - 30), (x + 96, ground - 92)], 15, "#4f94a8")
    c.ellipse(x + 102, ground - 98, 22, 13, "#3f8296")
    c.line([(x - 40, ground - 78), (x - 70, ground - 104), (x - 30, ground - 126), (x + 26, ground - 84)], 9, "#3f8296")


def flood_relief() -> Canvas:
    c = Canvas(("#5f7488", "#a9b7bb"), 17)
    for x, y, size in ((200, 130, 150), (620, 90, 170), (1050, 140, 160), (1460, 100, 160)):
        cloud(c, x, y, size, mix("#4d6074", "#7d8e9c", (x % 300) / 300))
    for base, height, colour in ((420, 70, "#7d9299"), (490, 50, "#647d80")):
        c.ridge(base, height, (colour, mix(colour, "#aab8b4", 0.5)))
    c.rectangle(0, 555, WIDTH, HEIGHT - 555, ("#b39a74", "#7d6548"))
    for x, ground, size in ((190, 640, 150), (520, 590, 92), (1330, 625, 135)):
        _drowned_house(c, x, ground, size)
    for x, size in ((700, 46), (1040, 54), (1540, 62), (20, 50)):
        tree(c, x, 612, size, "#5a7d58")
        c.rectangle(x - size, 600, size * 2, 30, "#b09670")
    for _ in range(80):
        y = c.random.uniform(600, HEIGHT)
        c.rectangle(
            c.random.uniform(-80, WIDTH), y, (y - 540) * c.random.uniform(0.15, 0.5), 3, "#d9c7a4", 0.4, radius=1
        )
    _relief_boat(c, 820, 900)
    for _ in range(260):
        x, y = c.random.uniform(-60, WIDTH), c.random.uniform(-40, HEIGHT)
        c.line([(x, y), (x - 13, y + 46)], 2, "#e6eef0", 0.3)
    return c


def _drowned_house(c: Canvas, x: float, ground: float, size: float) -> None:
    c.rectangle(x - size * 0.8, ground - size * 0.55, size * 1.6, size * 0.6, ("#e6d7b4", "#bfa77c"))
    c.rectangle(x - size * 0.5, ground - size * 0.4, size * 0.3, size * 0.42, "#5d7480")
    c.rectangle(x + size * 0.2, ground - size * 0.4, size * 0.3, size * 0.42, "#5d7480")
    c.polygon(
        [
            (x - size, ground - size * 0.5),
            (x - size * 0.6, ground - size * 1.05),
            (x + size * 0.6, ground - size * 1.05),
            (x + size, ground - size * 0.5),
        ],
        ("#b8644a", "#8f4632"),
    )
    c.rectangle(x - size * 0.95, ground, size * 1.9, size * 0.1, "#c9b48c", radius=4)


def _relief_boat(c: Canvas, x: float, y: float) -> None:
    c.ellipse(x, y + 62, 420, 24, "#5f4a32", 0.5)
    for i, (dx, dy, colour) in enumerate(
        ((-120, 0, "#c99a5c"), (-30, 0, "#d9b077"), (62, 0, "#c99a5c"), (-76, -84, "#d9b077"), (18, -84, "#c08d50"))
    ):
        c.rectangle(x + dx, y - 96 + dy, 86, 84, (colour, mix(colour, "#5a3d20", 0.25)), radius=5)
        c.rectangle(x + dx + 36, y - 96 + dy, 14, 84, "#f0e2c4", 0.8)
        c.rectangle(x + dx + 8, y - 40 + dy, 20, 14, "#c8553d" if i % 2 else "#4f86a8")
    _rower(c, x - 232, y, "#e8742c", 1)
    _rower(c, x + 240, y, "#e8742c", -1)
    c.polygon([(x - 400, y - 48), (x + 400, y - 48), (x + 320, y + 60), (x - 320, y + 60)], ("#4f7f96", "#2f5468"))
    c.polygon([(x - 400, y - 48), (x + 400, y - 48), (x + 392, y - 30), (x - 392, y - 30)], "#86b2c4")


def _rower(c: Canvas, x: float, y: float, vest: str, side: int) -> None:
    c.line([(x - side * 60, y - 170), (x - side * 176, y + 96)], 9, "#8a5f3f")
    c.ellipse(x - side * 180, y + 104, 20, 38, "#7a5236")
    c.rectangle(x - 50, y - 190, 100, 170, "#3b5b7c", radius=34)
    c.rectangle(x - 50, y - 186, 100, 126, (vest, "#c9561c"), radius=22)
    c.rectangle(x - 50, y - 138, 100, 14, "#fbe9a8")
    c.line([(x - side * 44, y - 160), (x - side * 84, y - 104)], 25, "#3b5b7c")
    c.line([(x + side * 30, y - 150), (x - side * 30, y - 110), (x - side * 72, y - 136)], 23, "#466b90")
    c.circle(x - side * 84, y - 104, 13, SKIN[0])
    head(c, x, y - 232, 36, 0)
    conical_hat(c, x, y - 246, 72)
