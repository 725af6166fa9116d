"""The way back in when the only system administrator has lost phone and codes."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from wagtail.log_actions import log

from home.signing_in import record
from home.signing_in.second_factor import devices


class Command(BaseCommand):
    help = "Takes somebody's second factor away; a role that needs one has it set up anew at the next login."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    @transaction.atomic
    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = get_user_model()._default_manager.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user {username}.")
        if not devices.forget(user):
            self.stdout.write(f"{username} has no second factor.")
            return
        log(user, record.RESET)
        self.stdout.write(f"{username} logs in without a second factor now.")
