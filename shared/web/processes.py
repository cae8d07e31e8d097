"""The way from a page to its process in Temporal's own pages: for the role operator, and nobody else."""

from urllib.parse import quote

from shared.contracts.access import Role
from shared.web import current


def process_link(workflow_id: str) -> str:
    """The address of a workflow for an operator; empty for anybody else."""
    if not current.principal().plays(Role.OPERATOR):
        return ""
    settings = current.kit().settings
    return (
        f"{settings.temporal_ui_origin}/namespaces/{settings.temporal_namespace}/workflows/"
        f"{quote(workflow_id, safe='')}"
    )
