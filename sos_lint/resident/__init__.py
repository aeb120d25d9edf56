"""A process that stays: made ready once, it does a run in the time that another takes to import spaCy.

    client    in every run of the command: finds the process and hands its work over
    address   where the two meet, and who may come there
    messages  what they say to each other
    server    the process that stays; it forks one of its own for each run (`run`)
    launch    begins it

The client is loaded before anything else, so all but the server stands on `os`, `sys` and `socket` alone. No
run needs the process: where it is not there, or anything is odd about it, the client says so to its caller,
which does the work itself. The process that does a run is a copy that ends with it, has the client's own
streams, folder and environment, and keeps nothing; the one that stays never reads a request.

For Linux alone: only there is a fork of a process with its libraries loaded safe (see `jobs`), and tried.
"""
