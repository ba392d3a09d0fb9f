"""What pages show of a case, put into words and rows: from the view that reveal gave, and nothing decided here."""
