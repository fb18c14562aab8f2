//! The module in two: what the page for a new account needs before somebody can type, and the rest, which comes when
//! it is needed. The app names the gates between the two: the functions of `billing_admin::rest`. What only they lead to
//! is the rest.
//!
//! Tools that do this exist (`wasm_split_cli_support`, for one), and each wants its gates marked by unsafe code, which
//! the app forbids, and to be asked for each of them with a call that waits. Here they are plain functions: whoever has
//! the proof that the rest is there calls them.
//!
//! Both modules share one memory, one table and one stack. The first exports what the second needs of it. A gate stays in
//! the first as a call through the table, at a place that the second fills in when it is instantiated, as it fills in the
//! places of its functions that are called by their address.

mod reach;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use anyhow::{Context, Result, anyhow, bail};
use rustc_demangle::demangle;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    ImportSection, Instruction, MemoryType, Module, RefType, TableSection, TypeSection,
};
use wasmparser::{
    CodeSectionReader, CompositeInnerType, CustomSectionReader, DataSectionReader, Element, ElementItems, ElementKind, ElementSectionReader, ExportSectionReader,
    ExternalKind, FuncType, FunctionBody, FunctionSectionReader, KnownCustom, Operator, Parser, Payload,
    TableSectionReader, TypeRef, TypeSectionReader,
};

pub(crate) use reach::bare;
use reach::{Kept, Reach, When};

/// Where the app has its gates.
const GATES: &str = "billing_admin::pages::lazy";

/// What the first module calls what the second takes from it.
const SHARED: &str = "$";

/// The two.
pub(crate) struct Split {
    pub(crate) first: Vec<u8>,
    pub(crate) rest: Vec<u8>,
}

/// Splits a module that wasm-bindgen has written, with the names of its functions as they are in the one that the linker
/// wrote.
pub(crate) fn split(linked: &[u8], module: &[u8]) -> Result<Split> {
    let mut whole = Whole::read(module)?;
    whole.put(&Reach::of(linked, GATES, &whole.kept()?)?)?;
    let mut rest = Rest { whole: &whole, numbers: HashMap::new(), functions: Vec::new(), globals: Vec::new() };
    let rest_module = rest.module()?;
    let shared = Shared { functions: rest.functions, globals: rest.globals };
    let mut first = Module::new();
    let order = whole.defined().map(|(i, _)| i).filter(|i| whole.place(*i).is_in_first()).zip(whole.imported..).collect();
    let mut primary = First { whole: &whole, shared: &shared, order };
    primary.parse_core_module(&mut first, Parser::new(0), module).map_err(|error| anyhow!("the first module: {error}"))?;
    Ok(Split { first: first.finish(), rest: rest_module.finish() })
}

/// Where a function goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    /// In the rest, with a call through this place of the table in the first.
    Gate(u64),
    Rest,
    Gone,
}

impl Place {
    fn is_in_first(self) -> bool {
        matches!(self, Self::First | Self::Gate(_))
    }

    fn is_in_rest(self) -> bool {
        matches!(self, Self::Rest | Self::Gate(_))
    }
}

struct Whole<'a> {
    types: Vec<FuncType>,
    imported: u32,
    /// The type of each function, those that are imported first.
    functions: Vec<u32>,
    places: Vec<Place>,
    bodies: Vec<FunctionBody<'a>>,
    elements: Vec<Element<'a>>,
    imported_globals: u32,
    globals: Vec<wasmparser::GlobalType>,
    table: u64,
    memory: Option<wasmparser::MemoryType>,
    segments: Vec<wasmparser::Data<'a>>,
    data: Vec<Constants<'a>>,
    names: HashMap<u32, &'a str>,
    /// Those that are called from outside.
    exported: Vec<u32>,
}

/// A piece of the memory that is there from the start.
struct Constants<'a> {
    address: u64,
    bytes: &'a [u8],
    when: When,
}

impl<'a> Constants<'a> {
    /// How long a piece is at least: one of its own takes as much as this.
    const SHORTEST: u64 = 8;

