"""What an audit says it looked at: records, deleted ones included, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dangwu.git.repository import find_record_root, require_repository
from dangwu.workspace.audit import audit_history
from dangwu.workspace.history import RepositoryHistory
from tests.support.branches import GROUP_MEETING, base_files, base_repo

if TYPE_CHECKING:
    from pathlib import Path


def count_records(folder: Path) -> int:
    repository = require_repository(find_record_root(folder))
    return audit_history(RepositoryHistory(repository), date(2026, 6, 30)).seen.records


def test_a_readme_is_no_record_and_a_deleted_record_is_one(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "党 支部", {"README.md": "说明\n", "notes/plan.yaml": "a: 1\n"})
    records = sum(path.endswith((".yaml", ".md")) for path in base_files())
    assert count_records(repo.path) == records
    (repo.path / GROUP_MEETING).unlink()
    repo.commit()
    assert count_records(repo.path) == records
