"""Questions and their answers in two places, joined by number."""
