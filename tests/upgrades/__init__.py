"""Databases as released versions left them, and the way from there to this one.

`releases/VERSION.ENGINE.sql.gz` is a small company's database, made by `python -m
tests.upgrades.keep VERSION` at the release and never changed after. It holds at least one row of
every model of its time, and no secret.
"""
