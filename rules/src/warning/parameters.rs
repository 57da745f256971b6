//! How a rule is set: named whole numbers, each with its bounds.

use std::collections::BTreeMap;

use super::Kind;

/// Something of a rule that a council can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// The name it is stored and sent under.
    pub name: &'static str,
    /// What a person reads.
    pub label: &'static str,
    /// What it is unless set.
    pub default: u32,
    /// The least it can be.
    pub least: u32,
    /// The most it can be.
    pub most: u32,
}

/// Why a setting cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterFault {
    /// The rule has no parameter of the name.
    Unknown {
        /// The rule.
        kind: Kind,
        /// What was given.
        name: String,
    },
    /// It is less than the least or more than the most.
    OutOfBounds {
        /// The parameter.
        parameter: Parameter,
        /// What was given.
        given: i64,
    },
    /// The same name was given more than once.
    Twice {
        /// The parameter.
        parameter: Parameter,
    },
}

impl std::fmt::Display for ParameterFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown { kind, name } => match kind.parameters() {
                [] => write!(f, "{:?} has nothing to set, and {name:?} was given", kind.words()),
                known => {
                    let known: Vec<&str> = known.iter().map(|parameter| parameter.name).collect();
                    write!(f, "{:?} has no parameter {name:?}; it has {}", kind.words(), known.join(", "))
                }
            },
            Self::OutOfBounds { parameter: Parameter { name, label, least, most, .. }, given } => {
                write!(f, "{name} ({label}) is {given}; it can be from {least} to {most}")
            }
            Self::Twice { parameter } => write!(f, "{} ({}) is given more than once", parameter.name, parameter.label),
        }
    }
}

impl std::error::Error for ParameterFault {}

/// A rule with all its parameters set: what was not given has its default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters {
    kind: Kind,
    values: BTreeMap<&'static str, u32>,
}

impl Parameters {
    /// A rule set as given.
    ///
    /// # Errors
    /// Every fault of what was given, in its order.
    pub fn of<'a>(kind: Kind, given: impl IntoIterator<Item = (&'a str, i64)>) -> Result<Self, Vec<ParameterFault>> {
        let mut parameters = Self::default_of(kind);
        let (mut faults, mut seen) = (Vec::new(), Vec::new());
        for (name, value) in given {
            let Some(parameter) = kind.parameters().iter().find(|parameter| parameter.name == name) else {
                faults.push(ParameterFault::Unknown { kind, name: name.to_owned() });
                continue;
            };
            if seen.contains(&parameter.name) {
                faults.push(ParameterFault::Twice { parameter: *parameter });
                continue;
            }
            seen.push(parameter.name);
            match u32::try_from(value) {
                Ok(value) if (parameter.least..=parameter.most).contains(&value) => {
                    parameters.values.insert(parameter.name, value);
                }
                _ => faults.push(ParameterFault::OutOfBounds { parameter: *parameter, given: value }),
            }
        }
        if faults.is_empty() { Ok(parameters) } else { Err(faults) }
    }

    /// A rule with the defaults of all its parameters.
    #[must_use]
    pub fn default_of(kind: Kind) -> Self {
        Self { kind, values: kind.parameters().iter().map(|parameter| (parameter.name, parameter.default)).collect() }
    }

    /// Which rule.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// What a parameter is set to; None where the rule has none of the name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<u32> {
        self.values.get(name).copied()
    }

    /// All of them, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u32)> + '_ {
        self.values.iter().map(|(name, value)| (*name, *value))
    }

    /// A parameter that waits for so many periods or days: 1 where the rule has none of the name.
    pub(super) fn at_least(&self, name: &str) -> u32 {
        self.get(name).unwrap_or(1)
    }
}
