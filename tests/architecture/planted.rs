//! The checker itself, held against planted sources: what it must report, and what it must let pass.

use crate::graph::Crate;
use crate::layers::{imports_of_tests, layer_of, violations};
use crate::source::Source;

fn planted(files: &[(&str, &str)]) -> Crate {
    Crate::new("billing_admin", "src", files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())))
}

fn edges(files: &[(&str, &str)]) -> Vec<String> {
    let source = planted(files);
    source.edges().iter().map(|edge| source.describe(edge)).collect()
}

fn cycles(files: &[(&str, &str)]) -> Vec<String> {
    let source = planted(files);
    source.cycles().iter().map(|cycle| source.describe_cycle(cycle)).collect()
}

#[test]
fn a_cycle_over_relative_paths_is_reported() {
    let files = [
        ("lib.rs", "mod pages;"),
        ("pages/mod.rs", "pub mod a; pub mod b; pub mod c; pub use c::C;"),
        ("pages/a.rs", "use super::b::B; pub struct A;"),
        ("pages/b.rs", "pub struct B; fn f() -> super::C { super::C }"),
        ("pages/c.rs", "pub struct C; impl C { fn f(self) { self::super::a::A; } }"),
    ];
    assert_eq!(
        cycles(&files),
        ["src/pages/a.rs imports src/pages/b.rs (super::b::B),\n    \
          src/pages/b.rs imports src/pages/c.rs (super::C),\n    \
          src/pages/c.rs imports src/pages/a.rs (self::super::a::A)"]
    );
}

#[test]
fn the_shortest_cycle_of_each_knot_is_reported() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; mod x; mod y; mod z;"),
        ("a.rs", "use crate::b;"),
        ("b.rs", "use crate::c;"),
        ("c.rs", "use crate::{a, b};"),
        ("x.rs", "use crate::y;"),
        ("y.rs", "use crate::x;"),
        ("z.rs", "use crate::x;"),
    ];
    let cycles = cycles(&files);
    assert_eq!(cycles.len(), 2, "{cycles:?}");
    assert!(cycles[0].contains("b.rs") && cycles[0].contains("c.rs") && !cycles[0].contains("a.rs"), "{cycles:?}");
    assert!(cycles[1].contains("x.rs") && cycles[1].contains("y.rs"), "{cycles:?}");
}

#[test]
fn a_parent_with_items_of_its_own_can_be_in_a_cycle() {
    let files = [
        ("lib.rs", "mod wire;"),
        ("wire/mod.rs", "mod reply; pub use reply::read; pub fn to_json() {}"),
        ("wire/reply.rs", "pub fn read() { super::to_json() }"),
    ];
    assert_eq!(cycles(&files).len(), 1);
}

#[test]
fn an_import_against_the_layer_order_is_reported() {
    let files = [
        ("lib.rs", "mod api; mod context; mod domain; mod form; mod pages; mod ui;"),
        ("api/mod.rs", "pub mod client;"),
        ("api/client.rs", "fn f() { view! { <p>{crate::ui::Notice::show()}</p> } }"),
        ("context.rs", "pub fn use_app() {}"),
        ("domain/mod.rs", "pub mod field;"),
        ("domain/field.rs", "pub struct Field;"),
        ("form/mod.rs", "pub mod lock;"),
        ("form/lock.rs", "use crate::domain::field::Field;"),
        ("pages/mod.rs", "pub mod shared; pub mod list;"),
        ("pages/list.rs", "use crate::context::use_app; use super::shared::query::Query;"),
        ("pages/shared/mod.rs", "pub mod query;"),
        ("pages/shared/query.rs", "use crate::context; pub struct Query; fn f() { context::use_app() }"),
        ("ui/mod.rs", "mod notice; pub use notice::Notice;"),
        ("ui/notice.rs", "pub struct Notice;"),
    ];
    let violations = violations(&planted(&files));
    let expected = [
        "src/api/client.rs imports src/ui/notice.rs (crate::ui::Notice::show): the layer of api is below that of ui",
        "src/form/lock.rs imports src/domain/field.rs (crate::domain::field::Field): they are independent of each other",
        "src/pages/shared/query.rs imports src/context.rs (context::use_app): the layer of pages::shared is below that of context",
        "src/pages/shared/query.rs imports src/context.rs (crate::context): the layer of pages::shared is below that of context",
    ];
    assert_eq!(violations, expected);
}

