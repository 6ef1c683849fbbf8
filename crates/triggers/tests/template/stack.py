"""The template as CloudFormation sees it: SAM's transform applied, parameters put in, conditions decided.

Only the functions that the template uses are known; another one is an error, so that no test passes on something unread.
"""

import re
from pathlib import Path

from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

CRATE = Path(__file__).resolve().parents[2]

PSEUDO_PARAMETERS = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": "eu-central-1",
    "AWS::StackName": "cognito-login",
    "AWS::URLSuffix": "amazonaws.com",
}


class _NoValue:
    """What is to be left out."""


NO_VALUE = _NoValue()


def source():
    """The template as it is written."""
    return yaml_parse((CRATE / "template.yaml").read_text(encoding="utf-8"))


def _transformed():
    template = source()
    # SAM's transform wants the programs in a bucket, where `sam package` would have put them.
    template["Globals"]["Function"]["CodeUri"] = "s3://bucket/programs.zip"
    return Translator({}, Parser()).translate(template, {})


_TRANSFORMED = _transformed()


class Stack:
    """The resources and outputs that one choice of parameters leads to."""

    def __init__(self, **parameters):
        declared = _TRANSFORMED["Parameters"]
        unknown = parameters.keys() - declared.keys()
        assert not unknown, f"the template has no {unknown}"
        defaults = {name: one["Default"] for name, one in declared.items() if "Default" in one}
        given = {"SenderAddress": "login@example.com", **parameters}
        # Every parameter reaches a resource as text.
        self.parameters = {name: str(value) for name, value in {**defaults, **given}.items()}
        self.resources = self._present(_TRANSFORMED["Resources"])
        self.outputs = {name: one["Value"] for name, one in self._present(_TRANSFORMED["Outputs"]).items()}

    def refusals(self):
        """Why CloudFormation would not begin with these parameters."""
        rules = [rule for rule in _TRANSFORMED["Rules"].values() if self.resolve(rule["RuleCondition"])]
        assertions = [one for rule in rules for one in rule["Assertions"]]
        return [one["AssertDescription"] for one in assertions if not self.resolve(one["Assert"])]

    def of_type(self, kind):
        """Resources of a type, by their names in the template."""
        return {name: one["Properties"] for name, one in self.resources.items() if one["Type"] == kind}

    def properties(self, name):
        return self.resources[name]["Properties"]

    def _present(self, members):
        return {name: self.resolve(one) for name, one in members.items() if self._condition(one.get("Condition"))}

    def _condition(self, name):
        return name is None or self.resolve(_TRANSFORMED["Conditions"][name])

    def resolve(self, value):
        if isinstance(value, list):
            return [one for one in map(self.resolve, value) if one is not NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, argument), = value.items()
            if name == "Ref" or name.startswith("Fn::"):
                return self._intrinsic(name, argument)
            if name == "Condition":
                return self._condition(argument)
        resolved = {key: self.resolve(one) for key, one in value.items()}
        return {key: one for key, one in resolved.items() if one is not NO_VALUE}

    def _intrinsic(self, name, argument):
        match name:
            case "Ref":
                return self._ref(argument)
            case "Fn::GetAtt":
                resource, attribute = argument if isinstance(argument, list) else argument.split(".", 1)
                return self._attribute(resource, attribute)
            case "Fn::If":
                condition, yes, no = argument
                return self.resolve(yes if self._condition(condition) else no)
            case "Fn::Equals":
                one, other = map(self.resolve, argument)
                return one == other
            case "Fn::And":
                return all(map(self.resolve, argument))
            case "Fn::Contains":
                texts, text = map(self.resolve, argument)
                return text in texts
            case "Fn::Not":
                (one,) = argument
                return not self.resolve(one)
            case "Fn::FindInMap":
                table, row, column = map(self.resolve, argument)
                return _TRANSFORMED["Mappings"][table][row][column]
            case "Fn::Sub":
                text, more = argument if isinstance(argument, list) else (argument, {})
                more = {key: self.resolve(one) for key, one in more.items()}
                return re.sub(r"\$\{([^}]+)\}", lambda found: str(more[found[1]] if found[1] in more else self._ref(found[1])), text)
        raise NotImplementedError(name)

    def _ref(self, name):
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in PSEUDO_PARAMETERS:
            return PSEUDO_PARAMETERS[name]
        if name in self.parameters:
            return self.parameters[name]
        return self._there(name) and f"<{name}>"

    def _attribute(self, resource, attribute):
        return self._there(resource) and f"<{resource}.{attribute}>"

    def _there(self, resource):
        """A reference to what is not there is what CloudFormation would refuse."""
        one = _TRANSFORMED["Resources"][resource]
        assert self._condition(one.get("Condition")), f"something refers to {resource}, which this stack has not"
        return True
