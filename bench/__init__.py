"""Where claims about speed come from: Liuhen's public functions and their peers, in one run, turn by turn.

``python -m bench`` measures everything and writes docs/performance.md; ``python -m bench L1 F2`` measures only those.
"""
