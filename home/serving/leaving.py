"""Whether this server is about to stop, so that the web server in front sends readers elsewhere in time.

A byte that gunicorn's master shares with the workers that it forks after importing this.
"""

import mmap

_flag = mmap.mmap(-1, 1)


def begin() -> None:
    """Say from now on, to whoever asks whether this server is ready, that it is not."""
    _flag[0] = 1


def begun() -> bool:
    """Whether readers should be sent elsewhere."""
    return _flag[0] == 1
