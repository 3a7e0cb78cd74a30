"""The public catalogue: what a visitor asks for, which published profiles fit, and how many each filter leaves."""
