//! A Rust source file as tokens: its imports, paths, string literals and names. Comments and test code are left out.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{Item, ItemUse, Lit, UseTree, Visibility};

/// The facts about a file that the rules use.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// Every name that a `use` brings in.
    pub(crate) imports: Vec<Import>,
    /// Every path in code and in macros, such as `super::field::Field` or `ui::Notice`.
    pub(crate) paths: Vec<InlinePath>,
    /// The inline modules, as paths below the file.
    pub(crate) inline_modules: Vec<Vec<String>>,
    /// The items at the top of the file.
    pub(crate) items: BTreeSet<String>,
    /// Whether the file only declares modules and re-exports names.
    pub(crate) is_facade: bool,
    /// Every word of the code.
    pub(crate) names: BTreeSet<String>,
    /// The values of the string literals.
    pub(crate) strings: Vec<String>,
    /// Calls that panic on purpose.
    pub(crate) panics: Vec<String>,
    /// Attributes and directives of `view!` that put style into markup.
    pub(crate) inline_styles: Vec<String>,
}

/// A name that a `use` brings in.
#[derive(Debug)]
pub(crate) struct Import {
    /// The inline modules around it.
    pub(crate) scope: Vec<String>,
    /// The path in the source.
    pub(crate) path: Vec<String>,
    /// The name in this file; `*` for a glob import.
    pub(crate) name: String,
}

/// A path of two segments or more.
#[derive(Debug)]
pub(crate) struct InlinePath {
    /// The inline modules around it.
    pub(crate) scope: Vec<String>,
    /// The path in the source.
    pub(crate) path: Vec<String>,
}

const PANICKING_METHODS: [&str; 2] = ["unwrap", "expect"];
const PANICKING_MACROS: [&str; 4] = ["panic", "todo", "unimplemented", "unreachable"];

impl Source {
    /// Reads a file.
    ///
    /// # Panics
    /// When the text is no Rust.
    pub(crate) fn parse(text: &str) -> Self {
        let file = syn::parse_file(text).expect("the source is Rust");
        let mut source = Self {
            items: file.items.iter().filter_map(item_name).collect(),
            is_facade: !file.items.is_empty() && file.items.iter().all(is_declaration),
            ..Self::default()
        };
        let tokens: TokenStream = text.parse().expect("the source is Rust");
        source.read(tokens, &mut Vec::new());
        source
    }

