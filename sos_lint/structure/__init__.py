"""Reads a document as a Signs of Safety document: forms, statements, scales, names."""