    /// A segment, cut where it is needed first and where it is not.
    fn of(segment: &wasmparser::Data<'a>, later: &[(Range<u64>, When)]) -> Result<Vec<Self>> {
        let start = reach::address(segment)?;
        let end = start + segment.data.len() as u64;
        let (mut pieces, mut at) = (Vec::new(), start);
        let mut cut = |to: u64, when| {
            if to > at {
                let bytes = &segment.data[(at - start) as usize..(to - start) as usize];
                pieces.push(Self { address: at, bytes, when });
                at = to;
            }
        };
        for (run, when) in later {
            if run.start >= start && run.end <= end && run.end - run.start >= Self::SHORTEST {
                cut(run.start, When::First);
                cut(run.end, *when);
            }
        }
        cut(end, When::First);
        Ok(pieces)
    }
}

impl<'a> Whole<'a> {
    fn read(module: &'a [u8]) -> Result<Self> {
        let mut whole = Self {
            types: Vec::new(),
            imported: 0,
            functions: Vec::new(),
            places: Vec::new(),
            bodies: Vec::new(),
            elements: Vec::new(),
            imported_globals: 0,
            globals: Vec::new(),
            table: 0,
            memory: None,
            segments: Vec::new(),
            data: Vec::new(),
            names: HashMap::new(),
            exported: Vec::new(),
        };
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::TypeSection(types) => {
                    for group in types {
                        for ty in group?.into_types() {
                            match ty.composite_type.inner {
                                CompositeInnerType::Func(ty) => whole.types.push(ty),
                                _ => bail!("a type that is none of a function"),
                            }
                        }
                    }
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        match import?.ty {
                            TypeRef::Func(ty) => whole.functions.push(ty),
                            TypeRef::Global(_) => whole.imported_globals += 1,
                            _ => bail!("a memory or a table that is imported"),
                        }
                    }
                    whole.imported = u32::try_from(whole.functions.len())?;
                }
                Payload::FunctionSection(types) => {
                    for ty in types {
                        whole.functions.push(ty?);
                    }
                }
                Payload::TableSection(tables) => {
                    if tables.count() != 1 {
                        bail!("{} tables, and one is expected", tables.count());
                    }
                    for table in tables {
                        whole.table = table?.ty.initial;
                    }
                }
                Payload::MemorySection(memories) => {
                    for memory in memories {
                        whole.memory = Some(memory?);
                    }
                }
                Payload::GlobalSection(globals) => {
                    for global in globals {
                        whole.globals.push(global?.ty);
                    }
                }
                Payload::ElementSection(elements) => {
                    whole.elements = elements.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::CodeSectionEntry(body) => whole.bodies.push(body),
                Payload::DataSection(segments) => whole.segments = segments.into_iter().collect::<Result<_, _>>()?,
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        if export.kind == ExternalKind::Func {
                            whole.exported.push(export.index);
                        }
                    }
                }
                Payload::StartSection { func, .. } => whole.exported.push(func),
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(parts) = section.as_known() {
                        whole.names = reach::function_names(parts)?;
                    }
                }
                _ => {}
            }
        }
        Ok(whole)
    }

    /// What the linker's module has still in it.
    fn kept(&self) -> Result<Kept> {
        let mut roots: Vec<u32> = self.exported.clone();
        // Whom a function of wasm-bindgen's own calls, the linker does not know.
        for (_, body) in self.defined().filter(|(index, _)| !self.names.contains_key(index)) {
            for operator in body.get_operators_reader()? {
                if let Operator::Call { function_index } = operator? {
                    roots.push(function_index);
                }
            }
        }
        let names = |functions: &mut dyn Iterator<Item = u32>| {
            functions.filter_map(|index| self.names.get(&index)).map(|name| (*name).to_owned()).collect()
        };
        Ok(Kept {
            functions: names(&mut self.defined().map(|(index, _)| index)),
            roots: names(&mut roots.into_iter()),
        })
    }

    /// Puts everything where it belongs.
    fn put(&mut self, reach: &Reach) -> Result<()> {
        let mut gates = 0;
        for index in 0..u32::try_from(self.functions.len())? {
            let name = self.names.get(&index).copied().filter(|_| index >= self.imported).unwrap_or_default();
            self.places.push(match reach.functions.get(name) {
                _ if reach.gates.contains(name) => {
                    gates += 1;
                    Place::Gate(self.table + gates - 1)
                }
                Some(When::Later) => Place::Rest,
                Some(When::Never) => Place::Gone,
                Some(When::First) | None => Place::First,
            });
        }
        if gates == 0 || gates as usize != reach.gates.len() {
            bail!("{gates} of the {} gates are in the module", reach.gates.len());
        }
        for segment in &self.segments {
            self.data.extend(Constants::of(segment, &reach.data)?);
        }
        if let Ok(path) = std::env::var("DUMP") { let mut t = String::new(); for (i, b) in self.defined() { t += &format!("{i} {} {} {:#}\n", match self.place(i) { Place::First => 'F', Place::Rest => 'R', Place::Gone => 'N', _ => 'G' }, b.range().len(), self.name(i)); } std::fs::write(path, t)?; }
        Ok(())
    }

    fn name(&self, function: u32) -> impl std::fmt::Display + '_ {
        demangle(self.names.get(&function).copied().unwrap_or_default())
    }

    fn place(&self, function: u32) -> Place {
        self.places[function as usize]
    }

    fn defined(&self) -> impl Iterator<Item = (u32, &FunctionBody<'a>)> {
        let mut all: Vec<_> = (self.imported..).zip(&self.bodies).collect();
        // Functions of one kind side by side, and of about one size: they are more alike, and pack better.
        all.sort_by_key(|(index, body)| (self.functions[*index as usize], body.range().len()));
        all.into_iter()
    }

    fn gates(&self) -> impl Iterator<Item = (u32, u64)> {
        (0..).zip(&self.places).filter_map(|(index, place)| match place {
            Place::Gate(slot) => Some((index, *slot)),
            _ => None,
        })
    }

    fn data(&self, when: When) -> DataSection {
        let mut data = DataSection::new();
        for Constants { address, bytes, .. } in self.data.iter().filter(|piece| piece.when == when) {
            data.active(0, &ConstExpr::i32_const(*address as i32), bytes.iter().copied());
        }
        data
    }

    fn table_size(&self) -> u64 {
        self.table + self.gates().count() as u64
    }
}

