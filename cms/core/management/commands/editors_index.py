from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from cms.core import editors_search
from search import stamps


class Command(BaseCommand):
    help = "Makes the index anew in which the admin searches; takes minutes on a large portal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-needed", action="store_true", help="only when it was made by an older version")

    def handle(self, *args: Any, if_needed: bool, **options: Any) -> None:
        if if_needed and stamps.read([editors_search.VERSION]).versions:
            self.stdout.write("The index of the admin's search is of this version.")
            return
        call_command("update_index", verbosity=0)
        stamps.bump([editors_search.VERSION])
        self.stdout.write("Made the index of the admin's search anew.")
