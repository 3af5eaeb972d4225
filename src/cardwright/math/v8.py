"""The program of an engine: V8 with KaTeX in a process of its own, whose death hurts nobody.

It is run by its path, imports nothing of Cardwright, and ends when its stdin ends. A message is
four bytes with its length, then JSON. The first one in has the scripts and the limits; each
other is a batch of formulas, and is answered in order.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from threading import Thread
from typing import IO, Any

_LOOK = 0.05
"""Seconds between two looks at the time that a batch took."""

Say = Callable[[object], None]


def _main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that is read from
    sys.path.append(sys.argv[1])
    say = _only_voice()
    try:
        asyncio.run(_serve(say))
    except BaseException as error:
        say({"broken": f"{type(error).__name__}: {error}"[:500]})
    os._exit(1)  # V8's own thread would keep the process from ending


def _only_voice() -> Say:
    """The way to answer; whatever else is written to stdout goes nowhere."""
    stdout = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)

    def say(message: object) -> None:
        answer = message if isinstance(message, str) else json.dumps(message)
        content = answer.encode("utf-8")
        stdout.write(len(content).to_bytes(4, "big") + content)
        stdout.flush()

    return say


async def _serve(say: Say) -> None:
    from py_mini_racer import JSOOMException, MiniRacer

    batches = _heard()
    settings = json.loads(await batches.get())
    v8 = MiniRacer()
    v8.set_hard_memory_limit(settings["memory"])
    for script in settings["scripts"]:
        await v8.eval_cancelable(script)
    say({"ready": True})
    while True:
        batch = await batches.get()
        try:
            say(await _answer(v8, batch, settings["seconds"]))
        except JSOOMException:
            say({"full": True})
            os._exit(1)


def _heard() -> asyncio.Queue[str]:
    """The messages from stdin, read as they come; the process ends with them at once."""
    loop, heard = asyncio.get_running_loop(), asyncio.Queue[str]()

    def listen() -> None:
        stdin = sys.stdin.buffer
        while message := _message(stdin):
            loop.call_soon_threadsafe(heard.put_nowait, message)
        os._exit(0)

    Thread(target=listen, daemon=True).start()
    return heard


def _message(stdin: IO[bytes]) -> str:
    """``""`` at the end."""
    length = int.from_bytes(stdin.read(4), "big")
    return stdin.read(length).decode("utf-8")


async def _answer(v8: Any, batch: str, seconds: float) -> str:
    """What became of the formulas; only of those before one that takes too long."""
    work = asyncio.ensure_future(v8.eval_cancelable(f"answer({json.dumps(batch)})"))
    began = time.process_time()
    while not work.done() and time.process_time() - began < seconds:
        await asyncio.wait([work], timeout=_LOOK)
    if work.done():
        return str(work.result())
    work.cancel()
    await asyncio.wait([work])
    return str(await v8.eval_cancelable("answered(true)"))


if __name__ == "__main__":
    _main()
