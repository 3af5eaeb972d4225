"""Tables of GFM and of HTML: their rows and cells, and what their columns hold."""
