"""A whole archive: which words, which teams, and whether it is getting better.

`columns` says which columns of a table hold what; `arrow` lints batches of rows and is all that Dask, Ray
or Polars need; `sources` reads tables; `run` does the work in parts that survive a killed run; `spark` does
the same work on Spark; `figures`, `suppression` and `summary` count, `page` draws, and `compare` says what
changed. Nothing here is imported unless an archive is audited.
"""
