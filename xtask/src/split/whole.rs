//! A module as wasm-bindgen has written it, and where each part of it goes.

use std::collections::HashMap;
use std::ops::Range;

use anyhow::{Result, bail};
use rustc_demangle::demangle;
use wasm_encoder::{ConstExpr, DataSection};
use wasmparser::{
    CompositeInnerType, Element, ElementItems, ElementKind, ExternalKind, FuncType, FunctionBody, KnownCustom,
    Operator, Parser, Payload, TypeRef,
};

use super::Weight;
use super::linked;
use super::reach::{Kept, Reach, When};

/// Where a function goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    First,
    /// In the rest, with a call through this place of the table in the first.
    Gate(u64),
    Rest,
    Gone,
}

impl Place {
    pub(super) fn is_in_first(self) -> bool {
        matches!(self, Self::First | Self::Gate(_))
    }

    pub(super) fn is_in_rest(self) -> bool {
        matches!(self, Self::Rest | Self::Gate(_))
    }
}

pub(super) struct Whole<'a> {
    pub(super) types: Vec<FuncType>,
    pub(super) imported: u32,
    /// The modules and the names of the functions that are imported.
    pub(super) imports: Vec<(&'a str, &'a str)>,
    /// The type of each function, those that are imported first.
    pub(super) functions: Vec<u32>,
    pub(super) places: Vec<Place>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
    pub(super) elements: Vec<Element<'a>>,
    pub(super) imported_globals: u32,
    pub(super) globals: Vec<wasmparser::GlobalType>,
    pub(super) table: u64,
    pub(super) memory: Option<wasmparser::MemoryType>,
    pub(super) segments: Vec<wasmparser::Data<'a>>,
    pub(super) data: Vec<Constants<'a>>,
    pub(super) names: HashMap<u32, &'a str>,
    /// Those that are called from outside.
    pub(super) exported: Vec<u32>,
}

/// A piece of the memory that is there from the start.
pub(super) struct Constants<'a> {
    pub(super) address: u64,
    pub(super) bytes: &'a [u8],
    pub(super) when: When,
}

impl<'a> Constants<'a> {
    /// How long a piece is at least: one of its own takes as much as this.
    const SHORTEST: u64 = 8;

    /// A segment, cut where it is needed first and where it is not.
    pub(super) fn of(segment: &wasmparser::Data<'a>, later: &[(Range<u64>, When)]) -> Result<Vec<Self>> {
        let start = linked::address(segment)?;
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
    pub(super) fn read(module: &'a [u8]) -> Result<Self> {
        let mut whole = Self {
            types: Vec::new(),
            imported: 0,
            imports: Vec::new(),
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
                        let import = import?;
                        match import.ty {
                            TypeRef::Func(ty) => {
                                whole.functions.push(ty);
                                whole.imports.push((import.module, import.name));
                            }
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
                        whole.names = linked::function_names(parts)?;
                    }
                }
                _ => {}
            }
        }
        Ok(whole)
    }

    /// What the linker's module has still in it.
    pub(super) fn kept(&self) -> Result<Kept> {
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
        Ok(Kept { functions: names(&mut self.defined().map(|(index, _)| index)), roots: names(&mut roots.into_iter()) })
    }

    /// Puts everything where it belongs.
    pub(super) fn put(&mut self, reach: &Reach) -> Result<()> {
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
        Ok(())
    }

    pub(super) fn name(&self, function: u32) -> impl std::fmt::Display + '_ {
        demangle(self.names.get(&function).copied().unwrap_or_default())
    }

    /// What is in either half. A gate is where its code is.
    pub(super) fn weights(&self) -> Vec<Weight> {
        let kept = self.defined().filter(|(index, _)| self.place(*index) != Place::Gone);
        let weight = |(index, body): (u32, &FunctionBody<'_>)| Weight {
            is_late: self.place(index).is_in_rest(),
            bytes: body.range().len(),
            name: format!("{:#}", self.name(index)),
        };
        kept.map(weight).collect()
    }

    pub(super) fn place(&self, function: u32) -> Place {
        self.places[function as usize]
    }

    pub(super) fn defined(&self) -> impl Iterator<Item = (u32, &FunctionBody<'a>)> {
        let mut all: Vec<_> = (self.imported..).zip(&self.bodies).collect();
        // Functions of one kind side by side, and of about one size: they are more alike, and pack better.
        all.sort_by_key(|(index, body)| (self.functions[*index as usize], body.range().len()));
        all.into_iter()
    }

    pub(super) fn gates(&self) -> impl Iterator<Item = (u32, u64)> {
        (0..).zip(&self.places).filter_map(|(index, place)| match place {
            Place::Gate(slot) => Some((index, *slot)),
            _ => None,
        })
    }

    pub(super) fn data(&self, when: When) -> DataSection {
        let mut data = DataSection::new();
        for Constants { address, bytes, .. } in self.data.iter().filter(|piece| piece.when == when) {
            data.active(0, &ConstExpr::i32_const(*address as i32), bytes.iter().copied());
        }
        data
    }
}

/// The functions that an element puts into the table, and from which place on.
pub(super) fn placed(element: &Element<'_>) -> Result<(u64, Vec<u32>)> {
    let ElementKind::Active { table_index: None | Some(0), offset_expr } = &element.kind else {
        bail!("an element that is not put into the table");
    };
    let mut operators = offset_expr.get_operators_reader();
    let Operator::I32Const { value } = operators.read()? else { bail!("an element without a place") };
    let ElementItems::Functions(functions) = &element.items else { bail!("an element that is no function") };
    let functions = functions.clone().into_iter().collect::<Result<_, _>>()?;
    Ok((u64::try_from(value)?, functions))
}
