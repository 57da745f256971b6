//! Many acts in no order, by councils whose every figure is unlike any other: whatever anybody asks, the figures of other councils they
//! are shown are exactly those that a small model says are shared with them; and what they are compared with counts no others.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Drawn, Harness, World, for_each_database};

use super::super::benchmarks::{File, MAP, SAVE, fly_tips, said, stands};
use super::{ACCEPT, CREATE, DECLINE, INVITE, JOIN, LEAVE, OFFER, SEEN, WITHDRAW, act, id, turn};

const COUNCILS: [&str; 3] = ["huntingdonshire", "fenland", "devon"];
/// Where each council has figures: refs with their periods.
const PLACES: [(&str, &str); 5] =
    [("WM02", "2024-04"), ("WM02", "2024-05"), ("WM02", "2024-06"), ("BN01", "2024/25 Q1"), ("BN01", "2024/25 Q2")];
/// Where each stands: three districts of one county.
const AREAS: [&str; 3] = ["E07000011", "E07000010", "E07000008"];
/// Each beside the two others, by measures of which nobody has published a figure for any of them.
const BESIDE: &str = "query($code: String!) { council(code: $code) {
    bn: indicator(code: \"BN01\") { benchmark(period: \"2024/25 Q2\", last: 2, group: \"SEA\") { ...of } }
    wm: indicator(code: \"WM02\") { benchmark(period: \"2024-06\", last: 3, group: \"SEA\") { ...of } } } }
    fragment of on BenchmarkComparison { period value counted shared missing lowest highest lowerQuartile median upperQuartile mean
        rank of difference because members { code value standing shared } }";
const INDICATORS: [&str; 2] = ["WM02", "BN01"];
const ACTS: usize = 45;

/// With whom, as the model has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum To {
    Council(usize),
    Group,
    All,
}

/// A share, as the model has it.
#[derive(Debug, Clone)]
struct Share {
    id: String,
    giver: usize,
    to: To,
    indicators: Vec<&'static str>,
    until: Option<NaiveDate>,
    withdrawn: bool,
    accepted: bool,
}

/// What is so, kept by the simplest rules there are.
#[derive(Debug, Default)]
struct Model {
    /// The value of each place of each council now, and whose each value ever was.
    values: BTreeMap<(usize, usize), String>,
    ever: BTreeMap<String, usize>,
    shares: Vec<Share>,
    members: BTreeSet<usize>,
    today: NaiveDate,
}

impl Model {
    /// Values of others that a council reads.
    fn read_by(&self, reader: usize) -> BTreeSet<String> {
        self.read_of(reader, |_| true)
    }

    /// The same of what is shared so.
    fn read_of(&self, reader: usize, so: impl Fn(To) -> bool) -> BTreeSet<String> {
        let read = |share: &&Share| {
            let stands = !share.withdrawn && share.until.is_none_or(|until| until >= self.today) && share.giver != reader;
            stands
                && match share.to {
                    To::Council(to) => to == reader && share.accepted,
                    To::Group => self.members.contains(&reader),
                    To::All => true,
                }
        };
        let of = |share: &Share| -> Vec<String> {
            let mine =
                self.values.iter().filter(|((council, place), _)| *council == share.giver && share.indicators.contains(&PLACES[*place].0));
            mine.map(|(_, value)| value.clone()).collect()
        };
        self.shares.iter().filter(read).filter(|share| so(share.to)).flat_map(of).collect()
    }

    /// Values of other councils that stand anywhere in a text, ids apart.
    fn foreign_in(&self, of: &Value, reader: usize) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.look(of, reader, &mut found);
        found
    }

    fn look(&self, of: &Value, reader: usize, found: &mut BTreeSet<String>) {
        match of {
            Value::Object(fields) => fields.iter().filter(|(name, _)| *name != "id").for_each(|(_, value)| self.look(value, reader, found)),
            Value::Array(items) => items.iter().for_each(|item| self.look(item, reader, found)),
            Value::String(_) | Value::Number(_) => {
                let text = of.to_string();
                found.extend(
                    self.ever.iter().filter(|(value, owner)| **owner != reader && text.contains(*value)).map(|(value, _)| value.clone()),
                );
            }
            _ => {}
        }
    }
}

/// The councils, whoever reads in each, and the model.
struct Sea<'a> {
    harness: &'a Harness,
    worlds: Vec<World<'a>>,
    readers: Vec<Vec<tests::Person>>,
    group: String,
    model: Model,
    drawn: Drawn,
    serial: usize,
}

