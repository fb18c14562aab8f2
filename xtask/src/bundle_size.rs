//! The transfer sizes of the site by kind of file.

use std::fmt;
use std::fs;
use std::iter::Sum;
use std::ops::Add;
use std::path::Path;

use anyhow::{Context, Result};

use crate::compress::{Compressed, is_compressed};
use crate::files::files;

const KINDS: [&str; 5] = ["wasm", "js", "css", "html", LAZY];
/// The kind of the files that `index.html` does not name: the lazily loaded chunks.
const LAZY: &str = "lazy";
const PAGE: &str = "index.html";

#[derive(Clone, Copy, Default)]
pub(crate) struct Size {
    raw: usize,
    gzip: usize,
    pub(crate) brotli: usize,
}

impl Size {
    fn of(bytes: &[u8]) -> Result<Self> {
        let Compressed { gzip, brotli } = Compressed::of(bytes)?;
        Ok(Self { raw: bytes.len(), gzip: gzip.len(), brotli: brotli.len() })
    }
}

impl Add for Size {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

impl Sum for Size {
    fn sum<I: Iterator<Item = Self>>(sizes: I) -> Self {
        sizes.fold(Self::default(), Add::add)
    }
}

/// The sizes of the files in a directory, printable as a table.
pub(crate) struct Sizes(Vec<(String, Size)>);

impl Sizes {
    pub(crate) fn of(directory: &Path) -> Result<Self> {
        let page = fs::read_to_string(directory.join(PAGE)).context(PAGE)?;
        let mut kinds: Vec<_> = KINDS.map(|kind| (kind.to_owned(), Size::default())).into();
        // Compressed copies are measured with their originals.
        for path in files(directory)?.into_iter().filter(|path| !is_compressed(path)) {
            let size = Size::of(&fs::read(&path)?)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let kind = match path.extension().unwrap_or_default().to_string_lossy() {
                _ if name != PAGE && !page.contains(&*name) => LAZY.into(),
                kind => kind,
            };
            match kinds.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, total)) => *total = *total + size,
                None => kinds.push((kind.into_owned(), size)),
            }
        }
        Ok(Self(kinds))
    }

    /// The first load of the create form, which needs no lazy chunk.
    pub(crate) fn first_load(&self) -> Size {
        self.0.iter().filter(|(kind, _)| kind != LAZY).map(|(_, size)| *size).sum()
    }

    pub(crate) fn total(&self) -> Size {
        self.0.iter().map(|(_, size)| *size).sum()
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<8}{:>10}{:>10}{:>10}", "bytes", "raw", "gzip", "brotli")?;
        let sums = [("first".to_owned(), self.first_load()), ("total".to_owned(), self.total())];
        for (kind, Size { raw, gzip, brotli }) in self.0.iter().chain(&sums) {
            writeln!(f, "{kind:<8}{raw:>10}{gzip:>10}{brotli:>10}")?;
        }
        Ok(())
    }
}
