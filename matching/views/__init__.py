"""Pages of the matching, by subject."""
