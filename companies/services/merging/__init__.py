"""Making one company of two entries, with a preview, on request across organisations, and undone if it was wrong."""
