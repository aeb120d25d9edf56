"""The linguistics: where rules hold in a document, and what the text around them already tells.

`detect.Detector` is the way in. spaCy is imported only by the modules that need it (`grammar`,
`token_patterns`), and only when a document holds something that calls for it.
"""
