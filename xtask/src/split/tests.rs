use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, DataSymbolDefinition, ElementSection, Elements, EntityType,
    ExportKind, ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection, Instruction,
    LinkingSection, MemorySection, MemoryType, Module, NameMap, NameSection, RefType, SymbolTable, TableSection,
    TableType, TypeSection, ValType,
};
use wasmparser::{Parser, Payload, RelocationType, Validator};

use super::*;

/// One is imported, and the app's own come behind it.
const NAMES: [&str; 7] =
    ["of_js", "main", "billing_admin::pages::lazy::page", "late", "shared", "called_by_address", "describes"];
const OF_JS: u32 = 0;
const MAIN: u32 = 1;
const GATE: u32 = 2;
const LATE: u32 = 3;
const SHARED_ONE: u32 = 4;
const BY_ADDRESS: u32 = 5;
const DESCRIBES: u32 = 6;
const TEXTS: [&[u8]; 3] = [b"a text at first.", b"a text for later", b"a text of nobody"];
const ADDRESS: i32 = 1024;

/// `main` calls the gate, and one function that the rest calls as well; the gate leads to a function by a call, to
/// another by its address, and to a text. `extra` is called by `main` besides.
fn module(extra: Option<u32>) -> Vec<u8> {
    use Instruction::{Call, Drop, I32Const};
    let calls = |calls: &[u32]| calls.iter().map(|function| Call(*function)).collect::<Vec<_>>();
    let text = |number: i32| [I32Const(ADDRESS + 16 * number), Drop];
    let bodies = [
        [&text(0)[..], &calls(&[GATE, SHARED_ONE]), &calls(extra.as_slice())].concat(),
        [&calls(&[LATE, SHARED_ONE, OF_JS])[..], &[I32Const(1), Drop]].concat(),
        text(1).to_vec(),
        Vec::new(),
        Vec::new(),
        text(2).to_vec(),
    ];
    let mut types = TypeSection::new();
    types.ty().function([], []);
    let mut imports = ImportSection::new();
    imports.import("./app_bg.js", "of_js", EntityType::Function(0));
    let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
    for body in &bodies {
        functions.function(0);
        let mut function = Function::new([]);
        body.iter().chain([&Instruction::End]).for_each(|instruction| _ = function.instruction(instruction));
        code.function(&function);
    }
    let mut tables = TableSection::new();
    let table =
        TableType { element_type: RefType::FUNCREF, minimum: 3, maximum: Some(3), table64: false, shared: false };
    tables.table(table);
    let mut memories = MemorySection::new();
    memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
    let mut globals = GlobalSection::new();
    globals.global(GlobalType { val_type: ValType::I32, mutable: true, shared: false }, &ConstExpr::i32_const(1));
    let mut exports = ExportSection::new();
    exports.export("main", ExportKind::Func, MAIN);
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(1), Elements::Functions([BY_ADDRESS, DESCRIBES].as_slice().into()));
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(ADDRESS), TEXTS.concat());
    let mut names = NameSection::new();
    let mut map = NameMap::new();
    (0..).zip(NAMES).for_each(|(index, name)| map.append(index, name));
    names.functions(&map);
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&tables).section(&memories).section(&globals);
    module.section(&exports).section(&elements).section(&code).section(&data).section(&names);
    module.finish()
}

