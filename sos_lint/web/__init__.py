"""The local page: a server for one person's browser, on this computer only.

`address` says where it listens, `guard` who may ask, `app` what may be asked. The work is done in processes
of their own (`pool`), which can be ended when something takes too long: `tasks` are what they do, `texts`
makes a document of what stands in the page, `cards` tells the page of a finding, `forms` of a form and
`received` of a document that somebody got; `copies` makes the file that is downloaded. `page/` is what the
browser shows: plain files, with no step to build them.

Nothing that is typed or dropped is written to a disk or a log.
"""