    fn read(&mut self, tokens: TokenStream, scope: &mut Vec<String>) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at += match &tokens[at..] {
                [TokenTree::Punct(hash), rest @ ..] if hash.as_char() == '#' => self.read_attribute(rest, scope),
                [TokenTree::Ident(word), next, ..] if word == "use" && !is_punct(next, '<') => {
                    let length = tokens[at..].iter().take_while(|token| !is_punct(token, ';')).count() + 1;
                    let end = tokens.len().min(at + length);
                    self.read_use(tokens[at..end].iter().cloned().collect(), scope);
                    length
                }
                [TokenTree::Ident(word), TokenTree::Ident(name), TokenTree::Group(body), ..] if word == "mod" => {
                    scope.push(name.to_string());
                    self.inline_modules.push(scope.clone());
                    self.read(body.stream(), scope);
                    scope.pop();
                    3
                }
                [TokenTree::Ident(_), ..] => {
                    let length = self.read_path(&tokens[at..], scope);
                    self.note_panic(at.checked_sub(1).map(|before| &tokens[before]), &tokens[at..]);
                    if let [TokenTree::Ident(word), bang, TokenTree::Group(body), ..] = &tokens[at..]
                        && word == "view"
                        && is_punct(bang, '!')
                    {
                        self.note_inline_styles(body);
                    }
                    length
                }
                [TokenTree::Group(group), ..] => {
                    self.read(group.stream(), scope);
                    1
                }
                [TokenTree::Literal(literal), ..] => {
                    match Lit::new(literal.clone()) {
                        Lit::Str(text) => self.strings.push(text.value()),
                        Lit::ByteStr(bytes) => self.strings.push(String::from_utf8_lossy(&bytes.value()).into_owned()),
                        _ => {}
                    }
                    1
                }
                // A leading `::` names another crate; after a generic type, `::name` continues its path.
                [first, second, TokenTree::Ident(name), ..] if is_punct(first, ':') && is_punct(second, ':') => {
                    self.names.insert(name.to_string());
                    3
                }
                _ => 1,
            };
        }
    }

    /// Passes over docs and over test code behind `#[cfg(test)]`; returns how many tokens that were.
    fn read_attribute(&mut self, rest: &[TokenTree], scope: &mut Vec<String>) -> usize {
        let bang = usize::from(rest.first().is_some_and(|token| is_punct(token, '!')));
        let Some(TokenTree::Group(group)) = rest.get(bang) else { return 1 };
        let text = group.stream().to_string().replace(' ', "");
        let length = 2 + bang;
        if text.starts_with("cfg(test") || text.starts_with("cfg(all(test") {
            // An inner attribute covers the rest of the file.
            if bang == 1 {
                return 1 + rest.len();
            }
            let ends = |token: &TokenTree| is_punct(token, ';') || is_group(token, Delimiter::Brace);
            return length + rest[bang + 1..].iter().take_while(|token| !ends(token)).count() + 1;
        }
        if !text.starts_with("doc") {
            self.read(group.stream(), scope);
        }
        length
    }

    fn read_use(&mut self, tokens: TokenStream, scope: &[String]) {
        let item: ItemUse = syn::parse2(tokens).expect("a use ends with a semicolon");
        if item.leading_colon.is_none() {
            self.add_imports(&item.tree, &mut Vec::new(), scope);
        }
    }

    fn add_imports(&mut self, tree: &UseTree, prefix: &mut Vec<String>, scope: &[String]) {
        let (last, name) = match tree {
            UseTree::Path(path) => {
                self.names.insert(path.ident.to_string());
                prefix.push(path.ident.to_string());
                self.add_imports(&path.tree, prefix, scope);
                prefix.pop();
                return;
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add_imports(tree, prefix, scope);
                }
                return;
            }
            UseTree::Name(name) => (Some(name.ident.to_string()), name.ident.to_string()),
            UseTree::Rename(rename) => (Some(rename.ident.to_string()), rename.rename.to_string()),
            UseTree::Glob(_) => (None, "*".to_owned()),
        };
        let mut path = prefix.clone();
        let (last, name) = match (last.as_deref(), prefix.last()) {
            // `use ui::{self}` is `use ui`.
            (Some("self"), Some(module)) => (None, if name == "self" { module.clone() } else { name }),
            _ => (last, name),
        };
        path.extend(last);
        self.names.extend(path.last().cloned());
        self.imports.push(Import { scope: scope.to_vec(), path, name });
    }

    /// Reads the path or the word at the start of `tokens`; returns how many tokens it has.
    fn read_path(&mut self, tokens: &[TokenTree], scope: &[String]) -> usize {
        let mut path = Vec::new();
        let mut at = 0;
        while let Some(TokenTree::Ident(segment)) = tokens.get(at) {
            path.push(segment.to_string());
            at += 1;
            match &tokens[at..] {
                [first, second, TokenTree::Ident(_), ..] if is_punct(first, ':') && is_punct(second, ':') => at += 2,
                _ => break,
            }
        }
        self.names.extend(path.iter().cloned());
        if path.len() > 1 {
            self.paths.push(InlinePath { scope: scope.to_vec(), path });
        }
        at
    }

    fn note_panic(&mut self, before: Option<&TokenTree>, tokens: &[TokenTree]) {
        match tokens {
            [TokenTree::Ident(name), arguments, ..]
                if before.is_some_and(|token| is_punct(token, '.'))
                    && is_group(arguments, Delimiter::Parenthesis)
                    && PANICKING_METHODS.iter().any(|method| name == method) =>
            {
                self.panics.push(format!(".{name}()"));
            }
            [TokenTree::Ident(name), bang, TokenTree::Group(_), ..]
                if is_punct(bang, '!') && PANICKING_MACROS.iter().any(|name_of| name == name_of) =>
            {
                self.panics.push(format!("{name}!()"));
            }
            _ => {}
        }
    }

    /// `style=…` and `style:…` among the attributes of a `view!`; code stands in nested groups.
    fn note_inline_styles(&mut self, view: &Group) {
        let tokens: Vec<TokenTree> = view.stream().into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            let TokenTree::Ident(name) = token else { continue };
            let is_whole = at == 0 || !is_punct(&tokens[at - 1], '-') && !is_punct(&tokens[at - 1], ':');
            let next = tokens.get(at + 1).filter(|next| is_punct(next, '=') || is_punct(next, ':'));
            if let (true, true, Some(next)) = (name == "style", is_whole, next) {
                self.inline_styles.push(format!("style{next}"));
            }
        }
    }
}

fn is_punct(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}

fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}

fn is_declaration(item: &Item) -> bool {
    match item {
        Item::Use(import) => !matches!(import.vis, Visibility::Inherited),
        Item::Mod(module) => module.content.is_none(),
        _ => false,
    }
}

fn item_name(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}