/// What the second module takes from the first.
struct Shared {
    functions: Vec<u32>,
    globals: Vec<u32>,
}

/// What the first module calls it. As short as it can be, and no name that wasm-bindgen would give.
fn shared_name(kind: &str, index: usize) -> String {
    format!("{kind}{index}")
}

const FUNCTION: &str = "$";
const GLOBAL: &str = "$g";
const MEMORY: &str = "$m";
const TABLE: &str = "$t";

/// Writes the whole module less the rest.
struct First<'a> {
    whole: &'a Whole<'a>,
    shared: &'a Shared,
    order: HashMap<u32, u32>,
}

impl First<'_> {
    /// The number of a function when those of the rest are gone. The last one is none of the app's.
    fn number(&self, function: u32) -> Option<u32> {
        if function < self.whole.imported { return Some(function); }
        self.order.get(&function).copied()
    }

    /// A function that does nothing but stop: it stands in the table where a function of the rest will.
    fn trap(&self) -> u32 {
        self.whole.places.iter().filter(|place| place.is_in_first()).count() as u32
    }

    fn gate(&self, function: u32, slot: u64) -> Function {
        let ty = self.whole.functions[function as usize];
        let mut gate = Function::new([]);
        for parameter in 0..self.whole.types[ty as usize].params().len() {
            gate.instruction(&Instruction::LocalGet(parameter as u32));
        }
        gate.instruction(&Instruction::I32Const(slot as i32));
        gate.instruction(&Instruction::CallIndirect { type_index: ty, table_index: 0 });
        gate.instruction(&Instruction::End);
        gate
    }
}

