"""The addresses under which forges make commits themselves: they name no person.

A forge that merges for somebody writes that person as the author and itself as the committer:

- GitHub: ``GitHub <noreply@github.com>`` (https://github.com/web-flow, "the Git committer for all web commits"); a
  GitHub Enterprise server has ``noreply@`` its own host.
- GitLab: ``GitLab <noreply@gitlab.com>``, on a server of one's own what ``committer_email`` says
  (https://docs.gitlab.com/user/project/repository/signed_commits/web_commits, "Committer field of the commits").
- Gitee: ``Gitee <noreply@gitee.com>``, as the committer of every pull request merged on gitee.com.
- Gitea, Forgejo: ``noreply@`` the host (``DEFAULT_TRUST_MODEL = committer``; https://forgejo.org/docs/latest/admin/signing/).

An address such as ``1+li@users.noreply.github.com`` or ``1+li@user.noreply.gitee.com`` hides the mailbox of one person
and stands for that person.
"""

from __future__ import annotations

FORGE_MAILBOXES = frozenset({"noreply", "no-reply"})
"""What stands before the ``@`` in the address of a forge, whatever its host: many run on a server of one's own."""


def is_forge_address(address: str) -> bool:
    """Tell whether an address is that of a forge and names no person."""
    mailbox, at, _host = address.strip().lower().rpartition("@")
    return bool(at) and mailbox in FORGE_MAILBOXES
