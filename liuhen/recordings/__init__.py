"""Recordings 音像: taking them in over a bad line, reading what a file says of itself, previews. Originals are never touched."""
