"""The first login of an installation, with a password that nobody else has."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction

USERNAME = "bientap"  # biên tập: to edit
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # without what looks alike: l and 1, o and 0
LENGTH = 16  # characters: 80 bits


class Command(BaseCommand):
    help = (
        f"Makes the user {USERNAME}, who may do everything in the admin, with a generated password. Never changes it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model()._default_manager
        kept = Path(settings.DATA_DIR) / "editor-login"
        user = users.filter(username=USERNAME).first()
        if user is None:
            password = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
            with transaction.atomic():  # the file cannot be written: then no user that nobody can log in as
                users.create_superuser(username=USERNAME, email="", password=password)
                _write_private(kept, f"{USERNAME}\n{password}\n")
            self.stdout.write(f"  Log in as {USERNAME} with the password {password}\n  (kept in {kept})")
        elif kept.is_file() and user.check_password(kept.read_text().split()[-1]):
            self.stdout.write(f"  Log in as {USERNAME}; the password is in {kept}")
        else:
            self.stdout.write(
                f"  Log in as {USERNAME} with the password that you set; forgotten: manage.py changepassword {USERNAME}"
            )


def _write_private(path: Path, text: str) -> None:
    """Readable by the owner alone from the first byte on; an older file of that name goes."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
