//! A small built site on disk.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use super::TestServer;

const PAGE: &str = r#"<!DOCTYPE html><html><head><meta http-equiv="Content-Security-Policy" content="script-src 'self'; style-src 'self'"><meta name="altostrat-api-base" content="https://v1.api.altostrat.io"></head><body><main></main></body></html>"#;
pub(crate) const SCRIPT: &str = "app-1a2b3c4d5e6f7a8b.js";
pub(crate) const WASM: &str = "app-0123456789abcdef_bg.wasm";

/// A temporary folder with a small site, removed on drop.
pub(crate) struct BuiltSite(pub(crate) PathBuf);

impl BuiltSite {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("sandbox-site-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let dist = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(dist.0.join("fonts")).expect("a folder");
        for (file, text) in [
            ("index.html", PAGE.to_owned()),
            (SCRIPT, "export const answer = 42;\n".repeat(100)),
            (WASM, "\0asm".repeat(100)),
            ("boot.js", "start();".to_owned()),
            ("fonts/text.woff2", "font".to_owned()),
            ("LICENSE", "MIT".to_owned()),
        ] {
            dist.write(file, &text);
        }
        dist
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        fs::write(self.0.join(file), text).expect("written");
    }

    pub(crate) async fn serve(&self) -> TestServer {
        TestServer::with_site(Some(self.0.clone())).await
    }
}

impl Drop for BuiltSite {
    fn drop(&mut self) {
        // A failure leaves only a temporary folder behind.
        _ = fs::remove_dir_all(&self.0);
    }
}
