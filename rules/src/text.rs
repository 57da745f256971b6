//! Closed sets of words: one spelling for the database, the API, workbooks' machine columns and messages.

/// A text that is none of a closed set's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    /// The set that was asked, for instance `Polarity`.
    pub set: &'static str,
    /// What was given.
    pub word: String,
}

impl std::fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} is not one of the words of {}", self.word, self.set)
    }
}

impl std::error::Error for UnknownWord {}

/// What every closed set has: its members, their codes and their words.
pub trait ClosedSet: Copy + 'static {
    /// Every member, in the order a list shows them.
    const ALL: &'static [Self];
    /// The code that is stored and sent.
    fn code(self) -> &'static str;
    /// The words a person reads and types.
    fn words(self) -> &'static str;
}

/// Declares a closed set: each member with the code that is stored and sent (`HIGHER_IS_BETTER`) and the
/// words a person reads and types (`Higher`). `FromStr` accepts either, whatever the case.
#[macro_export]
macro_rules! closed_set {
    ($(#[$meta:meta])* $name:ident { $($(#[$member_meta:meta])* $member:ident = $code:literal, $words:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$member_meta])* $member,)+ }

        impl $name {
            /// Every member, in the order a list shows them.
            pub const ALL: &'static [Self] = &[$(Self::$member,)+];

            /// The code that is stored and sent.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$member => $code,)+ }
            }

            /// The words a person reads and types.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$member => $words,)+ }
            }
        }

        impl $crate::text::ClosedSet for $name {
            const ALL: &'static [Self] = Self::ALL;

            fn code(self) -> &'static str {
                self.code()
            }

            fn words(self) -> &'static str {
                self.words()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::text::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                let word = word.trim();
                Self::ALL
                    .iter()
                    .copied()
                    .find(|m| m.code().eq_ignore_ascii_case(word) || m.words().eq_ignore_ascii_case(word))
                    .ok_or_else(|| $crate::text::UnknownWord { set: stringify!($name), word: word.to_owned() })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(d)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
