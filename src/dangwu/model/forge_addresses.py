"""The addresses under which forges make commits themselves: they name no person.

A forge that merges for somebody writes that person as the author and itself as the committer:

- GitHub: ``GitHub <noreply@github.com>`` (https://github.com/web-flow, "the Git committer for all web commits"); a
  GitHub Enterprise server has ``noreply@`` its own host.
- GitLab: ``GitLab <noreply@gitlab.com>``, on a server of one's own what ``committer_email`` says
  (https://docs.gitlab.com/user/project/repository/signed_commits/web_commits, "Committer field of the commits").
- Gitee: ``Gitee <noreply@gitee.com>``, as the committer of every pull request merged on gitee.com.
- Gitea, Forgejo: ``noreply@`` the host (``DEFAULT_TRUST_MODEL = committer``; https://forgejo.org/docs/latest/admin/signing/).
- GitHub Actions, which run what the branch itself wrote: ``41898282+github-actions[bot]@users.noreply.github.com``
  (https://github.com/actions/checkout, "Push a commit using the built-in token"), formerly ``action@github.com``.

An address such as ``1+li@users.noreply.github.com`` or ``1+li@user.noreply.gitee.com`` hides the mailbox of one person
and stands for that person.
"""

from __future__ import annotations

FORGE_MAILBOXES = frozenset({"noreply", "no-reply"})
"""What stands before the ``@`` in the address of a forge, whatever its host: many run on a server of one's own."""


RUNNER_ADDRESSES = frozenset({"action@github.com", "actions@github.com"})
_RUNNER_ACCOUNT = "github-actions[bot]"


def is_forge_address(address: str) -> bool:
    """Tell whether an address is that of a forge, or of its runner, and names no person."""
    written = address.strip().lower()
    mailbox, at, _host = written.rpartition("@")
    return bool(at) and (
        mailbox in FORGE_MAILBOXES or mailbox.rpartition("+")[2] == _RUNNER_ACCOUNT or written in RUNNER_ADDRESSES
    )
