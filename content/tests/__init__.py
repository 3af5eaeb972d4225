"""The worked numbers of the cards of `content/`, one file a topic."""
