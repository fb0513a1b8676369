"""Widgets that show a value which may change elsewhere, and what widgets and components hold.

Such a widget is replaced when its value changes: it gets the value as its default, of which every run tells the
browser. A value that is written into the session is told once: a second run that follows at once makes the browser
miss it, and the widget would show something else than what is in force.
"""

from __future__ import annotations

import streamlit as st


def key_for(name: str, value: object) -> str:
    """Return the key of the widget that is to show a value: a new one where the widget there holds another."""
    number = st.session_state.get(_number(name), 0)
    if not number or held(name) != value:
        number += 1
        st.session_state[_number(name)] = number
    return f"{name}-{number}"


def held(name: str) -> object:
    """Return what the widget holds for which `key_for` was asked last; None: none stands."""
    return st.session_state.get(f"{name}-{st.session_state.get(_number(name), 0)}")


def is_in_force(key: str) -> bool:
    """Return whether a widget still stands, or `key_for` has put another in its place.

    A browser that has not drawn the new one yet tells the old one's value along with whatever it says; Streamlit
    has forgotten the old one and takes that for a change, which would bring back what was left behind.
    """
    name, _, number = key.rpartition("-")
    return bool(st.session_state.get(_number(name), 0) == int(number))


def value_of(key: str) -> object:
    """Return what a widget or component with this key holds; None: it is not there."""
    return st.session_state.get(key)


def sent(key: str, name: str) -> object:
    """Return what a component has sent last under a name; None: nothing."""
    value = value_of(key)
    return value.get(name) if isinstance(value, dict) else None


def _number(name: str) -> str:
    """Return the session key under which the widgets of a name are counted."""
    return f"{name}-number"
