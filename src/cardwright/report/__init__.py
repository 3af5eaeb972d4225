"""Writes ``report.html`` beside the package, a page about the deck."""
