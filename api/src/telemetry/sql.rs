//! What may be said of a statement: what it does, and to which table. Never its text, which may hold what people wrote, nor a value.

/// The first words of statements the service sends; others are `OTHER`.
const VERBS: [&str; 8] = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "SET", "NOTIFY", "COPY"];
/// A name that is longer is none of ours.
const TABLE_CHARACTERS_MAX: usize = 63;
/// Words looked at for the table: it comes early, but for long lists of columns.
const WORDS_MAX: usize = 400;

/// A statement, summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary<'a> {
    pub verb: &'static str,
    /// The first table it names.
    pub table: Option<&'a str>,
}

impl<'a> Summary<'a> {
    pub fn of(sql: &'a str) -> Self {
        let mut words = sql.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',')).filter(|word| !word.is_empty());
        let first = words.next().unwrap_or_default();
        let Some(verb) = VERBS.into_iter().find(|verb| first.eq_ignore_ascii_case(verb)) else {
            return Self { verb: "OTHER", table: None };
        };
        if verb == "UPDATE" {
            return Self { verb, table: words.next().and_then(table) };
        }
        let mut words = words.take(WORDS_MAX);
        let named = |word: &str| word.eq_ignore_ascii_case("FROM") || word.eq_ignore_ascii_case("INTO");
        Self { verb, table: words.find(|word| named(word)).and_then(|_| words.next()).and_then(table) }
    }

    /// `SELECT indicator_version`.
    pub fn text(&self) -> String {
        self.table.map_or_else(|| self.verb.to_owned(), |table| format!("{} {table}", self.verb))
    }
}

/// A word, where it is a table's name.
fn table(word: &str) -> Option<&str> {
    let name = word.trim_matches(['"', '`', ';']);
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    (!name.is_empty() && name.len() <= TABLE_CHARACTERS_MAX && name.bytes().all(plain)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_summed_up_and_its_values_are_not_told() {
        let cases = [
            ("SELECT p.name FROM person p JOIN council c ON c.id = p.council_id", "SELECT person"),
            ("INSERT INTO \"job\" (\"id\", \"kind\") VALUES ($1, $2)", "INSERT job"),
            ("UPDATE job SET state = 'RUNNING'", "UPDATE job"),
            ("DELETE FROM `upload` WHERE id = 'x'", "DELETE upload"),
            ("with active as (select council_id from job)\nupdate job set x = 1", "WITH job"),
            ("SET LOCAL lock_timeout = 10000", "SET"),
            ("SELECT set_config($1, $2, true)", "SELECT"),
            ("SELECT * FROM (SELECT 1) AS x", "SELECT"),
            ("SELECT * FROM 'Secret Value'", "SELECT"),
            ("EXPLAIN SELECT 1 FROM person", "OTHER"),
            ("", "OTHER"),
        ];
        for (sql, text) in cases {
            assert_eq!(Summary::of(sql).text(), text, "{sql}");
        }
    }
}
