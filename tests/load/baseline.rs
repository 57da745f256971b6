//! What the product is compared with: a handler written by hand for the scorecard and nothing else.
//!
//! One statement, its rows serialised: no GraphQL, no sign-in, no rules, no history, no tenancy beyond a condition. What
//! the product does besides is what it may cost more for.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;
use sea_orm::sqlx::postgres::{PgPool, PgPoolOptions, PgRow};
use sea_orm::sqlx::{self, Row};
use serde::Serialize;
use tokio::net::TcpListener;
use uuid::Uuid;

/// As many as the product opens.
const CONNECTIONS_MAX: u32 = 8;

// The indicators first and apart, so that the planner cannot take them for one and look their words up for each month.
const SCORECARD: &str = "
WITH measure AS MATERIALIZED (
    SELECT i.id, i.code, m.position, v.title, v.unit, v.decimal_places, v.polarity, v.purpose, owner.title AS owner, parent.title AS parent,
        l.outcomes
    FROM membership m
    JOIN indicator i ON i.council_id = $1 AND i.id = m.indicator_id
    JOIN indicator_version v ON v.council_id = $1 AND v.indicator_id = m.indicator_id AND v.superseded_at IS NULL
    JOIN element owner ON owner.council_id = $1 AND owner.id = m.owner_id
    JOIN placement p ON p.council_id = $1 AND p.element_id = m.owner_id
    LEFT JOIN element parent ON parent.council_id = $1 AND parent.id = p.parent_id
    LEFT JOIN (
        SELECT k.indicator_id, array_agg(e.title ORDER BY k.id) AS outcomes
        FROM indicator_link k JOIN element e ON e.council_id = $1 AND e.id = k.element_id
        WHERE k.council_id = $1 GROUP BY k.indicator_id
    ) l ON l.indicator_id = m.indicator_id
    WHERE m.council_id = $1
)
SELECT m.code, m.title, m.unit, m.decimal_places, m.polarity, m.purpose, m.owner, m.parent, m.outcomes,
    o.period_start, o.value, o.absence, o.numerator, o.denominator, t.target, t.intervention, o.forecast, o.commentary
FROM measure m
JOIN observation o ON o.council_id = $1 AND o.indicator_id = m.id AND o.superseded_at IS NULL AND o.period_start BETWEEN $2 AND $3
LEFT JOIN target t ON t.council_id = $1 AND t.indicator_id = m.id AND t.superseded_at IS NULL AND t.period_months = 12
    AND t.period_start BETWEEN $2 - 366 AND $3
    AND t.period_start = (date_trunc('year', o.period_start - interval '3 months') + interval '3 months')::date
ORDER BY m.position, o.period_start";

#[derive(Serialize)]
struct Indicator {
    code: String,
    title: String,
    unit: String,
    decimal_places: i32,
    polarity: String,
    purpose: String,
    owner: String,
    parent: Option<String>,
    outcomes: Option<Vec<String>>,
    series: Vec<Point>,
}

#[derive(Serialize)]
struct Point {
    period: NaiveDate,
    value: Option<Decimal>,
    absence: Option<String>,
    numerator: Option<Decimal>,
    denominator: Option<Decimal>,
    target: Option<Decimal>,
    intervention: Option<Decimal>,
    forecast: Option<Decimal>,
    commentary: Option<String>,
}

/// Serves until it is killed.
pub async fn serve(database: &str) {
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS_MAX).connect(database).await.expect("the database answers");
    let routes = Router::new().route("/scorecard/{council}/{until}", get(scorecard)).with_state(pool);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    println!("http://{}", listener.local_addr().expect("an address"));
    axum::serve(listener, routes).await.expect("serves");
}

async fn scorecard(State(pool): State<PgPool>, Path((council, until)): Path<(Uuid, String)>) -> impl IntoResponse {
    let until: NaiveDate = format!("{until}-01").parse().expect("a month");
    let from = until - Months::new(11);
    let rows = sqlx::query(SCORECARD).bind(council).bind(from).bind(until).fetch_all(&pool).await.expect("rows");
    let mut indicators: Vec<Indicator> = Vec::new();
    for row in &rows {
        let code: &str = row.get(0);
        if indicators.last().is_none_or(|last| last.code != code) {
            indicators.push(indicator(row));
        }
        indicators.last_mut().expect("one was pushed").series.push(point(row));
    }
    ([(header::CACHE_CONTROL, "no-store")], Json(indicators))
}

fn indicator(row: &PgRow) -> Indicator {
    Indicator {
        code: row.get(0),
        title: row.get(1),
        unit: row.get(2),
        decimal_places: row.get(3),
        polarity: row.get(4),
        purpose: row.get(5),
        owner: row.get(6),
        parent: row.get(7),
        outcomes: row.get(8),
        series: Vec::with_capacity(12),
    }
}

fn point(row: &PgRow) -> Point {
    Point {
        period: row.get(9),
        value: row.get(10),
        absence: row.get(11),
        numerator: row.get(12),
        denominator: row.get(13),
        target: row.get(14),
        intervention: row.get(15),
        forecast: row.get(16),
        commentary: row.get(17),
    }
}
