"""Forms of the matching, by subject."""
