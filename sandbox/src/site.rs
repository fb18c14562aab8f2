//! The web server of the built site: content types, compression, caching, security headers, and `index.html` for the
//! app's routes.

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
use crate::oidc::authorize::issuer_url;
use crate::oidc::issuer::CLIENT_ID;
use crate::start_error::StartError;

#[derive(Debug)]
pub(crate) struct Site {
    root: PathBuf,
    api: String,
    /// Whether users sign in with the sandbox's own provider.
    has_provider: bool,
    files: Mutex<HashMap<String, Arc<File>>>,
}

/// A cached file, with its brotli form if the build made it or a client has asked for it.
#[derive(Debug)]
struct File {
    stamp: (SystemTime, u64),
    bytes: Bytes,
    brotli: OnceLock<Bytes>,
}

impl Site {
    pub(crate) fn open(root: PathBuf, api: Option<String>, has_provider: bool) -> Result<Self, StartError> {
        if !root.join("index.html").is_file() {
            return Err(StartError::NoIndex(root));
        }
        Ok(Self { root, api: api.unwrap_or_else(|| "/api".to_owned()), has_provider, files: Mutex::default() })
    }

    /// The reply for a path. `issuer` is the provider at the host that the browser uses. Blocks, because it reads and
    /// compresses files.
    fn respond(&self, path: &str, issuer: &str, brotli: bool) -> Response {
        let name = path.trim_start_matches('/');
        if name.is_empty() || name == "index.html" {
            return self.index(issuer, brotli);
        }
        match self.file(name) {
            Some(file) => send(name, &file, brotli),
            None if looks_like_a_file(name) => text(StatusCode::NOT_FOUND, "There is no such file."),
            None => self.index(issuer, brotli),
        }
    }

    fn index(&self, issuer: &str, brotli: bool) -> Response {
        let Some(file) = self.file("index.html") else {
            return text(StatusCode::NOT_FOUND, "index.html is missing. Build the site again.");
        };
        let mut page = index_html::inject_panel(&String::from_utf8_lossy(&file.bytes), &self.api);
        if self.has_provider {
            page = index_html::set_provider(&page, issuer, CLIENT_ID);
        }
        // The page has fresh tokens each time, so it is not cached.
        let page = File { stamp: file.stamp, bytes: Bytes::from(page), brotli: OnceLock::new() };
        send("index.html", &page, brotli)
    }

    fn file(&self, name: &str) -> Option<Arc<File>> {
        // Percent-encoding is not decoded, so encoded slashes and dots never leave the folder.
        if name.split('/').any(|part| part.is_empty() || part == "." || part == "..") || name.contains(['\\', '\0']) {
            return None;
        }
        let path = self.root.join(name);
        let metadata = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let stamp = (metadata.modified().ok()?, metadata.len());
        if let Some(known) = lock(&self.files).get(name).filter(|file| file.stamp == stamp) {
            return Some(known.clone());
        }
        let brotli = compressed_by_the_build(&path, stamp.0).map_or_else(OnceLock::new, OnceLock::from);
        let file = Arc::new(File { stamp, bytes: fs::read(&path).ok()?.into(), brotli });
        lock(&self.files).insert(name.to_owned(), file.clone());
        Some(file)
    }
}

pub(crate) fn router(site: Option<Arc<Site>>) -> Router {
    Router::new().fallback(async move |request: Request| {
        let Some(site) = site else {
            return text(StatusCode::NOT_FOUND, "This sandbox serves only /api and /sandbox.");
        };
        if ![Method::GET, Method::HEAD].contains(request.method()) {
            return text(StatusCode::METHOD_NOT_ALLOWED, "The site accepts only GET and HEAD.");
        }
        let (path, brotli) = (request.uri().path().to_owned(), takes_brotli(request.headers()));
        let issuer = issuer_url(request.headers());
        let response = tokio::task::spawn_blocking(move || site.respond(&path, &issuer, brotli)).await;
        response.unwrap_or_else(|_| text(StatusCode::INTERNAL_SERVER_ERROR, "The file could not be read."))
    })
}

/// Adds the security headers to a response.
pub(crate) fn with_security_headers(headers: impl IntoResponseParts, body: impl IntoResponse) -> Response {
    const SECURITY: [(&str, &str); 5] = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        // The page's <meta> holds the rest of the policy. A <meta> can't forbid frames.
        ("content-security-policy", "frame-ancestors 'none'"),
    ];
    (SECURITY, headers, body).into_response()
}

fn text(status: StatusCode, message: &'static str) -> Response {
    (status, with_security_headers([(CACHE_CONTROL, "no-cache")], message)).into_response()
}

fn send(name: &str, file: &File, brotli: bool) -> Response {
    let (kind, is_compressible) = content_type(name);
    let cache = if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, cache), (VARY, "accept-encoding")];
    if brotli && is_compressible {
        let compressed = file.brotli.get_or_init(|| compress(&file.bytes)).clone();
        return with_security_headers((headers, [(CONTENT_ENCODING, "br")]), compressed);
    }
    with_security_headers(headers, file.bytes.clone())
}

/// The compressed form that `cargo xtask dist` writes beside a file, unless it is older than the file.
fn compressed_by_the_build(path: &Path, modified: SystemTime) -> Option<Bytes> {
    let mut compressed = path.as_os_str().to_owned();
    compressed.push(".br");
    let is_current = fs::metadata(&compressed).ok()?.modified().ok()? >= modified;
    is_current.then(|| fs::read(&compressed).ok()).flatten().map(Bytes::from)
}

fn compress(bytes: &[u8]) -> Bytes {
    let (quality, window, mut compressed) = (9, 22, Vec::new());
    let settings = brotli::enc::BrotliEncoderParams { quality, lgwin: window, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &settings).expect("memory can be read and written");
    compressed.into()
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0));
        name.trim().eq_ignore_ascii_case("br") && !refused
    })
}

/// The content type of a file, and whether the file is compressible.
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

/// Whether a path names a file and not a route of the app, whose IDs may contain a dot.
fn looks_like_a_file(name: &str) -> bool {
    !name.starts_with("workspaces/") && Path::new(name).extension().is_some()
}

/// Whether a file name has a content hash of at least eight hexadecimal digits, as in `app-1a2b3c4d5e6f7a8b_bg.wasm`.
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
