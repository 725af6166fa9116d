"""What stands in more than one scene: people, trees, houses, clouds, the flag."""

import math

from .canvas import Canvas, Point, mix

SKIN = ("#e8b48c", "#dba37a", "#f0c29c")
HAIR = ("#2b2430", "#3a2c2a", "#1f2430")
SHIRTS = ("#f4f1ea", "#4f86a8", "#c8553d", "#e0a43a", "#5b8c6a", "#8a6aa3", "#d97b6c", "#3d5a80")


def bust_from_behind(c: Canvas, x: float, y: float, size: float, shirt: str, hair: str = HAIR[0]) -> None:
    """Head and shoulders of somebody who looks into the picture; `y` is the chin's level."""
    c.rectangle(
        x - size * 0.95,
        y + size * 0.12,
        size * 1.9,
        size * 2.4,
        (shirt, mix(shirt, "#20202c", 0.35)),
        radius=size * 0.6,
    )
    c.rectangle(x - size * 0.17, y - size * 0.15, size * 0.34, size * 0.45, SKIN[1], radius=size * 0.12)
    c.ellipse(x, y - size * 0.5, size * 0.47, size * 0.58, hair)


def bust(c: Canvas, x: float, y: float, size: float, shirt: str, kind: int = 0) -> None:
    """Head and shoulders of somebody who looks out of the picture."""
    skin, hair = SKIN[kind % 3], HAIR[kind % 3]
    if kind % 2:  # long hair, behind the neck
        c.rectangle(x - size * 0.5, y - size * 0.7, size, size * 1.15, hair, radius=size * 0.4)
    c.rectangle(
        x - size * 0.9,
        y + size * 0.12,
        size * 1.8,
        size * 2.1,
        (shirt, mix(shirt, "#20202c", 0.25)),
        radius=size * 0.55,
    )
    c.rectangle(x - size * 0.15, y - size * 0.2, size * 0.3, size * 0.5, mix(skin, "#804020", 0.2), radius=size * 0.12)
    c.polygon([(x - size * 0.22, y + size * 0.14), (x + size * 0.22, y + size * 0.14), (x, y + size * 0.5)], "#fbf8f2")
    c.ellipse(x, y - size * 0.42, size * 0.4, size * 0.5, skin)
    c.polygon(_arc(x, y - size * 0.5, size * 0.44, size * 0.5, 0.5, 1.0), hair)
    c.ellipse(x - size * 0.14, y - size * 0.86, size * 0.26, size * 0.16, hair)


def standing(
    c: Canvas,
    x: float,
    ground: float,
    height: float,
    shirt: str,
    trousers: str = "#2f3e55",
    kind: int = 0,
    arms: str = "lr",
) -> None:
    """Somebody who stands facing us, with those arms (`l`, `r`) at the side; the head takes a seventh of the height."""
    h = height
    for side, arm in ((-1, "l"), (1, "r")):
        c.line(
            [(x + side * h * 0.055, ground - h * 0.47), (x + side * h * 0.06, ground - h * 0.02)], h * 0.085, trousers
        )
        c.ellipse(x + side * h * 0.075, ground - h * 0.005, h * 0.055, h * 0.022, "#22222c")
        if arm in arms:
            sleeve = [(x + side * h * 0.125, ground - h * 0.77), (x + side * h * 0.16, ground - h * 0.47)]
            c.line(sleeve, h * 0.055, mix(shirt, "#20202c", 0.12))
            c.circle(x + side * h * 0.161, ground - h * 0.445, h * 0.025, SKIN[kind % 3])
    c.rectangle(x - h * 0.13, ground - h * 0.81, h * 0.26, h * 0.4, shirt, radius=h * 0.06)
    head(c, x, ground - h * 0.9, h * 0.075, kind)


def head(c: Canvas, x: float, y: float, r: float, kind: int = 0) -> None:
    """A head with hair, or with long hair for an odd `kind`."""
    skin, hair = SKIN[kind % 3], HAIR[kind % 3]
    if kind % 2:
        c.rectangle(x - r * 1.1, y - r, r * 2.2, r * 2.5, hair, radius=r)
    c.rectangle(x - r * 0.35, y + r * 0.5, r * 0.7, r * 0.9, mix(skin, "#804020", 0.2))
    c.ellipse(x, y, r * 0.88, r * 1.05, skin)
    c.polygon(_arc(x, y - r * 0.12, r * 1.0, r * 1.1, 0.5, 1.0), hair)


def conical_hat(c: Canvas, x: float, y: float, size: float) -> None:
    c.polygon([(x - size, y), (x, y - size * 0.8), (x + size, y)], ("#f2dfae", "#cfa860"))
    c.ellipse(x, y, size, size * 0.16, "#c99f58")


