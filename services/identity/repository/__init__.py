"""Reads and writes of the identity tables; the only package that knows them."""
