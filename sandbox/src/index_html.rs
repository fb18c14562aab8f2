//! Rewrites the site's `index.html`: sets the API base and the provider, and adds a panel with demo tokens. Its script
//! adds "Try it as Olivia (owner) …" to the app's form for a token.
//!
//! Invariant: the panel has no inline script or style, so that the page's Content-Security-Policy permits it.

use std::fmt::Write;
use std::ops::Range;

use crate::auth::Demo;
use crate::oidc::authorize::USERS;

/// Sets the API base of a page and adds the panel.
pub(crate) fn inject_panel(page: &str, api: &str) -> String {
    let mut page = page.to_owned();
    set_meta(&mut page, "altostrat-api-base", api);
    permit_requests(&mut page, api);
    // HTML permits omitting the closing tags, and minifiers do so.
    let end = page.to_ascii_lowercase().rfind("</body").unwrap_or(page.len());
    page.insert_str(end, &panel());
    page
}

/// Configures a page to sign users in with a provider.
pub(crate) fn set_provider(page: &str, issuer: &str, client_id: &str) -> String {
    let mut page = page.to_owned();
    set_meta(&mut page, "altostrat-oidc-issuer", issuer);
    set_meta(&mut page, "altostrat-oidc-client-id", client_id);
    permit_requests(&mut page, issuer);
    page
}

/// Sets the content of a `<meta>`, if the page has it.
fn set_meta(page: &mut String, name: &str, content: &str) {
    if let Some(value) = meta_content(page, name) {
        page.replace_range(value, &format!("\"{content}\""));
    }
}

/// Permits requests to the origin of a URL in the page's policy. A path is on the page's own origin.
fn permit_requests(page: &mut String, url: &str) {
    if let Some((scheme, rest)) = url.split_once("://") {
        let origin = format!("{scheme}://{}", rest.split('/').next().unwrap_or_default());
        *page = page.replacen("connect-src 'self'", &format!("connect-src 'self' {origin}"), 1);
    }
}

/// The position of the content of a `<meta>` in the page, quotes included.
fn meta_content(page: &str, name: &str) -> Option<Range<usize>> {
    let wanted_name = name;
    let lower = page.to_ascii_lowercase();
    lower.match_indices("<meta").find_map(|(start, tag)| {
        let attributes = attributes(page, start + tag.len());
        let find = |wanted: &str| attributes.iter().find(|(name, _)| page[name.clone()].eq_ignore_ascii_case(wanted));
        let (_, name) = find("name")?;
        let is_wanted = page[name.clone()].trim_matches(['"', '\'']) == wanted_name;
        is_wanted.then(|| find("content").map(|(_, value)| value.clone())).flatten()
    })
}

/// The positions of the names and values of a tag's attributes; `from` is the end of the tag's name.
fn attributes(page: &str, from: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let bytes = page.as_bytes();
    let until = |at: usize, stop: &dyn Fn(u8) -> bool| {
        bytes[at..].iter().position(|b| stop(*b)).map_or(bytes.len(), |length| at + length)
    };
    let blank = |b: u8| b.is_ascii_whitespace();
    let mut found = Vec::new();
    let mut at = from;
    loop {
        at = until(at, &|b| !blank(b) && b != b'/');
        if at >= bytes.len() || bytes[at] == b'>' {
            return found;
        }
        let name = at..until(at + 1, &|b| blank(b) || matches!(b, b'=' | b'>' | b'/'));
        at = until(name.end, &|b| !blank(b));
        if bytes.get(at) != Some(&b'=') {
            continue;
        }
        let start = until(at + 1, &|b| !blank(b));
        at = match bytes.get(start) {
            Some(quote @ (b'"' | b'\'')) => (until(start + 1, &|b| b == *quote) + 1).min(bytes.len()),
            _ => until(start, &|b| blank(b) || b == b'>'),
        };
        found.push((name, start..at));
    }
}

