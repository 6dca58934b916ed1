"""What somebody probably meant who wrote something that cannot be read."""

from vsmdsl.language.guesses.explain import explain
from vsmdsl.language.guesses.trouble import Trouble

__all__ = ["Trouble", "explain"]
