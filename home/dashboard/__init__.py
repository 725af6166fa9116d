"""What an editor sees first in the admin: panels beside Wagtail's own, each a few lines that lead on."""
