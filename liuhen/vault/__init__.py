"""Originals (原件), written once and found by their digest; the vault knows nothing of cases."""
