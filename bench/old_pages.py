"""Any number of an old portal's pages as a crawler saves them: site chrome, title, date, reads, text, byline."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

EVENTS = (
    "Hội nghị tổng kết",
    "Lễ khai giảng",
    "Lễ bế giảng",
    "Hội thảo khoa học về",
    "Tọa đàm về",
    "Hội thi",
    "Khai mạc",
    "Thông báo kết quả",
    "Kế hoạch triển khai",
    "Nghiệm thu",
    "Đoàn công tác khảo sát",
    "Một số vấn đề về",
)
SUBJECTS = (
    "công tác thi đua khen thưởng",
    "lớp Trung cấp lý luận chính trị",
    "lớp bồi dưỡng lãnh đạo cấp phòng",
    "giảng viên dạy giỏi",
    "xây dựng trường chính trị chuẩn",
    "đề tài nghiên cứu khoa học",
    "công tác xây dựng Đảng",
    "chuyển đổi số trong giảng dạy",
    "học tập và làm theo tư tưởng Hồ Chí Minh",
    "công tác nữ công",
    "phong trào đoàn thanh niên",
    "cải cách hành chính",
    "phòng, chống tham nhũng",
    "nghiên cứu thực tế",
)
PROVINCES = (
    "Yên Bái", "Hoà Bình", "Tuyên Quang", "Phú Thọ", "Bắc Giang", "Bắc Kạn", "Thái Nguyên", "Lào Cai", "Sơn La",
    "Điện Biên", "Lai Châu", "Hà Giang", "Cao Bằng", "Lạng Sơn", "Vĩnh Phúc", "Quảng Ninh",
)  # fmt: skip
YEARS = range(2012, 2024)
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Lương", "Hà")
MIDDLE_NAMES = ("Thị", "Văn", "Thu", "Minh", "Hồng", "Đức")
NAMES = ("Hà", "Mai", "Lan", "Hùng", "Tuấn", "Yến", "Thảo", "Sơn", "Bình", "Nga")
POSTS = (
    "Giảng viên Khoa Lý luận cơ sở",
    "Giảng viên Khoa Xây dựng Đảng",
    "Phòng Tổ chức, hành chính, thông tin, tư liệu",
)
FEWEST, MOST = 4, 9  # paragraphs
LAST = datetime(2023, 12, 29, 17, 30)  # without a zone, as old portals print it


def write(folder: Path, numbers: range, paragraphs: Sequence[str]) -> None:
    """A file in `folder` for each number; a number always makes the same page."""
    folder.mkdir()
    for number in numbers:
        text = "\n".join(_lines(number, paragraphs))
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")


def _lines(number: int, paragraphs: Sequence[str]) -> Iterator[str]:
    chance = random.Random(number)  # noqa: S311 (a sample, no secret)
    province = PROVINCES[number % len(PROVINCES)]
    yield from (
        "• Loading...",
        f"Chào mừng bạn đến với trang Thông tin điện tử Trường Chính trị tỉnh {province}!.",
        " ",
    )
    yield title(number).upper()
    yield f"Ngày xuất bản: {_date(LAST - number * timedelta(hours=7, minutes=11))}"
    yield from (f"Lượt đọc: {chance.randrange(20, 9000)}", "", " ")
    texts = chance.choices(paragraphs, k=chance.randint(FEWEST, MOST))
    texts.insert(2, f"Toàn cảnh {title(number)}")  # a picture's caption
    for text in texts:
        yield from ("", text)
    author = " ".join(map(chance.choice, (SURNAMES, MIDDLE_NAMES, NAMES)))
    yield from ("", f"{' ' * 18}Ths. {author}", "", f"{' ' * 60}{chance.choice(POSTS)}")


def title(number: int) -> str:
    """A title of its own for each of the first 32,000 numbers."""
    parts = []
    for names in (PROVINCES, EVENTS, YEARS, SUBJECTS):
        number, place = divmod(number, len(names))
        parts.append(names[place])
    province, event, year, subject = parts
    return f"{event} {subject} tỉnh {province} năm {year}"


def _date(date: datetime) -> str:
    """`10/11/2023 2:28:00 CH`: the hours of a clock with twelve, SA before noon and CH after."""
    return f"{date:%d/%m/%Y} {date.hour % 12 or 12}:{date:%M:%S} {'SA' if date.hour < 12 else 'CH'}"
