"""Markdown questions and answers to an Anki deck."""


def __getattr__(name: str) -> str:
    """``__version__`` when it is asked for: looking it up takes longer than all else here."""
    if name != "__version__":
        raise AttributeError(f"module 'cardwright' has no attribute '{name}'")
    from importlib.metadata import version

    return version("cardwright")
