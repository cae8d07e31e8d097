"""Visits in words: verdicts with their reasons and clauses, what is owed, days as people say them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.visits import messages
from services.visits.codes import Gap
from services.visits.handlers.batches import Typed
from services.visits.handlers.book import AddedLine, BookLine
from services.visits.handlers.commands import ContactRecorded, Withheld
from services.visits.repository.rounds import Alarm
from shared.domain.classification import Reason
from shared.domain.codes import Reach, StateKind, VisitMode
from shared.domain.facts import age_on
from shared.domain.plan import Period
from shared.domain.rounds import NEVER, Owed
from shared.domain.visit_modes import (
    AGREED_ALTERNATIVE,
    CONTACT_ONLY,
    COUNTS,
    NOTHING_OWED,
    OTHER_FORCE,
    Verdict,
)
from shared.domain.zones import to_wall
from shared.policies.messages import LIST_MARK
from shared.policies.model import Policy

ONE_DAY = timedelta(days=1)
DAYS_OF_A_WEEK = 7
TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictLine:
    """Obligations for which a contact counts, or does not for the same reason (`why`, by `clause`)."""

    obligations: str
    is_counted: bool
    why: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictWords:
    """A verdict as people read it."""

    headline: str
    tone: str
    why: str
    clause: str
    lines: tuple[VerdictLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything that a page says by code, in the words of one place's plan, as of now."""

    policy: Policy
    now: datetime

    @property
    def today(self) -> date:
        """The business day."""
        return to_wall(self.now, self.policy.jurisdiction.zone).date()

    def label(self, kind: str, code: str) -> str:
        """A label of the plan."""
        return self.policy.label(kind, code)

    def how(self, mode: VisitMode, reach: Reach) -> str:
        """How a contact went, in one phrase."""
        known = messages.HOW.get((mode, reach))
        return known or f"{self.label('modes', mode)} · {self.label('reaches', reach)}"

    def obligations(self, codes: Iterable[str]) -> str:
        """Obligations, one after the other."""
        return LIST_MARK.join(self.label("obligations", code) for code in codes)

    def verdict(
        self, counts_for: Iterable[str], reason: Reason, withheld: Iterable[Withheld], *, is_reached: bool
    ) -> VerdictWords:
        """A verdict with its reason and clause (Z-66)."""
        counted = tuple(counts_for)
        lines = [VerdictLine(obligations=self.obligations(counted), is_counted=True, why="", clause="")]
        lines = (lines if counted else []) + self._withheld(withheld)
        headline = self.label("verdicts", COUNTS) if counted else self._headline(reason)
        tone = "good" if counted else "info" if is_reached else "warn"
        return VerdictWords(
            headline=headline,
            tone=tone,
            why=self.why(reason),
            clause=self.policy.clause(reason.source) if reason.source else "",
            lines=tuple(lines),
        )

    def verdict_of(self, answer: ContactRecorded) -> VerdictWords:
        """The verdict on a contact that has just been recorded."""
        return self.verdict(answer.counts_for, answer.reason, answer.withheld, is_reached=answer.is_reached)

    def verdict_line(self, line: BookLine | Typed) -> VerdictWords:
        """The verdict on a line of the visit book, or of a batch."""
        contact = line.contact
        return self.verdict(contact.counts_for, line.reason, line.withheld, is_reached=contact.is_reached)

    def added(self, added: AddedLine) -> str:
        """What an addition says, in one line."""
        said = [
            messages.ADDED.format(what=self.label("findings", kind), said=self.label("options", value))
            for kind, value in added.findings.items()
        ]
        said += [self.label("service_items", item) for item in added.service_items]
        if added.entry_consent:
            consent = messages.CONSENTS[added.entry_consent]
            said.append(messages.ADDED.format(what=messages.FIELD_LABELS["entry_consent"], said=consent))
        if added.late_reason:
            what = messages.FIELD_LABELS["late_reason"]
            said.append(messages.ADDED.format(what=what, said=added.late_reason))
        return messages.SEMICOLON.join([*said, added.note] if added.note else said)

    def gaps(self, gaps: Iterable[Gap]) -> str:
        """What a record lacks."""
        return LIST_MARK.join(messages.GAPS[gap] for gap in gaps)

    def otherwise(self, state: StateKind) -> str:
        """How to ask after somebody whose state leaves another way than a visit."""
        modes = LIST_MARK.join(
            self.label("modes", each) for each in self.policy.state(state).alternative_modes
        )
        return messages.OTHERWISE.format(state=self.label("states", state), modes=modes)

    def may_ring(self, state: StateKind | None) -> bool:
        """Whether anybody is to be called: not while a death is suspected (§0.2-3)."""
        return state is None or not self.policy.state(state).stops_contact

    def alarm(self, alarm: Alarm, retry_by: datetime) -> str:
        """Since when nobody has seen the elder, and by when somebody must go, or should have gone."""
        template = messages.NOT_SEEN_LATE if retry_by < self.now else messages.NOT_SEEN_LINE
        return template.format(
            since=self.moment(alarm.opened_at), tries=alarm.tries, by=self.closing(retry_by)
        )

    def moment(self, at: datetime) -> str:
        """An instant near today."""
        wall = to_wall(at, self.policy.jurisdiction.zone)
        return f"{self.day(wall.date())}{wall:%H:%M}"

    def clock(self, at: datetime) -> str:
        """The time of day."""
        return f"{to_wall(at, self.policy.jurisdiction.zone):%H:%M}"

    def preview(self, verdict: Verdict) -> str:
        """What a contact would count for, before it is made."""
        if verdict.counts_for:
            return messages.COUNTS_FOR.format(obligations=self.obligations(verdict.counts_for))
        if verdict.reason.code == NOTHING_OWED:
            return messages.COUNTS_NOTHING_OWED
        if verdict.reason.code == AGREED_ALTERNATIVE:
            return self.label("verdicts", AGREED_ALTERNATIVE)
        return messages.COUNTS_FOR_NONE

    def why(self, reason: Reason) -> str:
        """A reason as a sentence."""
        params = dict(reason.params)
        if reason.code == TOO_LATE:
            return messages.TOO_LATE.format_map(params)
        if "rule" in params:
            return self.label("rules", params["rule"])
        return self.label("verdicts", reason.code)

    def owed(self, owed: Iterable[Owed]) -> list[str]:
        """Why somebody must go: what is missing until when, one line for each deadline."""
        by_deadline: dict[datetime, list[Owed]] = {}
        for each in owed:
            by_deadline.setdefault(each.closes_at, []).append(each)
        return [self._owed_until(at, each) for at, each in sorted(by_deadline.items())]

    def _owed_until(self, at: datetime, owed: list[Owed]) -> str:
        written = {each.code: each for each in self.policy.obligations}
        rules = [written[each.obligation] for each in owed if each.obligation in written]
        missing = LIST_MARK.join(
            messages.MISSING.format(
                obligation=self.label("obligations", each.obligation), missing=each.missing
            )
            for each in owed
        )
        return messages.OWED.format(
            period=self.label("periods", rules[0].period if rules else Period.DAYS),
            missing=missing,
            closes=self.closing(at),
        )

    def closing(self, at: datetime) -> str:
        """A deadline as people say it: an end at midnight belongs to the day before, at 24:00."""
        wall = to_wall(at, self.policy.jurisdiction.zone)
        if (wall.hour, wall.minute) == (0, 0):
            return f"{self.day(wall.date() - ONE_DAY)}24:00"
        return self.moment(at)

    def day(self, on: date) -> str:
        """A day near today by its name, else by its date."""
        days = (on - self.today).days
        if days in messages.NEAR_DAYS:
            return messages.NEAR_DAYS[days]
        if 1 < days < DAYS_OF_A_WEEK:
            return messages.WEEKDAY.format(day=messages.WEEKDAYS[on.weekday()])
        return messages.DAY_OF_YEAR.format(month=on.month, day=on.day)

    def age(self, born_on: date | None) -> str:
        """How old somebody is today; nothing if nobody knows."""
        return messages.AGE.format(years=age_on(born_on, self.today)) if born_on else ""

    def unseen(self, days: int) -> str:
        """For how long nobody has seen the elder."""
        if days == NEVER:
            return messages.NEVER_SEEN
        return messages.SEEN_DAYS_AGO.format(days=days) if days else messages.SEEN_TODAY

    def agreed(self, weekdays: Iterable[int]) -> str:
        """The agreed days (探访约定); ISO weekdays, Monday is 1."""
        days = LIST_MARK.join(messages.WEEKDAY.format(day=messages.WEEKDAYS[each - 1]) for each in weekdays)
        return messages.AGREED_DAYS.format(days=days) if days else ""

    def _headline(self, reason: Reason) -> str:
        return self.label("verdicts", CONTACT_ONLY if reason.code == TOO_LATE else reason.code)

    def _withheld(self, withheld: Iterable[Withheld]) -> list[VerdictLine]:
        """One line for each reason; that only a cadre can meet an obligation is no fault of the contact."""
        by_reason: dict[Reason, list[str]] = {}
        for each in withheld:
            if each.reason.code != OTHER_FORCE:
                by_reason.setdefault(each.reason, []).append(each.obligation)
        return [
            VerdictLine(
                obligations=self.obligations(codes),
                is_counted=False,
                why=self.why(reason),
                clause=self.policy.clause(reason.source) if reason.source else "",
            )
            for reason, codes in by_reason.items()
        ]
