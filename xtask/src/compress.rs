//! Precompressed copies of the site's files, at the highest level, for servers to send.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use flate2::{Compression, write::GzEncoder};

use crate::files::files;

/// The compressed forms of a file.
pub(crate) struct Compressed {
    pub(crate) gzip: Vec<u8>,
    pub(crate) brotli: Vec<u8>,
}

impl Compressed {
    pub(crate) fn of(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let mut brotli = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &parameters)?;
        Ok(Self { gzip: gzip.finish()?, brotli })
    }
}

/// Whether a file is a compressed copy.
pub(crate) fn is_compressed(path: &Path) -> bool {
    path.extension().is_some_and(|kind| kind == "br" || kind == "gz")
}

/// Writes a `.br` and a `.gz` copy of every file but `index.html`. Operators edit that page, and a server would keep
/// sending the old copy.
pub(crate) fn compress(directory: &Path) -> Result<()> {
    for path in files(directory)? {
        if is_compressed(&path) || path.extension().is_some_and(|kind| kind == "html") {
            continue;
        }
        let Compressed { gzip, brotli } = Compressed::of(&fs::read(&path)?)?;
        fs::write(with_suffix(&path, ".gz"), gzip)?;
        fs::write(with_suffix(&path, ".br"), brotli)?;
    }
    Ok(())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_compressed_file_decompresses_to_the_original() {
        let text = b"billing ".repeat(500);
        let Compressed { gzip, brotli } = Compressed::of(&text).unwrap();
        let (mut first, mut second) = (Vec::new(), Vec::new());
        flate2::read::GzDecoder::new(&gzip[..]).read_to_end(&mut first).unwrap();
        brotli::Decompressor::new(&brotli[..], 4096).read_to_end(&mut second).unwrap();
        assert!(first == text && second == text && brotli.len() < 100 && gzip.len() < 100);
        assert_eq!(Compressed::of(&text).unwrap().gzip, gzip, "it must have no timestamp");
    }

    #[test]
    fn the_page_and_compressed_files_are_not_compressed() {
        let home = std::env::temp_dir().join(format!("xtask-compress-{}", std::process::id()));
        fs::create_dir_all(&home).unwrap();
        for name in ["index.html", "app-1.js"] {
            fs::write(home.join(name), "text").unwrap();
        }
        compress(&home).unwrap();
        compress(&home).unwrap();
        let names: Vec<_> = files(&home).unwrap().iter().map(|path| path.file_name().unwrap().to_owned()).collect();
        fs::remove_dir_all(&home).unwrap();
        assert_eq!(names, ["app-1.js", "app-1.js.br", "app-1.js.gz", "index.html"]);
    }
}
