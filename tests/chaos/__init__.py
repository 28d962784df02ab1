"""A storm over the whole product, with the simulated Unified CM as the witness.

    python -m tests.chaos --clicks 2000 --seed 7

Two hosts (a gunicorn each) serve the product's own /dial/ over one database. People click, twice
and at both hosts, hang up and try again; nodes fail in every way that the simulator knows; workers
are killed and frozen in the middle of it. Afterwards the call log, the pages that people saw and
what reached the nodes are held against each other.

`company` who works where · `stage` the processes · `weather` what goes wrong · `clicks` what people
do · `verdict` what must not have happened · `storm` all of it · `summary` in figures.
"""
