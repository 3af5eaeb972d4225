"""Take a deck that was made otherwise, with its reviews.

The notes in Anki are matched with the questions of the content as a build matches questions with
its lock (``pairs``). A note that is a question gets its GUID, its note type and its fields, and
keeps its cards (``change``). ``adopt`` is the line.
"""
