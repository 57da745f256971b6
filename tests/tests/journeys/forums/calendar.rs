//! The calendar, and its feed for calendar programs.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, for_each_database};

use super::{Panel, done, seen, with};

const FIELDS: &str = "day kind title cancelled forum { code } period meeting { heldOn state } question { number state }";

async fn calendar(client: &Client<'_>, narrowed: &str) -> Vec<Value> {
    let query = format!("{{ council(code: \"huntingdonshire\") {{ calendar{narrowed} {{ {FIELDS} }} }} }}");
    let data = client.gql(&query, json!({})).await.data();
    data["council"]["calendar"].as_array().expect("entries").clone()
}

/// Day, kind and title of each entry.
fn told(entries: &[Value]) -> Value {
    entries.iter().map(|of| json!([of["day"], of["kind"], of["title"]])).collect()
}

/// A panel with a meeting to come, one called off, and two questions to be answered.
async fn busy<'a>(harness: &'a tests::Harness) -> Panel<'a> {
    let panel = Panel::new(harness, "huntingdonshire").await;
    let officer = panel.as_(&panel.officer);
    let meet = async |more: Value| done(&officer, "meetingPlan", with(json!({ "council": "huntingdonshire", "forum": "OSP" }), more)).await;
    let title = "Performance, finance; and the waste strategy\u{2014}with the portfolio holder for the environment present";
    meet(json!({ "heldOn": "2024-11-05", "period": "2024/25 Q2", "agendaReference": "Item 7", "title": title, "note": "61.2% recycled" }))
        .await;
    let off = meet(json!({ "heldOn": "2024-10-22" })).await;
    done(&officer, "meetingCancel", with(seen("meeting", &off), json!({ "reason": "No quorum" }))).await;
    panel.assigned("Why 61.2 per cent?", "2024-11-01").await;
    panel.answered("Why so few?", "2024-11-02", "So.").await;
    panel
}

#[tokio::test]
async fn everything_that_falls_on_a_day_is_in_one_list_as_far_as_it_is_seen() {
    for_each_database(async |harness| {
        let panel = busy(harness).await;
        let long = "Overview and Scrutiny Panel: Performance, finance; and the waste strategy\u{2014}with the portfolio holder for the \
            environment present";
        let of_panel = json!([
            ["2024-10-22", "MEETING", "Overview and Scrutiny Panel"],
            ["2024-11-01", "ANSWER_DUE", "Overview and Scrutiny Panel: answer to question 1 due"],
            ["2024-11-05", "MEETING", long],
        ]);
        for person in [&panel.officer, &panel.member] {
            assert_eq!(told(&calendar(&panel.as_(person), "").await), of_panel);
        }
        assert_eq!(told(&calendar(&panel.world.keeper(), "(forum: \"osp\")").await), of_panel);
        let whole = calendar(&panel.world.keeper(), "(from: \"2024-04-01\", until: \"2025-03-31\")").await;
        let rest = [
            json!(["2024-04-01", "EDITION_BEGINS", "Performance Framework 2024/25 begins"]),
            json!(["2024-06-30", "PERIOD_ENDS", "April to June 2024 ends"]),
            json!(["2024-07-31", "RETURNS_DUE", "Returns for April to June 2024 due"]),
            json!(["2024-09-30", "PERIOD_ENDS", "July to September 2024 ends"]),
        ];
        let due = json!(["2024-10-31", "RETURNS_DUE", "Returns for July to September 2024 due"]);
        let ends = json!(["2025-03-31", "EDITION_ENDS", "Performance Framework 2024/25 ends"]);
        let panel_s = of_panel.as_array().expect("a list");
        let expected: Vec<Value> =
            rest.into_iter().chain([panel_s[0].clone(), due, panel_s[1].clone(), panel_s[2].clone(), ends]).collect();
        assert_eq!(told(&whole), json!(expected));
        let called_off = whole.iter().find(|of| of["day"] == "2024-10-22").expect("the meeting");
        assert_eq!((&called_off["cancelled"], &called_off["meeting"]["state"]), (&json!(true), &json!("CANCELLED")));
        let owed = whole.iter().find(|of| of["kind"] == "ANSWER_DUE").expect("the answer");
        assert_eq!((&owed["question"], &owed["period"]), (&json!({ "number": 1, "state": "ASSIGNED" }), &json!("2024/25 Q1")));

        // A member of another forum sees nothing of this one; a stranger none of the council; somebody who sees nothing is told.
        assert_eq!(calendar(&panel.as_(&panel.elsewhere), "").await, [] as [Value; 0]);
        let hidden =
            panel.as_(&panel.elsewhere).gql("{ council(code: \"huntingdonshire\") { calendar(forum: \"OSP\") { day } } }", json!({})).await;
        assert_eq!(hidden.codes(), ["NOT_FOUND"]);
        let ada = harness.person(panel.world.council, "Ada Admin", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
        let refused = panel.as_(&ada).gql("{ council(code: \"huntingdonshire\") { calendar { day } } }", json!({})).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        let stranger = Panel::new(harness, "devon").await;
        let data =
            stranger.as_(&stranger.officer).gql("{ council(code: \"huntingdonshire\") { calendar { day } } }", json!({})).await.data();
        assert_eq!(data["council"], Value::Null);
    })
    .await;
}

/// Makes a feed; answers its id and its address.
async fn feed(client: &Client<'_>, forum: Option<&str>) -> (Value, String) {
    let create = "mutation($input: CalendarFeedCreateInput!) { calendarFeedCreate(input: $input) {
        feed { id forum { code } createdAt } url userErrors { code } } }";
    let data = client.gql(create, json!({ "input": { "council": "huntingdonshire", "forum": forum } })).await.data();
    let made = data["calendarFeedCreate"].clone();
    assert_eq!(made["userErrors"], json!([]));
    assert_eq!(made["feed"]["forum"]["code"].as_str(), forum);
    (made["feed"]["id"].clone(), made["url"].as_str().expect("an address").to_owned())
}

