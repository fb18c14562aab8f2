//! The configuration of the deployment, which `<meta>` elements of `index.html` hold.

use leptos::prelude::document;

/// The content of the `<meta>` of this name; `None` when it is missing or blank.
pub fn meta(name: &str) -> Option<String> {
    let meta = document().query_selector(&format!("meta[name={name}]")).ok().flatten()?;
    meta.get_attribute("content").filter(|content| !content.trim().is_empty())
}

/// The base URL of the API, unchecked.
pub fn configured_api_base() -> Option<String> {
    meta("altostrat-api-base")
}

/// The page that explains where to find an access token: an `https:` URL.
pub fn token_help() -> Option<String> {
    meta("altostrat-token-help").filter(|url| url.starts_with("https://"))
}
