//! Reading a GraphQL request from an address or a body: one request, never a list of them.

use std::collections::HashMap;

use async_graphql::{Request, Variables};
use axum::body::Body;
use axum::http::Uri;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::receive::{self, NotReceived};
use super::rejection::{Malformed, Rejection};
use crate::config::Limits;

/// Reads the parameters of an address. Those that GraphQL does not know, e.g. `locale`, are not its business.
///
/// # Errors
/// What is wrong with them.
pub fn from_address(uri: &Uri) -> Result<Request, Rejection> {
    let mut parameters: HashMap<String, String> = HashMap::new();
    for (name, value) in url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
        let Some(known) = ["query", "operationName", "variables", "extensions"].into_iter().find(|known| *known == name) else { continue };
        if parameters.insert(name.into_owned(), value.into_owned()).is_some() {
            return Err(Rejection::Malformed(Malformed::Parameter(known)));
        }
    }
    let query = parameters.remove("query").ok_or(Rejection::Malformed(Malformed::Query))?;
    let json = |name: &'static str| match parameters.get(name).map(String::as_str) {
        None | Some("") => Ok(Value::Null),
        Some(text) => serde_json::from_str(text).map_err(|_| Rejection::Malformed(Malformed::Parameter(name))),
    };
    let name = parameters.get("operationName").filter(|name| !name.is_empty()).cloned().map_or(Value::Null, Value::String);
    assemble(query, name, json("variables")?, &json("extensions")?)
}

/// Whether an address has a query, and not only a reader who came to look.
#[must_use]
pub fn has_query(uri: &Uri) -> bool {
    url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).any(|(name, _)| name == "query")
}

/// Takes a body in and reads it.
///
/// # Errors
/// What is wrong with it.
pub async fn from_body(body: Body, limits: &Limits) -> Result<Request, Rejection> {
    let body = receive::whole(body, limits).await.map_err(|why| match why {
        NotReceived::TooLarge => Rejection::TooLarge(limits.body_bytes),
        NotReceived::TooSlow => Rejection::TooSlow,
        NotReceived::Broken => Rejection::Malformed(Malformed::Body),
        NotReceived::NoRoom => Rejection::Busy,
    })?;
    from_object(serde_json::from_slice(&body).map_err(|_| Rejection::Malformed(Malformed::Body))?)
}

/// Reads a request that came as a JSON object.
///
/// # Errors
/// What is wrong with it.
pub fn from_object(mut object: Map<String, Value>) -> Result<Request, Rejection> {
    let mut take = |name| object.remove(name).unwrap_or(Value::Null);
    let Value::String(query) = take("query") else { return Err(Rejection::Malformed(Malformed::Query)) };
    assemble(query, take("operationName"), take("variables"), &take("extensions"))
}

fn assemble(query: String, operation_name: Value, variables: Value, extensions: &Value) -> Result<Request, Rejection> {
    let wrong = |name| Rejection::Malformed(Malformed::Parameter(name));
    let mut request = Request::new(query);
    request.operation_name = match operation_name {
        Value::Null => None,
        Value::String(name) => Some(name),
        _ => return Err(wrong("operationName")),
    };
    request.variables = match variables {
        Value::Null => Variables::default(),
        variables @ Value::Object(_) => Variables::deserialize(variables).map_err(|_| wrong("variables"))?,
        _ => return Err(wrong("variables")),
    };
    // There is no extension that we know, but a client may send some.
    match extensions {
        Value::Null | Value::Object(_) => Ok(request),
        _ => Err(wrong("extensions")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn body(text: &str) -> Result<Request, Rejection> {
        from_body(Body::from(text.to_owned()), &Limits::default()).await
    }

    #[tokio::test]
    async fn a_body_is_one_object_of_known_types() {
        let request = body(r#"{"query":"{a}","operationName":"Q","variables":{"a":1},"extensions":null,"more":[]}"#).await.unwrap();
        assert_eq!((request.query.as_str(), request.operation_name.as_deref()), ("{a}", Some("Q")));
        assert_eq!(request.variables.len(), 1);
        let refused = |what| Rejection::Malformed(what);
        for (text, what) in [
            ("", Malformed::Body),
            (r#"["{a}"]"#, Malformed::Body),
            (r#"[{"query":"{a}"}]"#, Malformed::Body),
            (r#"{"query":1}"#, Malformed::Query),
            ("{}", Malformed::Query),
            (r#"{"query":"{a}","variables":[]}"#, Malformed::Parameter("variables")),
            (r#"{"query":"{a}","operationName":1}"#, Malformed::Parameter("operationName")),
            (r#"{"query":"{a}","extensions":"x"}"#, Malformed::Parameter("extensions")),
        ] {
            assert_eq!(body(text).await.unwrap_err(), refused(what), "{text}");
        }
        assert_eq!(body(&" ".repeat(1024 * 1024 + 1)).await.unwrap_err(), Rejection::TooLarge(1024 * 1024));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_does_not_end_is_given_up() {
        let endless = futures_util::stream::pending::<Result<axum::body::Bytes, std::io::Error>>();
        let refused = from_body(Body::from_stream(endless), &Limits::default()).await.unwrap_err();
        assert_eq!(refused, Rejection::TooSlow);
    }

    #[test]
    fn an_address_carries_the_same_parameters() {
        let read = |query: &str| from_address(&format!("/graphql?{query}").parse().unwrap());
        let request = read("query=%7Ba%7D&operationName=Q&variables=%7B%22a%22%3A1%7D&locale=tr").unwrap();
        assert_eq!((request.query.as_str(), request.operation_name.as_deref()), ("{a}", Some("Q")));
        assert_eq!(read("query=a&query=b").unwrap_err(), Rejection::Malformed(Malformed::Parameter("query")));
        assert_eq!(read("variables={}").unwrap_err(), Rejection::Malformed(Malformed::Query));
        assert_eq!(read("query=a&variables=x").unwrap_err(), Rejection::Malformed(Malformed::Parameter("variables")));
    }
}
