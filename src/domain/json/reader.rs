//! From text to values.

use serde_json::{Map, Value};

/// How deep lists and objects may stand in each other; as in `serde_json`.
const DEEPEST: usize = 127;
/// Reads a text; `None` when it is not JSON. A number that is not whole, or longer than 64 bits, comes as its text.
pub fn read(text: &str) -> Option<Value> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(DEEPEST)?;
    reader.skip_space();
    (reader.at == text.len()).then_some(value)
}

struct Reader<'a> {
    text: &'a str,
    /// Always between two characters.
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes on while `is_of_it` holds; how many bytes that was.
    fn skip(&mut self, is_of_it: fn(u8) -> bool) -> usize {
        let from = self.at;
        while self.peek().is_some_and(is_of_it) {
            self.at += 1;
        }
        self.at - from
    }

    fn skip_space(&mut self) {
        self.skip(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'));
    }

    /// Whether these stand here; then they are passed.
    fn takes(&mut self, word: &str) -> bool {
        let is_here = self.text[self.at..].starts_with(word);
        if is_here {
            self.at += word.len();
        }
        is_here
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.skip_space();
        match self.peek()? {
            b'{' => self.object(depth.checked_sub(1)?),
            b'[' => self.list(depth.checked_sub(1)?),
            b'"' => self.string().map(Value::String),
            b'-' | b'0'..=b'9' => self.number(),
            _ if self.takes("null") => Some(Value::Null),
            _ if self.takes("true") => Some(Value::Bool(true)),
            _ if self.takes("false") => Some(Value::Bool(false)),
            _ => None,
        }
    }

    /// Whether another item follows; `None` when neither that nor the end does.
    fn goes_on(&mut self, end: &str) -> Option<bool> {
        self.skip_space();
        if self.takes(",") { Some(true) } else { self.takes(end).then_some(false) }
    }

    fn is_empty(&mut self, end: &str) -> bool {
        self.at += 1;
        self.skip_space();
        self.takes(end)
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        let mut items = Vec::new();
        if !self.is_empty("]") {
            loop {
                items.push(self.value(depth)?);
                if !self.goes_on("]")? {
                    break;
                }
            }
        }
        Some(Value::Array(items))
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        if !self.is_empty("}") {
            loop {
                self.skip_space();
                let key = self.string()?;
                self.skip_space();
                if !self.takes(":") {
                    return None;
                }
                members.insert(key, self.value(depth)?);
                if !self.goes_on("}")? {
                    break;
                }
            }
        }
        Some(Value::Object(members))
    }

    fn number(&mut self) -> Option<Value> {
        let from = self.at;
        self.takes("-");
        // A whole number begins with no nought.
        if !self.takes("0") && self.skip(|b| b.is_ascii_digit()) == 0 {
            return None;
        }
        let mut is_whole = true;
        if self.takes(".") {
            is_whole = false;
            if self.skip(|b| b.is_ascii_digit()) == 0 {
                return None;
            }
        }
        if self.takes("e") || self.takes("E") {
            is_whole = false;
            _ = self.takes("+") || self.takes("-");
            if self.skip(|b| b.is_ascii_digit()) == 0 {
                return None;
            }
        }
        let text = &self.text[from..self.at];
        let signed = || text.parse::<i64>().ok().map(Value::from);
        let whole = if is_whole { signed().or_else(|| text.parse::<u64>().ok().map(Value::from)) } else { None };
        Some(whole.unwrap_or_else(|| text.into()))
    }

    fn string(&mut self) -> Option<String> {
        if !self.takes("\"") {
            return None;
        }
        let mut text = String::new();
        loop {
            let from = self.at;
            self.skip(|b| b >= b' ' && b != b'"' && b != b'\\');
            text += &self.text[from..self.at];
            if self.takes("\"") {
                return Some(text);
            }
            if !self.takes("\\") {
                return None;
            }
            text.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let c = self.peek()?;
        // What is no letter of these is refused below, before its other bytes would be passed.
        let plain = match c {
            b'"' | b'\\' | b'/' => char::from(c),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                let first = self.four_digits()?;
                // Beyond the first plane a character is written as two.
                let second = if (0xd800..0xdc00).contains(&first) {
                    if !self.takes("\\u") {
                        return None;
                    }
                    Some(self.four_digits()?)
                } else {
                    None
                };
                return char::decode_utf16([Some(first), second].into_iter().flatten()).next()?.ok();
            }
            _ => return None,
        };
        self.at += 1;
        Some(plain)
    }

    fn four_digits(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        // Else a sign would be a digit.
        let is_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| is_hex)
    }
}
