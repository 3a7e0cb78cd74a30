"""The matches of a profile, for the people who work on it."""
