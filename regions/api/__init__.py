"""The reference data, for everybody."""