impl<'a> Sea<'a> {
    async fn new(harness: &'a Harness, seed: u64) -> Sea<'a> {
        let (mut worlds, mut readers) = (Vec::new(), Vec::new());
        for code in COUNCILS {
            let world = World::new(harness, code).await;
            let person = async |name: &str, role| harness.person(world.council, name, &[(role, GrantScope::Council)]).await;
            readers.push(vec![
                person("Adi Admin", Role::CouncilAdministrator).await,
                person("Ines Audit", Role::InternalAudit).await,
                person("Cleo Cabinet", Role::CabinetMember).await,
            ]);
            worlds.push(world);
        }
        comparable(harness, &worlds).await;
        let made = json!({ "council": COUNCILS[0], "name": "The three" });
        let group = id(&act(&worlds[0].keeper(), CREATE, made).await.expect("is made"));
        for code in &COUNCILS[1..] {
            act(&worlds[0].keeper(), INVITE, json!({ "group": group, "toCouncil": code })).await.expect("is invited");
        }
        let model = Model { members: [0].into(), today: harness.app.clock.today(), ..Model::default() };
        let mut sea = Self { harness, worlds, readers, group, model, drawn: Drawn::of(seed), serial: 0 };
        for council in 0..COUNCILS.len() {
            for place in 0..PLACES.len() {
                sea.report(council, place).await;
            }
        }
        sea
    }

    fn keeper(&self, council: usize) -> Client<'a> {
        self.worlds[council].keeper_now()
    }

    /// A figure unlike any other there is or was.
    async fn report(&mut self, council: usize, place: usize) {
        self.serial += 1;
        let value = format!("7{}3{:04}8", council + 1, self.serial);
        let (code, period) = PLACES[place];
        super::report(&self.worlds[council], &[(code, period, &value)]).await;
        self.model.ever.insert(value.clone(), council);
        self.model.values.insert((council, place), value);
    }

    /// One act, drawn; also those that are refused.
    async fn act(&mut self) -> String {
        let (kind, council, other) = (self.drawn.below(10), self.drawn.below(COUNCILS.len()), self.drawn.below(COUNCILS.len()));
        match kind {
            0..=2 => self.offer(council, other).await,
            3 | 4 => self.with_a_share(council, WITHDRAW).await,
            5 => self.with_a_share(council, ACCEPT).await,
            6 => self.with_a_share(council, if other == 0 { DECLINE } else { ACCEPT }).await,
            7 => self.come_or_go(council).await,
            8 => {
                let place = self.drawn.below(PLACES.len());
                self.report(council, place).await;
                format!("{council} corrects {:?}", PLACES[place])
            }
            _ => {
                self.harness.later(chrono::Duration::hours(17));
                self.model.today = self.harness.app.clock.today();
                format!("it is {}", self.model.today)
            }
        }
    }

    async fn offer(&mut self, council: usize, other: usize) -> String {
        let to = [To::Council(other), To::Group, To::All][self.drawn.below(3)];
        let indicators = INDICATORS[self.drawn.below(2)..].to_vec();
        let until = (self.drawn.below(3) == 0).then(|| self.model.today + chrono::Days::new(1));
        let whom = match to {
            To::Council(other) => json!({ "toCouncil": COUNCILS[other] }),
            To::Group => json!({ "toGroup": self.group }),
            To::All => json!({ "toAll": true }),
        };
        let mut input = super::offer(COUNCILS[council], &indicators, &whom);
        input["until"] = json!(until);
        let done = act(&self.keeper(council), OFFER, input).await;
        let may = match to {
            To::Council(other) => other != council,
            To::Group => self.model.members.contains(&council),
            To::All => true,
        };
        assert_eq!(done.is_ok(), may, "{council} to {to:?}: {done:?}");
        if let Ok(share) = &done {
            let share = Share { id: id(share), giver: council, to, indicators, until, withdrawn: false, accepted: false };
            self.model.shares.push(share);
        }
        format!("{council} offers to {to:?} until {until:?}: {}", done.is_ok())
    }

    /// Something is done to any share by any council, whosever it is.
    async fn with_a_share(&mut self, council: usize, document: &str) -> String {
        if self.model.shares.is_empty() {
            return "nothing".to_owned();
        }
        let at = self.drawn.below(self.model.shares.len());
        let share = self.model.shares[at].clone();
        // Most of the time by whoever may.
        let council = match (self.drawn.below(4), share.to) {
            (0, _) => council,
            (_, To::Council(to)) if document != WITHDRAW => to,
            _ => share.giver,
        };
        let done = act(&self.keeper(council), document, json!({ "share": share.id })).await;
        let standing = !share.withdrawn && share.until.is_none_or(|until| until >= self.model.today);
        let model = &mut self.model.shares[at];
        match document {
            WITHDRAW => {
                assert_eq!(done.is_ok(), council == share.giver && !share.withdrawn, "{share:?} by {council}: {done:?}");
                model.withdrawn |= done.is_ok();
            }
            _ => {
                assert!(done.is_err() || (share.to == To::Council(council) && standing), "{share:?} by {council}: {done:?}");
                if done.is_ok() {
                    model.accepted = document == ACCEPT;
                }
            }
        }
        self.nothing_told(council, &done);
        format!("{council} {} {}: {done:?}", &document[..60], share.id)
    }

