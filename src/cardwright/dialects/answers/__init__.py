"""Where answers stand, where they end, and whether they are any."""
