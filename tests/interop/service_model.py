"""The service's own model, as botocore ships it, as the judge of what the pool answers.

botocore's parser is lenient: it ignores what it does not know and misses nothing. This is not.
"""

import json
import re

# What the framework says before an operation begins; the model lists them nowhere.
OF_THE_FRAMEWORK = {"SerializationException", "UnknownOperationException"}


def watch(client):
    """Holds each answer to this client against the model, whatever the test expects of it."""
    client.meta.events.register("before-parse.cognito-identity-provider", judge)


def judge(operation_model, response_dict, **_):
    body = response_dict["body"]
    if response_dict["status_code"] >= 300:
        error = json.loads(body)
        listed = {shape.name for shape in operation_model.error_shapes} | OF_THE_FRAMEWORK
        assert error["__type"] in listed, f"{operation_model.name} has no {error['__type']}"
        assert set(error) <= {"__type", "message", "reasonCode"}, error
        return
    shape = operation_model.output_shape
    if shape is None:
        assert body == b"", f"{operation_model.name} has no output"
        return
    mistakes = list(differences(json.loads(body), shape, operation_model.name))
    assert not mistakes, mistakes


def differences(value, shape, place):
    """What the model does not allow; without the values, since some are secrets."""
    kinds = {
        "structure": dict,
        "map": dict,
        "list": list,
        "string": str,
        "boolean": bool,
        "integer": int,
        "long": int,
        "timestamp": (int, float),
        "double": (int, float),
    }
    is_number = shape.type_name not in ("boolean", "string", "structure", "map", "list")
    if getattr(shape, "is_document_type", False):
        return
    if not isinstance(value, kinds[shape.type_name]) or (is_number and isinstance(value, bool)):
        yield f"{place}: no {shape.type_name}"
        return
    if shape.type_name == "structure":
        for name in shape.required_members:
            if name not in value:
                yield f"{place}.{name}: is missing"
        for name, inner in value.items():
            if name not in shape.members:
                yield f"{place}.{name}: is not in the model"
            else:
                yield from differences(inner, shape.members[name], f"{place}.{name}")
    elif shape.type_name == "map":
        for name, inner in value.items():
            yield from differences(name, shape.key, f"{place} (key)")
            yield from differences(inner, shape.value, f"{place}.{name}")
    elif shape.type_name == "list":
        for at, inner in enumerate(value):
            yield from differences(inner, shape.member, f"{place}[{at}]")
    if shape.type_name in ("string", "list", "map"):
        least, most = shape.metadata.get("min", 0), shape.metadata.get("max", len(value))
        if not least <= len(value) <= most:
            yield f"{place}: {len(value)} long, not {least} to {most}"
    if shape.type_name == "string":
        if (names := shape.metadata.get("enum")) and value not in names:
            yield f"{place}: none of {', '.join(names)}"
        if (pattern := shape.metadata.get("pattern")) and not re.search(python_pattern(pattern), value):
            yield f"{place}: not {pattern}"


def python_pattern(pattern):
    """Python's `re` has no \\p; what the model means by it is whatever shows."""
    return re.sub(r"(\\p\{\w\})+", r"\\S", pattern)
