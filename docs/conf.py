"""How these pages become a web site: `python -m sphinx -W --keep-going docs FOLDER`.

The pages are plain Markdown, as GitHub and GitLab show it too. What the site loads stands in its own folder,
so that it can be read from a disk and asks nothing of any other server; tests/test_docs.py holds that.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

project = "sos-lint"
extensions = ["myst_parser"]
exclude_patterns = ["site"]
nitpicky = True
smartquotes = False  # the pages say `--` and quotation marks as they mean them
myst_heading_anchors = 3

html_theme = "pydata_sphinx_theme"
html_title = "sos-lint"
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_show_sphinx = False
html_static_path = ["site/static"]
html_css_files = ["site.css"]
html_sidebars = {"**": ["all-pages"]}
templates_path = ["site/templates"]
html_theme_options = {
    "logo": {"text": "sos-lint"},
    "navbar_center": [],
    "navbar_end": ["theme-switcher"],
    "show_nav_level": 1,
    "secondary_sidebar_items": ["page-toc"],
    "show_toc_level": 1,
    "article_footer_items": ["prev-next"],
    "show_prev_next": False,
    "footer_start": [],
    "footer_end": [],
}

# The pages in the order of the menu. One that is not named here stands under “How to”, after the others.
MENU = {
    "For you": ["practitioner", "page", "repository", "template-library", "adoption"],
    "How to": ["rewrite", "tables", "setting-aside", "ci", "forms", "your-own-pack", "scaffolds"],
    "To look up": ["configuration", "reports", "privacy", "security", "rules/README"],
    "About": ["dependencies"],
}
_named = {"index", *(page for pages in MENU.values() for page in pages)}
MENU["How to"] += sorted({path.stem for path in Path(__file__).parent.glob("*.md")} - _named)


_OUT_OF_HERE = re.compile(r"\[([^\]\n]+)\]\(\.\./[^)\s]+\)")


def setup(app: Sphinx) -> None:
    """Change what a page says where the site needs it to be another than the page on a code host."""
    app.connect("source-read", _for_the_site)


def _for_the_site(_: Sphinx, page: str, source: list[str]) -> None:
    """Links out of the manual become plain words; the first page and the index of the rules get a menu."""
    source[0] = _OUT_OF_HERE.sub(r"\1", source[0])
    if page == "index":
        source[0] += "".join(_menu(caption, pages) for caption, pages in MENU.items())
    if page == "rules/README":
        source[0] += _menu("", ["*"], ":glob:")


def _menu(caption: str, pages: list[str], *options: str) -> str:
    told = (":hidden:", *([f":caption: {caption}"] if caption else []), *options)
    return "\n".join(("", "```{toctree}", *told, "", *pages, "```", ""))
