//! How periods are written in workbooks and queries.

impl std::str::FromStr for super::Period {
    type Err = String;

    fn from_str(_text: &str) -> Result<Self, Self::Err> {
        Err(String::new())
    }
}
