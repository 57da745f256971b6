//! The limits there are.

/// One limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    RequestBytes,
    DocumentBytes,
    Batch,
    Files,
    Tokens,
    Nesting,
    Fields,
    Depth,
    Introspections,
    IntrospectionLists,
    Aliases,
    Directives,
    DirectivesOfField,
    Complexity,
    Values,
    OperationSeconds,
    HeadSeconds,
    BodySeconds,
    StallSeconds,
    OperationsOfActor,
    OperationsOfAddress,
    Connections,
    ConnectionsOfAddress,
    Sockets,
    SocketsOfActor,
    SocketsOfAddress,
    SocketOperations,
    SocketInitSeconds,
    SocketSilenceSeconds,
}

/// What is to be known of a limit.
#[derive(Debug)]
pub struct Row {
    pub limit: Limit,
    /// What `--limit` calls it.
    pub name: &'static str,
    /// Its value unless an installation says otherwise.
    pub default: u64,
    /// What an installation may set it to.
    pub least: u64,
    pub most: u64,
    /// What is counted, in which unit.
    pub counts: &'static str,
    /// How a request beyond it ends: the status over HTTP, or the code a socket is closed with.
    pub ends: &'static str,
    /// What the client is told, with `{n}` for the limit: what it passed and what to change.
    pub says: &'static str,
}

/// A limit that an installation may turn off says so by taking 0.
pub const OFF: u64 = 0;

macro_rules! rows {
    ($($limit:ident $name:literal $default:literal ($least:literal..$most:literal) $counts:literal, $ends:literal, $says:literal;)*) => {
        /// Every limit, in the order a request meets them.
        pub const TABLE: [Row; [$($name),*].len()] = [$(Row {
            limit: Limit::$limit,
            name: $name,
            default: $default,
            least: $least,
            most: $most,
            counts: $counts,
            ends: $ends,
            says: $says,
        }),*];
    };
}

