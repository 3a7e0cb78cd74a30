"""Published opportunities, for everybody and without names."""
