"""The reference data that TIBS ships, one CSV file a table, and the reader for such files.

`sources.csv` says for each file where it comes from, under which licence and when it was taken.
"""

from pathlib import Path

DIRECTORY = Path(__file__).parent
