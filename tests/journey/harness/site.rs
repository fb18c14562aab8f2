//! The built site, and copies of it that a story may damage.

use std::fs;
use std::path::{Path, PathBuf};

use super::driver::ScratchFolder;

/// The folder of the built site.
pub(crate) fn dist() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dist = root.join(std::env::var_os("DIST").unwrap_or_else(|| "dist".into()));
    let built = dist.join("index.html").is_file();
    assert!(built, "{}/ is missing: run `cargo xtask test`, which builds it", dist.display());
    dist
}

/// A copy of the built site that a story may change. Deleted when dropped.
pub(crate) struct SiteCopy(ScratchFolder);

impl SiteCopy {
    pub(crate) fn of_dist() -> Self {
        let copy = Self(ScratchFolder::new());
        for entry in fs::read_dir(dist()).expect("dist can be listed") {
            let path = entry.expect("dist can be listed").path();
            fs::copy(&path, copy.folder().join(path.file_name().expect("a file has a name"))).expect("a copy");
        }
        copy
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.0.0.clone()
    }

    /// The only file with this prefix and suffix around its content hash.
    pub(crate) fn file(&self, prefix: &str, suffix: &str) -> PathBuf {
        let names = fs::read_dir(&self.0.0).expect("the copy can be listed");
        let paths = names.map(|entry| entry.expect("the copy can be listed").path());
        let matches = |name: &str| name.starts_with(prefix) && name.ends_with(suffix);
        let found: Vec<_> =
            paths.filter(|path| path.file_name().is_some_and(|name| matches(&name.to_string_lossy()))).collect();
        let [file] = &found[..] else { panic!("expected one file {prefix}…{suffix}, found {found:?}") };
        file.clone()
    }

    /// Configures the site to sign users in with a provider, as `cargo xtask dist --oidc-issuer` does.
    pub(crate) fn set_provider(&self, issuer: &str, client_id: &str) {
        let index = self.file("index", ".html");
        let mut page = fs::read_to_string(&index).expect("the page is read");
        for (before, after) in [
            ("oidc-issuer\" content=\"", issuer.to_owned()),
            ("oidc-client-id\" content=\"", client_id.to_owned()),
            ("connect-src 'self'", format!(" {issuer}")),
        ] {
            assert_eq!(page.matches(before).count(), 1, "the page has “{before}” once");
            page = page.replace(before, &(before.to_owned() + &after));
        }
        fs::write(index, page).expect("the page is written");
    }

    pub(crate) fn second_chunk(&self) -> PathBuf {
        self.file("split_second_chunk", ".wasm")
    }
}

/// What happens to the bytes of a file: other bytes, or `None` for a missing file.
pub(crate) type Damage = fn(&[u8]) -> Option<Vec<u8>>;

/// Flips one bit of a letter in the middle, so that a script still parses.
pub(crate) fn flip_one_bit(original: &[u8]) -> Option<Vec<u8>> {
    let mut changed = original.to_vec();
    let middle = original.len() / 2;
    let letter = middle + original[middle..].iter().position(u8::is_ascii_lowercase)?;
    changed[letter] ^= 1;
    Some(changed)
}

/// Deletes the file.
pub(crate) fn delete(_: &[u8]) -> Option<Vec<u8>> {
    None
}

/// Puts an HTML page in place of the file, as a server does that answers every URL with the app.
pub(crate) fn replace_with_html(_: &[u8]) -> Option<Vec<u8>> {
    Some(b"<!DOCTYPE html><title>A page</title>".to_vec())
}

/// Appends a comment: the program is the same, but its hash differs.
pub(crate) fn append_comment(original: &[u8]) -> Option<Vec<u8>> {
    Some([original, b"//"].concat())
}

/// Writes the damaged file, or removes it.
pub(crate) fn write_damaged(file: &Path, original: &[u8], damage: Damage) {
    match damage(original) {
        Some(changed) => fs::write(file, changed).expect("the file is written"),
        None => fs::remove_file(file).expect("the file is removed"),
    }
}

/// A script that answers the request for the second chunk with this expression. In it, `real(what, ...how)` is the
/// browser's own `fetch`.
pub(crate) fn answer_chunk_with(expression: &str) -> String {
    let fetch = "const real = fetch;
        window.fetch = (what, ...how) => /split_second_chunk/.test(what) ? ANSWER : real(what, ...how);";
    fetch.replace("ANSWER", expression)
}
