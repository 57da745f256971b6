//! A made-up council's figures: every colour, every state that is none, long words and awkward text.

use chrono::{DateTime, NaiveDate, Utc};
use exporters::pack::{
    Change, ExceptionKind, FiguresAre, HowSet, Pack, PackCompared, PackDelivery, PackException, PackIndicator, PackNote, PackPoint,
    PackQuestion, PackRevision, PackRule, Profile, Stood, Why,
};
use exporters::{Brand, Language};
use rules::exception::Trigger;
use rules::measure::{Absence, Dimension, Frequency, Mode, Polarity, Purpose, ValueState};
use rules::period::Period;
use rules::question::{Kind, State};
use rules::series::YearToDate;
use rules::status::{Against, Aimed, Colour, Margin, Reason, Shape, Status, Then, Thresholds};
use rules::travel::{Direction, Travel};
use rust_decimal::Decimal;

pub fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A status with a reason as the rules give it; by no rule where there was no value to judge.
pub fn status(colour: Colour, reason: Reason) -> Status {
    let by_rule = matches!(reason, Reason::Value { .. });
    Status { colour, because: String::new(), reason, by_rule }
}

/// A value held against a target with an intervention level.
pub fn judged(value: &str, target: &str, then: fn(Decimal) -> Then, level: &str, places: u32) -> Reason {
    let against = Against::Aim { aim: Aimed::Target, target: dec(target), then: then(dec(level)) };
    Reason::Value { value: dec(value), places, against }
}

/// A point with a value, judged.
pub fn point(period: Period, value: Option<&str>, colour: Colour) -> PackPoint {
    let target = Some(dec("85.0"));
    PackPoint {
        period,
        value: value.map(dec),
        absence: None,
        numerator: None,
        denominator: None,
        target,
        intervention: Some(dec("80.0")),
        status: status(colour, value.map_or(Reason::NoneGiven, |value| judged(value, "85", |_| Then::Reached, "80", 1))),
        forecast: Some(dec("86.0")),
        year_end_target: target,
        year_end_status: status(Colour::Green, judged("86", "85", |_| Then::Reached, "80", 1)),
        travel: Travel { on_previous_period: Direction::Declined, on_same_period_last_year: Direction::Improved },
        year_to_date: YearToDate { value: value.map(dec), complete: true, expected: 2, reported: 2 },
        state: value.map(|_| ValueState::Final),
        revised_on: None,
        commentary: Some("On course.".to_owned()),
        action: None,
        action_owner: None,
        action_due: None,
    }
}

pub fn indicator(code: &str, title: &str, unit: &str, decimals: u32) -> PackIndicator {
    PackIndicator {
        code: code.to_owned(),
        title: title.to_owned(),
        definition: format!("{title}: the number counted in the period, over the number that could have been, as returned by the service."),
        numerator: Some("Number counted".to_owned()),
        denominator: Some("Number that could have been".to_owned()),
        unit: unit.to_owned(),
        decimals,
        polarity: Polarity::HigherIsBetter,
        purpose: Purpose::Operational,
        frequency: Frequency::Quarterly,
        headline: true,
        critical: false,
        dimension: Some(Dimension::Effectiveness),
        how_status_is_set: levels(Some("85"), Some("80")),
        source: Some("Service return".to_owned()),
        data_lag_days: 30,
        portfolio_holder: Some("Executive Councillor for Operations".to_owned()),
        owner: "Waste and Street Scene".to_owned(),
        directorate: Some("Place and Environment".to_owned()),
        programme: None,
        priority: Some("A cleaner, greener county".to_owned()),
        outcomes: vec!["Streets people are proud of".to_owned()],
        mode: Some(Mode::Do),
        baseline: None,
        context: Vec::new(),
        words_withheld: false,
        points: Vec::new(),
    }
}

/// Six quarters up to July to September 2023 with the values given, oldest first, the last with its colour.
pub fn quarters(values: &[Option<&str>; 6], colours: [Colour; 6]) -> Vec<PackPoint> {
    let mut period = Period::quarter(2022, 1).unwrap();
    let mut points = Vec::new();
    for (value, colour) in values.iter().zip(colours) {
        points.push(point(period, *value, colour));
        period = period.next().unwrap();
    }
    points
}

