"""The sandbox of workflow code: on everywhere, adjusted here and nowhere else."""

from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

PURE_PACKAGES = ("shared.domain", "shared.contracts", "workflows.kernel")
"""Loaded once instead of anew for each process: rules and wire types without a clock or the outside, and the
kernel, which is nothing but calls to the workflow runtime. Zones and calendars work only in here."""


def sandboxed() -> SandboxedWorkflowRunner:
    """The runner of every worker, and of every replay."""
    return SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(*PURE_PACKAGES)
    )
