"""The sample's words, read from package data as frozen values; missing and unknown keys and other types are refused."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from dangwu.data import resources
from dangwu.parse.yaml import parse_package_yaml
from dangwu.sample.pools import Names, Words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


_read_hints = cache(get_type_hints)


class WordsError(ValueError):
    """The YAML files do not have the shape of ``pools.py``; the message names the place."""


@cache
def load_words(language: str) -> Words:
    """Return all words of a language, ``zh`` or ``en``."""
    words: Words = make_value(Words, resources.load_sample_words(parse_package_yaml)[language], language)
    return words


@cache
def load_names() -> Names:
    """Return what people and bodies are called."""
    names: Names = make_value(Names, resources.load_sample_words(parse_package_yaml)["names"], "names")
    return names


def make_value(shape: Any, data: Any, place: str) -> Any:
    """Return data as a value of a type; ``place`` says where it stands. WordsError where it is not of this type."""
    if shape in {str, int, bool}:
        if type(data) is not shape:
            raise WordsError(f"{place}: {shape.__name__} is needed, not {data!r}")
        return data
    if hasattr(shape, "_fields"):
        return shape(**_make_parts(_read_hints(shape), data, place, optional=shape._field_defaults))
    if get_origin(shape) is dict:
        keys, value = get_args(shape)
        return _make_parts(dict.fromkeys(_list_keys(keys, data), value), data, place)
    if not isinstance(data, list) or not data:
        raise WordsError(f"{place}: a list of at least one is needed")
    item, _ = get_args(shape)
    return tuple(make_value(item, part, f"{place}[{number}]") for number, part in enumerate(data))


def _make_parts(shapes: Mapping[str, Any], data: Any, place: str, *, optional: Collection[str] = ()) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise WordsError(f"{place}: fields are needed, not {data!r}")
    if missing := shapes.keys() - data.keys() - set(optional):
        raise WordsError(f"{place}: missing: {', '.join(sorted(missing))}")
    if unknown := data.keys() - shapes.keys():
        raise WordsError(f"{place}: unknown: {', '.join(sorted(unknown))}")
    return {key: make_value(shapes[key], part, f"{place}.{key}") for key, part in data.items()}


def _list_keys(keys: Any, data: Any) -> Collection[str]:
    """Return the keys that a mapping must have: those of a Literal or an enumeration, else any."""
    if keys is str:
        return data if isinstance(data, dict) else ()
    if isinstance(keys, type) and issubclass(keys, StrEnum):
        return list(keys)
    return get_args(keys)
