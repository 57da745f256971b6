//! Whatever is recorded, approved, released, published and taken back in whatever order, everybody reads what a small model says.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use rules::measure::ValueState::Final;
use rules::permission::Role;
use rules::status::Colour;
use serde_json::json;
use tests::{Client, Drawn, World, for_each_database};
use uuid::Uuid;

use super::cycle::{Cycle, end};
use super::{PUBLISH, UNPUBLISH, codes, release_in, series, withdraw};

/// The periods figures are of. The first began before the workflow and is history.
const PERIODS: [&str; 3] = ["2023/24 Q4", "2024/25 Q1", "2024/25 Q2"];
const ACTS: usize = 45;

/// A figure's readings: which, with what value, and from when.
#[derive(Default)]
struct Model {
    /// Of each period, the earliest first.
    recorded: [Vec<(Uuid, String, DateTime<Utc>)>; 3],
    /// Of each period: which reading, and from when.
    approved: [Vec<(Uuid, DateTime<Utc>)>; 3],
    releases: Vec<Given>,
    /// Of each period: which reading the public has; none in the place of one that was withdrawn.
    published: [Option<Option<Uuid>>; 3],
}

struct Given {
    forum: &'static str,
    until: NaiveDate,
    as_at: DateTime<Utc>,
    id: String,
    withdrawn: bool,
}

impl Model {
    fn value(&self, period: usize, reading: Uuid) -> &str {
        &self.recorded[period].iter().find(|(id, _, _)| *id == reading).expect("was recorded").1
    }

    fn recorded_at(&self, period: usize, at: DateTime<Utc>) -> Option<Uuid> {
        self.recorded[period].iter().rfind(|(_, _, from)| *from <= at).map(|(id, _, _)| *id)
    }

    /// What counts as approved at an instant: of history what was recorded.
    fn approved_at(&self, period: usize, at: DateTime<Utc>) -> Option<Uuid> {
        match period {
            0 => self.recorded_at(period, at),
            _ => self.approved[period].iter().rfind(|(_, from)| *from <= at).map(|(id, _)| *id),
        }
    }

    /// The instant a forum, or any, reads a period as at, by what was released to it by an instant and not withdrawn.
    fn released(&self, period: usize, forum: Option<&str>, by: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let reach = self.releases.iter().filter(|given| !given.withdrawn && given.until >= end(PERIODS[period]) && given.as_at <= by);
        reach.filter(|given| forum.is_none_or(|forum| given.forum == forum)).map(|given| given.as_at).max()
    }

    /// The lines of a series, by which reading of each period is seen.
    fn lines(&self, reading: &str, seen: impl Fn(usize) -> Option<Option<Uuid>>) -> Vec<String> {
        let line = |period: usize| {
            let value = seen(period)?.map_or("-", |id| self.value(period, id));
            Some(format!("{} {value} {reading}", PERIODS[period]))
        };
        (0..PERIODS.len()).filter_map(line).collect()
    }

    fn of_member(&self, by: DateTime<Utc>) -> Vec<String> {
        self.lines("RELEASED", |period| {
            let at = self.released(period, Some("OSP"), by)?;
            match period {
                0 => Some(self.recorded_at(period, at)),
                _ => self.approved_at(period, at).map(Some),
            }
        })
    }

    fn of_cabinet(&self, by: DateTime<Utc>) -> Vec<String> {
        self.lines("APPROVED", |period| match period {
            0 => Some(self.recorded_at(period, by)),
            _ => self.approved_at(period, by).map(Some),
        })
    }
}

/// A series without its colours: `2024/25 Q1 61 RELEASED`.
async fn read(client: &Client<'_>, as_at: Option<DateTime<Utc>>) -> Option<Vec<String>> {
    let as_at = as_at.map(|at| at.to_rfc3339());
    let lines = series(client, "WM01", "2024/25 Q2", 3, as_at.as_deref()).await?;
    let bare = |line: &String| {
        let words: Vec<&str> = line.split(' ').collect();
        format!("{} {} {} {}", words[0], words[1], words[2], words[4])
    };
    Some(lines.iter().map(bare).collect())
}

#[tokio::test]
async fn everybody_reads_what_the_model_says_and_nobody_what_was_not_released() {
    for_each_database(async |harness| {
        for (seed, code) in (0..).zip(["huntingdonshire", "devon", "nottingham", "havering"]) {
            walk(&World::new(harness, code).await, seed).await;
        }
    })
    .await;
}

