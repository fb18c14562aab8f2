//! The module that comes later, as a file of the site: with a hash in its name as the others have, and with its checksum
//! in the page. Trunk knows of one module only.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

/// With what the name of its file begins.
const NAME: &str = "lazy-";

/// Puts what `bind` has written into `site`.
pub(crate) fn put(module: &Path, site: &Path) -> Result<()> {
    let bytes = fs::read(module).with_context(|| module.display().to_string())?;
    let page = site.join("index.html");
    let text = fs::read_to_string(&page).with_context(|| page.display().to_string())?;
    let (name, meta) = named(&bytes);
    fs::write(site.join(name), bytes)?;
    let (head, body) = text.split_once("</head>").context("a page without a head")?;
    Ok(fs::write(page, format!("{head}{meta}</head>{body}"))?)
}

/// Whether a file of a site is that module.
pub(crate) fn is_lazy(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(NAME))
}

/// The name of the file, and what `boot.js` looks for. No link: a browser would load it at once.
fn named(module: &[u8]) -> (String, String) {
    let hash = Sha384::digest(module);
    let name: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let name = format!("{NAME}{name}.wasm");
    let integrity = STANDARD.encode(hash);
    let meta = format!(r#"<meta name="lazy-module" content="/{name}" data-integrity="sha384-{integrity}">"#);
    (name, meta)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_knows_its_name_and_its_checksum() {
        let (name, meta) = named(b"abc");
        assert_eq!(name, "lazy-cb00753f45a35e8b.wasm");
        assert_eq!(
            meta,
            "<meta name=\"lazy-module\" content=\"/lazy-cb00753f45a35e8b.wasm\" data-integrity=\"sha384-\
             ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn\">"
        );
    }
}
