"""Media in an S3-compatible object store, where nothing is public: readers get it through Django."""

from typing import Any

from botocore.config import Config
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class PrivateBucket(S3Storage):
    """A bucket that nobody but Trang reads.

    Addresses are those of the media folder, and the same views answer them: an address signed for an hour would
    end in caches and in the search index, and one that is public for ever would leave private collections open.
    """

    def get_default_settings(self) -> dict[str, Any]:
        return super().get_default_settings() | {
            "file_overwrite": False,
            "max_memory_size": 1024 * 1024,  # bytes of a file that is being sent; the rest lies on disk
            # Buckets by path and checksums only where they must be: what stores other than Amazon's understand.
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                connect_timeout=5,
                read_timeout=20,
                retries={"mode": "standard", "total_max_attempts": 3},
            ),
        }

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """Below MEDIA_URL, as for a file in the media folder."""
        return settings.MEDIA_URL + filepath_to_uri(name)
