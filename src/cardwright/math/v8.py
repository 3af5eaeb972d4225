"""The program of an engine process: V8 with KaTeX. If it crashes, nothing else does.

It is run by its path, imports nothing from Cardwright, and ends when stdin ends. A message is its
length in four bytes, then JSON. The first message has the scripts and the limits. Each later one is
a batch of formulas, which are answered in order.
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
from typing import Any

_LOOK = 0.05  # seconds between two checks of a batch's processor time

_FLAGS = ("--no-opt", "--always-sparkplug")
"""Compile all functions quickly and none well: a deck is too short to repay a better compiler."""

Say = Callable[[object], None]


def _main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent process
    sys.path.append(sys.argv[1])
    say = _only_voice()
    try:
        asyncio.run(_serve(say))
    except BaseException as error:
        say({"broken": f"{type(error).__name__}: {error}"[:500]})
    os._exit(1)  # V8's thread would keep the process running


def _only_voice() -> Say:
    """Return a function to answer with. All other output of the process is discarded."""
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
    from py_mini_racer import DEFAULT_V8_FLAGS, JSOOMException, MiniRacer, init_mini_racer

    batches = _heard()
    settings = json.loads(await batches.get())
    init_mini_racer(flags=(*DEFAULT_V8_FLAGS, *_FLAGS))
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
    """Return a queue of messages from stdin. The process exits when stdin ends."""
    loop, heard = asyncio.get_running_loop(), asyncio.Queue[str]()

    def listen() -> None:
        stdin = sys.stdin.buffer
        while message := stdin.read(int.from_bytes(stdin.read(4), "big")).decode("utf-8"):
            loop.call_soon_threadsafe(heard.put_nowait, message)
        os._exit(0)

    Thread(target=listen, daemon=True).start()
    return heard


async def _answer(v8: Any, batch: str, seconds: float) -> str:
    """Return the answer for a batch. If it takes too long, only for the formulas done so far."""
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
