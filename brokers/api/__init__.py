"""How partner sites call the API: their keys, and requests that may be repeated."""