def tree(c: Canvas, x: float, ground: float, size: float, leaf: str = "#4d8157", trunk: str = "#6b4b3a") -> None:
    """A round tree; `size` is the radius of its crown."""
    c.polygon(
        [
            (x - size * 0.1, ground),
            (x - size * 0.05, ground - size * 1.5),
            (x + size * 0.05, ground - size * 1.5),
            (x + size * 0.1, ground),
        ],
        trunk,
    )
    lit = mix(leaf, "#f4f0b0", 0.22)
    for dx, dy, r, colour in (
        (-0.5, 1.35, 0.62, mix(leaf, "#10302c", 0.15)),
        (0.55, 1.4, 0.6, mix(leaf, "#10302c", 0.2)),
        (0.0, 1.75, 0.85, leaf),
        (-0.25, 2.0, 0.48, lit),
    ):
        c.circle(x + dx * size, ground - dy * size, r * size, colour)


def pine(c: Canvas, x: float, ground: float, size: float, leaf: str = "#2f5d50") -> None:
    c.rectangle(x - size * 0.06, ground - size * 0.4, size * 0.12, size * 0.4, "#54403a")
    for i in range(3):
        w, top = size * (0.5 - i * 0.12), ground - size * (0.95 + i * 0.42)
        c.polygon([(x - w, top + size * 0.68), (x, top), (x + w, top + size * 0.68)], mix(leaf, "#d8e8b0", i * 0.09))


def cloud(c: Canvas, x: float, y: float, size: float, colour: str = "#ffffff") -> None:
    """A flat-bottomed cloud, opaque, so that its parts do not show through each other."""
    for dx, r in ((-0.9, 0.34), (-0.35, 0.55), (0.3, 0.46), (0.85, 0.3)):
        c.circle(x + dx * size, y - r * size * 0.55, r * size, colour)
    c.rectangle(x - size * 1.25, y - size * 0.28, size * 2.4, size * 0.42, colour, radius=size * 0.2)


def stilt_house(c: Canvas, x: float, ground: float, size: float, roof: str = "#7a5a48") -> None:
    """A wooden house on stilts; `size` is half its width."""
    for i in range(5):
        c.rectangle(x - size * 0.85 + i * size * 0.4, ground - size * 0.5, size * 0.07, size * 0.52, "#4e392f")
    c.rectangle(x - size * 0.95, ground - size * 0.98, size * 1.9, size * 0.52, ("#b98a5e", "#9a6d47"))
    for i in range(3):
        c.rectangle(x - size * 0.66 + i * size * 0.52, ground - size * 0.86, size * 0.26, size * 0.26, "#f6cf7a")
    c.rectangle(x - size * 1.05, ground - size * 0.52, size * 2.1, size * 0.08, "#5e4436")
    c.polygon(
        [
            (x - size * 1.25, ground - size * 0.9),
            (x - size * 0.72, ground - size * 1.62),
            (x + size * 0.72, ground - size * 1.62),
            (x + size * 1.25, ground - size * 0.9),
        ],
        (mix(roof, "#e8c8a0", 0.2), roof),
    )


def flag(c: Canvas, x: float, ground: float, height: float, size: float) -> None:
    """The national flag on a pole; `size` is the flag's width."""
    c.line([(x, ground), (x, ground - height)], 6, "#cfd3d6")
    top = ground - height + 6
    upper = [(x + size * i / 12, top + size * 0.03 * math.sin(i / 12 * 5)) for i in range(13)]
    lower = [(px, py + size * 2 / 3) for px, py in reversed(upper)]
    c.polygon([*upper, *lower], ("#e23d36", "#c62a2a"))
    c.star(x + size * 0.5, top + size * 0.345, size * 0.19)


def books(c: Canvas, x: float, ground: float, width: float, height: float) -> None:
    """A row of books on a shelf."""
    colours = ("#b5493c", "#d9a441", "#3f6c75", "#6b8f71", "#8c5a7a", "#e9d8b4", "#2f4a66", "#c77d4f")
    end = x + width
    while x < end - 16:
        thickness, tall = c.random.uniform(14, 30), height * c.random.uniform(0.66, 0.97)
        thickness = min(thickness, end - x)
        colour = c.random.choice(colours)
        c.rectangle(x, ground - tall, thickness - 1.5, tall, (colour, mix(colour, "#241a20", 0.25)), radius=2)
        c.rectangle(x + 2, ground - tall * 0.82, thickness - 5.5, 5, mix(colour, "#fff4d8", 0.55))
        x += thickness


def _arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> list[Point]:
    """A piece of an ellipse, in turns clockwise from the right."""
    turns = [start + (end - start) * i / 40 for i in range(41)]
    return [(x + rx * math.cos(math.tau * t), y + ry * math.sin(math.tau * t)) for t in turns]
