"""What a reader sees: one file per page, listed in app.py."""