impl Reencode for First<'_> {
    type Error = anyhow::Error;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<anyhow::Error>> {
        let late = || Error::UserError(anyhow!("{:#}, of the rest, is called without a gate", self.whole.name(function)));
        self.number(function).ok_or_else(late)
    }

    /// The names of functions, and what made them: nothing that a browser reads.
    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader<'_>) -> Result<(), Error<anyhow::Error>> {
        Ok(())
    }

    fn parse_type_section(&mut self, types: &mut TypeSection, section: TypeSectionReader<'_>) -> Result<(), Error<anyhow::Error>> {
        utils::parse_type_section(self, types, section)?;
        types.ty().function([], []);
        Ok(())
    }

    fn parse_function_section(&mut self, functions: &mut FunctionSection, _: FunctionSectionReader<'_>) -> Result<(), Error<anyhow::Error>> {
        for (index, _) in self.whole.defined().filter(|(index, _)| self.whole.place(*index).is_in_first()) {
            functions.function(self.whole.functions[index as usize]);
        }
        functions.function(self.whole.types.len() as u32);
        Ok(())
    }

    fn parse_table_section(&mut self, tables: &mut TableSection, section: TableSectionReader<'_>) -> Result<(), Error<anyhow::Error>> {
        for table in section {
            let mut ty = self.table_type(table?.ty)?;
            ty.minimum = self.whole.table_size();
            ty.maximum = ty.maximum.map(|maximum| maximum.max(ty.minimum));
            tables.table(ty);
        }
        Ok(())
    }

    fn parse_export_section(&mut self, exports: &mut ExportSection, section: ExportSectionReader<'_>) -> Result<(), Error<anyhow::Error>> {
        utils::parse_export_section(self, exports, section)?;
        for (index, function) in self.shared.functions.iter().enumerate() {
            exports.export(&shared_name(FUNCTION, index), ExportKind::Func, self.function_index(*function)?);
        }
        for (index, global) in self.shared.globals.iter().enumerate() {
            exports.export(&shared_name(GLOBAL, index), ExportKind::Global, *global);
        }
        exports.export(MEMORY, ExportKind::Memory, 0);
        exports.export(TABLE, ExportKind::Table, 0);
        Ok(())
    }

    fn parse_element_section(&mut self, elements: &mut ElementSection, section: ElementSectionReader<'_>) -> Result<(), Error<anyhow::Error>> {
        for element in section {
            let element = element?;
            let (offset, functions) = placed(&element).map_err(Error::UserError)?;
            let trap = self.trap();
            let functions: Vec<u32> = functions.into_iter().map(|function| self.number(function).unwrap_or(trap)).collect();
            elements.active(None, &ConstExpr::i32_const(offset as i32), Elements::Functions(functions.into()));
        }
        Ok(())
    }

    fn parse_data_section(&mut self, data: &mut DataSection, _: DataSectionReader<'_>) -> Result<(), Error<anyhow::Error>> {
        *data = self.whole.data(When::First);
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, _: CodeSectionReader<'_>) -> Result<(), Error<anyhow::Error>> {
        let whole = self.whole;
        for (index, body) in whole.defined() {
            match whole.place(index) {
                Place::First => self.parse_function_body(code, body.clone()).map_err(|error| Error::UserError(anyhow!("{:#}: {error}", whole.name(index))))?,
                Place::Gate(slot) => _ = code.function(&self.gate(index, slot)),
                Place::Rest | Place::Gone => {}
            }
        }
        let mut trap = Function::new([]);
        trap.instruction(&Instruction::Unreachable).instruction(&Instruction::End);
        code.function(&trap);
        Ok(())
    }
}

/// The functions that an element puts into the table, and from which place on.
fn placed(element: &Element<'_>) -> Result<(u64, Vec<u32>)> {
    let ElementKind::Active { table_index: None | Some(0), offset_expr } = &element.kind else {
        bail!("an element that is not put into the table");
    };
    let mut operators = offset_expr.get_operators_reader();
    let Operator::I32Const { value } = operators.read()? else { bail!("an element without a place") };
    let ElementItems::Functions(functions) = &element.items else { bail!("an element that is no function") };
    let functions = functions.clone().into_iter().collect::<Result<_, _>>()?;
    Ok((u64::try_from(value)?, functions))
}

/// Writes the rest.
struct Rest<'a> {
    whole: &'a Whole<'a>,
    /// What each function of the rest is called in it, and each that it takes from the first.
    numbers: HashMap<u32, u32>,
    functions: Vec<u32>,
    globals: Vec<u32>,
}