/// Content lines of a feed, put together again: read here by the standard, not by the library that wrote them.
fn lines(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n"), "the last line is ended");
    let mut lines: Vec<String> = Vec::new();
    for line in text.strip_suffix("\r\n").expect("an end").split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']), "{line:?}");
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().expect("a line before").push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    lines
}

/// The events of a feed, each with its properties; parameters stand with the name.
fn events(text: &str) -> Vec<Vec<(String, String)>> {
    let mut events = Vec::new();
    for line in lines(text) {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("{line}"));
        match (name, value) {
            ("BEGIN", "VEVENT") => events.push(Vec::new()),
            ("END", "VEVENT") => events.last_mut().expect("an event").sort(),
            _ => {
                if let Some(event) = events.last_mut() {
                    event.push((name.to_owned(), value.to_owned()));
                }
            }
        }
    }
    events.iter_mut().for_each(|event: &mut Vec<(String, String)>| event.retain(|(name, _)| name != "END"));
    events
}

#[tokio::test]
async fn a_feed_is_what_calendar_programs_read_and_nothing_of_it_follows_the_clock() {
    for_each_database(async |harness| {
        let panel = busy(harness).await;
        let (_, url) = feed(&panel.as_(&panel.officer), Some("OSP")).await;
        let secret = url.rsplit('/').next().expect("a name");
        assert!(secret.starts_with("gtc_") && secret.ends_with(".ics"), "{secret}");
        let response = harness.visitor().download(&url).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/calendar; charset=utf-8");
        assert_eq!(response.headers()["cache-control"], "private, no-cache");
        let tag = response.headers()["etag"].to_str().expect("a tag").to_owned();
        let text = response.text().await.expect("text");
        let head: Vec<String> = lines(&text).into_iter().take_while(|line| line != "BEGIN:VEVENT").collect();
        let expected = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Golden Thread//Calendar//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
            "X-PUBLISHED-TTL:PT6H", "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
            "X-WR-CALNAME:Overview and Scrutiny Panel\\, Huntingdonshire Council",
        ];
        assert_eq!(head, expected);
        let data = panel.as_(&panel.officer).gql("{ council(code: \"huntingdonshire\") { forums { meetings { id } } questions(state: ASSIGNED) { nodes { id } } } }", json!({})).await.data();
        let uid = |kind: &str, id: &Value| format!("{kind}-{}@huntingdonshire.goldenthread", &id.as_str().expect("an id")[1..]);
        let meetings = &data["council"]["forums"][0]["meetings"];
        let event = |of: &[(&str, &str)]| {
            let mut event: Vec<(String, String)> = of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            event.extend([("TRANSP", "TRANSPARENT"), ("DTSTAMP", "20241014T090000Z"), ("LAST-MODIFIED", "20241014T090000Z")].map(|(name, value)| (name.to_owned(), value.to_owned())));
            event.sort();
            event
        };
        let (off, on, due) = (uid("meeting", &meetings[0]["id"]), uid("meeting", &meetings[1]["id"]),
            uid("answer-due", &data["council"]["questions"]["nodes"][0]["id"]));
        let expected = vec![
            event(&[("UID", &off), ("DTSTART;VALUE=DATE", "20241022"), ("SUMMARY", "Overview and Scrutiny Panel"), ("STATUS", "CANCELLED"),
                ("SEQUENCE", "2"), ("CATEGORIES", "Meeting")]),
            event(&[("UID", &due), ("DTSTART;VALUE=DATE", "20241101"), ("SUMMARY", "Overview and Scrutiny Panel: answer to question 1 due"),
                ("STATUS", "CONFIRMED"), ("CATEGORIES", "Answer due")]),
            event(&[("UID", &on), ("DTSTART;VALUE=DATE", "20241105"),
                ("SUMMARY", "Overview and Scrutiny Panel: Performance\\, finance\\; and the waste strategy\u{2014}with the portfolio holder for the environment present"),
                ("STATUS", "CONFIRMED"), ("SEQUENCE", "1"), ("CATEGORIES", "Meeting"), ("DESCRIPTION", "Looks at July to September 2024. Agenda: Item 7.")]),
        ];
        assert_eq!(events(&text), expected);
        // No figure, and nothing of what was asked or noted.
        for kept_back in ["61.2", "Why", "quorum"] {
            assert!(!text.contains(kept_back), "{kept_back}: {text}");
        }
        // Later on it is the same to the byte, and its reader is told so.
        harness.later(chrono::Duration::days(3));
        let again = harness.visitor().download(&url).await.text().await.expect("text");
        assert_eq!(again, text);
        let unchanged = reqwest::Client::new().get(&url).header("if-none-match", &tag).send().await.expect("is answered");
        assert_eq!((unchanged.status(), unchanged.text().await.expect("text")), (reqwest::StatusCode::NOT_MODIFIED, String::new()));
        // A meeting that is moved keeps its id, and says that it was.
        let meeting = super::meeting(&panel.as_(&panel.officer), &meetings[1]["id"]).await;
        done(&panel.as_(&panel.officer), "meetingChange", with(seen("meeting", &meeting), json!({ "heldOn": "2024-11-12" }))).await;
        let moved = events(&harness.visitor().download(&url).await.text().await.expect("text")).pop().expect("an event");
        let of = |name: &str| moved.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        assert_eq!((of("UID"), of("DTSTART;VALUE=DATE"), of("SEQUENCE"), of("DTSTAMP")), (Some(on.as_str()), Some("20241112"), Some("2"), Some("20241017T090000Z")));
    })
    .await;
}

