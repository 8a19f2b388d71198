"""Checks of the people."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.errors import Fault
from wfm.scenario_file.checks.contracts import paid_by_weekday, weekly_minutes
from wfm.scenario_file.document import Document
from wfm.scenario_file.persons import persons, skills_of
from wfm.scenario_file.places import Loc
from wfm.scenario_file.week import write_available
from wfm.scenario_file.wrong import near, shown


def contracts_exist(document: Document) -> Iterator[Fault]:
    known = document.names("contract")
    for section in ("agent", "group"):
        for loc, table in document.good(section):
            if document.lacks("contract", table.contract):
                yield document.fault((*loc, "contract"), shown(table.contract), "the name of a contract", near(table.contract, known))


def skills_exist(document: Document) -> Iterator[Fault]:
    known = document.names("queue")
    for section in ("agent", "group"):
        for loc, table in document.good(section):
            for name in skills_of(table.skills, known):
                if document.lacks("queue", name):
                    yield document.fault((*loc, "skills"), shown(name), "the name of a queue", near(name, known))


def names_are_unique(document: Document) -> Iterator[Fault]:
    """Groups make names of their own, which may meet those of agents and of other groups."""
    seen: set[str] = set()
    told: set[Loc] = set()
    for person in persons(document):
        if person.name in seen and person.loc not in told:
            told.add(person.loc)
            found = f"{shown(person.group)}, which makes an agent {shown(person.name)} who is there already"
            yield document.fault((*person.loc, "name"), found, "each agent's name once")
        seen.add(person.name)


def time_off_has_an_agent(document: Document) -> Iterator[Fault]:
    if not {"agent", "group"}.isdisjoint(document.unread):
        return
    known = {*document.names("agent"), *(person.name for person in persons(document))}
    for loc, row in document.good("time_off"):
        if row.agent not in known:
            hint = near(row.agent, known)
            yield document.fault((*loc, "agent"), shown(row.agent), "the name of an agent", hint if hint.startswith("did") else "")


def time_off_runs_forward(document: Document) -> Iterator[Fault]:
    for loc, row in document.good("time_off"):
        if not 0 <= (row.last - row.first).days <= 3660:
            yield document.fault((*loc, "to"), str(row.last), f"a date from {row.first} on, within ten years")


def availability_fits_a_shift(document: Document) -> Iterator[Fault]:
    """Somebody available must be able to work their contract's shifts, and its least hours."""
    contracts = {table.name: table for _, table in document.good("contract")}
    for section in ("agent", "group") if document.sound("shift") else ():
        for loc, table in document.good(section):
            contract = contracts.get(table.contract)
            if contract is None or "available" not in table.model_fields_set or not document.items.get("shift"):
                continue
            week = paid_by_weekday(document, contract, table.available)
            most = max(weekly_minutes(contract, week)) / 60
            if not any(week) or most < contract.min_hours_week:
                expected = f"times that fit shifts of contract {shown(contract.name)} for {contract.min_hours_week:g} hours a week"
                yield document.fault(
                    (*loc, "available"), shown(write_available(table.available)), expected, f"they fit at most {most:g} paid hours"
                )
