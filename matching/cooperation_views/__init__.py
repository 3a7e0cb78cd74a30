"""Pages of cooperations: meetings, agreements, follow-ups and joint strategies."""
