"""What the editor can do, of which the server makes use."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types


@dataclass(frozen=True)
class Client:
    """The capabilities of one editor, asked as questions."""

    said: types.ClientCapabilities

    @property
    def pulls(self) -> bool:
        """True of an editor that asks for diagnostics. Told them as well, it would show them twice."""
        document = self.said.text_document
        return document is not None and document.diagnostic is not None

    @property
    def refreshes(self) -> bool:
        """True of one that can be told to ask again."""
        workspace = self.said.workspace
        return bool(workspace and workspace.diagnostics and workspace.diagnostics.refresh_support)

    @property
    def shows_related(self) -> bool:
        """True of one that shows places that belong to a diagnostic."""
        document = self.said.text_document
        shown = document and (document.diagnostic if self.pulls else document.publish_diagnostics)
        published = document and document.publish_diagnostics
        return bool(
            getattr(shown, "related_information", None) or (published and published.related_information)
        )

    @property
    def knows_versions(self) -> bool:
        """True of one that can tell of which version the diagnostics are."""
        document = self.said.text_document
        published = document and document.publish_diagnostics
        return bool(published and published.version_support)

    @property
    def reads_markdown(self) -> bool:
        """True of one that shows Markdown beside the pointer."""
        document = self.said.text_document
        formats = (document.hover.content_format if document and document.hover else None) or ()
        return types.MarkupKind.Markdown in formats

    @property
    def has_configuration(self) -> bool:
        """True of one that can be asked for its settings."""
        return bool(self.said.workspace and self.said.workspace.configuration)

    @property
    def watches_files(self) -> bool:
        """True of one that can be asked to watch files."""
        watching = self.said.workspace and self.said.workspace.did_change_watched_files
        return bool(watching and watching.dynamic_registration)

    @property
    def checks_versions(self) -> bool:
        """True of one that makes an edit only in the version that it was made for."""
        edits = self.said.workspace and self.said.workspace.workspace_edit
        return bool(edits and edits.document_changes)

    @property
    def shows_documents(self) -> bool:
        """True of one that can be asked to open a page."""
        shows = self.said.window and self.said.window.show_document
        return bool(shows and shows.support)
