"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# No test is timed: machines are shared and noisy.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
