//! The deployment's configuration, from the `<meta>` elements of `index.html`.

use leptos::prelude::document;

/// The content of the `<meta>` with this name; `None` if it is missing or blank.
pub fn meta(name: &str) -> Option<String> {
    let meta = document().query_selector(&format!("meta[name={name}]")).ok().flatten()?;
    meta.get_attribute("content").filter(|content| !content.trim().is_empty())
}

/// The base URL of the API, not yet validated.
pub fn configured_api_base() -> Option<String> {
    meta("altostrat-api-base")
}

/// The URL of the help page about access tokens. Only `https:` URLs are accepted.
pub fn token_help() -> Option<String> {
    meta("altostrat-token-help").filter(|url| url.starts_with("https://"))
}
