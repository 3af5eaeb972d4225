"""A deck as a page shows it: from the values of a build to cards with both of their sides."""