fn panel() -> String {
    let mut rows = String::new();
    for who in Demo::ALL {
        let (name, label, description, token) = (who.name(), who.label(), who.description(), who.token());
        let demo_user = if USERS.contains(&who) {
            format!(r#" data-demo-user="{} ({name})""#, who.first_name())
        } else {
            String::new()
        };
        // No escaping needed: these are fixed words and tokens of base64url and dots.
        write!(
            rows,
            r#"<li{demo_user}><p id="sandbox-{name}"><strong>{label}</strong>: {description}</p><input readonly autocomplete="off" spellcheck="false" aria-labelledby="sandbox-{name}" value="{token}"><button type="button" aria-describedby="sandbox-{name}" data-sandbox-use>Use this token</button></li>"#
        )
        .expect("a string takes any text");
    }
    format!(
        r#"<aside class="sandbox" aria-label="Sandbox"><link rel="stylesheet" href="/sandbox/panel.css"><details><summary>Sandbox: demo tokens</summary><ul>{rows}</ul></details><p>Memory only: all data is lost when the sandbox stops.</p><p role="status"></p><script type="module" src="/sandbox/panel.js"></script></aside>"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_api_base_is_set_however_the_tag_is_written() {
        for tag in [
            r#"<meta name="altostrat-api-base" content="https://v1.api.altostrat.io">"#,
            r#"<meta content='https://v1.api.altostrat.io' name='altostrat-api-base' />"#,
            r#"<meta name=altostrat-api-base content=https://v1.api.altostrat.io>"#,
            r#"<META content = "a > b"  NAME=altostrat-api-base>"#,
        ] {
            let page =
                inject_panel(&format!("<head><meta charset=utf-8>{tag}<title>x</title></head><body></body>"), "/api");
            assert_eq!(page.matches(r#""/api""#).count(), 1, "{page}");
            assert!(!page.contains("v1.api") && page.contains("<title>x</title>"), "{page}");
            assert_eq!(
                meta_content(&page, "altostrat-api-base").map(|value| page[value].to_owned()).as_deref(),
                Some(r#""/api""#),
                "{page}"
            );
        }
    }

    #[test]
    fn the_provider_is_set_and_permitted() {
        let page = r#"<meta content="connect-src 'self'; x"><meta name="altostrat-oidc-issuer" content=""><meta name="altostrat-oidc-client-id" content="">"#;
        assert_eq!(
            set_provider(page, "http://127.0.0.1:8080/oidc", "app"),
            r#"<meta content="connect-src 'self' http://127.0.0.1:8080; x"><meta name="altostrat-oidc-issuer" content="http://127.0.0.1:8080/oidc"><meta name="altostrat-oidc-client-id" content="app">"#
        );
    }

    #[test]
    fn other_meta_elements_are_not_changed() {
        let head = r#"<meta name="description" content="altostrat-api-base"><meta name=viewport content="width=1">"#;
        assert!(inject_panel(&format!("{head}<body></body>"), "/api").starts_with(head));
        assert!(
            inject_panel("<meta name=altostrat-api-base", "/api").starts_with("<meta name=altostrat-api-base<aside")
        );
    }

    #[test]
    fn the_panel_is_the_last_element_of_the_body() {
        assert!(inject_panel("<body><main></main></BODY></html>", "/api").ends_with("</aside></BODY></html>"));
        assert!(inject_panel("<p>No closing tag", "/api").ends_with("</aside>"));
    }

    #[test]
    fn each_role_can_be_tried_with_one_press() {
        let panel = panel();
        let users: Vec<_> =
            panel.split(r#"data-demo-user=""#).skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(users, ["Olivia (owner)", "Adam (admin)", "Vera (viewer)"]);
    }

    #[test]
    fn the_panel_has_no_inline_code_and_no_named_fields() {
        let panel = panel();
        assert_eq!(panel.matches("<script").count(), 1);
        assert!(panel.contains(r#"<script type="module" src="/sandbox/panel.js"></script>"#));
        assert!(![" style=", "<style", " onclick", " name="].iter().any(|part| panel.contains(part)), "{panel}");
    }
}