#[tokio::test]
async fn a_feed_is_its_persons_and_follows_their_rights() {
    for_each_database(async |harness| {
        let panel = busy(harness).await;
        let (id, url) = feed(&panel.as_(&panel.member), None).await;
        let read = async |url: &str| {
            let response = harness.visitor().download(url).await;
            (response.status().as_u16(), response.text().await.expect("text"))
        };
        assert_eq!(events(&read(&url).await.1).len(), 3);
        // Nothing of the secret is kept, and nothing near it opens anything.
        let secret = url.rsplit_once("gtc_").expect("a secret").1.trim_end_matches(".ics").to_owned();
        assert_eq!(harness.count(panel.world.council, &format!("calendar_feed WHERE secret_hash = '{}'", &secret[64..])).await, 0);
        let other = if secret.ends_with('0') { "1" } else { "0" };
        let near = url.replace(&secret, &format!("{}{other}", &secret[..secret.len() - 1]));
        let no_council = url.replace(&secret[..32], &"0".repeat(32));
        for wrong in [near, no_council, url.replace(".ics", ""), url.replace("gtc_", "gtm_"), format!("{}/calendar/.ics", harness.url)] {
            assert_eq!(read(&wrong).await, (404, "There is no calendar at this address.".to_owned()), "{wrong}");
        }
        let mine = "{ viewer { calendarFeeds { id forum { code } } } }";
        assert_eq!(
            panel.as_(&panel.member).gql(mine, json!({})).await.data()["viewer"]["calendarFeeds"],
            json!([{ "id": id, "forum": null }])
        );
        assert_eq!(panel.as_(&panel.officer).gql(mine, json!({})).await.data()["viewer"]["calendarFeeds"], json!([]));

        // Whoever is let in no more has no calendar; let in again, they have.
        let ada = harness.person(panel.world.council, "Ada Admin", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
        for (verb, status) in [("personSuspend", 404), ("personRestore", 200)] {
            let input = format!("{}{}Input", verb[..1].to_uppercase(), &verb[1..]);
            let act = format!("mutation($input: {input}!) {{ {verb}(input: $input) {{ userErrors {{ code }} }} }}");
            let who = json!({ "id": super::people::id_of(&panel.member), "reason": "Left" });
            assert_eq!(panel.as_(&ada).gql(&act, json!({ "input": who })).await.data()[verb]["userErrors"], json!([]));
            assert_eq!(read(&url).await.0, status, "{verb}");
        }
        // Off the panel, they see nothing of it.
        let person = "query($id: ID!) { node(id: $id) { ... on Person { grants { id } } } }";
        let data = panel.as_(&ada).gql(person, json!({ "id": super::people::id_of(&panel.member) })).await.data();
        let withdraw = "mutation($input: GrantWithdrawInput!) { grantWithdraw(input: $input) { userErrors { code } } }";
        let input = json!({ "id": data["node"]["grants"][0]["id"], "reason": "Left the panel" });
        assert_eq!(panel.as_(&ada).gql(withdraw, json!({ "input": input })).await.data()["grantWithdraw"]["userErrors"], json!([]));
        let (status, text) = read(&url).await;
        assert_eq!((status, events(&text).len()), (200, 0));

        // Another's feed is nobody's else to revoke; one's own is gone at once.
        let (own, theirs) = feed(&panel.as_(&panel.officer), Some("OSP")).await;
        let revoke = "mutation($input: CalendarFeedRevokeInput!) { calendarFeedRevoke(input: $input) { revoked userErrors { code } } }";
        let tried = panel.as_(&panel.place).gql(revoke, json!({ "input": { "feed": own } })).await.data();
        assert_eq!(tried["calendarFeedRevoke"]["userErrors"][0]["code"], "FEED_NOT_FOUND");
        assert_eq!(read(&theirs).await.0, 200);
        let done = panel.as_(&panel.officer).gql(revoke, json!({ "input": { "feed": own } })).await.data();
        assert_eq!(done["calendarFeedRevoke"], json!({ "revoked": own, "userErrors": [] }));
        assert_eq!(read(&theirs).await.0, 404);
        for _ in 0..10 {
            feed(&panel.as_(&panel.officer), None).await;
        }
        let create = "mutation($input: CalendarFeedCreateInput!) { calendarFeedCreate(input: $input) { url userErrors { code } } }";
        let eleventh = panel.as_(&panel.officer).gql(create, json!({ "input": { "council": "huntingdonshire" } })).await.data();
        assert_eq!(eleventh["calendarFeedCreate"], json!({ "url": null, "userErrors": [{ "code": "TOO_MANY_FEEDS" }] }));
    })
    .await;
}

#[tokio::test]
async fn a_calendar_costs_as_many_statements_however_much_falls_in_it() {
    for_each_database(async |harness| {
        let panel = busy(harness).await;
        let (_, url) = feed(&panel.as_(&panel.place), None).await;
        let both = async || {
            calendar(&panel.as_(&panel.place), "").await;
            events(&harness.visitor().download(&url).await.text().await.expect("text")).len()
        };
        let (few, three) = harness.statements(both()).await;
        for n in 0..6 {
            panel.assigned(&format!("Question {n}?"), "2024-11-20").await;
            let plan = json!({ "council": "huntingdonshire", "forum": "OSP", "heldOn": format!("2024-12-{:02}", n + 2) });
            done(&panel.as_(&panel.officer), "meetingPlan", plan).await;
        }
        let (more, many) = harness.statements(both()).await;
        assert_eq!((many - three, few), (12, more));
    })
    .await;
}
