"""A page as plain data and as text: the common language of make-up, press and readers."""
