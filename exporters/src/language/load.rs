//! Looks at a language's file when it is loaded, so that printing cannot fail.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use unic_langid::LanguageIdentifier;

use crate::text;

/// What messages begin with that a file has for itself, for its others to refer to.
const OWN: &str = "own-";
/// Most faults that are told at once.
const FAULTS_MAX: usize = 100;
/// Most characters of a sheet's name in a workbook, and what it may not hold.
const SHEET_NAME_MAX: usize = 31;
const NOT_IN_SHEET_NAMES: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];

/// What can be printed: the messages, and those of them without variables.
type Loaded = (FluentBundle<FluentResource>, HashMap<String, String>);

/// The variables of each message of a file, those of messages it refers to among them.
type Variables = BTreeMap<String, BTreeSet<String>>;

/// Parses `text` and holds it against the English messages.
pub(super) fn load(language: LanguageIdentifier, text: &str, english: &str) -> Result<Loaded, Vec<String>> {
    let resource = parsed(text)?;
    let wanted = variables(&parsed(english)?).0;
    let (found, mut faults) = variables(&resource);
    let mut fault = |words: String| {
        if faults.len() < FAULTS_MAX {
            faults.push(words);
        }
    };
    for (id, allowed) in &wanted {
        match found.get(id) {
            None => fault(format!("the message {id} is missing")),
            Some(used) => {
                for name in used.difference(allowed) {
                    fault(format!("the message {id} uses ${name}, which it is not given"));
                }
            }
        }
    }
    for id in found.keys().filter(|id| !wanted.contains_key(*id) && !id.starts_with(OWN)) {
        fault(format!("the message {id} is not one this product prints"));
    }
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Marks of direction around variables would stand in cells as characters nobody sees.
    bundle.set_use_isolating(false);
    if let Err(errors) = bundle.add_resource(resource) {
        errors.iter().for_each(|error| fault(error.to_string()));
    }
    let mut plain = HashMap::new();
    let known = |id: &String, allowed: &BTreeSet<String>| found.get(id).is_some_and(|used| used.is_subset(allowed));
    for (id, allowed) in wanted.iter().filter(|(id, allowed)| known(id, allowed)) {
        match sample(&bundle, id, allowed) {
            None => {}
            Some(Err(why)) => fault(format!("the message {id} cannot be printed: {why}")),
            Some(Ok(words)) => {
                plain.insert(id.clone(), words);
            }
        }
    }
    for words in unfit(&plain) {
        fault(words);
    }
    plain.retain(|id, _| wanted.get(id).is_some_and(BTreeSet::is_empty));
    if faults.is_empty() { Ok((bundle, plain)) } else { Err(faults) }
}

fn parsed(text: &str) -> Result<FluentResource, Vec<String>> {
    FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| {
        let line = |at: usize| text.get(..at).map_or(0, |before| before.matches('\n').count()) + 1;
        errors.iter().take(FAULTS_MAX).map(|e| format!("line {}: {}", line(e.pos.start), e.kind)).collect()
    })
}

/// Every message with its variables, and what no file may have.
fn variables(resource: &FluentResource) -> (Variables, Vec<String>) {
    let (mut own, mut refers, mut faults) = (Variables::new(), BTreeMap::<String, BTreeSet<String>>::new(), Vec::new());
    for entry in resource.entries() {
        let (id, pattern, is_message) = match entry {
            Entry::Message(message) => (message.id.name.to_owned(), message.value.as_ref(), true),
            Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), false),
            _ => continue,
        };
        let mut seen = Seen::default();
        if let Some(pattern) = pattern {
            seen.pattern(pattern);
        }
        faults.extend(seen.functions.iter().map(|name| format!("the message {id} calls {name}: functions are not used here")));
        refers.insert(id.clone(), seen.messages);
        if is_message || !seen.variables.is_empty() {
            own.insert(id, seen.variables);
        }
    }
    for (id, others) in &refers {
        let lost = others.iter().filter(|other| !refers.contains_key(*other));
        faults.extend(lost.map(|other| format!("the message {id} refers to {other}, which is not there")));
    }
    // A reference brings its variables with it; a chain of them is as long as there are messages at most.
    for _ in 0..refers.len().min(16) {
        for (id, others) in &refers {
            let brought: BTreeSet<String> = others.iter().filter_map(|other| own.get(other)).flatten().cloned().collect();
            if let Some(variables) = own.get_mut(id) {
                variables.extend(brought);
            }
        }
    }
    own.retain(|id, _| !id.starts_with('-'));
    (own, faults)
}

#[derive(Default)]
struct Seen {
    variables: BTreeSet<String>,
    messages: BTreeSet<String>,
    functions: BTreeSet<String>,
}

impl Seen {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                variants.iter().for_each(|variant| self.pattern(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.messages.insert(id.name.to_owned());
            }
            InlineExpression::TermReference { id, .. } => {
                self.messages.insert(format!("-{}", id.name));
            }
            InlineExpression::FunctionReference { id, .. } => {
                self.functions.insert(id.name.to_owned());
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }
}

/// Numbers that choose each plural form there is, in Welsh too.
const COUNTS: [u32; 7] = [0, 1, 2, 3, 5, 6, 12];

/// A message as printed with its variables' names for their values; none where it is missing, which is told already.
fn sample(bundle: &FluentBundle<FluentResource>, id: &str, variables: &BTreeSet<String>) -> Option<Result<String, String>> {
    let message = bundle.get_message(id)?;
    let Some(pattern) = message.value() else { return Some(Err("it has no text".to_owned())) };
    let mut errors = Vec::new();
    let mut print = |value: &dyn Fn(&str) -> FluentValue<'static>| {
        let mut args = FluentArgs::new();
        for name in variables {
            args.set(name.clone(), value(name));
        }
        text::clean(&bundle.format_pattern(pattern, Some(&args), &mut errors))
    };
    let words = print(&|name| FluentValue::from(name.to_owned()));
    let mut empty = words.is_empty();
    for count in COUNTS.iter().filter(|_| !variables.is_empty()) {
        empty |= print(&|_| FluentValue::from(*count)).is_empty();
    }
    Some(match errors.first() {
        Some(error) => Err(error.to_string()),
        None if empty => Err("it has no text".to_owned()),
        None => Ok(words),
    })
}

/// Messages a workbook could not hold: names of sheets it refuses, and headings of one table that are the same.
fn unfit(words: &HashMap<String, String>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut taken: HashMap<(&str, String), &str> = HashMap::new();
    let mut ids: Vec<&String> = words.keys().collect();
    ids.sort();
    for id in ids {
        let said = &words[id];
        let set = match id.split('-').next() {
            Some(set @ ("sheet" | "column" | "return")) => set,
            _ => continue,
        };
        if set == "sheet"
            && (said.chars().count() > SHEET_NAME_MAX
                || said.contains(NOT_IN_SHEET_NAMES)
                || said.starts_with('\'')
                || said.ends_with('\''))
        {
            faults.push(format!("the message {id} cannot name a sheet: at most {SHEET_NAME_MAX} characters, and none of [ ] : * ? / \\"));
        }
        if let Some(other) = taken.insert((set, said.to_lowercase()), id) {
            faults.push(format!("the messages {other} and {id} read the same, and must differ"));
        }
    }
    faults
}
