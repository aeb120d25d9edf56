"""Makes drafts clearer: what to put in the place of a finding, and how it gets into the file."""
