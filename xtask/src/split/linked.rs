//! A module as the linker wrote it: what in it leads where.
//!
//! A call says itself whom it calls. That a number is the place of a function in the table, or of a constant in memory,
//! only the linker knows: with `--emit-relocs` it leaves word of each. What it says nothing of is taken for needed at
//! once.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use anyhow::{Context, Result, bail};
use wasm_encoder::{Module, RawSection};
use wasmparser::{
    Data, DataKind, Import, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocationType, SymbolInfo, TypeRef,
};

use super::reach::When;

/// A module without what the linker has left in it for [`Reach`], and without the features that it was built with: of
/// those wasm-bindgen would use the one that lets the browser keep references, which costs more than it gives (`dist`).
pub(crate) fn bare(module: &[u8]) -> Result<Vec<u8>> {
    let mut kept = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if let Payload::CustomSection(section) = &payload
            && (section.name().starts_with("reloc.") || ["linking", "target_features"].contains(&section.name()))
        {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            kept.section(&RawSection { id, data: &module[range] });
        }
    }
    Ok(kept.finish())
}

/// Where a segment of data is put.
pub(super) fn address(segment: &Data<'_>) -> Result<u64> {
    let DataKind::Active { memory_index: 0, offset_expr } = &segment.kind else { bail!("data without a place") };
    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
        bail!("data at a place that is no number");
    };
    Ok(u64::from(value.cast_unsigned()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Node {
    Function(u32),
    /// By its place among the symbols.
    Data(u32),
}

/// A symbol, as far as it can lead anywhere.
pub(super) enum Symbol {
    Function(u32),
    Data { segment: u32, within: Range<usize> },
    Other,
}

/// A piece of the memory that is there from the start.
pub(super) struct Segment {
    /// Where its content stands in the file.
    pub(super) content: Range<usize>,
    pub(super) address: u64,
}

#[derive(Default)]
pub(super) struct Linked<'a> {
    /// Where each function stands in the file, those that are imported first and nowhere.
    pub(super) bodies: Vec<Range<usize>>,
    pub(super) imported: usize,
    pub(super) names: HashMap<u32, &'a str>,
    pub(super) segments: Vec<Segment>,
    pub(super) symbols: Vec<Symbol>,
    pub(super) edges: HashMap<Node, Vec<Node>>,
    /// What is led to from somewhere that is not known.
    pub(super) roots: Vec<Node>,
}

impl<'a> Linked<'a> {
    pub(super) fn read(module: &'a [u8]) -> Result<Self> {
        let mut linked = Self::default();
        // The numbers of the sections, and where they begin.
        let (mut code, mut data) = ((0, 0), (0, 0));
        let mut relocations = Vec::new();
        let mut sections = 0;
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            let here = sections;
            sections += u32::from(payload.as_section().is_some());
            match payload {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        if let Import { ty: TypeRef::Func(_), .. } = import? {
                            linked.bodies.push(0..0);
                        }
                    }
                    linked.imported = linked.bodies.len();
                }
                Payload::CodeSectionStart { range, .. } => code = (here, range.start),
                Payload::CodeSectionEntry(body) => {
                    let caller = Node::Function(u32::try_from(linked.bodies.len())?);
                    for operator in body.get_operators_reader()? {
                        if let Operator::Call { function_index } | Operator::RefFunc { function_index } = operator? {
                            linked.edges.entry(caller).or_default().push(Node::Function(function_index));
                        }
                    }
                    linked.bodies.push(body.range());
                }
                Payload::DataSection(segments) => {
                    data = (here, segments.range().start);
                    for segment in segments {
                        let segment = segment?;
                        let end = segment.range.end;
                        let content = end - segment.data.len()..end;
                        linked.segments.push(Segment { content, address: address(&segment)? });
                    }
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(parts) => {
                        for part in parts {
                            if let Linking::SymbolTable(symbols) = part? {
                                linked.symbols =
                                    symbols.into_iter().map(|known| known.map(symbol)).collect::<Result<_, _>>()?;
                            }
                        }
                    }
                    KnownCustom::Reloc(section) => relocations.push(section),
                    KnownCustom::Name(parts) => linked.names = function_names(parts)?,
                    _ => {}
                },
                _ => {}
            }
        }
        if relocations.is_empty() || linked.symbols.is_empty() {
            bail!("the linker has left no word of what leads where: was it called with --emit-relocs?");
        }
        for section in relocations {
            let (is_code, start) = match section.section_index() {
                index if index == code.0 => (true, code.1),
                index if index == data.0 => (false, data.1),
                _ => continue,
            };
            for entry in section.entries() {
                let entry = entry?;
                let Some(to) = linked.target(entry.ty, entry.index)? else { continue };
                let at = start + entry.offset as usize;
                let from = if is_code { linked.function_at(at).into_iter().collect() } else { linked.data_at(at) };
                if from.is_empty() {
                    linked.roots.push(to);
                }
                for from in from {
                    linked.edges.entry(from).or_default().push(to);
                }
            }
        }
        Ok(linked)
    }

    /// What a word of the linker leads to.
    pub(super) fn target(&self, kind: RelocationType, symbol: u32) -> Result<Option<Node>> {
        use RelocationType::{
            FunctionIndexLeb, MemoryAddrI32, MemoryAddrLeb, MemoryAddrSleb, TableIndexI32, TableIndexSleb,
        };
        let leads = [FunctionIndexLeb, TableIndexSleb, TableIndexI32, MemoryAddrLeb, MemoryAddrSleb, MemoryAddrI32];
        if !leads.contains(&kind) {
            return Ok(None);
        }
        Ok(match self.symbols.get(symbol as usize).context("a symbol that is not there")? {
            Symbol::Function(index) => Some(Node::Function(*index)),
            Symbol::Data { .. } => Some(Node::Data(symbol)),
            Symbol::Other => None,
        })
    }

    pub(super) fn function_at(&self, at: usize) -> Option<Node> {
        let defined = &self.bodies[self.imported..];
        let place = defined.partition_point(|body| body.end <= at);
        let is_there = defined.get(place).is_some_and(|body| body.contains(&at));
        is_there.then(|| u32::try_from(self.imported + place).ok().map(Node::Function)).flatten()
    }

    pub(super) fn data_at(&self, at: usize) -> Vec<Node> {
        let holds = |symbol: &Symbol| match symbol {
            Symbol::Data { segment, within } => self.segments.get(*segment as usize).is_some_and(|segment| {
                at.checked_sub(segment.content.start).is_some_and(|offset| within.contains(&offset))
            }),
            _ => false,
        };
        (0..).zip(&self.symbols).filter(|(_, symbol)| holds(symbol)).map(|(index, _)| Node::Data(index)).collect()
    }

    /// The constants that are not needed first. A text may be the end of another, which the linker then keeps once: what
    /// any of them needs sooner, is needed sooner.
    pub(super) fn data(&self, when: impl Fn(&Node) -> When) -> Result<Vec<(Range<u64>, When)>> {
        let mut later = Vec::new();
        for (number, segment) in (0..).zip(&self.segments) {
            // What no symbol speaks of may be anything.
            let mut bytes = vec![When::First; segment.content.len()];
            for wanted in [When::Never, When::Later, When::First] {
                for (place, symbol) in (0..).zip(&self.symbols) {
                    if let Symbol::Data { segment, within } = symbol
                        && *segment == number
                        && when(&Node::Data(place)) == wanted
                    {
                        bytes.get_mut(within.clone()).context("a constant that is not there")?.fill(wanted);
                    }
                }
            }
            let mut at = segment.address;
            for run in bytes.chunk_by(|one, next| one == next) {
                let end = at + run.len() as u64;
                if run[0] != When::First {
                    later.push((at..end, run[0]));
                }
                at = end;
            }
        }
        Ok(later)
    }

    pub(super) fn from(&self, roots: impl Iterator<Item = Node>, passes: impl Fn(&Node) -> bool) -> HashSet<Node> {
        let mut reached: HashSet<Node> = HashSet::new();
        let mut waiting: Vec<Node> = roots.collect();
        while let Some(node) = waiting.pop() {
            if reached.insert(node) {
                let next = self.edges.get(&node).into_iter().flatten();
                waiting.extend(next.copied().filter(&passes));
            }
        }
        reached
    }
}

pub(super) fn symbol(known: SymbolInfo<'_>) -> Symbol {
    match known {
        SymbolInfo::Func { index, .. } => Symbol::Function(index),
        SymbolInfo::Data { symbol: Some(place), .. } => {
            let start = place.offset as usize;
            Symbol::Data { segment: place.index, within: start..start + place.size as usize }
        }
        _ => Symbol::Other,
    }
}

/// The names of a module's functions, as far as it has them.
pub(super) fn function_names<'a>(parts: wasmparser::NameSectionReader<'a>) -> Result<HashMap<u32, &'a str>> {
    let mut names = HashMap::new();
    for part in parts {
        if let Name::Function(known) = part? {
            for naming in known {
                let naming = naming?;
                names.insert(naming.index, naming.name);
            }
        }
    }
    Ok(names)
}
