"""Long work: begun from a page or a terminal, told as it goes, left and come back to."""