use Colour::{Amber, Blue, Green, NoData, NoTarget, Red, Suppressed};

fn recycling() -> PackIndicator {
    let mut of = indicator("EN01", "Household waste sent for reuse, recycling and composting", "Per cent", 1);
    let values = [Some("84.0"), Some("83.5"), Some("82.0"), None, Some("81.0"), Some("79.9")];
    of.points = quarters(&values, [Amber, Amber, Amber, NoData, Amber, Red]);
    let last = of.points.last_mut().unwrap();
    last.status.reason = judged("79.9", "85", Then::Passed, "80", 1);
    last.numerator = Some(dec("12345.5"));
    last.denominator = Some(dec("15451"));
    last.commentary = Some(
        "Tonnages fell after the garden waste charge began.\n\nContamination at the two transfer stations rose; loads were \
         refused in July. = the sum of both effects is -2.1 points.\nCrews have been retrained."
            .to_owned(),
    );
    last.action = Some("Retrain crews and re-letter all households on the affected rounds".to_owned());
    last.action_owner = Some("Head of Waste".to_owned());
    last.action_due = Some(day("2023-12-15"));
    last.year_end_status = status(Amber, judged("82", "85", Then::Tolerated, "80", 1));
    last.forecast = Some(dec("82.0"));
    of
}

fn missed_bins() -> PackIndicator {
    let mut of = indicator("EN02", "Missed bins per 100,000 collections", "Number", 0);
    of.polarity = Polarity::LowerIsBetter;
    of.how_status_is_set = levels(Some("60"), Some("75"));
    of.points =
        quarters(&[Some("70"), Some("66"), Some("64"), Some("61"), Some("62"), Some("58")], [Amber, Amber, Amber, Amber, Amber, Green]);
    for point in &mut of.points {
        point.target = Some(dec("60"));
        point.intervention = Some(dec("75"));
        point.forecast = None;
        point.year_end_status = status(Colour::NotApplicable, Reason::NoForecast);
        point.travel = Travel { on_previous_period: Direction::Improved, on_same_period_last_year: Direction::Improved };
    }
    of.points[5].commentary = Some("-".to_owned());
    of
}

fn social_care() -> PackIndicator {
    let mut of = indicator("AS01", "Adults with a learning disability who live in their own home or with their family", "Per cent", 1);
    of.directorate = Some("Integrated Adult Social Care and Public Health".to_owned());
    of.priority = Some("Support people to live independently".to_owned());
    of.outcomes = vec!["People live well for longer".to_owned(), "Communities are safe, connected and resilient".to_owned()];
    of.critical = true;
    of.points = quarters(
        &[Some("80.0"), Some("81"), Some("83"), Some("84"), Some("84.9"), Some("84.95")],
        [Amber, Amber, Amber, Amber, Amber, Green],
    );
    of.points[5].state = Some(ValueState::Provisional);
    of
}

fn suppressed() -> PackIndicator {
    let mut of = indicator("CS01", "Children who went missing from care three times or more", "Number", 0);
    of.directorate = Some("Children and Young People's Futures".to_owned());
    of.priority = Some("Support people to live independently".to_owned());
    of.outcomes = Vec::new();
    of.points =
        quarters(&[Some("8"), Some("9"), Some("11"), Some("7"), Some("6"), Some("3")], [Green, Green, Amber, Green, Green, Suppressed]);
    let last = of.points.last_mut().unwrap();
    last.absence = Some(Absence::Suppressed);
    last.numerator = Some(dec("3"));
    last.year_end_status = status(Colour::NotApplicable, Reason::NoForecast);
    last.forecast = None;
    of
}

