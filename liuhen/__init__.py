"""Liuhen 留痕: the whole course of administrative law enforcement, recorded and provable."""

__version__ = "0.1.0"
