"""Brings Anki up to date with the content: reads what Anki has, compares, applies the differences.

There are three equivalent ways to reach Anki: the running program (``connect``), a closed
collection (``collection``), and a collection of our own that is synced (``sync``). ``compare`` is
a pure function that returns the differences, and ``apply`` writes them to Anki.
"""