/// The same as the linker would write it.
fn linked(extra: Option<u32>) -> Vec<u8> {
    let module = module(extra);
    let (mut start, mut bodies, mut sections, mut code) = (0, Vec::new(), 0, 0);
    for payload in Parser::new(0).parse_all(&module) {
        let payload = payload.unwrap();
        match &payload {
            Payload::CodeSectionStart { range, .. } => (start, code) = (range.start, sections),
            Payload::CodeSectionEntry(body) => bodies.push(body.range().start),
            _ => {}
        }
        sections += u8::from(payload.as_section().is_some());
    }
    let mut symbols = SymbolTable::new();
    for (index, name) in (0..).zip(NAMES).skip(1) {
        symbols.function(0, index, Some(name));
    }
    for index in 0..3 {
        symbols.data(0, "text", Some(DataSymbolDefinition { index: 0, offset: 16 * index, size: 16 }));
    }
    // Which function has which symbol in it, by their numbers.
    let leads = [
        (MAIN, RelocationType::MemoryAddrSleb, 6),
        (LATE, RelocationType::MemoryAddrSleb, 7),
        (DESCRIBES, RelocationType::MemoryAddrSleb, 8),
        (GATE, RelocationType::TableIndexSleb, BY_ADDRESS - 1),
    ];
    let mut words = vec![code, u8::try_from(leads.len()).unwrap()];
    for (function, kind, symbol) in leads {
        let offset = u8::try_from(bodies[function as usize - 1] - start).unwrap();
        words.extend([kind as u8, offset, u8::try_from(symbol).unwrap()]);
        words.extend((kind == RelocationType::MemoryAddrSleb).then_some(0));
    }
    let mut linking = LinkingSection::new();
    linking.symbol_table(&symbols);
    let mut tail = Module::new();
    tail.section(&linking).section(&CustomSection { name: "reloc.CODE".into(), data: words.into() });
    tail.section(&CustomSection { name: "target_features".into(), data: (&[0][..]).into() });
    [module, tail.finish().split_off(8)].concat()
}

fn custom(module: &[u8]) -> Vec<String> {
    crate::wasm::custom_sections(module).unwrap().into_iter().map(|(name, _)| name).collect()
}

/// How many functions a module has of its own, how many it imports, and its data.
fn content(module: &[u8]) -> (usize, usize, Vec<u8>) {
    Validator::new().validate_all(module).unwrap();
    let (mut own, mut imported, mut held) = (0, 0, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload.unwrap() {
            Payload::ImportSection(imports) => {
                let functions = imports
                    .into_imports()
                    .filter(|import| matches!(import.as_ref().unwrap().ty, wasmparser::TypeRef::Func(_)));
                imported = functions.count();
            }
            Payload::CodeSectionEntry(_) => own += 1,
            Payload::DataSection(segments) => {
                segments.into_iter().for_each(|segment| held.extend(segment.unwrap().data));
            }
            _ => {}
        }
    }
    (own, imported, held)
}

#[test]
fn what_only_a_gate_leads_to_comes_later_and_what_nothing_leads_to_not_at_all() {
    let Split { first, rest, weights } = split(&linked(None), &module(None)).unwrap();
    // main, the gate as a call of the table, what both call, and what stops.
    assert_eq!(content(&first), (4, 1, TEXTS[0].to_vec()));
    // The gate, and what it calls or knows the address of.
    assert_eq!(content(&rest), (3, 1, TEXTS[1].to_vec()));
    assert_eq!((custom(&first), custom(&rest)), (Vec::new(), Vec::new()));
    // The call and the stop are of the split's own making.
    let of = |is_late| weights.iter().filter(|weight| weight.is_late == is_late && weight.bytes > 0).count();
    assert_eq!((of(false), of(true)), (2, 3));
}

#[test]
fn what_is_called_first_as_well_is_there_first() {
    let Split { first, rest, .. } = split(&linked(Some(LATE)), &module(Some(LATE))).unwrap();
    assert_eq!(content(&first), (5, 1, TEXTS[..2].concat()));
    assert_eq!(content(&rest), (2, 1, Vec::new()));
}

#[test]
fn a_call_that_the_linker_did_not_know_of_and_that_passes_no_gate_is_refused() {
    let error = split(&linked(None), &module(Some(LATE))).err().unwrap().to_string();
    assert!(error.contains("late, of the rest, is called without a gate"), "{error}");
}

#[test]
fn a_module_of_which_the_linker_left_no_word_or_without_a_gate_is_refused() {
    let error = split(&module(None), &module(None)).err().unwrap().to_string();
    assert!(error.contains("--emit-relocs"), "{error}");
    let renamed = |bytes: Vec<u8>| {
        let at = bytes.windows(5).position(|word| word == b"lazy:").unwrap();
        [&bytes[..at], b"slow:", &bytes[at + 5..]].concat()
    };
    let error = split(&linked(None), &renamed(module(None))).err().unwrap().to_string();
    assert!(error.contains("0 of the 1 gates"), "{error}");
}

#[test]
fn wasm_bindgen_is_given_neither_the_word_of_the_linker_nor_the_features() {
    assert_eq!(custom(&linked(None)), ["name", "linking", "reloc.CODE", "target_features"]);
    assert_eq!(bare(&linked(None)).unwrap(), module(None));
}