impl Rest<'_> {
    fn module(&mut self) -> Result<Module> {
        let whole = self.whole;
        let own: Vec<_> = whole.defined().filter(|(index, _)| whole.place(*index).is_in_rest()).collect();
        let (mut functions, mut globals) = (BTreeSet::new(), BTreeSet::new());
        for (_, body) in &own {
            for operator in body.get_operators_reader()? {
                match operator? {
                    Operator::Call { function_index } | Operator::RefFunc { function_index } => {
                        functions.insert(function_index);
                    }
                    Operator::GlobalGet { global_index } | Operator::GlobalSet { global_index } => {
                        globals.insert(global_index);
                    }
                    _ => {}
                }
            }
        }
        self.functions = functions.into_iter().filter(|function| whole.place(*function) == Place::First).collect();
        self.globals = globals.into_iter().collect();
        let order = self.functions.iter().copied().chain(own.iter().map(|(index, _)| *index));
        self.numbers = order.zip(0..).collect();

        let mut module = Module::new();
        let mut types = TypeSection::new();
        for ty in &whole.types {
            let ty = utils::func_type(self, ty.clone()).map_err(|error| anyhow!("{error}"))?;
            types.ty().func_type(&ty);
        }
        module.section(&types).section(&self.imports()?);
        let (mut declared, mut code) = (FunctionSection::new(), CodeSection::new());
        for (index, body) in own {
            declared.function(whole.functions[index as usize]);
            self.parse_function_body(&mut code, body.clone()).map_err(|error| anyhow!("the rest: {error}"))?;
        }
        module.section(&declared).section(&self.elements()?).section(&code).section(&whole.data(When::Later));
        Ok(module)
    }

    fn imports(&self) -> Result<ImportSection> {
        let mut imports = ImportSection::new();
        for (index, function) in self.functions.iter().enumerate() {
            let ty = self.whole.functions[*function as usize];
            imports.import(SHARED, &shared_name(FUNCTION, index), EntityType::Function(ty));
        }
        for (index, global) in self.globals.iter().enumerate() {
            let ty = global.checked_sub(self.whole.imported_globals).and_then(|own| self.whole.globals.get(own as usize));
            let ty = ty.context("a global that is imported")?;
            let val_type = match ty.content_type {
                wasmparser::ValType::I32 => wasm_encoder::ValType::I32,
                other => bail!("a global of the type {other}"),
            };
            let ty = wasm_encoder::GlobalType { val_type, mutable: ty.mutable, shared: ty.shared };
            imports.import(SHARED, &shared_name(GLOBAL, index), EntityType::Global(ty));
        }
        let memory = self.whole.memory.context("a module without a memory")?;
        let memory = MemoryType { minimum: memory.initial, maximum: memory.maximum, memory64: false, shared: memory.shared, page_size_log2: None };
        imports.import(SHARED, MEMORY, EntityType::Memory(memory));
        let table = wasm_encoder::TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: self.whole.table_size(),
            maximum: None,
            shared: false,
        };
        imports.import(SHARED, TABLE, EntityType::Table(table));
        Ok(imports)
    }

    /// What the rest puts into the table: runs of its functions, each at its place.
    fn elements(&self) -> Result<ElementSection> {
        let mut filled: Vec<(u64, u32)> = self.whole.gates().map(|(function, slot)| (slot, function)).collect();
        for element in &self.whole.elements {
            let (offset, functions) = placed(element)?;
            let late = (offset..).zip(functions).filter(|(_, function)| self.whole.place(*function) == Place::Rest);
            filled.extend(late);
        }
        filled.sort_unstable();
        let mut elements = ElementSection::new();
        for run in filled.chunk_by(|(place, _), (next, _)| place + 1 == *next) {
            let functions: Vec<u32> = run.iter().map(|(_, function)| self.numbers[function]).collect();
            elements.active(None, &ConstExpr::i32_const(run[0].0 as i32), Elements::Functions(functions.into()));
        }
        Ok(elements)
    }
}

impl Reencode for Rest<'_> {
    type Error = anyhow::Error;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<anyhow::Error>> {
        self.numbers.get(&function).copied().ok_or_else(|| Error::UserError(anyhow!("function {function} is nowhere")))
    }

    fn global_index(&mut self, global: u32) -> Result<u32, Error<anyhow::Error>> {
        let place = self.globals.iter().position(|known| *known == global);
        place.map(|place| place as u32).ok_or_else(|| Error::UserError(anyhow!("global {global} is nowhere")))
    }
}
