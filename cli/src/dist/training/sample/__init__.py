"""A small package whose bytecode trains the AOT cache."""

from sample.sub import greet

__all__ = ["greet"]
