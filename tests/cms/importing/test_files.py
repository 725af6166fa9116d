import os
from pathlib import Path

import pytest

from cms.core.importing import files
from cms.core.importing.values import Unreadable


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_that_name_themselves_are_read(encoding: str) -> None:
    assert files.decode("Trường Chính trị".encode(encoding)) == "Trường Chính trị"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbfTr\x00", "zero byte at offset 5"),
        (b"abc\x00def", "zero byte at offset 3"),
        ("Trường".encode()[:-4], "truncated"),
        ("Trường".encode("utf-16")[:-1], "truncated"),
        (b"\xef\xbb\xbfTr\xadng", "not UTF-8: byte 0xad at offset 5"),
        (b"\x01\x02\x03 abc", "control characters"),
        ("Trường Chính trị tỉnh".encode().decode("latin-1").encode(), "encoded twice"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        files.decode(data)


def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(Unreadable, match="larger than 20 MB"):
        files.read_text(path)


def test_a_named_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(Unreadable, match="not a regular file"):
        files.read_text(tmp_path / "pipe.txt")


def test_a_file_that_may_not_be_read_is_refused_with_the_systems_reason(tmp_path: Path) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("Nội dung")
    path.chmod(0)
    user = os.geteuid()
    if user == 0:  # root may read everything, so be somebody else for a moment
        os.seteuid(65534)
    try:
        with pytest.raises(Unreadable, match="cannot be read: Permission denied"):
            files.read_text(path)
    finally:
        os.seteuid(user)
