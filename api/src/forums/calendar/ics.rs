//! A calendar as calendar programs read it (RFC 5545). The same entries are the same bytes.

use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use super::entries::{Entry, EntryKind};

/// Who made it, as the standard wants it said.
const PRODUCT: &str = "-//Golden Thread//Calendar//EN";
/// How often programs are asked to come again.
const REFRESH: &str = "PT6H";
/// Most characters of a title.
const TITLE_MAX: usize = 300;

/// A council's calendar, or a forum's, by name.
pub fn calendar(council: &str, name: &str, entries: &[Entry]) -> String {
    let mut calendar = Calendar::empty();
    let properties =
        [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH"), ("X-PUBLISHED-TTL", REFRESH)];
    for (key, value) in properties {
        calendar.append_property(Property::new(key, value));
    }
    let refresh = Property::new("REFRESH-INTERVAL", REFRESH).add_parameter("VALUE", "DURATION").done();
    calendar.append_property(refresh);
    // Not `NAME` besides: the library leaves commas in it as they are, which the standard does not.
    calendar.append_property(Property::new("X-WR-CALNAME", plain(name)));
    for entry in entries {
        calendar.push(event(council, entry));
    }
    calendar.to_string()
}

/// All day, of one day: without an end, as the standard says it.
fn event(council: &str, entry: &Entry) -> Event {
    // The same thing keeps its id wherever it is moved to, in everybody's feed.
    let uid = format!("{}-{}@{council}.goldenthread", entry.kind.code().to_lowercase().replace('_', "-"), entry.of);
    let mut event = Event::with_uid(&uid);
    event.timestamp(entry.recorded_at).last_modified(entry.recorded_at).starts(entry.day).summary(&plain(&entry.title));
    event.status(if entry.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    event.add_property("TRANSP", "TRANSPARENT");
    event.add_property("CATEGORIES", entry.kind.words());
    if let Some(meeting) = &entry.meeting {
        event.sequence(u32::try_from(meeting.revision).unwrap_or_default());
    }
    let said = [
        entry.period.filter(|_| entry.kind == EntryKind::Meeting).map(|period| format!("Looks at {}.", period.words())),
        entry
            .meeting
            .as_ref()
            .filter(|_| entry.papers)
            .and_then(|meeting| meeting.agenda_reference.as_ref())
            .map(|reference| format!("Agenda: {reference}.")),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    if !said.is_empty() {
        event.description(&plain(&said.join(" ")));
    }
    event.done()
}

/// One line, without control characters.
fn plain(text: &str) -> String {
    let words: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").chars().take(TITLE_MAX).collect()
}
