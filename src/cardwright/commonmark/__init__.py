"""Parses Markdown: its events in Rust, and blocks with markdown-it-py."""