/// One walk, in a council of its own.
async fn walk(world: &World<'_>, seed: u64) {
    let harness = world.harness;
    let cycle = Cycle::from(world, "S1", "2024-04-01").await;
    let wm01 = world.indicator("WM01").await;
    let member = harness.sign_in(&world.somebody(Role::ScrutinyMember).await);
    let cabinet = harness.sign_in(&world.somebody(Role::CabinetMember).await);
    let (keeper, mut model, mut drawn) = (world.keeper(), Model::default(), Drawn::of(seed.wrapping_mul(7_919).wrapping_add(11)));
    let begun = harness.app.clock.now();
    for step in 0..ACTS {
        let now = harness.later(Duration::minutes(1));
        let period = drawn.below(PERIODS.len());
        let of = PERIODS[period];
        let act = drawn.below(12);
        match act {
            0..=3 => {
                let value = format!("{}", 40 + step);
                let id = cycle.record(wm01, of, &value, Final).await;
                model.recorded[period].push((id, value, now));
            }
            4..=6 if period > 0 => {
                if let Some(id) = model.recorded_at(period, now) {
                    cycle.approve(of, wm01, Some(id), Colour::Green).await;
                    model.approved[period].push((id, now));
                }
            }
            7..=8 => {
                let forum = ["SLT", "OSP"][drawn.below(2)];
                // The fourth quarter of last year is no reporting period of its own.
                let of = if period == 0 { PERIODS[1] } else { of };
                let made = release_in(&keeper, world.code, forum, of, Some("The walk goes on.")).await;
                assert_eq!(codes(&made), Vec::<&str>::new());
                let id = made["release"]["id"].as_str().expect("an id").to_owned();
                model.releases.push(Given { forum, until: end(of), as_at: now, id, withdrawn: false });
            }
            9 => {
                let live: Vec<usize> = (0..model.releases.len()).filter(|at| !model.releases[*at].withdrawn).collect();
                if let Some(at) = (!live.is_empty()).then(|| live[drawn.below(live.len())]) {
                    assert_eq!(codes(&withdraw(&keeper, &model.releases[at].id, "Taken back").await), Vec::<&str>::new());
                    model.releases[at].withdrawn = true;
                }
            }
            10 => {
                let input = json!({ "council": world.code, "period": of, "indicators": ["WM01"] });
                keeper.gql(PUBLISH, json!({ "input": input })).await.data();
                let approved = model.approved_at(period, now);
                let seen = model.released(period, None, now).and_then(|at| model.approved_at(period, at));
                if let Some(id) = approved.filter(|id| seen == Some(*id)) {
                    model.published[period] = Some(Some(id));
                }
            }
            _ => {
                let input = json!({ "council": world.code, "indicator": "WM01", "period": of, "notice": "Taken back" });
                let told = keeper.gql(UNPUBLISH, json!({ "input": input })).await.data();
                assert_eq!(told["publicationWithdraw"]["withdrawn"] == true, model.published[period].flatten().is_some());
                if model.published[period].is_some() {
                    model.published[period] = Some(None);
                }
            }
        }
        let said = format!("seed {seed}, act {step} ({act} on {of})");
        let given = model.releases.iter().any(|given| given.forum == "OSP" && !given.withdrawn);
        assert_eq!(read(&member, None).await, given.then(|| model.of_member(now)), "{said}: the panel's member");
        assert_eq!(read(&cabinet, None).await, Some(model.of_cabinet(now)), "{said}: the cabinet member");
        let minutes = i64::try_from(drawn.below(step + 1)).expect("few");
        let then = begun + Duration::minutes(minutes) + Duration::seconds(30);
        assert_eq!(read(&member, Some(then)).await, given.then(|| model.of_member(then)), "{said}: the panel's member as at {then}");
        assert_eq!(read(&cabinet, Some(then)).await, Some(model.of_cabinet(then)), "{said}: the cabinet member as at {then}");
        assert_eq!(public(world).await, of_public(&model), "{said}: the public");
    }
    // A walk that goes nowhere shows nothing.
    let went = (model.releases.len(), model.approved.iter().flatten().count(), model.published.iter().flatten().count());
    println!("seed {seed}: {} releases, {} approvals, {} published", went.0, went.1, went.2);
    assert!(went.0 > 2 && went.1 > 2, "{went:?}");
}

/// What anybody reads: `2024/25 Q1 61`, and `2024/25 Q1 withdrawn`.
async fn public(world: &World<'_>) -> Vec<String> {
    let query = "query($code: String!) { published(council: $code) { indicators { nodes { series { period value withdrawn } } } } }";
    let data = world.harness.visitor().gql(query, json!({ "code": world.code })).await.data();
    let nodes = data["published"]["indicators"]["nodes"].as_array().expect("nodes").clone();
    let series = nodes.first().and_then(|node| node["series"].as_array().cloned()).unwrap_or_default();
    let line = |figure: &serde_json::Value| {
        let value = if figure["withdrawn"] == true { "withdrawn" } else { figure["value"].as_str().expect("a value") };
        format!("{} {value}", figure["period"].as_str().expect("a period"))
    };
    series.iter().map(line).collect()
}

fn of_public(model: &Model) -> Vec<String> {
    let line = |period: usize| {
        let value = model.published[period]?.map_or("withdrawn", |id| model.value(period, id));
        Some(format!("{} {value}", PERIODS[period]))
    };
    (0..PERIODS.len()).filter_map(line).collect()
}
