"""A small invented company, two simulated clusters and four people to sign in as."""
