//! The cookie that holds a browser's session.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

use crate::config::Config;

/// Seconds for which a browser keeps it, which is as long as browsers keep any: when the session ends is for us to say.
const KEPT: u32 = 400 * 24 * 60 * 60;

/// Its name. Where we are reached by HTTPS, one that browsers take from nobody but this very host.
#[must_use]
pub fn name(config: &Config) -> &'static str {
    if is_secure(config) { "__Host-miso_session" } else { "miso_session" }
}

/// The secret that a browser sends.
#[must_use]
pub fn read<'a>(config: &Config, headers: &'a HeaderMap) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(own, _)| *own == name(config)).map(|(_, secret)| secret).filter(|secret| !secret.is_empty())
}

/// What gives a browser its session.
#[must_use]
pub fn given(config: &Config, secret: &str) -> Option<HeaderValue> {
    written(config, secret, KEPT)
}

/// What takes it away.
#[must_use]
pub fn taken(config: &Config) -> Option<HeaderValue> {
    written(config, "", 0)
}

fn written(config: &Config, secret: &str, seconds: u32) -> Option<HeaderValue> {
    let secure = if is_secure(config) { "; Secure" } else { "" };
    let text = format!("{}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", name(config));
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn is_secure(config: &Config) -> bool {
    config.public_url.starts_with("https:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_found_among_others_and_kept_from_scripts_and_other_sites() {
        let config = Config { public_url: "https://miso.example".to_owned(), ..Config::default() };
        let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static("a=b; miso_session=x; __Host-miso_session=secret"))]);
        assert_eq!(read(&config, &headers), Some("secret"));
        assert_eq!(read(&Config::default(), &headers), Some("x"));
        let given = given(&config, "s").unwrap();
        assert_eq!(given, "__Host-miso_session=s; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(taken(&Config::default()).unwrap(), "miso_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    }
}
