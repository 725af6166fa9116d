"""A StreamField body with every block, as stored."""

from typing import Any

HOSTILE = "<script>alert(1)</script>"


def full_body(image_id: int, document_id: int, text: str = "chữ") -> list[dict[str, Any]]:
    """One of each block; `text` stands in every plain field."""
    picture = {"image": image_id, "alt_text": f"mô tả {text}", "caption": f"chú thích {text}", "credit": f"ảnh {text}"}
    table = {
        "data": [["Trường", "Số học viên"], [f"ô {text}", "120"]],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_header_choice": "both",
        "table_caption": f"bảng {text}",
    }
    video = {"url": "https://www.youtube.com/watch?v=abcdefghijk", "title": f"phim {text}", "still": image_id}
    return [
        {"type": "text", "value": "<p>Đoạn một</p><ul><li>mục &amp; mục</li></ul>"},
        {"type": "heading", "value": {"text": f"đề mục {text}", "level": "3"}},
        {"type": "picture", "value": picture},
        {"type": "gallery", "value": {"pictures": [picture, picture]}},
        {"type": "quote", "value": {"text": f"trích dẫn {text}", "who": f"người nói {text}"}},
        {"type": "table", "value": table},
        {"type": "files", "value": {"title": f"tệp {text}", "files": [document_id]}},
        {"type": "video", "value": video},
        {"type": "highlight", "value": {"title": f"hộp {text}", "text": "<p>Nổi bật</p>"}},
    ]
