"""Dates and numbers as people write them, where Django differs from the Common Locale Data Repository (CLDR)."""
