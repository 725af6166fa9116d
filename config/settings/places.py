"""Where the installation is: its folders, and the address that it is reached at."""

from pathlib import Path

from . import env

BASE_DIR = Path(__file__).resolve().parents[2]
env.load(BASE_DIR / ".env")
DATA_DIR = Path(env.text("DATA_DIR") or BASE_DIR / "var").resolve()

HOST = env.text("HOST", "127.0.0.1")  # 0.0.0.0 to be reached from other machines
PORT = env.whole("PORT", 8000)
