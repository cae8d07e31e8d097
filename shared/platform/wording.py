"""What a person reads about one problem. It stands below the kit, so that handlers may be near such words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What happened, why, and what to do now.

    `detail` and `what_now` may name facts of the problem in braces.
    """

    title: str
    detail: str
    what_now: tuple[str, ...] = ()
