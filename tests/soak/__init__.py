"""An ordinary busy day, for as long as one likes: two hosts, clicks, searches and imports at once.

    python -m tests.soak --minutes 15

Nothing is broken on purpose, unlike in tests.chaos. In the end every click has its one call, every
search was answered, the directory is as the last import left it, and no worker has grown.

`day` all of it · `searchers` · `importer` · `memory` · `verdict` what must be true of it
"""
