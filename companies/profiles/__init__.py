"""What can be said of a profile's text without a person: leaks, missing parts, and words that do not convince.

Pure functions over plain values; they import the standard library only and never raise, whatever the text.
"""
