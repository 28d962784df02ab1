"""Pages beside the directory's own: whose number, charts, cards and lists to take away."""
