"""What a reader sees of a field in Anki, as blocks of words, and how an edit changed it."""
