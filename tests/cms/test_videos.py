import pytest

from cms.core.videos import player_address

YOUTUBE = "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1"


@pytest.mark.parametrize(
    ("url", "player"),
    [
        ("https://www.youtube.com/watch?v=abcdefghijk", YOUTUBE),
        ("https://m.youtube.com/watch?feature=share&v=abcdefghijk&t=5", YOUTUBE),
        ("https://youtu.be/abcdefghijk?si=x", YOUTUBE),
        ("https://youtube.com/shorts/abcdefghijk", YOUTUBE),
        ("https://vimeo.com/12345", "https://player.vimeo.com/video/12345?autoplay=1&dnt=1"),
        (
            "https://www.facebook.com/truong/videos/12345/",
            "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Ftruong%2Fvideos%2F12345&autoplay=1",
        ),
    ],
)
def test_a_provider_has_a_player(url, player):
    assert player_address(url) == player


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/watch?v=abcdefghijk",
        "https://youtube.com.example.com/watch?v=abcdefghijk",
        "javascript:alert(1)//youtube.com/watch?v=abcdefghijk",
        "https://www.youtube.com/@truong",
        "https://youtu.be/short",
    ],
)
def test_other_addresses_have_none(url):
    assert player_address(url) is None