fn unit_cost() -> PackIndicator {
    let mut of = indicator("FI01", "Cost of the housing benefits service for each live claim", "Pounds", 2);
    of.directorate = Some("Corporate Resources".to_owned());
    of.polarity = Polarity::LowerIsBetter;
    of.dimension = Some(Dimension::Economy);
    of.priority = None;
    of.points = quarters(
        &[Some("10204.55"), Some("10150"), Some("10020.10"), Some("9990"), Some("9871.2"), Some("9204.505")],
        [Amber, Amber, Amber, Green, Green, Blue],
    );
    for point in &mut of.points {
        point.target = Some(dec("10000"));
        point.intervention = Some(dec("10500"));
        point.forecast = Some(dec("9300"));
        point.year_end_status = status(Blue, judged("9300", "10000", |_| Then::Bettered(Margin::Percent(Decimal::from(5))), "0", 2));
    }
    of
}

fn programme() -> PackIndicator {
    let mut of = indicator("CP-SEND-01", "Education, health and care plans issued within 20 weeks", "Per cent", 1);
    of.directorate = None;
    of.programme = Some("Special educational needs transformation".to_owned());
    of.owner = "Special educational needs transformation".to_owned();
    of.points = quarters(&[Some("55"), Some("57"), Some("52.5"), Some("60"), Some("61"), None], [Red, Red, Red, Red, Red, NoData]);
    let last = of.points.last_mut().unwrap();
    last.commentary = None;
    last.year_to_date = YearToDate { value: None, complete: false, expected: 2, reported: 1 };
    last.year_end_status = status(Red, judged("62", "85", Then::Passed, "80", 1));
    of
}

fn untargeted() -> PackIndicator {
    let mut of = indicator("HR01", "Working days lost to sickness absence for each full-time equivalent employee", "Days", 1);
    of.polarity = Polarity::LowerIsBetter;
    of.directorate = Some("Corporate Resources".to_owned());
    of.points = quarters(&[Some("9.1"), Some("9.0"), Some("9.3"), Some("9.9"), Some("9.4"), Some("9.2")], [NoTarget; 6]);
    for point in &mut of.points {
        point.target = None;
        point.intervention = None;
        point.year_end_target = None;
        point.forecast = None;
        point.year_end_status = status(Colour::NotApplicable, Reason::NoForecast);
    }
    of
}

fn contextual() -> PackIndicator {
    let mut of = indicator("OC01", "Healthy life expectancy at birth", "Years", 1);
    of.purpose = Purpose::Contextual;
    of.frequency = Frequency::Annual;
    of.mode = Some(Mode::Influence);
    of.outcomes = vec!["People live well for longer".to_owned()];
    of.baseline = Some((Period::year(rules::measure::YearBasis::Calendar, 2019).unwrap(), dec("64.1")));
    of.how_status_is_set = HowSet::Contextual;
    let year = |y| Period::year(rules::measure::YearBasis::Calendar, y).unwrap();
    of.points = vec![point(year(2021), Some("63.9"), NoTarget), point(year(2022), Some("63.2"), NoTarget)];
    for point in &mut of.points {
        point.target = None;
        point.intervention = None;
        point.forecast = None;
        point.year_end_status = status(Colour::NotApplicable, Reason::Contextual);
    }
    of
}

/// The framework's rule: target and intervention level.
pub fn levels(target: Option<&str>, intervention: Option<&str>) -> HowSet {
    let thresholds = Thresholds { target: target.map(dec), intervention: intervention.map(dec), ..Thresholds::default() };
    HowSet::Rule { own: false, applies_from: day("2022-04-01"), shape: Shape::Levels, thresholds }
}

fn figure(value: &str) -> Stood {
    Stood::Figure { period: Period::quarter(2023, 1).unwrap(), value: Some(dec(value)), absence: None }
}

