"""What belongs to the old site and not to the article: navigation above, other articles and footers below."""

import re

from cms.core.importing.lines import Line

_NAVIGATION = """
trang chủ|trang nhất|giới thiệu|tin tức|tin tức - sự kiện|tin tức, sự kiện|tin tức sự kiện|tin hoạt động|tin nổi bật
hoạt động|thông báo|liên hệ|góp ý|hỏi đáp|đăng nhập|đăng ký|đăng xuất|tìm kiếm|tìm kiếm nâng cao|thư viện ảnh|video|rss
sơ đồ trang|sơ đồ website|sơ đồ cổng|english|tiếng việt|menu|bỏ qua nội dung|chuyển đến nội dung chính|skip to content
in|in trang|in bài viết|in bài này|bản in|gửi mail|gửi email|gửi bài viết|gửi cho bạn bè|chia sẻ|chia sẻ bài viết
facebook|zalo|twitter|cỡ chữ|cỡ chữ a a|xem cỡ chữ|a|a+|a-|phóng to|thu nhỏ|tương phản|độ tương phản
đọc bài viết|nghe bài viết
chi tiết tin|chi tiết bài viết|nội dung chi tiết|lưu bài viết|bài viết|chuyên mục|thông tin điện tử
file đính kèm: không có|thích|like|share|tweet|print|email
"""
_NAVIGATION_LINES = frozenset(_NAVIGATION.replace("\n", "|").split("|")) - {""}
_BULLET = re.compile(r"^[•●▪*+»›>|\-–]+ ?")
_HEAD = re.compile(
    r"(?:loading|đang tải)(?: dữ liệu)?|chào mừng (?:bạn|các bạn|quý vị|quý khách|quý bạn đọc)\b.{0,150}"
    r"|(?:trang chủ|trang nhất|home) ?[»›>/|\\→].*|.* [»›>→] .*|.* ?[»›] ?.*|bạn (?:đang )?(?:ở|xem)(?: đây)? ?:?.*"
    r"|hôm nay ?[:,]? .{0,60}|(?:cổng|trang|website) thông tin điện tử.{0,80}|https?://[^ ]*",
    re.IGNORECASE,
)
# The owner's own name, as it stands above every page; a title says what happened there.
_OWNER = re.compile(r"(?:trường|học viện) chính trị(?: (?:tỉnh|thành phố|khu vực))?(?: [^\W\d_]+){1,3}", re.IGNORECASE)
_OTHER_ARTICLES = re.compile(
    r"(?:các |những )?(?:tin|bài|bài viết|tin tức|tin bài|thông tin|văn bản|bản tin)(?: viết)? "
    r"(?:khác|liên quan|cùng chuyên mục|cùng loại|đã đưa|đã đăng|cũ hơn|mới hơn|mới nhất|tiếp theo"
    r"|xem nhiều(?: nhất)?|đọc nhiều(?: nhất)?)"
    r"(?: ?\(?[0-9]*\)?)?|(?:gửi )?(?:ý kiến|bình luận)(?: (?:bạn đọc|của bạn|bài viết))?|viết bình luận"
    r"|(?:trở về|quay lại|về)(?: trang)?(?: trước| chủ)?|trở lại|(?:lên |về )?đầu trang"
    r"|(?:số|tổng số)? ?(?:lượt |người )?(?:truy cập|đang truy cập|đang online)(?: ?:? ?[0-9. ,]*)?|thống kê truy cập"
    r"|liên kết (?:web|website|trang)|liên kết",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"©|copyright|bản quyền (?:thuộc|©|của)|chịu trách nhiệm (?:chính|nội dung|xuất bản)|cơ quan chủ quản"
    r"|trưởng ban biên tập ?:|giấy phép (?:số|thiết lập|xuất bản)"
    r"|(?:thiết kế|phát triển|xây dựng)(?: và [\w ]{5,20})? bởi|designed by|powered by|ghi rõ nguồn",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"(?:địa chỉ|trụ sở|điện thoại|đt|tel|fax|email|e-mail|hotline|website) ?:", re.IGNORECASE)
_LISTED = re.compile(r"\([^()]*[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{2,4})?[^()]*\)$")


def without_bullet(text: str) -> str:
    """The line without the list mark or separator before it."""
    return _BULLET.sub("", text)


def is_head_chrome(line: Line) -> bool:
    """Whether a line above or beside the title belongs to the site: `Loading...`, a welcome, a trail of links."""
    text = without_bullet(line.text).strip(" .:…!|[]()")
    return text.casefold() in _NAVIGATION_LINES or not any(map(str.isalnum, text)) or bool(_HEAD.fullmatch(text))


def is_owner(line: Line) -> bool:
    """Whether the line is nothing but the name of a school."""
    return bool(_OWNER.fullmatch(line.text))


def without_tail(lines: list[Line]) -> list[Line]:
    """The lines before other articles' titles and the footer."""
    end = next((number for number, line in enumerate(lines) if _starts_tail(line)), len(lines))
    if end < len(lines) and _FOOTER.search(lines[end].text):
        end = _before_contact(lines, end)
    return _without_listed(lines[:end])


def _starts_tail(line: Line) -> bool:
    if len(line.text) > 200:  # a paragraph that speaks of copyright is no footer
        return False
    return bool(_OTHER_ARTICLES.fullmatch(without_bullet(line.text).strip(" .:…!|[]«»<>")) or _FOOTER.match(line.text))


def _before_contact(lines: list[Line], end: int) -> int:
    """Footers begin with the owner's name, address and telephone."""
    while end and (not lines[end - 1] or is_owner(lines[end - 1]) or _CONTACT.match(lines[end - 1].text)):
        end -= 1
    return end


def _without_listed(lines: list[Line]) -> list[Line]:
    """Without a list of titles with dates behind them, which some portals put below without a heading."""
    end = len(lines)
    listed = 0
    while end and (not lines[end - 1] or _LISTED.search(lines[end - 1].text)):
        listed += bool(lines[end - 1])
        end -= 1
    return lines[:end] if listed >= 2 else lines
