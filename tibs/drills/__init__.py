"""Drills: what happens when processes and servers are killed, played on servers of their own."""
