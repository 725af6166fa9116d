"""A server's process is ready before it is asked."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
READY = """
import gc, sys
import config.wsgi
assert "config.urls" in sys.modules
assert gc.get_freeze_count() > 100_000
"""


def test_a_server_has_loaded_what_answers_need_before_it_is_asked_even_while_its_database_is_empty(tmp_path):
    environment = {"DATA_DIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", READY], cwd=ROOT, env=environment, check=True, timeout=60)
