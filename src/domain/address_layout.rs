//! The layout of a printed address: rows of parts with text between them, as libaddressinput writes them.

use crate::domain::address_format::AddressFormat;

/// How an address in Latin letters, or in the country's own script, is printed.
pub(super) const fn layout_of(format: AddressFormat, is_latin: bool) -> &'static str {
    if is_latin && !format.latin_layout.is_empty() { format.latin_layout } else { format.layout }
}

/// A row with several parts and the text between them, by libaddressinput's rule (`PruneFormat`): a text is left out when
/// the part behind it is empty, or the part in front of it is empty and nothing stands before that one.
pub(super) fn print_row(row: &str, has_prefix: bool, printed: &impl Fn(char) -> Vec<String>) -> String {
    let tokens = tokens(row);
    let text_of = |token: &Token| match token {
        Token::Part(part) => printed(*part).join(", "),
        Token::Text(text) => (*text).to_owned(),
    };
    let is_empty = |token: Option<&Token>| token.is_some_and(|token| token.is_part() && text_of(token).is_empty());
    let mut line = String::new();
    let mut last = None;
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let next = tokens.get(at + 1);
        let is_kept = match token {
            Token::Part(_) => !is_empty(Some(token)),
            Token::Text(_) => {
                !is_empty(next)
                    && (before.is_none_or(|before| !before.is_part()) || last.is_some_and(Token::is_part))
                    && !(has_prefix && at == 0 && next == Some(&Token::Part('Z')))
            }
        };
        if is_kept {
            line.push_str(&text_of(token));
            last = Some(token);
        }
    }
    line
}

/// A piece of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A part of the address.
    Part(char),
    /// Text between parts.
    Text(&'a str),
}

impl Token<'_> {
    const fn is_part(&self) -> bool {
        matches!(self, Self::Part(_))
    }
}

/// A row's parts (`%C`) and the texts between them.
pub(super) fn tokens(row: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for (at, piece) in row.split('%').enumerate() {
        let mut letters = piece.chars();
        if at > 0 {
            tokens.extend(letters.next().map(Token::Part));
        }
        if !letters.as_str().is_empty() {
            tokens.push(Token::Text(letters.as_str()));
        }
    }
    tokens
}

/// Whether a text has no letter of a script other than Latin: Greek to Mongolian, the scripts of East Asia, Arabic forms.
pub(super) fn is_latin(text: &str) -> bool {
    !text.chars().any(|letter| {
        matches!(
            letter,
            '\u{370}'..='\u{1CFF}' | '\u{2E80}'..='\u{2FDF}' | '\u{3040}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}'
                | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{FF66}'..='\u{FFDC}' | '\u{20000}'..
        )
    })
}
