//! What a forum asked, in sentences for the Cover.

use rules::question::State;

use crate::language::tell;
use crate::pack::PackQuestion;
use crate::reading::Read;
use crate::text;

/// Most questions printed in full under one heading; the rest are counted.
const PRINTED_MAX: usize = 40;

/// Each question with what is known of its answer, in two paragraphs; the rest are counted.
pub(crate) fn said(read: &Read, asked: &[PackQuestion]) -> Vec<String> {
    let mut said: Vec<String> =
        asked.iter().take(PRINTED_MAX).flat_map(|question| [words(read, question), answer(read, question)]).collect();
    if asked.len() > PRINTED_MAX {
        said.push(tell!(read.language, "changes-more", n = asked.len() - PRINTED_MAX));
    }
    said
}

/// Its number, who asked it when, what it is about and what is asked.
fn words(read: &Read, of: &PackQuestion) -> String {
    let language = read.language;
    let (kind, day) = (language.word("asked-kind", of.kind.code()), language.day(of.asked_on));
    let who = text::said(of.asked_by.as_deref());
    let number = of.number.to_string();
    let head = match (&who, text::said(of.about.as_deref())) {
        (Some(who), Some(about)) => {
            tell!(language, "asked-by-about", kind = kind, number = number, who = who.as_str(), day = day, about = about)
        }
        (Some(who), None) => tell!(language, "asked-by", kind = kind, number = number, who = who.as_str(), day = day),
        (None, Some(about)) => tell!(language, "asked-about", kind = kind, number = number, day = day, about = about),
        (None, None) => tell!(language, "asked-on", kind = kind, number = number, day = day),
    };
    tell!(language, "asked-words", head = head, words = text::clean(&of.words))
}

/// Who answers by when, or what was answered.
fn answer(read: &Read, of: &PackQuestion) -> String {
    let language = read.language;
    let answered = of.answer.as_ref().map(|answer| {
        let day = language.day(answer.on);
        match text::said(answer.words.as_deref()) {
            Some(words) => tell!(language, "answered", day = day, words = words),
            None => tell!(language, "answered-kept", day = day),
        }
    });
    let mut parts: Vec<String> = answered.into_iter().collect();
    if of.state == State::Answered {
        parts.push(language.say("answer-not-accepted").to_owned());
    }
    if of.state == State::Returned {
        parts.push(match text::said(of.returned.as_deref()) {
            Some(words) => tell!(language, "answer-returned-words", words = words),
            None => language.say("answer-returned").to_owned(),
        });
    }
    if of.state.waits_for_an_answer() {
        let who = text::said(of.answers.as_deref());
        parts.push(match (who, of.due_on.map(|day| language.day(day))) {
            (Some(who), Some(day)) if of.overdue => tell!(language, "answer-overdue", who = who, day = day),
            (Some(who), Some(day)) => tell!(language, "answer-due", who = who, day = day),
            _ => language.say("answer-of-nobody").to_owned(),
        });
    }
    parts.join(" ")
}
