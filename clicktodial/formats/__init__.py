"""Dates and times as Django shows them, by language."""