    async fn come_or_go(&mut self, council: usize) -> String {
        let inside = self.model.members.contains(&council);
        let done = act(&self.keeper(council), if inside { LEAVE } else { JOIN }, json!({ "group": self.group })).await;
        assert!(done.is_ok(), "{done:?}");
        if inside {
            self.model.members.remove(&council);
            let of = self.model.shares.iter_mut().filter(|share| share.giver == council && share.to == To::Group);
            of.for_each(|share| share.withdrawn = true);
        } else {
            self.model.members.insert(council);
        }
        format!("{council} {} the group", if inside { "leaves" } else { "joins" })
    }

    /// What an act answers holds nothing either that is not shared with whoever did it.
    fn nothing_told(&self, council: usize, done: &Result<Value, String>) {
        let told = match done {
            Ok(thing) => thing.clone(),
            Err(message) => json!(message),
        };
        let foreign = self.model.foreign_in(&told, council);
        assert!(foreign.is_subset(&self.model.read_by(council)), "{foreign:?} in {told:#}");
    }

    /// Reads all that anybody can ask, and compares.
    async fn compare(&self, after: &str) {
        for (reader, code) in COUNCILS.into_iter().enumerate() {
            let expected = self.model.read_by(reader);
            let mut read = BTreeSet::new();
            let mut joint = BTreeSet::new();
            for period in ["2024-04", "2024-05", "2024-06", "2024/25 Q1", "2024/25 Q2"] {
                let answer = self.keeper(reader).gql(SEEN, json!({ "code": code, "period": period })).await.data();
                read.extend(self.model.foreign_in(&answer["council"]["sharedWithUs"], reader));
                joint.extend(self.model.foreign_in(&answer["council"]["councilGroups"], reader));
                let own = self.model.foreign_in(&answer["council"]["shares"], reader);
                assert_eq!(own, BTreeSet::new(), "{after}: of one's own");
            }
            assert_eq!(read, expected, "{code} after: {after}");
            assert_eq!(joint, self.model.read_of(reader, |to| to == To::Group), "{code} on a dashboard after: {after}");
            self.beside(reader, &expected, after).await;
            self.elsewhere(reader, after).await;
        }
    }

    /// A council beside the two others: those count whose figures it reads, no others, and nothing else is told of them.
    async fn beside(&self, reader: usize, expected: &BTreeSet<String>, after: &str) {
        let answer = self.keeper(reader).gql(BESIDE, json!({ "code": COUNCILS[reader] })).await.data();
        let mut told = BTreeSet::new();
        for point in ["bn", "wm"].iter().flat_map(|of| answer["council"][of]["benchmark"].as_array().expect("periods")) {
            let read = self.model.foreign_in(point, reader);
            let own = point["value"].as_str().expect("ours").to_owned();
            let own: u64 = own.parse().expect("a whole number");
            let better = read.iter().filter(|value| value.parse::<u64>().expect("a whole number") < own).count();
            let n = read.len();
            assert_eq!(
                [&point["counted"], &point["shared"], &point["missing"]],
                [&json!(n), &json!(n), &json!(2 - n)],
                "{after}: {point:#}"
            );
            if n > 0 {
                // Less is better of both; no two figures are alike.
                assert_eq!([&point["rank"], &point["of"]], [&json!(better + 1), &json!(n + 1)], "{after}: {point:#}");
            } else {
                assert!(point["rank"].is_null() && point["median"].is_null() && point["difference"].is_null(), "{after}: {point:#}");
            }
            told.extend(read);
        }
        assert_eq!(&told, expected, "{} beside others after: {after}", COUNCILS[reader]);
    }

