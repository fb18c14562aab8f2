//! The policy and headers of `index.html` and of the server configurations in `deploy/` agree.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const NGINX: &str = "deploy/nginx.conf";
const DIRECT: &str = "deploy/nginx-direct.conf";
const CADDY: &str = "deploy/Caddyfile";
/// The directive that a `<meta>` can't set.
const NO_FRAMES: &str = "; frame-ancestors 'none'";
const API: &str = " https://v1.api.altostrat.io";

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn policy_of_page() -> String {
    let page = read("index.html");
    let (_, rest) =
        page.split_once("http-equiv=\"Content-Security-Policy\" content=\"").expect("the page has a policy");
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// The headers that a configuration sends with every reply, by lower-case name.
fn headers(file: &str) -> BTreeMap<String, String> {
    let text = read(file);
    let block = |line: &str| match file {
        CADDY => line.strip_prefix("\t\t").map(str::to_owned),
        _ => line.strip_prefix("    add_header ").map(|rest| rest.trim_end_matches(';').to_owned()),
    };
    // In the Caddyfile they are the first block of the site.
    let lines = text.lines().skip_while(|line| file == CADDY && *line != "\theader {");
    let lines = lines.take_while(|line| file != CADDY || *line != "\t}");
    let headers = lines.filter_map(block).filter_map(|line| {
        let (name, value) = line.split_once(' ')?;
        let value = value.trim_end_matches(" always").trim_matches('"').to_owned();
        // Skips the headers that depend on the file.
        (!value.contains('$') && name != "Vary").then(|| (name.to_lowercase(), value))
    });
    headers.collect()
}

#[test]
fn the_policy_allows_nothing_that_is_not_needed() {
    assert_eq!(
        policy_of_page(),
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:; \
         connect-src 'self' https://v1.api.altostrat.io; base-uri 'none'; form-action 'none'"
    );
}

#[test]
fn every_configuration_sends_the_page_policy_and_forbids_frames() {
    let (page, name) = (policy_of_page(), "content-security-policy");
    assert_eq!(headers(DIRECT)[name], page.clone() + NO_FRAMES);
    // In these configurations the API has the site's origin.
    let same_origin = page.replace(API, "") + NO_FRAMES;
    assert_eq!(headers(NGINX)[name], same_origin);
    assert_eq!(headers(CADDY)[name], same_origin);
}

#[test]
fn every_configuration_sends_the_same_headers() {
    let nginx = headers(NGINX);
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("strict-transport-security", "max-age=31536000"),
    ] {
        assert_eq!(nginx.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert_eq!(headers(CADDY), nginx);
    let mut direct = headers(DIRECT);
    direct.insert("content-security-policy".to_owned(), nginx["content-security-policy"].clone());
    assert_eq!(direct, nginx);
}

#[test]
fn both_nginx_configurations_serve_the_site_alike() {
    let (nginx, direct) = (read(NGINX), read(DIRECT));
    let mut lines = nginx.lines();
    for line in direct.lines().filter(|line| !line.starts_with('#') && !line.contains("Content-Security-Policy")) {
        assert!(lines.any(|other| other == line), "missing from nginx.conf, or in another order: {line}");
    }
}

#[test]
fn the_proxy_passes_each_api_request_unchanged_and_once() {
    let nginx = read(NGINX);
    for line in [
        "proxy_pass https://altostrat$api_uri;",
        "proxy_next_upstream off;",
        // On HTTP/1.1 browsers may repeat a request by themselves (SECURITY.md).
        "listen 443 ssl http2;",
        "proxy_ssl_server_name on;",
        "proxy_ssl_verify on;",
        "proxy_set_header Host v1.api.altostrat.io;",
        "proxy_set_header Cookie \"\";",
    ] {
        assert!(nginx.lines().any(|other| other.trim() == line), "{line}");
    }
    assert!(!read(CADDY).lines().any(|line| line.trim().starts_with("lb_")));
}

#[test]
fn the_page_has_no_inline_script_or_style() {
    let page = read("index.html");
    let tags = page.split('<').filter(|tag| tag.starts_with("script"));
    for tag in tags {
        assert!(tag.contains(" src=") && tag.ends_with('>'), "<{tag}");
    }
    assert!(!page.contains("<style") && !page.contains(" style="), "{page}");
    let handlers: Vec<_> =
        page.split_whitespace().filter(|part| part.starts_with("on") && part.contains("=\"")).collect();
    assert!(handlers.is_empty(), "{handlers:?}");
    let policy = page.find("Content-Security-Policy").expect("there is a policy");
    assert!(page.find("<link").is_some_and(|first| policy < first), "the policy must come before the first link");
}
