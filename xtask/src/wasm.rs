//! Strips custom sections from a WebAssembly module (WebAssembly Core Specification, "Binary Format").

const CUSTOM: u8 = 0;

/// Removes the custom sections (function names, relocations, producers), which browsers ignore. `None` if the bytes are
/// not a module.
pub(crate) fn strip_custom_sections(module: &[u8]) -> Option<Vec<u8>> {
    let header = b"\0asm\x01\0\0\0";
    let mut rest = module.strip_prefix(header)?;
    let mut stripped = header.to_vec();
    while let Some((&id, tail)) = rest.split_first() {
        let (size, tail) = read_size(tail)?;
        let (_, tail) = tail.split_at_checked(size)?;
        let (section, tail) = rest.split_at(rest.len() - tail.len());
        if id != CUSTOM {
            stripped.extend(section);
        }
        rest = tail;
    }
    Some(stripped)
}

/// Reads an unsigned LEB128 number of at most 32 bits; returns it with the remaining bytes.
fn read_size(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0u64;
    for (index, &byte) in bytes.iter().enumerate().take(5) {
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((usize::try_from(value).ok()?, &bytes[index + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(sections: &[(u8, &[u8])]) -> Vec<u8> {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        for (id, content) in sections {
            let size = content.len();
            // Always two bytes, as compilers do for sizes that they fill in later.
            module.extend([*id, (size & 0x7f) as u8 | 0x80, (size >> 7) as u8]);
            module.extend(*content);
        }
        module
    }

    #[test]
    fn only_custom_sections_are_removed() {
        let long = [1; 300];
        let whole = module(&[(0, b"\x04name\x00\x01"), (1, &long), (0, b"\x09producers"), (10, b"\x00")]);
        assert_eq!(strip_custom_sections(&whole), Some(module(&[(1, &long), (10, b"\x00")])));
    }

    #[test]
    fn bytes_that_are_not_a_whole_module_are_rejected() {
        assert_eq!(strip_custom_sections(b"<!doctype html>"), None);
        let whole = module(&[(0, b"\x04name\x00\x01")]);
        assert_eq!(strip_custom_sections(&whole[..whole.len() - 1]), None);
        assert_eq!(strip_custom_sections(&[&module(&[])[..], &[1, 0xff, 0xff, 0xff, 0xff, 0xff, 0]].concat()), None);
    }
}
