"""Coverage-guided fuzzing of all that reads what others wrote (see docs/fuzzing.md).

`targets` says what is tried and `laws` what must hold of it; neither needs atheris, so that the tests run the
kept inputs of `tests/corpus` by them. `seeds` are real files to begin with, `mutation` changes them within
their structure, `harness` runs one target under atheris, and `python -m fuzz` runs some after one another.
"""
