"""What the pages of the matching show, by subject: rows and models in the reader's words."""
