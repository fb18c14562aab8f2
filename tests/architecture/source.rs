//! A Rust source, read closely enough to ask questions about it.

/// A source without its comments and its test modules.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// The code, with every string and character literal emptied.
    pub(crate) code: String,
    /// What stood in the string literals.
    pub(crate) strings: Vec<String>,
}

impl Source {
    pub(crate) fn read(text: &str) -> Self {
        let mut reader = Reader { rest: text, depth: 0, tests: None, source: Self::default() };
        while reader.step() {}
        reader.source
    }

    /// The modules of the crate's root that the code names, from a module whose path has `depth` segments.
    pub(crate) fn used(&self, depth: usize) -> Vec<String> {
        let mut used = Vec::new();
        let tokens = tokens(&self.code);
        for at in 0..tokens.len() {
            if at > 0 && tokens[at - 1] == "::" {
                continue;
            }
            let mut next = at;
            let mut up = 0;
            while tokens[next..].starts_with(&["super", "::"]) {
                (next, up) = (next + 2, up + 1);
            }
            if tokens[next..].starts_with(&["crate", "::"]) {
                (next, up) = (next + 2, depth);
            }
            if next > at && up == depth {
                used.extend(heads(&tokens[next..]));
            }
        }
        used.sort();
        used.dedup();
        used
    }

    /// Whether the code holds `word` as a whole word.
    pub(crate) fn names(&self, word: &str) -> bool {
        tokens(&self.code).contains(&word)
    }
}

/// What a path goes on with: one name, or those at the first level of a `{…}`.
fn heads(tokens: &[&str]) -> Vec<String> {
    if tokens.first() != Some(&"{") {
        return tokens.first().map(|name| (*name).to_owned()).into_iter().collect();
    }
    let (mut depth, mut heads) = (0, Vec::new());
    for pair in tokens.windows(2) {
        match pair[0] {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && matches!(pair[0], "{" | ",") && pair[1] != "}" {
            heads.push(pair[1].to_owned());
        }
    }
    heads
}

fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let end = if word(first) {
            rest.find(|c| !word(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
    /// The brace depth around a `#[cfg(test)]` item, while it is passed over.
    tests: Option<usize>,
    source: Source,
}

impl Reader<'_> {
    /// Reads one token; false at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest;
        let Some(first) = rest.chars().next() else {
            return false;
        };
        if rest.starts_with("//") {
            self.rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("/*") {
            self.rest = &rest[end_of_comment(rest)..];
        } else if rest.starts_with("#[cfg(test)]") && self.tests.is_none() {
            self.tests = Some(self.depth);
            self.rest = &rest["#[cfg(test)]".len()..];
        } else if let Some((prefix, content, length)) = string(rest).filter(|_| self.starts_a_token()) {
            if self.tests.is_none() {
                self.source.strings.push(content.to_owned());
            }
            self.keep(prefix);
            self.keep("\"\"");
            self.rest = &rest[length..];
        } else if let Some(length) = character(rest) {
            self.keep("' '");
            self.rest = &rest[length..];
        } else {
            let length = first.len_utf8();
            self.brace(first);
            self.rest = &rest[length..];
        }
        true
    }

    fn brace(&mut self, c: char) {
        match c {
            '{' => self.depth += 1,
            '}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.keep(c.encode_utf8(&mut [0; 4]));
        if matches!(c, '}' | ';') && self.tests == Some(self.depth) {
            self.tests = None;
        }
    }

    fn keep(&mut self, code: &str) {
        if self.tests.is_none() {
            self.source.code.push_str(code);
        }
    }

    /// Whether a string's prefix (`r`, `b`) can begin here: not in the middle of a name.
    fn starts_a_token(&self) -> bool {
        self.rest.starts_with('"')
            || self.tests.is_some()
            || !self.source.code.ends_with(|c: char| c.is_alphanumeric() || c == '_')
    }
}

fn end_of_comment(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            (at, depth) = (at + 2, depth + 1);
        } else if rest.starts_with("*/") {
            (at, depth) = (at + 2, depth - 1);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// A string literal: its prefix, what is in it, and how long it is.
fn string(text: &str) -> Option<(&str, &str, usize)> {
    let quote = text.find(|c| !matches!(c, 'b' | 'c' | 'r' | '#'))?;
    let prefix = &text[..quote];
    let raw = prefix.trim_end_matches('#');
    let hashes = prefix.len() - raw.len();
    if !text[quote..].starts_with('"')
        || !matches!(raw, "" | "b" | "c" | "r" | "br" | "cr")
        || (hashes > 0 && !raw.ends_with('r'))
    {
        return None;
    }
    let inside = &text[quote + 1..];
    let length = if raw.ends_with('r') {
        inside.find(&format!("\"{}", "#".repeat(hashes)))?
    } else {
        let mut escaped = false;
        inside.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?
    };
    Some((raw, &inside[..length], quote + 1 + length + 1 + hashes))
}

/// The length of a character literal; `None` for a lifetime.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    if inside.starts_with('\\') {
        let escaped = inside.char_indices().nth(2)?.0;
        return Some(1 + escaped + inside[escaped..].find('\'')? + 1);
    }
    let c = inside.chars().next()?;
    inside[c.len_utf8()..].starts_with('\'').then_some(c.len_utf8() + 2)
}
