"""Index folders: which one is live, which are leftovers, who may write."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engines.base import EngineUnavailable


class IndexStore:
    """Folders named `index-<version>-…` under `root`; the symbolic link `live` names the one in use.

    A link is replaced in one step, so readers see the old index or the new one. The lock is the
    kernel's (`flock`): it ends with the process that holds it, however it ends.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._link = str(root / "live")
        self._live = root

    def live(self) -> Path | None:
        """The folder of the live index, or None when none was built yet."""
        try:
            name = os.readlink(self._link)  # noqa: PTH115  # on every search, and a Path takes ten times as long
        except OSError:
            return None
        if name != self._live.name:
            self._live = self.root / name
        return self._live

    def version(self, folder: Path) -> str:
        """The index version that a folder was made with."""
        return folder.name.split("-")[1]

    def create(self, version: str) -> Path:
        """A new, empty folder; whatever an earlier, killed build left is swept away first."""
        self.root.mkdir(parents=True, exist_ok=True)
        self._sweep()
        return Path(tempfile.mkdtemp(prefix=f"index-{version}-", dir=self.root))

    def make_live(self, folder: Path) -> None:
        """Let `folder` be the live index, and drop the one before."""
        link = self.root / "live.next"
        link.unlink(missing_ok=True)
        link.symlink_to(folder.name)
        link.replace(self.root / "live")
        self._sweep()

    def drop(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)

    def _sweep(self) -> None:
        live = self.live()
        for folder in self.root.glob("index-*"):
            if folder != live:
                self.drop(folder)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write alone, among all processes and threads; raises EngineUnavailable while another does."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "write.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise EngineUnavailable("another process is writing the index") from None
            yield
