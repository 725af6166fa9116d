"""Draw the pictures of the demo content again: all of them, or those named as arguments."""

import sys
from io import BytesIO
from pathlib import Path

from demo_pictures import doings, halls, landscapes, roads, school
from PIL import Image

FOLDER = Path(__file__).resolve().parents[1] / "home" / "demo" / "pictures"
QUALITIES = (82, 78, 74, 70, 66, 62, 58, 54)  # the first that keeps a picture small enough
MAX_SIZE = 90_000  # bytes

SCENES = {
    "ban-lang": landscapes.misty_village,
    "bong-chuyen": doings.volleyball,
    "cau-qua-song": roads.river_bridge,
    "cong-truong": school.school_gate,
    "cuoc-hop": halls.meeting,
    "duong-deo": roads.mountain_pass,
    "giang-duong": halls.lecture_hall,
    "hoang-hon-dong-lua": landscapes.sunset_fields,
    "hoi-truong": halls.stage,
    "le-trao-bang": halls.certificates,
    "mua-lu": doings.flood_relief,
    "phong-may": halls.computer_room,
    "ruong-bac-thang": landscapes.rice_terraces,
    "sach-ban-doc": school.desk,
    "thu-vien": school.library,
    "trong-cay": doings.tree_planting,
}


def main(names: list[str]) -> int:
    """Draw the scenes named, or all; 1 for a name that is none of them."""
    if unknown := set(names) - set(SCENES):
        print(f"No such picture: {', '.join(sorted(unknown))}. There are: {', '.join(SCENES)}", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names or SCENES:
        (FOLDER / f"{name}.jpg").write_bytes(_encoded(SCENES[name]().finished()))
    return 0


def _encoded(picture: Image.Image) -> bytes:
    for quality in QUALITIES:
        file = BytesIO()
        picture.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
        if file.tell() <= MAX_SIZE:
            break
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