rows! {
    RequestBytes "request-bytes" 1_048_576 (4_096..16_777_216) "Bytes of a JSON request, of a message on a socket, and of `operations` in a multipart request", "413; socket 1009", "A request is {n} bytes at most: send large values in parts, and files by multipart or to /uploads.";
    DocumentBytes "document-bytes" 131_072 (4_096..1_048_576) "Bytes of a document, strings and comments included", "400", "A document is {n} bytes at most: send long texts as variables.";
    Batch "batch" 1 (1..1) "Operations of one request", "400", "Send one operation a request; batches are not taken.";
    Files "files" 1 (1..1) "Files of one multipart request", "400", "Send one file a request.";
    Tokens "tokens" 20_000 (500..200_000) "Tokens of a document: names, values, brackets", "400", "A document holds {n} tokens at most: send values as variables, and ask in smaller parts.";
    Nesting "nesting" 64 (20..64) "Brackets of a document inside one another: selections, lists and objects", "400", "Brackets stand {n} deep in one another at most: ask in smaller parts, and send values as variables.";
    Fields "fields" 5_000 (200..50_000) "Fields of a document once its fragments are written out", "400", "The document asks for more than {n} fields: ask in smaller parts.";
    Depth "depth" 20 (15..60) "Fields inside one another; GraphiQL's own question needs 15", "400", "Fields stand {n} deep in one another at most: ask for what is further down by its id, with `node`.";
    Introspections "introspections" 5 (1..100) "Times a document asks what the schema is, with `__schema` or `__type`", "400", "A document asks for the schema {n} times at most.";
    IntrospectionLists "introspection-lists" 1 (1..3) "Lists of a type's fields, interfaces or possible types inside one another; GraphiQL's own question needs 1", "400", "Below `__schema`, fields and types are listed {n} deep at most: ask for a type with `__type`, by its name.";
    Aliases "aliases" 500 (1..50_000) "Fields of a document under another name, once its fragments are written out", "400", "A document gives {n} fields another name at most: ask for lists by their connections, and in smaller parts.";
    Directives "directives" 200 (1..50_000) "Directives of a document", "400", "A document has {n} directives at most: leave fields out that are not wanted.";
    DirectivesOfField "directives-of-field" 5 (1..50) "Directives of one field", "400", "A field has {n} directives at most.";
    Complexity "complexity" 400_000 (1_000..100_000_000) "Fields of the answer, every list counted by the page or span asked for; a Scorecard of 500 indicators with 12 periods each has under 250,000", "400", "The answer could have more than {n} fields: ask for smaller pages (`first`), shorter spans (`last`) or fewer fields.";
    Values "values" 100_000 (100..10_000_000) "Values in the variables of an operation, those inside lists and objects counted each", "400", "Variables hold {n} values at most: send them in parts.";
    OperationSeconds "operation-seconds" 60 (1..3_600) "Seconds one operation may take", "504", "The operation took longer than {n} seconds and was given up: ask in smaller parts.";
    HeadSeconds "head-seconds" 75 (1..3_600) "Seconds until a request's head is there, and a connection may be idle; longer than proxies keep theirs", "closed", "A request's head is there within {n} seconds.";
    BodySeconds "body-seconds" 60 (1..3_600) "Seconds until a request's body is there", "408", "A request is there within {n} seconds: send it again, over a faster line or in parts.";
    StallSeconds "stall-seconds" 20 (1..3_600) "Seconds without a byte of a body that was announced, or without room for one of an answer", "408 or closed", "Nothing came for {n} seconds: send the request again.";
    OperationsOfActor "operations-per-actor" 1_200 (0..1_000_000) "Operations and uploads of one person, machine token or operator, a minute; 0 for no limit", "429", "You sent more than {n} operations within a minute: wait as long as `Retry-After` says, and ask for more in one.";
    OperationsOfAddress "operations-per-address" 6_000 (0..1_000_000) "Requests and operations from one network address, a minute, a council's whole office counted as one; 0 for no limit", "429", "More than {n} requests came from your network within a minute: wait as long as `Retry-After` says.";
    Connections "connections" 4_096 (16..1_000_000) "Connections of a node", "closed", "A node takes {n} connections.";
    ConnectionsOfAddress "connections-per-address" 512 (1..1_000_000) "Connections from one address; not counted behind trusted proxies, whose address they all have", "closed", "One address has {n} connections at most.";
    Sockets "sockets" 2_048 (1..1_000_000) "WebSockets of a node", "503", "This node has {n} sockets open: try again in a minute.";
    SocketsOfActor "sockets-per-actor" 20 (1..10_000) "WebSockets of one person, machine token or operator", "socket 4429", "You have {n} sockets open: watch over one of them.";
    SocketsOfAddress "sockets-per-address" 500 (1..100_000) "WebSockets from one network address", "429", "{n} sockets are open from your network: close one first.";
    SocketOperations "socket-operations" 50 (1..10_000) "Operations under way at once on one socket, subscriptions among them", "error message", "A socket has {n} operations under way at once: complete one first.";
    SocketInitSeconds "socket-init-seconds" 10 (1..600) "Seconds until `connection_init` is there", "socket 4408", "Connection initialisation timeout";
    SocketSilenceSeconds "socket-silence-seconds" 60 (1..3_600) "Seconds of silence on a socket, in which a client answered no ping either", "socket 4408", "Nothing came for {n} seconds, not even an answer to a ping";
}

impl Limit {
    /// What is to be known of it.
    pub const fn row(self) -> &'static Row {
        // The table stands in the order of the list: a test holds it to that.
        &TABLE[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_finds_its_own_row_and_has_one_name() {
        for (at, row) in TABLE.iter().enumerate() {
            assert_eq!((row.limit as usize, row.limit), (at, TABLE[at].limit), "{}", row.name);
            assert!(row.least <= row.default && row.default <= row.most, "{}", row.name);
            assert_eq!(TABLE.iter().filter(|other| other.name == row.name).count(), 1, "{}", row.name);
        }
        assert_eq!(Limit::SocketSilenceSeconds as usize + 1, TABLE.len());
    }
}
