"""V8 in an event loop of its own: what it does can be given up in the middle."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Sequence
from threading import Thread
from typing import Any, TypeVar

from py_mini_racer import JSOOMException, MiniRacer

Value = TypeVar("Value")


class V8:
    """An engine with its scripts loaded.

    MiniRacer takes the event loop that it is made in. That one is ours here, and it is closed
    after V8, which reports to it from a thread of its own.
    """

    def __init__(self, scripts: Sequence[str], memory: int) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._racer: MiniRacer | None = None
        try:
            self._wait_for(self._load(scripts, memory))
        except BaseException:
            self.close()
            raise

    async def _load(self, scripts: Sequence[str], memory: int) -> None:
        self._racer = MiniRacer()
        self._racer.set_hard_memory_limit(memory)
        for script in scripts:
            await self._racer.eval_cancelable(script)

    def value(self, expression: str, arguments: Sequence[object], seconds: float) -> Any:
        """The value of an expression in which ``$`` is the arguments, both as JSON has them.

        ``TimeoutError`` after so many seconds, ``MemoryError`` where the memory is too small.
        """
        given = json.dumps(arguments, separators=(",", ":"))
        code = f"JSON.stringify((($) => ({expression}))({given}))"
        return json.loads(self._wait_for(self._evaluated(code, seconds)))

    async def _evaluated(self, code: str, seconds: float) -> str:
        racer = self._racer
        if racer is None:
            raise ValueError("V8 is closed")
        try:
            return str(await asyncio.wait_for(racer.eval_cancelable(code), seconds))
        except JSOOMException as error:
            raise MemoryError from error

    def _wait_for(self, work: Coroutine[Any, Any, Value]) -> Value:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """Give up what V8 works on, and end it: its thread would keep the process from ending."""
        self._wait_for(_give_up())
        if self._racer is not None:
            self._racer.close()
            self._racer = None
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _give_up() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
