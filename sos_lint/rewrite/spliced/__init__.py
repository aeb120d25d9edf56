"""Changes the files of word processors by their bytes: what nobody changes stays as it was written.

`part` is one XML part by its bytes, `file` the whole file, which is a zip of parts in most formats.
"""
