"""Shows a deck in a page: turns the values of a build into cards with both sides."""
