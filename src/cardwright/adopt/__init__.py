"""Adopts a deck that was made without Cardwright, and keeps its reviews.

``pairs`` matches notes in Anki with questions, as a build matches questions with its lock.
``change`` gives a matched note the GUID, the note type and the fields of its question; the note
keeps its cards. ``adopt`` runs both.
"""
