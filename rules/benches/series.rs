//! How long a council's scorecard takes to judge: 300 indicators, four years of months each, 12 points.

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use rules::measure::{Aggregation, Frequency, Polarity, Purpose, ValueState, YearBasis};
use rules::period::Period;
use rules::series::{Definition, Observation, Series, Target};
use rules::status::{Margin, Shape, StatusRule, Thresholds};
use rust_decimal::Decimal;
use std::hint::black_box;

const INDICATORS: i64 = 300;
const MONTHS: u32 = 48;

struct Indicator {
    definitions: Vec<Definition>,
    observations: Vec<Observation>,
    targets: Vec<Target>,
}

fn indicator(n: i64, until: Period) -> Indicator {
    let aggregations = Aggregation::ALL;
    let definition = Definition {
        version: 1,
        applies_from: None,
        purpose: Purpose::Operational,
        polarity: if n % 2 == 0 { Polarity::HigherIsBetter } else { Polarity::LowerIsBetter },
        frequency: Frequency::Monthly,
        year_basis: YearBasis::Financial,
        aggregation: aggregations[usize::try_from(n).expect("n counts up from 0") % aggregations.len()],
        decimal_places: 1,
        multiplier: Decimal::ONE_HUNDRED,
        data_lag_days: 10,
    };
    let months = (0..MONTHS).rev().filter_map(|back| until.back(back));
    let observations = months
        .map(|period| {
            let wobble = (n * 31 + i64::from(period.start().signed_duration_since(NaiveDate::MIN).num_days() as i32 % 97)) % 40;
            Observation {
                period,
                definition_version: 1,
                value: Some(Decimal::new(8_000 + wobble * 17, 2)),
                numerator: Some(Decimal::new(8_000 + wobble * 17, 0)),
                denominator: Some(Decimal::new(10_000, 0)),
                absence: None,
                state: ValueState::Final,
                forecast: Some(Decimal::new(850, 1)),
            }
        })
        .collect();
    let targets = (2020..=2024)
        .filter_map(|year| Period::year(YearBasis::Financial, year))
        .map(|period| Target {
            period,
            thresholds: Thresholds { target: Some(Decimal::new(85, 0)), intervention: Some(Decimal::new(82, 0)), ..Thresholds::default() },
        })
        .collect();
    Indicator { definitions: vec![definition], observations, targets }
}

fn judged(c: &mut Criterion) {
    let until = Period::month(2024, 3).expect("March 2024 is a month");
    let quarter = Period::quarter(2023, 4).expect("a year has four quarters");
    let today = NaiveDate::from_ymd_opt(2024, 5, 1).expect("1 May 2024 is a day");
    let indicators: Vec<_> = (0..INDICATORS).map(|n| indicator(n, until)).collect();
    let rule = |year: i32, shape: Shape| StatusRule {
        version: format!("framework rule of 1 April {year}"),
        applies_from: NaiveDate::from_ymd_opt(year, 4, 1).expect("1 April is a day"),
        shape,
    };
    let shapes = [
        ("levels", Shape::Levels),
        ("tolerance", Shape::Tolerance { amber: Margin::Percent(Decimal::TEN), blue: Some(Margin::Points(Decimal::TEN)) }),
        ("tolerance with direction", Shape::ToleranceWithDirection { amber: Margin::Percent(Decimal::ONE) }),
    ];
    for (name, shape) in shapes {
        let rules = [rule(2020, Shape::Levels), rule(2021, shape)];
        c.bench_function(&format!("300 indicators x 12 points, {name}"), |b| {
            b.iter(|| {
                for indicator in &indicators {
                    let Indicator { definitions, observations, targets } = indicator;
                    let series = Series { definitions, observations, targets, rules: &rules, today };
                    black_box(series.points(black_box(quarter), 12));
                }
            });
        });
    }
}

criterion_group!(benches, judged);
criterion_main!(benches);
