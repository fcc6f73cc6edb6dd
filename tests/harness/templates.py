"""Undefined template variables fail where they would leave an empty place on the screen."""

from contextvars import ContextVar

from django.core.signals import setting_changed
from django.template import base, defaulttags, engines, library

#: The expression being resolved, for the message.
_expression: ContextVar[str] = ContextVar("template_expression", default="?")


class UndefinedVariableError(AssertionError):
    """A template uses a name nobody gave it."""


def _fail(*args, **kwargs):
    raise UndefinedVariableError(f"undefined in a template: {{{{ {_expression.get()} }}}}")


class Undefined(str):
    """Stands for a value that is not there: it may be tested and passed on, never shown, compared or looped over."""

    __slots__ = ()

    def __bool__(self):
        return False

    def __getattribute__(self, name):
        if name.startswith("__"):
            return super().__getattribute__(name)
        return _fail()

    __str__ = __iter__ = __len__ = __eq__ = __ne__ = __contains__ = __getitem__ = __format__ = __add__ = __mod__ = _fail
    __hash__ = str.__hash__


class _Loop:
    """The sequence of a `for`: Django takes an undefined one for an empty one."""

    def __init__(self, expression):
        self.expression = expression

    def __str__(self):
        return str(self.expression)

    def resolve(self, context, ignore_failures=False):
        """The sequence; fails when there is none."""
        found = self.expression.resolve(context)
        if isinstance(found, Undefined):
            _expression.set(str(self.expression.token))
            _fail()
        return found


def _patch(owner, name, make):
    setattr(owner, name, make(getattr(owner, name)))


def _resolving(original):
    def resolve(self, context, ignore_failures=False):
        token = _expression.set(str(self.token))
        try:
            return original(self, context, ignore_failures)
        finally:
            _expression.reset(token)

    return resolve


def _looping(original):
    def init(self, loopvars, sequence, *args, **kwargs):
        original(self, loopvars, _Loop(sequence), *args, **kwargs)

    return init


def _calling(original):
    def get_resolved_arguments(self, context):
        args, kwargs = original(self, context)
        given = [*zip(reversed(args), reversed(self.args), strict=False)]  # the context comes before the others
        given += [(value, self.kwargs[name]) for name, value in kwargs.items()]
        for value, expression in given:
            if isinstance(value, Undefined):
                _expression.set(f"{expression.token}, given to {self.func.__name__}")
                _fail()
        return args, kwargs

    return get_resolved_arguments


def _arm(**kwargs) -> None:
    engines["django"].engine.string_if_invalid = Undefined()


def install() -> None:
    """For our own templates; those of form widgets have an engine of their own."""
    _arm()
    setting_changed.connect(_arm, dispatch_uid="harness.templates")  # a changed setting makes new engines
    _patch(base.FilterExpression, "resolve", _resolving)
    _patch(defaulttags.ForNode, "__init__", _looping)
    _patch(library.TagHelperNode, "get_resolved_arguments", _calling)