    /// Whatever else there is to ask shows nothing of others at all; not to other roles, and not about another council.
    async fn elsewhere(&self, reader: usize, after: &str) {
        let mut clients = vec![self.keeper(reader), self.harness.visitor()];
        for person in &self.readers[reader] {
            clients.push(self.harness.client(Some(self.harness.token(person.id, Some(person.council)))));
        }
        let other = COUNCILS[(reader + 1) % COUNCILS.len()];
        let all = "query($code: String!) { council(code: $code) { name framework { indicators { nodes { code
            series(until: \"2024/25 Q2\", last: 4) { value } } } } auditTrail(first: 100) { nodes { verb before after } } } }";
        let published = "query($code: String!) { published(council: $code) { indicators { nodes { code series { value } } } } }";
        for client in &clients {
            for (document, code) in [(all, COUNCILS[reader]), (all, other), (SEEN, other), (published, other), (BESIDE, other)] {
                let answer = client.gql(document, json!({ "code": code, "period": "2024-04" })).await;
                let foreign = self.model.foreign_in(&answer.body, reader);
                assert_eq!(foreign, BTreeSet::new(), "{after}: {:#}", answer.body);
            }
        }
        // Beside others, whoever of the council reads what is shared is shown that, and nobody else any of it.
        for client in &clients[2..] {
            let code = COUNCILS[reader];
            let may = client.gql("query($code: String!) { council(code: $code) { sharedWithUs { totalCount } } }", json!({ "code": code }));
            let may = may.await.body["data"]["council"]["sharedWithUs"].is_object();
            let shown = self.model.foreign_in(&client.gql(BESIDE, json!({ "code": code })).await.body, reader);
            let expected = if may { self.model.read_by(reader) } else { BTreeSet::new() };
            assert_eq!(shown, expected, "{after}");
        }
        for share in &self.model.shares {
            let node = self.keeper(reader).gql("query($id: ID!) { node(id: $id) { id } }", json!({ "id": share.id })).await;
            assert_eq!(self.model.foreign_in(&node.body, reader), BTreeSet::new());
        }
    }
}

/// Lets each stand beside the two others by what both its indicators are, of which only somebody else's figure is published.
async fn comparable(harness: &Harness, worlds: &[World<'_>]) {
    let measures = harness.folder.join("sea.csv");
    let list = "code,title,unit,decimals,better is,frequency,year,service area,written as\n\
        MISSED,Missed bins,Number,0,Lower,Monthly,Financial,,\nDAYS,Days to process a claim,Days,0,Lower,Quarterly,Financial,,\n";
    std::fs::write(&measures, list).expect("writes");
    let measures = measures.display().to_string();
    let mut text = "Quarter,LA code,LA name,Measure code,Value\n".to_owned();
    for (at, area) in ["E07000009", "E07000012", "E07000077"].iter().enumerate() {
        text += &format!("2024-25 Q1,{area},,DAYS,{at}\n2024-25 Q1,{area},,MISSED,{at}\n");
    }
    let file = File { name: "sea-figures.csv", text, dataset: "SEA", also: &[], ..fly_tips(harness) };
    let path = harness.folder.join(file.name).display().to_string();
    std::fs::write(&path, &file.text).expect("writes");
    let also: [&str; 2] = ["--measures", &measures];
    said(&super::super::benchmarks::bring(harness, &path, &File { also: &also, ..file }));
    for (at, world) in worlds.iter().enumerate() {
        stands(world, AREAS[at]).await;
        let others: Vec<&str> = AREAS.into_iter().filter(|area| *area != AREAS[at]).collect();
        let group = json!({ "council": world.code, "code": "SEA", "edition": "2024", "title": "The others", "type": "DISTRICT",
            "from": "2020-04-01", "source": "Drawn for a test", "licence": "None", "areas": others });
        act(&world.keeper(), SAVE, group).await.expect("is kept");
        for (indicator, measure) in [("BN01", "DAYS"), ("WM02", "MISSED")] {
            let input = json!({ "council": world.code, "indicator": indicator, "dataset": "SEA", "measure": measure });
            act(&world.keeper(), MAP, input).await.expect("is mapped");
        }
    }
}

async fn adrift(harness: &Harness, seed: u64) {
    let mut sea = Sea::new(harness, seed).await;
    let (mut read, mut acts) = (0, Vec::new());
    for n in 0..ACTS {
        acts.push(sea.act().await);
        turn(harness).await;
        // All that anybody can ask takes its time: after every third act, and the last.
        if n % 3 == 2 || n + 1 == ACTS {
            sea.compare(&acts[acts.len().saturating_sub(3)..].join("; ")).await;
            read += (0..COUNCILS.len()).map(|reader| sea.model.read_by(reader).len()).sum::<usize>();
        }
    }
    assert!(read > 20, "hardly anything was ever shared: {acts:#?}");
}

#[tokio::test]
async fn nothing_is_seen_but_what_is_shared() {
    for_each_database(async |harness| adrift(harness, 20_241_014).await).await;
}
