//! The built site, as any static host with a fallback to `index.html` serves it: types, compression, caching and the
//! security headers. What is put into `index.html` stands in `index_html`.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::SystemTime;

use axum::Router;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, IntoResponseParts, Response};

use crate::index_html;
use crate::lock::lock;
use crate::start_error::StartError;

#[derive(Debug)]
pub(crate) struct Site {
    root: PathBuf,
    api: String,
    files: Mutex<HashMap<String, Arc<File>>>,
}

/// A file as it was read, and its brotli once somebody wanted it.
#[derive(Debug)]
struct File {
    stamp: (SystemTime, u64),
    bytes: Bytes,
    brotli: OnceLock<Bytes>,
}

impl Site {
    pub(crate) fn open(root: PathBuf, api: Option<String>) -> Result<Self, StartError> {
        if !root.join("index.html").is_file() {
            return Err(StartError::NoIndex(root));
        }
        Ok(Self { root, api: api.unwrap_or_else(|| "/api".to_owned()), files: Mutex::default() })
    }

    /// Blocks: it reads files and compresses them.
    fn answer(&self, path: &str, brotli: bool) -> Response {
        let name = path.trim_start_matches('/');
        if name.is_empty() || name == "index.html" {
            return self.index(brotli);
        }
        match self.file(name) {
            Some(file) => send(name, &file, brotli),
            None if looks_like_a_file(name) => text(StatusCode::NOT_FOUND, "There is no such file."),
            None => self.index(brotli),
        }
    }

    fn index(&self, brotli: bool) -> Response {
        let Some(file) = self.file("index.html") else {
            return text(StatusCode::NOT_FOUND, "index.html is gone; it is there again after the next build.");
        };
        let page = index_html::inject_panel(&String::from_utf8_lossy(&file.bytes), &self.api);
        // It holds fresh tokens, so it is another page each time: compressed now, and not kept.
        let page = File { stamp: file.stamp, bytes: Bytes::from(page), brotli: OnceLock::new() };
        send("index.html", &page, brotli)
    }

    fn file(&self, name: &str) -> Option<Arc<File>> {
        // Never decoded, so an encoded slash or dot is a name that does not exist.
        if name.split('/').any(|part| part.is_empty() || part == "." || part == "..") || name.contains(['\\', '\0']) {
            return None;
        }
        let path = self.root.join(name);
        let about = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let stamp = (about.modified().ok()?, about.len());
        if let Some(known) = lock(&self.files).get(name).filter(|file| file.stamp == stamp) {
            return Some(known.clone());
        }
        let file = Arc::new(File { stamp, bytes: fs::read(&path).ok()?.into(), brotli: OnceLock::new() });
        lock(&self.files).insert(name.to_owned(), file.clone());
        Some(file)
    }
}

pub(crate) fn router(site: Option<Arc<Site>>) -> Router {
    Router::new().fallback(async move |request: Request| {
        let Some(site) = site else {
            return text(StatusCode::NOT_FOUND, "No site is served here: only /api and /sandbox.");
        };
        if ![Method::GET, Method::HEAD].contains(request.method()) {
            return text(StatusCode::METHOD_NOT_ALLOWED, "The site is only for reading.");
        }
        let (path, brotli) = (request.uri().path().to_owned(), takes_brotli(request.headers()));
        let answer = tokio::task::spawn_blocking(move || site.answer(&path, brotli)).await;
        answer.unwrap_or_else(|_| text(StatusCode::INTERNAL_SERVER_ERROR, "The file could not be read."))
    })
}

/// The headers that go with everything a browser loads from here.
pub(crate) fn with_security_headers(headers: impl IntoResponseParts, body: impl IntoResponse) -> Response {
    const SECURITY: [(&str, &str); 5] = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        // The rest of the policy is the page's own; this part a <meta> cannot say.
        ("content-security-policy", "frame-ancestors 'none'"),
    ];
    (SECURITY, headers, body).into_response()
}

fn text(status: StatusCode, message: &'static str) -> Response {
    (status, with_security_headers([(CACHE_CONTROL, "no-cache")], message)).into_response()
}

fn send(name: &str, file: &File, brotli: bool) -> Response {
    let (kind, packs) = content_type(name);
    let cache = if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, cache), (VARY, "accept-encoding")];
    if brotli && packs {
        let packed = file.brotli.get_or_init(|| compress(&file.bytes)).clone();
        return with_security_headers((headers, [(CONTENT_ENCODING, "br")]), packed);
    }
    with_security_headers(headers, file.bytes.clone())
}

fn compress(bytes: &[u8]) -> Bytes {
    let (quality, window, mut packed) = (9, 22, Vec::new());
    let settings = brotli::enc::BrotliEncoderParams { quality, lgwin: window, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &settings).expect("memory can be read and written");
    packed.into()
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let wanted = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    wanted.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0));
        name.trim().eq_ignore_ascii_case("br") && !refused
    })
}

/// The type, and whether compressing helps.
fn content_type(name: &str) -> (&'static str, bool) {
    match Path::new(name).extension().and_then(|extension| extension.to_str()) {
        Some("html") => ("text/html; charset=utf-8", true),
        Some("js" | "mjs") => ("text/javascript; charset=utf-8", true),
        Some("css") => ("text/css; charset=utf-8", true),
        Some("wasm") => ("application/wasm", true),
        Some("json" | "map") => ("application/json", true),
        Some("webmanifest") => ("application/manifest+json", true),
        Some("svg") => ("image/svg+xml", true),
        Some("txt") => ("text/plain; charset=utf-8", true),
        Some("ico") => ("image/x-icon", true),
        Some("png") => ("image/png", false),
        Some("jpg" | "jpeg") => ("image/jpeg", false),
        Some("webp") => ("image/webp", false),
        Some("woff2") => ("font/woff2", false),
        _ => ("application/octet-stream", false),
    }
}

/// An id in a page's path may hold a dot.
fn looks_like_a_file(name: &str) -> bool {
    !name.starts_with("workspaces/") && Path::new(name).extension().is_some()
}

/// `app-1a2b3c4d5e6f7a8b_bg.wasm`: Trunk puts at least eight hexadecimal digits between the name and the ending.
fn is_hashed(name: &str) -> bool {
    name.split(['/', '-', '_', '.']).any(|part| {
        part.len() >= 8
            && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
            && part.bytes().any(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_content_hash_are_immutable() {
        assert!(is_hashed("app-1a2b3c4d5e6f7a8b_bg.wasm") && is_hashed("main-0123abcd.css"));
        assert!(!["index.html", "boot.js", "app_bg.wasm", "feedface.js", "20x20.png"].into_iter().any(is_hashed));
    }

    #[test]
    fn accept_encoding_is_parsed() {
        let accepts = |value: &'static str| {
            takes_brotli(&HeaderMap::from_iter([(ACCEPT_ENCODING, value.parse().expect("a header"))]))
        };
        assert!(accepts("gzip, deflate, br, zstd") && accepts("BR;q=0.5"));
        assert!(!accepts("gzip") && !accepts("br;q=0") && !accepts("brotli") && !takes_brotli(&HeaderMap::new()));
    }
}
