//! Just enough of WebAssembly's binary format to see what a module carries along.

/// The names and sizes of its custom sections, or `None` if it is not a module.
pub(crate) fn custom_sections(module: &[u8]) -> Option<Vec<(String, usize)>> {
    let mut rest = module.strip_prefix(b"\0asm\x01\0\0\0")?;
    let mut sections = Vec::new();
    while let Some((&id, tail)) = rest.split_first() {
        let (size, tail) = number(tail)?;
        let (section, tail) = tail.split_at_checked(size)?;
        if id == 0 {
            let (length, content) = number(section)?;
            let name = String::from_utf8_lossy(content.get(..length)?).into_owned();
            sections.push((name, size));
        }
        rest = tail;
    }
    Some(sections)
}

/// An unsigned LEB128 number, of 32 bits at most, and what follows it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
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
            // Two bytes even where one would do, as compilers do for sizes they fill in later.
            module.extend([*id, (size & 0x7f) as u8 | 0x80, (size >> 7) as u8]);
            module.extend(*content);
        }
        module
    }

    #[test]
    fn custom_sections_are_listed_and_others_skipped() {
        let long = [1; 300];
        let module = module(&[(1, &long), (0, b"\x04name\x00\x01"), (10, b"\x00"), (0, b"\x09producers")]);
        assert_eq!(custom_sections(&module).unwrap(), [("name".to_owned(), 7), ("producers".to_owned(), 10)]);
    }

    #[test]
    fn a_module_without_any_has_none() {
        assert_eq!(custom_sections(&module(&[(1, b"\x00")])), Some(Vec::new()));
    }

    #[test]
    fn what_is_no_module_or_cut_off_is_refused() {
        assert_eq!(custom_sections(b"<!doctype html>"), None);
        let whole = module(&[(0, b"\x04name\x00\x01")]);
        assert_eq!(custom_sections(&whole[..whole.len() - 1]), None);
        assert_eq!(custom_sections(&[&module(&[])[..], &[0, 0xff, 0xff, 0xff, 0xff, 0xff, 0]].concat()), None);
    }
}
