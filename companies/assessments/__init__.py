"""The internationalisation assessment: which area of a firm's value chain has the greatest potential abroad.

Pure: an instrument is data with a version, scoring takes arrays and gives arrays, words are read by language.
"""
