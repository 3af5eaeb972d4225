"""Bring Anki to what the content says: compare what it holds, list the differences, apply them.

Three ways lead into Anki, and all do the same: a running program (``connect``), a closed
collection (``collection``), and a collection of our own that is synced (``sync``). ``compare`` is a
pure function from two values to a third; ``apply`` brings that to Anki.
"""
