"""Packages that a stranger can verify without us: catalogue, originals, entries, proofs (A31; docs/entries.md)."""
