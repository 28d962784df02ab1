"""In which language each person reads the site: by choice, or as the browser asks."""
