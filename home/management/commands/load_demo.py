"""Makes a site to look at of the demo content that comes with Trang."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.demo.content import read_demo
from home.demo.loading import NotEmpty, load
from home.demo.tables import BadDemo
from home.progress import bars
from search import sync


class Command(BaseCommand):
    help = "Loads the demo content into an empty site. Run again, it adds what is new and touches nothing else."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with bars() as progress, sync.batched():
                report = load(read_demo(), progress)
        except (BadDemo, NotEmpty) as error:
            raise CommandError(str(error)) from None
        if report.left_out:
            self.stdout.write(f"Left out, as their sections were deleted: {', '.join(report.left_out)}")
        self.stdout.write(f"{len(report.made)} pages made." if report.made else "The demo content is there already.")
