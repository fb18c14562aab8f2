//! Base64url without padding (RFC 4648, section 5), the encoding of a JWT's parts. Pure.

/// Decodes base64url; `None` if the text is not base64url. A crate would add more code to the bundle, and `atob` would
/// need a browser in the unit tests.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut buffer, mut bits) = (0u32, 0);
    for byte in text.bytes() {
        let sextet = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        buffer = (buffer << 6) | u32::from(sextet);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
        }
    }
    (text.len() % 4 != 1).then_some(bytes)
}

/// Encodes bytes.
pub(super) fn encode(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut text, mut buffer, mut bits) = (String::with_capacity(bytes.len().div_ceil(3) * 4), 0u32, 0);
    let mut push = |six: u32| text.push(char::from(ALPHABET[(six & 63) as usize]));
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 6 {
            bits -= 6;
            push(buffer >> bits);
        }
    }
    if bits > 0 {
        push(buffer << (6 - bits));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64url_is_that_of_the_rfc() {
        for (text, bytes) in [("", ""), ("Zg", "f"), ("Zm8", "fo"), ("Zm9v", "foo"), ("Zm9vYmFy", "foobar")] {
            assert_eq!(decode(text).unwrap(), bytes.as_bytes());
            assert_eq!(encode(bytes.as_bytes()), text);
        }
        assert_eq!(decode("_-8").unwrap(), [0xff, 0xef]);
        assert_eq!(encode(&[0xff, 0xef]), "_-8");
        assert_eq!(decode("Z"), None);
        assert_eq!(decode("Z=="), None);
    }
}
