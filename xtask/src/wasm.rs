//! Re-encodes a WebAssembly module for the site: without custom sections, and with the shortest form of each number.
//!
//! The linker writes numbers that it may relocate with five bytes, and only wasm-bindgen, which does not see the chunks,
//! shortens them.

use std::convert::Infallible;

use anyhow::Result;
use wasm_encoder::Module;
use wasm_encoder::reencode::{Error, Reencode};
use wasmparser::{CustomSectionReader, Parser};

/// Re-encodes a module without the custom sections (function names, relocations, producers), which browsers ignore.
pub(crate) fn compact(module: &[u8]) -> Result<Vec<u8>> {
    let mut compacted = Module::new();
    WithoutCustomSections.parse_core_module(&mut compacted, Parser::new(0), module)?;
    Ok(compacted.finish())
}

struct WithoutCustomSections;

impl Reencode for WithoutCustomSections {
    type Error = Infallible;

    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader<'_>) -> Result<(), Error<Infallible>> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &[u8] = b"\0asm\x01\0\0\0";

    #[test]
    fn a_module_loses_custom_sections_and_long_numbers() {
        // A section with the type of a function without parameters and results, and a custom section between.
        let long =
            [HEADER, b"\x00\x08\x04name\x00\x01\x00", b"\x01\x88\x80\x00\x81\x80\x80\x80\x00\x60\x00\x00"].concat();
        let short = [HEADER, b"\x01\x04\x01\x60\x00\x00"].concat();
        assert_eq!(compact(&long).unwrap(), short);
        assert_eq!(compact(&short).unwrap(), short);
    }

    #[test]
    fn bytes_that_are_not_a_whole_module_are_rejected() {
        assert!(compact(b"<!doctype html>").is_err());
        assert!(compact(&[HEADER, b"\x01\x04\x01\x60\x00"].concat()).is_err());
    }
}
