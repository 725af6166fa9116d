"""`manage.py read_files`: takes the text out of files that have not been read yet."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from cms.core.extraction.pending import pending, read_pending
from cms.core.models import FileText


class Command(BaseCommand):
    help = (
        "Reads the PDF and Word files that are new or were replaced, so that readers find what is in them. The "
        "scheduler does it by itself; stopped in between, it goes on where it stopped."
    )

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        files = tqdm(
            read_pending(), total=pending().count(), unit=" files", disable=not verbosity or None, file=sys.stderr
        )
        made = [text for text in files if text.state != FileText.State.READ]
        for text in made:
            self.stdout.write(f"{text.file_name}: {text.get_state_display()} {text.problem}".rstrip())
