"""A procedure drawn as a Mermaid state diagram."""

from .procedure import Procedure


def diagram(procedure: type[Procedure], language: str) -> str:
    """The diagram's text, with labels in a language."""
    lines = ["stateDiagram-v2"]
    lines += [f'  state "{stage.label.to(language)}" as {_node(code)}' for code, stage in procedure.stages.items()]
    lines += [f"  [*] --> {_node(procedure.begins.code)}"]
    for step in procedure.steps.values():
        lines += [f"  {_node(source.code)} --> {_node(step.target.code)}: {step.label.to(language)}"
                  for source in step.sources]
    lines += [f"  {_node(code)} --> [*]"
              for code, stage in procedure.stages.items() if not procedure.steps_from(stage)]
    return "\n".join(lines)


def _node(code: str) -> str:
    return code.replace("-", "_")
