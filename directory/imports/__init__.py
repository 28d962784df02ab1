"""People from elsewhere: a source is read, a plan is shown, and only what was shown is done."""
