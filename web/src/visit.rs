//! What a visitor asked with, as the schema's side finds it in a request, and as templates find it.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, Uri};
use minijinja::Value;
use minijinja::value::Object;

use crate::language::{Language, direction};
use crate::parameters::{Parameters, known};

/// What a page's visitor asked with; travels with the GraphQL request as data, so that the server finds viewer and language
/// in it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The headers.
    pub headers: HeaderMap,
    /// The address.
    pub uri: Uri,
    /// What the server noted of the request, e.g. who connected; the pages know nothing of it.
    pub extensions: Extensions,
}

/// A visit of a page: what was asked, read once.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    /// What was asked with.
    pub asked: Asked,
    /// What stands behind the question mark.
    pub parameters: Parameters,
    /// The language that the page speaks.
    pub language: Language,
    /// Whether the address holds a secret.
    pub has_secret: bool,
}

impl Visit {
    /// The path that was asked for.
    pub fn path(&self) -> &str {
        self.asked.uri.path()
    }

    /// Whether the browser has a cookie, which may be good or not.
    pub fn has_cookie(&self, name: &str) -> bool {
        let lines = self.asked.headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('=')).any(|(own, _)| own == name)
    }

    /// The value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name)
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let parameters = Parameters::of(&parts.uri);
        let language = Language::negotiated(parameters.get("locale"), &parts.headers);
        Ok(Self {
            asked: Asked { headers: parts.headers.clone(), uri: parts.uri.clone(), extensions: parts.extensions.clone() },
            parameters,
            language,
            has_secret: false,
        })
    }
}

/// In templates: `visit.language`, `visit.dir`, `visit.path`, `visit.has_secret`, and every parameter by its name, empty where it was not given.
impl Object for Visit {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str()? {
            "language" => Some(self.language.tag().into()),
            "dir" => Some(direction(self.language.tag()).into()),
            "path" => Some(self.path().into()),
            "has_secret" => Some(self.has_secret.into()),
            name => known(name).map(|name| self.parameter(name).unwrap_or_default().into()),
        }
    }
}
