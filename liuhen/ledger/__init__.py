"""Why the record can be believed: canonical bytes, commitments, chains, the Merkle log, checkpoints.

A pure room: no Django, no clock, no database; a caller hands in what is to be proved.
"""
