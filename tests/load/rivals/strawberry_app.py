"""Strawberry on the product's own tables: types by hand, a data loader for each relation, one statement a loader.

What a council's team could put up in an afternoon. No sign-in, no rules, no tenancy beyond a condition in each statement.
Says where it serves, then serves until it is killed: strawberry_app.py DATABASE_URL
"""

import socket
import sys
from collections import defaultdict
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal
from typing import Optional
from uuid import UUID

import asyncpg
import strawberry
import uvicorn
from starlette.applications import Starlette
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader

CONNECTIONS = 8
PERIODS = 12


@strawberry.type
class Element:
    title: str
    parent_title: Optional[str]


@strawberry.type
class Observation:
    period_start: date
    period_months: int
    value: Optional[Decimal]
    absence: Optional[str]
    numerator: Optional[Decimal]
    denominator: Optional[Decimal]
    state: str
    forecast: Optional[Decimal]
    commentary: Optional[str]
    remedial_action: Optional[str]
    remedial_owner: Optional[str]
    remedial_due: Optional[date]


@strawberry.type
class Target:
    period_start: date
    period_months: int
    target: Optional[Decimal]
    intervention: Optional[Decimal]
    lower: Optional[Decimal]
    upper: Optional[Decimal]


@strawberry.type
class Version:
    title: str
    unit: str
    decimal_places: int
    polarity: str
    purpose: str


@strawberry.type
class Indicator:
    id: UUID
    code: str
    owner_id: strawberry.Private[UUID]

    @strawberry.field
    async def owner(self, info: strawberry.Info) -> Element:
        return await info.context["loaders"]["element"].load(self.owner_id)

    @strawberry.field
    async def version(self, info: strawberry.Info) -> Version:
        return (await info.context["loaders"]["version"].load(self.id))[0]

    @strawberry.field
    async def outcomes(self, info: strawberry.Info) -> list[Element]:
        return await info.context["loaders"]["outcomes"].load(self.id)

    @strawberry.field
    async def observations(self, info: strawberry.Info) -> list[Observation]:
        return await info.context["loaders"]["observations"].load(self.id)

    @strawberry.field
    async def targets(self, info: strawberry.Info) -> list[Target]:
        return await info.context["loaders"]["targets"].load(self.id)


@strawberry.type
class Council:
    id: UUID
    code: str
    name: str

    @strawberry.field
    async def indicators(self, info: strawberry.Info) -> list[Indicator]:
        info.context["loaders"].update(loaders(self.id))
        rows = await pool.fetch(
            "SELECT i.id, i.code, m.owner_id FROM membership m JOIN indicator i ON i.council_id = m.council_id AND i.id = m.indicator_id "
            "WHERE m.council_id = $1 ORDER BY m.position",
            self.id,
        )
        return [Indicator(**row) for row in rows]


@strawberry.type
class Query:
    @strawberry.field
    async def council(self, id: UUID) -> Optional[Council]:
        row = await pool.fetchrow("SELECT id, code, name FROM council WHERE id = $1", id)
        return Council(**row) if row else None


def loaders(council):
    """A loader of one council for each relation: those of one indicator together, in the order of the statement."""

    def many(of, sql):
        async def load(ids):
            found = defaultdict(list)
            for row in await pool.fetch(sql, council, ids):
                fields = dict(row)
                found[fields.pop("indicator_id")].append(of(**fields))
            return [found[id] for id in ids]

        return DataLoader(load)

    async def elements(ids):
        rows = await pool.fetch(
            "SELECT e.id, e.title, p.title AS parent_title FROM element e "
            "LEFT JOIN placement s ON s.council_id = e.council_id AND s.element_id = e.id "
            "LEFT JOIN element p ON p.council_id = s.council_id AND p.id = s.parent_id WHERE e.council_id = $1 AND e.id = ANY($2)",
            council,
            ids,
        )
        found = {row["id"]: Element(title=row["title"], parent_title=row["parent_title"]) for row in rows}
        return [found[id] for id in ids]

    return {
        "element": DataLoader(elements),
        "version": many(
            Version,
            "SELECT indicator_id, title, unit, decimal_places, polarity, purpose FROM indicator_version "
            "WHERE council_id = $1 AND indicator_id = ANY($2) AND superseded_at IS NULL",
        ),
        "outcomes": many(
            Element,
            "SELECT k.indicator_id, e.title, NULL AS parent_title FROM indicator_link k "
            "JOIN element e ON e.council_id = k.council_id AND e.id = k.element_id WHERE k.council_id = $1 AND k.indicator_id = ANY($2)",
        ),
        "observations": many(
            Observation,
            "SELECT o.* FROM unnest($2::uuid[]) AS wanted(id) CROSS JOIN LATERAL (SELECT indicator_id, period_start, period_months, value, "
            "absence, numerator, denominator, state, forecast, commentary, remedial_action, remedial_owner, remedial_due FROM observation "
            "WHERE council_id = $1 AND indicator_id = wanted.id AND superseded_at IS NULL "
            f"ORDER BY period_start DESC LIMIT {PERIODS}) o",
        ),
        "targets": many(
            Target,
            "SELECT t.* FROM unnest($2::uuid[]) AS wanted(id) CROSS JOIN LATERAL (SELECT indicator_id, period_start, period_months, target, "
            "intervention, lower, upper FROM target WHERE council_id = $1 AND indicator_id = wanted.id AND superseded_at IS NULL "
            "ORDER BY period_start DESC LIMIT 2) t",
        ),
    }


class Served(GraphQL):
    async def get_context(self, request, response=None):
        return {"loaders": {}}


@asynccontextmanager
async def connected(_):
    global pool
    async with asyncpg.create_pool(sys.argv[1], min_size=CONNECTIONS, max_size=CONNECTIONS) as pool:
        yield


app = Starlette(lifespan=connected)
app.mount("/graphql", Served(strawberry.Schema(Query)))

if __name__ == "__main__":
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"Strawberry on http://127.0.0.1:{listener.getsockname()[1]}/graphql", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listener])
