"""The old place of ``titles``, until nothing imports it."""

from cardwright.wording.titles import *  # noqa: F403
