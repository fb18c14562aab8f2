//! The glue between the module and JavaScript with short names, and without what nobody calls. wasm-bindgen calls each
//! function of the browser by its name and sixteen digits, in the module and in the script: they are the one part of both
//! that no compression makes smaller. Nobody but the two reads them.

use std::collections::HashMap;
use std::convert::Infallible;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{ExportSection, ImportSection, Module};
use wasmparser::{CustomSectionReader, Export, ImportSectionReader, Parser, Payload};

/// Chromium compiles each function of a script when it is first called, which is here at the start for most of them; with
/// this it compiles them with the script, aside.
const COMPILE_AHEAD: &str = "//# allFunctionsCalledOnLoad\n";
/// `boot.js` gives what the first module imports to the second as well.
const IMPORTS: &str = "export { __wbg_get_imports as imports };\n";
/// What nobody calls: `boot.js` compiles the module itself.
const UNUSED: [&str; 2] = ["async function __wbg_load(", "async function __wbg_init("];
const UNUSED_EXPORT: &str = ", __wbg_init as default";
/// An export with a longer name is wasm-bindgen's own, for one function.
const LONGEST: usize = 24;

/// Shortens what wasm-bindgen has written.
pub(crate) fn shorten(first: &Path, lazy: &Path, script: &Path) -> Result<()> {
    let bytes = fs::read(first)?;
    let mut names = Names::of(&bytes)?;
    names.shorten(&bytes, first)?;
    names.shorten(&fs::read(lazy)?, lazy)?;
    let mut text = names.in_script(&fs::read_to_string(script)?);
    for function in UNUSED {
        text = without_function(&text, function).with_context(|| format!("{function}: not in the glue"))?;
    }
    let (before, after) = text.split_once(UNUSED_EXPORT).context("the glue exports something else")?;
    text = without_comments(&format!("{before}{after}"));
    fs::write(script, format!("{COMPILE_AHEAD}{text}{IMPORTS}"))?;
    Ok(())
}

/// What is called otherwise.
struct Names(HashMap<String, String>);

impl Names {
    fn shorten(&mut self, module: &[u8], into: &Path) -> Result<()> {
        let mut shortened = Module::new();
        self.parse_core_module(&mut shortened, Parser::new(0), module).map_err(|error| anyhow!("{error}"))?;
        Ok(fs::write(into, shortened.finish())?)
    }

    fn of(module: &[u8]) -> Result<Self> {
        let mut long = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let import = import?;
                        long.extend([import.module.to_owned(), import.name.to_owned()]);
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let name = export?.name;
                        if name.len() > LONGEST {
                            long.push(name.to_owned());
                        }
                    }
                }
                _ => {}
            }
        }
        let mut names = HashMap::new();
        for name in long {
            let next = format!("_{}", names.len());
            names.entry(name).or_insert(next);
        }
        Ok(Self(names))
    }

    fn short<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }

    /// Whole words, and, since the name of the script itself is none, what stands in quotes.
    fn in_script(&self, script: &str) -> String {
        let is_of_a_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        let mut script = script.to_owned();
        for (name, short) in &self.0 {
            if !name.chars().all(is_of_a_word) {
                script = script.replace(&format!("\"{name}\""), &format!("\"{short}\""));
            }
        }
        let (mut text, mut word) = (String::with_capacity(script.len()), String::new());
        for c in script.chars() {
            if is_of_a_word(c) {
                word.push(c);
            } else {
                text += self.short(&word);
                text.push(c);
                word.clear();
            }
        }
        text + self.short(&word)
    }
}

impl Reencode for Names {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for import in section.into_imports() {
            let import = import?;
            let ty = self.entity_type(import.ty)?;
            imports.import(self.short(import.module), self.short(import.name), ty);
        }
        Ok(())
    }

    fn parse_export(&mut self, exports: &mut ExportSection, export: Export<'_>) -> Result<(), Error<Infallible>> {
        let (kind, index) = (self.export_kind(export.kind)?, self.external_index(export.kind, export.index)?);
        exports.export(self.short(export.name), kind, index);
        Ok(())
    }

    /// The names of functions, and what made them: nothing that a browser reads.
    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader<'_>) -> Result<(), Error<Infallible>> {
        Ok(())
    }
}

/// Its last line is the first brace that nothing stands before.
fn without_function(script: &str, first: &str) -> Option<String> {
    let (before, rest) = script.split_once(first)?;
    let (_, after) = rest.split_once("\n}\n")?;
    Some(format!("{before}{after}"))
}

/// As wasm-bindgen writes a script, and as ours is: no comment stands behind code, and no text has several lines.
pub(crate) fn without_comments(script: &str) -> String {
    let mut is_comment = false;
    let mut text = String::new();
    for line in script.lines().map(str::trim) {
        is_comment |= line.starts_with("/*");
        if !is_comment && !line.is_empty() && !line.starts_with("//") {
            text += line;
            text.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    text
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CustomSection, EntityType, ExportKind, FunctionSection, TypeSection};

    use super::*;

    const LONG: &str = "__wbg_setAttribute_0123456789abcdef";

    fn module() -> Vec<u8> {
        let (mut types, mut imports, mut exports) = (TypeSection::new(), ImportSection::new(), ExportSection::new());
        types.ty().function([], []);
        imports.import("./app_bg.js", LONG, EntityType::Function(0));
        exports.export("a_name_that_is_longer_than_any_of_ours", ExportKind::Func, 0);
        exports.export("__wbindgen_start", ExportKind::Func, 0);
        let name = CustomSection { name: "name".into(), data: (&[0u8, 1, 0][..]).into() };
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&FunctionSection::new()).section(&exports).section(&name);
        module.finish()
    }

    #[test]
    fn long_names_are_short_in_both_and_the_rest_stays() {
        let folder = std::env::temp_dir().join(format!("xtask-glue-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let [wasm, lazy, js] = ["app_bg.wasm", "lazy.wasm", "app.js"].map(|name| folder.join(name));
        fs::write(&wasm, module()).unwrap();
        fs::write(&lazy, module()).unwrap();
        let script = format!(
            "/**\n * words\n */\nconst {LONG}x = \"it’s\";\n  // a word\nconst imports = {{ \"./app_bg.js\": {{ {LONG}: function() {{}} }} }};\nwasm.a_name_that_is_longer_than_any_of_ours(wasm.__wbindgen_start);\nasync function __wbg_load(module) {{\n    if (module) {{\n    }}\n}}\n\nasync function __wbg_init() {{\n}}\n\nexport {{ initSync, __wbg_init as default }};\n"
        );
        fs::write(&js, script).unwrap();
        shorten(&wasm, &lazy, &js).unwrap();
        let (bytes, text) = (fs::read(&wasm).unwrap(), fs::read_to_string(&js).unwrap());
        assert_eq!(fs::read(&lazy).unwrap(), bytes, "both call them the same");
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            text,
            format!(
                "//# allFunctionsCalledOnLoad\nconst {LONG}x = \"it’s\";\nconst imports = {{ \"_0\": {{ _1: function() {{}} }} }};\nwasm._2(wasm.__wbindgen_start);\nexport {{ initSync }};\nexport {{ __wbg_get_imports as imports }};\n"
            )
        );
        let names = Names::of(&bytes).unwrap();
        let mut kept: Vec<_> = names.0.into_keys().collect();
        kept.sort();
        assert_eq!(kept, ["_0", "_1"]);
        assert_eq!(crate::wasm::custom_sections(&bytes), Some(Vec::new()));
        assert!(bytes.windows(16).any(|word| word == b"__wbindgen_start"));
    }
}