/// Exampleshire's pack for its scrutiny panel.
pub fn pack() -> Pack {
    let exception = |code: &str, kind, points, triggers: &[Trigger]| PackException {
        code: code.to_owned(),
        kind,
        points,
        triggers: triggers.to_vec(),
        months: 3,
    };
    Pack {
        council: "Exampleshire County Council".to_owned(),
        forum: "Corporate Infrastructure & Regulatory Services Scrutiny Committee".to_owned(),
        meeting_on: Some(day("2023-10-04")),
        edition_of: None,
        period: Period::quarter(2023, 2).unwrap(),
        framework: "Corporate Performance Framework".to_owned(),
        edition: "2023/24".to_owned(),
        as_at: at("2023-10-20T09:30:00Z"),
        created_at: at("2023-10-21T10:15:00Z"),
        profile: Profile::Officer,
        contact: "Performance team, performance@exampleshire.example, 01632 960 000".to_owned(),
        language: Language::english(),
        brand: Brand::default(),
        illustrative_note: Some("Illustrative figures: Exampleshire is a made-up council.".to_owned()),
        status_words: Vec::new(),
        how_status_is_set: vec![PackRule { of: None, applies_from: day("2022-04-01"), shape: Shape::Levels }],
        decisions: Vec::new(),
        outstanding: vec![asked()],
        settled: Vec::new(),
        indicators: vec![recycling(), missed_bins(), social_care(), suppressed(), unit_cost(), programme(), untargeted(), contextual()],
        exceptions: vec![
            exception("EN01", ExceptionKind::Concern, 75, &[Trigger::Red(1), Trigger::Fell(Amber), Trigger::Missed(3)]),
            exception("CP-SEND-01", ExceptionKind::Concern, 50, &[Trigger::NoResult(1), Trigger::Forecast(Red)]),
            exception("EN02", ExceptionKind::Improvement, 0, &[Trigger::Recovered(Green)]),
        ],
        delivery: PackDelivery::default(),
        compared: PackCompared::default(),
        last: "2023-07-21T09:30:00Z".parse().ok(),
        revisions: vec![PackRevision {
            what: Change::Value,
            code: "EN01".to_owned(),
            title: "Household waste sent for reuse, recycling and composting".to_owned(),
            unit: "Per cent".to_owned(),
            decimals: 1,
            from: figure("81.4"),
            to: figure("81.0"),
            why: Why::Said("The contractor corrected its June tonnage".to_owned()),
            on: day("2023-09-12"),
        }],
        figures: FiguresAre::Recorded,
        notes: vec![PackNote {
            text: "Recycling is from the contractor's weighbridge and excludes rubble.".to_owned(),
            used_on: "EN01".to_owned(),
        }],
        chart_all: false,
        properties: vec![("pack_id".to_owned(), "0190f5fe-0000-7000-8000-000000000001".to_owned())],
    }
}

/// A pack of many indicators and periods.
pub fn large(indicators: usize, periods: u32) -> Pack {
    let mut pack = pack();
    let last = Period::month(2023, 9).unwrap();
    pack.indicators = (0..indicators)
        .map(|n| {
            let mut of = indicator(&format!("KPI{n:03}"), &format!("Requests answered within ten days by team number {n}"), "Per cent", 1);
            of.directorate = Some(format!("Directorate {}", n % 6));
            of.outcomes = vec![format!("Outcome {}", n % 9)];
            let colours = [Green, Amber, Red];
            of.points = (0..periods)
                .rev()
                .map(|back| {
                    let value = format!("{}.{}", 70 + (n + back as usize) % 25, n % 10);
                    let mut point = point(last.back(back).unwrap(), Some(&value), colours[(n + back as usize) % 3]);
                    point.numerator = Some(dec("1234"));
                    point.denominator = Some(dec("1560"));
                    point
                })
                .collect();
            of
        })
        .collect();
    pack.exceptions = (0..indicators / 10)
        .map(|n| PackException {
            code: format!("KPI{:03}", n * 10),
            kind: ExceptionKind::Concern,
            points: 50,
            triggers: vec![Trigger::Red(3), Trigger::Fell(Green)],
            months: 1,
        })
        .collect();
    pack
}

/// A question that waits for its answer.
pub fn asked() -> PackQuestion {
    PackQuestion {
        number: 12,
        kind: Kind::Question,
        state: State::Assigned,
        words: "What share of refused loads came from flats?".to_owned(),
        about: Some("EN01 Household waste sent for reuse, recycling and composting".to_owned()),
        asked_by: Some("Councillor Reed".to_owned()),
        asked_on: day("2023-07-05"),
        answers: Some("Director of Place".to_owned()),
        due_on: Some(day("2023-11-01")),
        overdue: false,
        answer: None,
        returned: None,
    }
}
