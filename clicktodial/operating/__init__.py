"""What whoever runs the site does with all of it at once: copy it, move it, sign people out."""
