"""Git as an author uses it, in a folder of a test."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_WHO = ("-c", "user.name=A Gardener", "-c", "user.email=gardener@example.org")
_PLAIN = (
    "-c",
    "init.defaultBranch=main",
    "-c",
    "core.autocrlf=false",
    "-c",
    "rerere.enabled=false",
)


class Repository:
    """A repository whose settings are these alone, whatever the machine has."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self("init", "--quiet")

    def __call__(self, *words: str, settings: tuple[str, ...] = ()) -> str:
        """Run git, which must succeed; returns what it prints."""
        ran = self.run(*words, settings=settings)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def run(self, *words: str, settings: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        own = [word for setting in settings for word in ("-c", setting)]
        # A hook in which the tests run sets variables that lead to another repository.
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        return subprocess.run(
            ["git", *_WHO, *_PLAIN, *own, *words],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            env={
                **kept,
                "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_EDITOR": "true",
            },
        )

    def commit(self, message: str) -> None:
        self("add", "--all")
        self("commit", "--quiet", "--message", message)
