//! The front door: requests as a frontend sends them.

use reqwest::multipart::{Form, Part};
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::Harness;
use crate::operations::operation;

/// Somebody's way in; nobody's without a token.
pub struct Client<'a> {
    pub harness: &'a Harness,
    /// Where it goes in: one node of the service.
    pub(crate) url: String,
    pub(crate) http: reqwest::Client,
    pub(crate) token: Option<String>,
}

impl<'a> Client<'a> {
    /// The same way in, with a token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Client<'a> {
        Client { harness: self.harness, url: self.url.clone(), http: self.http.clone(), token: Some(token.to_owned()) }
    }

    /// The same somebody, at another node.
    #[must_use]
    pub fn at(&self, url: &str) -> Client<'a> {
        Client { harness: self.harness, url: url.to_owned(), http: self.http.clone(), token: self.token.clone() }
    }
}

/// What a GraphQL request was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    /// The data of an answer without errors.
    ///
    /// # Panics
    /// On errors, which it shows.
    #[track_caller]
    pub fn data(self) -> Value {
        assert!(self.body.get("errors").is_none(), "{:#}", self.body);
        self.body["data"].clone()
    }

    /// The codes of the errors, in order.
    #[must_use]
    pub fn codes(&self) -> Vec<String> {
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        errors.iter().map(|e| e["extensions"]["code"].as_str().unwrap_or("(none)").to_owned()).collect()
    }

    /// The first error's message.
    #[must_use]
    pub fn message(&self) -> &str {
        self.body["errors"][0]["message"].as_str().unwrap_or_default()
    }
}

impl Client<'_> {
    /// Sends a document of one's own.
    pub async fn gql(&self, query: &str, variables: Value) -> Answer {
        answer(self.post("/graphql").json(&json!({ "query": query, "variables": variables }))).await
    }

    /// Sends a document and answers the id of the request with the answer.
    ///
    /// # Panics
    /// When the request cannot be sent.
    pub async fn gql_told(&self, query: &str, variables: Value) -> (Answer, String) {
        let request = self.post("/graphql").json(&json!({ "query": query, "variables": variables }));
        let response = request.header("accept", "application/graphql-response+json").send().await.expect("is answered");
        let id = response.headers()["x-request-id"].to_str().expect("an id").to_owned();
        (Answer { status: response.status().as_u16(), body: response.json().await.expect("answers in JSON") }, id)
    }

    /// The person its token names, where it says so itself.
    #[must_use]
    pub fn person(&self) -> Option<Uuid> {
        #[derive(serde::Deserialize)]
        struct Says {
            sub: Uuid,
        }
        let token = self.token.as_ref()?;
        jsonwebtoken::dangerous::insecure_decode::<Says>(token).ok().map(|said| said.claims.sub)
    }

    /// Whether its token is the platform operator's, who belongs to no council.
    #[must_use]
    pub fn is_operator(&self) -> bool {
        #[derive(serde::Deserialize)]
        struct Says {
            council: Option<Uuid>,
        }
        let said = |token: &String| jsonwebtoken::dangerous::insecure_decode::<Says>(token).ok();
        self.token.as_ref().and_then(said).is_some_and(|said| said.claims.council.is_none())
    }

    /// Sends one of the project's documents by its name.
    pub async fn run(&self, name: &str, variables: Value) -> Answer {
        self.gql(operation(name), variables).await
    }

    /// Sends one of the project's documents, with a file for `input.file`, as the multipart request specification says.
    ///
    /// # Panics
    /// When the request cannot be sent.
    pub async fn run_with_file(&self, name: &str, variables: Value, file_name: &str, bytes: Vec<u8>) -> Answer {
        self.gql_with_file(operation(name), variables, "file", (file_name, bytes)).await
    }

    /// Sends a document of one's own with a file, by its name and bytes, for a field of `input`.
    ///
    /// # Panics
    /// When the request cannot be sent.
    pub async fn gql_with_file(&self, query: &str, mut variables: Value, field: &str, (file_name, bytes): (&str, Vec<u8>)) -> Answer {
        variables["input"][field] = Value::Null;
        let operations = json!({ "query": query, "variables": variables }).to_string();
        let form = Form::new()
            .text("operations", operations)
            .text("map", json!({ "0": [format!("variables.input.{field}")] }).to_string())
            .part("0", Part::bytes(bytes).file_name(file_name.to_owned()));
        answer(self.post("/graphql").header("graphql-require-preflight", "1").multipart(form)).await
    }

    /// Sends a workbook to `/uploads`, as it is.
    ///
    /// # Panics
    /// When the request cannot be sent.
    pub async fn upload(&self, file_name: &str, bytes: Vec<u8>) -> Response {
        self.post("/uploads").query(&[("name", file_name)]).body(bytes).send().await.expect("is answered")
    }

    /// Fetches a file by the address it was given.
    ///
    /// # Panics
    /// When the request cannot be sent.
    pub async fn download(&self, url: &str) -> Response {
        let url = if url.starts_with('/') { format!("{}{url}", self.url) } else { url.to_owned() };
        self.http.get(url).send().await.expect("is answered")
    }

    /// A request to a path, signed.
    pub fn post(&self, path: &str) -> RequestBuilder {
        self.signed(self.http.post(format!("{}{path}", self.url)))
    }

    /// A request to a path, signed.
    pub fn get(&self, path: &str) -> RequestBuilder {
        self.signed(self.http.get(format!("{}{path}", self.url)))
    }

    /// What a socket is opened with.
    #[must_use]
    pub fn credentials(&self) -> Value {
        self.token.as_ref().map_or(json!({}), |token| json!({ "Authorization": format!("Bearer {token}") }))
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
}

/// Sends a GraphQL request and reads its answer. The newer media type tells real status codes.
///
/// # Panics
/// When what comes back is not JSON.
pub async fn answer(request: RequestBuilder) -> Answer {
    let response = request.header("accept", "application/graphql-response+json").send().await.expect("is answered");
    Answer { status: response.status().as_u16(), body: response.json().await.expect("answers in JSON") }
}