#[test]
fn an_import_of_one_test_by_another_is_reported() {
    let files = [
        ("main.rs", "mod form; mod harness;"),
        ("harness/mod.rs", "mod user; pub use user::*;"),
        ("harness/user.rs", "pub fn fill() {}"),
        ("form/mod.rs", "mod create; mod edit;"),
        ("form/create.rs", "use crate::harness::*; pub fn created() { fill() }"),
        ("form/edit.rs", "use crate::harness::fill; fn f() { super::create::created() }"),
    ];
    assert_eq!(
        imports_of_tests(&planted(&files)),
        ["src/form/edit.rs imports src/form/create.rs (super::create::created)"]
    );
}

#[test]
fn the_longest_path_of_the_table_gives_the_layer() {
    assert!(layer_of("pages::shared::query") < layer_of("context"));
    assert!(layer_of("context") < layer_of("pages::shared_workspace"));
    assert_eq!(layer_of("domains"), None);
}

#[test]
fn a_reexported_name_leads_to_the_file_that_defines_it() {
    let files = [
        ("lib.rs", "mod a; mod ui; pub use a::start;"),
        ("main.rs", "fn main() { billing_admin::start() }"),
        ("a.rs", "use crate::ui::{self as parts, field::{Field as F}, *}; pub fn start() { parts::Notice; }"),
        ("ui/mod.rs", "pub mod field; mod notice; pub use notice::*; pub use field::Field;"),
        ("ui/notice.rs", "pub struct Notice;"),
        ("ui/field.rs", "use super::Notice; pub struct Field;"),
    ];
    assert_eq!(
        edges(&files),
        [
            "src/main.rs imports src/a.rs (billing_admin::start)",
            "src/a.rs imports src/ui/notice.rs (crate::ui)",
            "src/a.rs imports src/ui/notice.rs (parts::Notice)",
            "src/a.rs imports src/ui/field.rs (crate::ui)",
            "src/a.rs imports src/ui/field.rs (crate::ui::field::Field)",
            "src/ui/field.rs imports src/ui/notice.rs (super::Notice)",
        ]
    );
}

#[test]
fn comments_tests_and_other_crates_are_no_imports() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        (
            "a.rs",
            "//! [`crate::b`]\n/// super::b\nuse leptos::ev; use ::b::x; mod inner { use super::f; }\n\
             pub(crate) fn f<'a>(s: &'a str) -> impl Iterator<Item = char> + use<'a> { let b = ev::click; b.b(); \"crate::b\" }\n\
             #[cfg(test)]\nuse crate::b;\n#[cfg(test)]\n#[cfg(unix)]\nmod tests { use crate::b; fn t() { x().unwrap(); } }",
        ),
        ("b.rs", "pub fn b() {}"),
    ];
    assert_eq!(edges(&files), [""; 0]);
}

#[test]
fn calls_that_panic_are_found() {
    let source = Source::parse(
        "fn f() { x.unwrap(); y.expect(\"y\"); z.unwrap_or(1); todo!(); view! { <p>{panic!(\"no\")}</p> } }\n\
         #[cfg(test)] mod tests { fn t() { x.unwrap() } }",
    );
    assert_eq!(source.panics, [".unwrap()", ".expect()", "todo!()", "panic!()"]);
}

#[test]
fn styles_in_markup_are_found() {
    let source = Source::parse(
        "fn f() { view! { <p style=x data-style=y> <b style:color=red class:style=z>{style = 1}</b> </p> } }",
    );
    assert_eq!(source.inline_styles, ["style=", "style:"]);
    assert!(Source::parse("fn f(style: &str) { let style = 1; }").inline_styles.is_empty());
}

#[test]
fn string_literals_are_read_and_docs_are_not() {
    let source =
        Source::parse("/// \"doc\"\n#[serde(rename = \"a\")]\nconst B: &str = r#\"b\"c\"#; const D: &[u8] = b\"d\";");
    assert_eq!(source.strings, ["a", "b\"c", "d"]);
    assert!(source.names.contains("serde") && !source.names.contains("doc"));
}
