"""Files from people: what they are by their content, whatever they are called."""
