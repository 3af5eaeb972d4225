"""``deck.yml`` to a frozen ``Config``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkdownConfig:
    """``flavour`` is ``commonmark`` or ``python-markdown``; only the latter has extensions.

    Each extension is its name and its options, the options as (key, value as JSON) pairs.
    """

    flavour: str = "commonmark"
    extensions: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class MathConfig:
    """``output`` is ``mathjax`` or ``katex``; macros are (``\\name``, body with ``#1``) pairs."""

    output: str = "mathjax"
    macros: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ImagesConfig:
    """``roots`` are folders, relative to the content folder, for paths that begin with ``/``.

    ``max_width`` is in device pixels; ``remote`` is ``fetch`` or ``link``.
    """

    max_width: int = 1280
    remote: str = "fetch"
    roots: tuple[str, ...] = ()
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a deck; what ``deck.yml`` leaves out has the value of DESIGN's table.

    ``deck`` and ``project`` are ``""`` when not given: the name then comes from the folder or
    the file, the project from the lock or the name.
    """

    deck: str = ""
    project: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    questions: str = "auto"
    question_level: int | None = None
    subdecks: str = "auto"
    source_url: str = ""
    markdown: MarkdownConfig = MarkdownConfig()
    math: MathConfig = MathConfig()
    images: ImagesConfig = ImagesConfig()
    html: str = "clean"
