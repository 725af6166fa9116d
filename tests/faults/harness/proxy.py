"""A stand-in before a server: a network that can be cut, hung or slowed while clients use it."""

import asyncio
import socket
from collections.abc import Coroutine
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

_CHUNK = 65_536


class Proxy:
    """Passes everything on to the server at `target` until it is told otherwise; `url` is its own address."""

    def __init__(self, target: str) -> None:
        address = urlsplit(target)
        self._target = (address.hostname, address.port)
        # Keeps the port for us while we refuse: bound but not listening, it refuses as a closed port does.
        self._kept = socket.socket()
        self._kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._kept.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._kept.getsockname()[1]}"
        self._delay = 0.0
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._flowing = asyncio.Event()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.open()

    def open(self) -> None:
        """Pass everything on, at once."""
        self._do(self._open(0.0))

    def slow(self, seconds: float) -> None:
        """Pass everything on, each piece of an answer that much later."""
        self._do(self._open(seconds))

    def hang(self) -> None:
        """Accept connections and never answer, on those that there are neither."""
        self._do(self._hang())

    def fail_over(self) -> None:
        """Pass new connections on; those that hang do so for ever, as after another machine took over."""
        self._do(self._fail_over())

    def refuse(self) -> None:
        """Break all connections and refuse new ones."""
        self._do(self._refuse())

    def close(self) -> None:
        self.refuse()
        self._do(self._give_up())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._kept.close()

    def _do(self, change: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(change, self._loop).result(10)

    async def _open(self, delay: float) -> None:
        self._delay = delay
        self._flowing.set()
        await self._listen()

    async def _hang(self) -> None:
        self._flowing.clear()
        await self._listen()

    async def _fail_over(self) -> None:
        self._flowing = asyncio.Event()
        await self._open(0.0)

    async def _listen(self) -> None:
        if self._server is None:
            port = self._kept.getsockname()[1]
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, reuse_port=True)

    async def _refuse(self) -> None:
        if self._server:
            self._server.close()
            self._server = None
        for writer in self._writers:
            writer.transport.abort()
        self._flowing.set()  # what hangs goes on, and finds its connection broken
        await asyncio.sleep(0)

    async def _give_up(self) -> None:
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with _Closing(writer, self._writers):
            await self._flowing.wait()
            try:
                reader_there, writer_there = await asyncio.open_connection(*self._target)
            except OSError:
                return
            with _Closing(writer_there, self._writers):
                back = asyncio.ensure_future(self._pump(reader_there, writer, is_answer=True))
                await self._pump(reader, writer_there)
                await back

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, is_answer: bool = False) -> None:
        try:
            while data := await reader.read(_CHUNK):
                if is_answer:
                    await asyncio.sleep(self._delay)
                await self._flowing.wait()
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()


class _Closing:
    """Keeps a connection among those that can be broken, as long as it is used."""

    def __init__(self, writer: asyncio.StreamWriter, writers: set[asyncio.StreamWriter]) -> None:
        self._writer, self._writers = writer, writers

    def __enter__(self) -> None:
        self._writers.add(self._writer)

    def __exit__(self, *error: object) -> None:
        self._writers.discard(self._writer)
        self._writer.close()
