from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Somebody who works in the admin. Our own from the first migration: it cannot be exchanged later."""
