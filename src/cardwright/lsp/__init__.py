"""Runs a language server for editors, over stdin and stdout."""
