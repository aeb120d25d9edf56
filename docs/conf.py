"""How these pages become a web site: `python -m sphinx -W --keep-going docs FOLDER`.

The pages are plain Markdown, as GitHub and GitLab show it too. What the site loads stands in its own folder,
so that it can be read from a disk and asks nothing of any other server; tests/test_docs.py holds that.
"""

from __future__ import annotations

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

# The pages in the order of the menu. A page that is missing here is a warning, and so a fault.
MENU = {
    "For you": ["practitioner", "repository", "template-library", "adoption"],
    "How to": ["rewrite", "setting-aside", "forms", "your-own-pack", "scaffolds"],
    "To look up": ["configuration", "reports", "privacy", "rules/README"],
    "About": ["dependencies"],
}


def setup(app: Sphinx) -> None:
    """Give the first page the menu, and the index of the rules its pages, none of which shows them."""
    app.connect("source-read", _add_menu)


def _add_menu(_: Sphinx, page: str, source: list[str]) -> None:
    if page == "index":
        source[0] += "".join(_menu(caption, pages) for caption, pages in MENU.items())
    if page == "rules/README":
        source[0] += _menu("", ["*"], ":glob:")


def _menu(caption: str, pages: list[str], *options: str) -> str:
    told = (":hidden:", *([f":caption: {caption}"] if caption else []), *options)
    return "\n".join(("", "```{toctree}", *told, "", *pages, "```", ""))
