"""The editor server: findings while somebody writes, with the questions and the edits one key away.

`texts` keeps what is open, `folders` knows which settings hold where, `drafts` finds, `diagnostics`, `hover`
and `actions` say it in the words of the protocol, `server` speaks to the editor. Language Server Protocol
3.17: https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
"""
