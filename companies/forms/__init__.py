"""Forms of the company pages, by subject."""
