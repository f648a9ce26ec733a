"""A procedure drawn as a Mermaid state diagram."""

from .doing import sends
from .procedure import Procedure


def diagram(procedure: type[Procedure], language: str) -> str:
    """The diagram's text, with labels in a language; what a step sends stands after its label."""
    lines = ["stateDiagram-v2"]
    lines += [f'  state "{stage.label.to(language)}" as {_node(code)}' for code, stage in procedure.stages.items()]
    lines += [f"  [*] --> {_node(procedure.begins.code)}"]
    for step in procedure.steps.values():
        sent = "".join(f" + {each.to(language)}" for each in sends(step))
        lines += [
            f"  {_node(source.code)} --> {_node(step.target.code)}: {step.label.to(language)}{sent}"
            for source in step.sources
        ]
    lines += [f"  {_node(code)} --> [*]" for code, stage in procedure.stages.items() if not procedure.steps_from(stage)]
    return "\n".join(lines)


def _node(code: str) -> str:
    return code.replace("-", "_")
