//! Whatever framework a council has: what is exported imports back as nothing to change.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::select;
use rules::framework::{EditionRow, ElementRow, ForumRow, FrameworkBook, IndicatorRow, LinkRow, ReportingPeriodRow, RuleRow, TargetRow};
use rules::measure::{
    Aggregation, Dimension, ElementKind, ForumGets, ForumKind, FrameworkState, Frequency, Lifecycle, LinkKind, Mode, Polarity, Purpose,
    YearBasis,
};
use rules::period::Period;
use rules::status::{Band, Colour, Margin, Shape};
use rust_decimal::Decimal;
use tokio::runtime::Runtime;

use crate::world::{Database, World, errors, read, tally};

static STAGE: LazyLock<(Runtime, Vec<Database>)> = LazyLock::new(|| {
    let runtime = Runtime::new().unwrap();
    let databases = runtime.block_on(Database::all());
    (runtime, databases)
});

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn text() -> impl Strategy<Value = String> {
    "[A-Za-z£][A-Za-z0-9 ,.'%(&–é-]{0,30}[A-Za-z0-9)]".prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn maybe() -> impl Strategy<Value = Option<String>> {
    prop::option::of(text())
}

fn word<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

fn figure() -> impl Strategy<Value = Decimal> {
    (0_i64..10_000_000, 0_u32..4).prop_map(|(units, scale)| Decimal::new(units, scale))
}

fn element(code: String, kind: ElementKind, parent: Option<String>) -> impl Strategy<Value = ElementRow> {
    (text(), maybe(), prop::option::of(word(Mode::ALL)), maybe(), maybe(), 0_u32..50).prop_map(
        move |(title, label, mode, description, owner, position)| ElementRow {
            code: code.clone(),
            title,
            kind,
            label,
            parent: parent.clone(),
            mode,
            description,
            owner,
            position,
            stands_from: None,
            stands_until: None,
        },
    )
}

/// Two directorates with services, of which the first moves; a plan with outcomes.
fn elements() -> impl Strategy<Value = Vec<ElementRow>> {
    (1_usize..6, 1_usize..6, any::<bool>()).prop_flat_map(|(services, outcomes, moves)| {
        let mut rows = vec![
            element("P1".into(), ElementKind::Plan, None).boxed(),
            element("D1".into(), ElementKind::Directorate, None).boxed(),
            element("D2".into(), ElementKind::Directorate, None).boxed(),
        ];
        rows.extend((0..services).map(|n| element(format!("S{n}"), ElementKind::Service, Some("D1".into())).boxed()));
        rows.extend((0..outcomes).map(|n| element(format!("O-{n}"), ElementKind::Outcome, Some("P1".into())).boxed()));
        rows.prop_map(move |mut rows: Vec<ElementRow>| {
            if moves {
                let mut later = rows[3].clone();
                rows[3].stands_until = Some(day("2023-09-30"));
                later.stands_from = Some(day("2023-10-01"));
                later.parent = Some("D2".into());
                rows.push(later);
            }
            rows
        })
    })
}

fn indicator(code: String, owner: String) -> impl Strategy<Value = Vec<IndicatorRow>> {
    let words = (word(Purpose::ALL), word(Polarity::ALL), word(Frequency::ALL), word(YearBasis::ALL), word(Aggregation::ALL));
    let texts = (text(), text(), prop::collection::vec(maybe(), 10));
    let figures = (figure(), prop::option::of(figure()), prop::option::of(figure()), 0_u32..7, 0_u32..90);
    let rest = (prop::collection::vec(any::<bool>(), 6), prop::option::of(word(Dimension::ALL)), word(Lifecycle::ALL));
    let unit = select(&["Per cent", "Number", "Pounds", "Days", "Rate per 1,000", "Yes or no"][..]);
    (words, texts, figures, rest, unit, prop::collection::vec("[A-Z]{2}[0-9]{1,3}", 0..3)).prop_map(
        move |(words, (title, definition, texts), figures, (flags, dimension, lifecycle), unit, aliases)| {
            let at = |n: usize| texts[n].clone();
            let first = IndicatorRow {
                code: code.clone(),
                version: 1,
                applies_from: None,
                title,
                definition,
                rationale: at(0),
                calculation: at(1),
                purpose: words.0,
                unit: unit.to_owned(),
                decimal_places: figures.3,
                polarity: words.1,
                frequency: words.2,
                year_basis: words.3,
                aggregation: words.4,
                numerator: at(2),
                denominator: at(3),
                multiplier: figures.0 + Decimal::ONE,
                minimum: figures.1.map(|n| -n),
                maximum: figures.2,
                owner: owner.clone(),
                headline: flags[0],
                critical: flags[1],
                unit_cost: flags[2],
                statutory: flags[3],
                dimension,
                source: at(4),
                data_lag_days: figures.4,
                baseline_period: figures.1.and_then(|_| Period::quarter(2022, 3)),
                baseline_value: figures.1,
                responsible: at(5),
                accountable: at(6),
                portfolio_holder: at(7),
                data_provider: at(8),
                external_metric: at(9),
                aliases,
                lifecycle,
                sensitive: flags[5],
                context_for: Vec::new(),
            };
            let mut rows = vec![first.clone()];
            if flags[4] {
                let applies_from = Period::year(first.year_basis, 2024);
                rows.push(IndicatorRow { version: 2, applies_from, title: format!("{} again", first.title), ..first });
            }
            rows
        },
    )
}

fn target(of: &IndicatorRow, year: i32, target: Decimal, evidence: Option<String>) -> Option<TargetRow> {
    let empty = TargetRow {
        indicator: of.code.clone(),
        period: Period::year(of.year_basis, year)?,
        target: None,
        intervention: None,
        lower: None,
        upper: None,
        intervention_lower: None,
        intervention_upper: None,
        evidence,
        approved_by: None,
    };
    let step = Decimal::new(15, 1);
    match of.polarity {
        _ if of.purpose == Purpose::Contextual => None,
        Polarity::HigherIsBetter => Some(TargetRow { target: Some(target), intervention: Some(target - step), ..empty }),
        Polarity::LowerIsBetter => Some(TargetRow { target: Some(target), intervention: Some(target + step), ..empty }),
        Polarity::WithinRange => {
            Some(TargetRow { lower: Some(target), upper: Some(target + step), intervention_lower: Some(target - step), ..empty })
        }
        Polarity::None => Some(TargetRow { target: Some(target), ..empty }),
    }
}

fn shape() -> impl Strategy<Value = Shape> {
    let margin =
        || (figure(), any::<bool>()).prop_map(|(size, percent)| if percent { Margin::Percent(size) } else { Margin::Points(size) });
    let band = |name: &str, colour, below| Band { name: name.into(), colour, below };
    prop_oneof![
        Just(Shape::Levels),
        Just(Shape::Words),
        margin().prop_map(|amber| Shape::Tolerance { amber, blue: None }),
        (figure(), figure()).prop_map(|(amber, blue)| Shape::Tolerance { amber: Margin::Points(amber), blue: Some(Margin::Points(blue)) }),
        margin().prop_map(|amber| Shape::ToleranceWithDirection { amber }),
        figure().prop_map(move |edge| Shape::Bands {
            bands: vec![
                band("Floor", Colour::Red, Some(edge)),
                band("Middle", Colour::Amber, Some(edge + Decimal::ONE)),
                band("Green", Colour::Green, None)
            ]
        }),
    ]
}

fn book() -> impl Strategy<Value = FrameworkBook> {
    let edition = (text(), maybe(), maybe(), maybe(), word(FrameworkState::ALL), any::<bool>());
    (elements(), edition, 1_usize..8).prop_flat_map(|(elements, edition, count)| {
        let services: Vec<String> = elements.iter().filter(|e| e.kind == ElementKind::Service).map(|e| e.code.clone()).collect();
        let indicators: Vec<_> = (0..count).map(|n| indicator(format!("I{n}.{n}"), services[n % services.len()].clone())).collect();
        let targets = prop::collection::vec((any::<bool>(), 2022_i32..2025, figure(), maybe()), count);
        let rules = (shape(), prop::option::of(shape()));
        let forums = prop::collection::vec((text(), word(ForumKind::ALL), 1_u32..9, maybe(), word(ForumGets::ALL), any::<bool>()), 0..4);
        (Just((elements, edition)), indicators, targets, rules, forums, prop::collection::vec(any::<bool>(), 12)).prop_map(
            |((elements, edition), indicators, targets, rules, forums, flags)| {
                assemble(elements, edition, indicators.concat(), targets, rules, forums, &flags)
            },
        )
    })
}

type Edition = (String, Option<String>, Option<String>, Option<String>, FrameworkState, bool);
type Forum = (String, ForumKind, u32, Option<String>, ForumGets, bool);

fn assemble(
    elements: Vec<ElementRow>,
    (title, adopted_by, minute_reference, note, state, open_ended): Edition,
    mut indicators: Vec<IndicatorRow>,
    targets: Vec<(bool, i32, Decimal, Option<String>)>,
    (framework_rule, own_rule): (Shape, Option<Shape>),
    forums: Vec<Forum>,
    flags: &[bool],
) -> FrameworkBook {
    let outcomes: Vec<&str> = elements.iter().filter(|e| e.kind == ElementKind::Outcome).map(|e| e.code.as_str()).collect();
    // Those that are sensitive explain the first, and are explained by none.
    let explained = indicators[0].code.clone();
    for other in indicators.iter_mut().filter(|other| other.sensitive && other.code != explained) {
        other.context_for.push(explained.clone());
    }
    let firsts: Vec<&IndicatorRow> = indicators.iter().filter(|i| i.version == 1).collect();
    let link =
        |from: &str, from_indicator, to: &str| LinkRow { from: from.into(), from_indicator, kind: LinkKind::ContributesTo, to: to.into() };
    let mut links: Vec<LinkRow> =
        firsts.iter().zip(outcomes.iter().cycle()).zip(flags).filter(|(_, on)| **on).map(|((i, o), _)| link(&i.code, true, o)).collect();
    links.push(link("S0", false, outcomes[0]));
    let codes: BTreeSet<String> = elements.iter().map(|e| e.code.clone()).collect();
    FrameworkBook {
        edition: EditionRow {
            council: "somewhere".into(),
            title,
            edition: "2023/24".into(),
            from: day("2023-04-01"),
            until: (!open_ended).then(|| day("2025-03-31")),
            state,
            adopted_on: adopted_by.as_ref().map(|_| day("2023-02-28")),
            adopted_by,
            minute_reference,
            note,
        },
        targets: firsts.iter().zip(targets).filter(|(_, t)| t.0).filter_map(|(i, t)| target(i, t.1, t.2, t.3)).collect(),
        rules: [Some((None, framework_rule)), own_rule.map(|shape| (Some(firsts[0].code.clone()), shape))]
            .into_iter()
            .flatten()
            .map(|(indicator, shape)| RuleRow { indicator, applies_from: day("2022-04-01"), shape })
            .collect(),
        periods: (1..=4)
            .filter_map(|n| Period::quarter(2023, n))
            .zip(flags)
            .map(|(period, open)| ReportingPeriodRow { period, open: *open, due_on: open.then(|| day("2024-07-31")) })
            .collect(),
        forums: (0..)
            .zip(forums)
            .map(|(n, (title, kind, position, meets, gets, all))| ForumRow {
                code: format!("F{n}"),
                title,
                kind,
                position,
                meets,
                gets,
                remit: if all { Vec::new() } else { codes.iter().take(n + 1).cloned().collect() },
            })
            .collect(),
        elements,
        links,
        indicators,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn an_export_imports_back_as_nothing_to_change(book in book()) {
        let (runtime, databases) = &*STAGE;
        for database in databases {
            runtime.block_on(try_in(database, book.clone()));
        }
    }
}

async fn try_in(database: &Database, mut book: FrameworkBook) {
    let code = format!("council-{}", database.app.ids.next());
    book.edition.council.clone_from(&code);
    let world = World::within(database, &code).await;
    let (_, plan) = world.bring(&book).await;
    assert_eq!(errors(&plan), Vec::<String>::new());
    let rows = plan.changes.len();
    assert_eq!(tally(&plan), [rows, 0, 0, 0]);

    let held = world.book("2023/24").await.unwrap();
    let bytes = exporters::framework::render_framework(&held, "2024-10-14T09:00:00Z".parse().unwrap()).unwrap();
    let again = world.plan(&read(&bytes)).await;
    assert_eq!(errors(&again), Vec::<String>::new());
    assert_eq!(tally(&again), [0, 0, rows, 0], "{:#?}", again.changes.iter().find(|change| change.before != change.after));
    let import = world.keep(&again).await;
    world.accept(import).await.unwrap();
    assert_eq!(world.book("2023/24").await.unwrap(), held);
}
