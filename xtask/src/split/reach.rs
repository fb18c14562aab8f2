//! Which functions of a module only the gates lead to.
//!
//! A call says itself whom it calls. That a number is the place of a function in the table, or of a constant in memory,
//! only the linker knows: with `--emit-relocs` it leaves word of each. What it says nothing of is taken for needed at
//! once.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use anyhow::{Context, Result, bail};
use rustc_demangle::demangle;
use wasm_encoder::{Module, RawSection};
use wasmparser::{
    Data, DataKind, Import, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocationType, SymbolInfo, TypeRef,
};

/// The functions of a module, by their names in the linker's tables.
pub(crate) struct Reach {
    /// What is called from the part that is there first, and stands in the other.
    pub(crate) gates: HashSet<String>,
    /// What only they lead to.
    pub(crate) late: HashSet<String>,
    /// The constants that only they lead to, by their addresses: in order, and none twice.
    pub(crate) data: Vec<Range<u64>>,
}

/// Where a segment of data is put.
pub(super) fn address(segment: &Data<'_>) -> Result<u64> {
    let DataKind::Active { memory_index: 0, offset_expr } = &segment.kind else { bail!("data without a place") };
    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
        bail!("data at a place that is no number");
    };
    Ok(u64::from(value.cast_unsigned()))
}

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

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Node {
    Function(u32),
    /// By its place among the symbols.
    Data(u32),
}

/// A symbol, as far as it can lead anywhere.
enum Symbol {
    Function(u32),
    /// In a segment.
    Data { segment: u32, within: Range<u32> },
    Other,
}

/// A piece of the memory that is there from the start.
struct Segment {
    /// Where its content stands in the file.
    content: Range<usize>,
    address: u64,
}

#[derive(Default)]
struct Linked<'a> {
    /// Where each function stands in the file, those that are imported first and nowhere.
    bodies: Vec<Range<usize>>,
    imported: usize,
    names: HashMap<u32, &'a str>,
    segments: Vec<Segment>,
    symbols: Vec<Symbol>,
    edges: HashMap<Node, Vec<Node>>,
    roots: Vec<Node>,
}

impl Reach {
    /// Reads a module as the linker wrote it. The gates are the functions of one module of Rust, `billing_admin::rest`.
    pub(crate) fn of(module: &[u8], gates: &str) -> Result<Self> {
        let linked = Linked::read(module)?;
        let within = format!("{gates}::");
        let is_gate = |name: &str| format!("{:#}", demangle(name)).strip_prefix(&within).is_some_and(is_plain);
        let gates: HashSet<u32> =
            linked.names.iter().filter(|(_, name)| is_gate(name)).map(|(index, _)| *index).collect();
        let first = linked.from(&linked.roots, |node| !matches!(node, Node::Function(index) if gates.contains(&index)));
        let behind: Vec<_> = gates.iter().map(|gate| Node::Function(*gate)).collect();
        let behind = linked.from(&behind, |node| !first.contains(&node));
        let late = behind.iter().filter_map(|node| match node {
            Node::Function(index) if !gates.contains(index) => Some(*index),
            _ => None,
        });
        let late = linked.only(late.filter(|index| *index as usize >= linked.imported));
        Ok(Self { gates: linked.only(gates.into_iter()), late, data: linked.data(&first, &behind)? })
    }
}

/// The name of a function, and not of what is inside one.
fn is_plain(name: &str) -> bool {
    !name.contains("::")
}

impl<'a> Linked<'a> {
    fn read(module: &'a [u8]) -> Result<Self> {
        let mut linked = Self::default();
        let (mut code, mut data) = ((0, 0), (0, 0));
        let mut relocations = Vec::new();
        let mut sections = 0;
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            let here = sections;
            if payload.as_section().is_some() {
                sections += 1;
            }
            match payload {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        if let Import { ty: TypeRef::Func(_), .. } = import? {
                            linked.bodies.push(0..0);
                        }
                    }
                    linked.imported = linked.bodies.len();
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        if export.kind == wasmparser::ExternalKind::Func {
                            linked.roots.push(Node::Function(export.index));
                        }
                    }
                }
                Payload::StartSection { func, .. } => linked.roots.push(Node::Function(func)),
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
                                for symbol in symbols {
                                    linked.add(symbol?);
                                }
                            }
                        }
                    }
                    KnownCustom::Reloc(section) => relocations.push(section),
                    KnownCustom::Name(parts) => {
                        for part in parts {
                            if let Name::Function(names) = part? {
                                for naming in names {
                                    let naming = naming?;
                                    linked.names.insert(naming.index, naming.name);
                                }
                            }
                        }
                    }
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

    fn add(&mut self, symbol: SymbolInfo<'_>) {
        self.symbols.push(match symbol {
            SymbolInfo::Func { index, .. } => Symbol::Function(index),
            SymbolInfo::Data { symbol: Some(place), .. } => {
                Symbol::Data { segment: place.index, within: place.offset..place.offset + place.size }
            }
            _ => Symbol::Other,
        });
    }

    /// What a word of the linker leads to.
    fn target(&self, kind: RelocationType, symbol: u32) -> Result<Option<Node>> {
        use RelocationType::*;
        if !matches!(
            kind,
            FunctionIndexLeb | TableIndexSleb | TableIndexI32 | MemoryAddrLeb | MemoryAddrSleb | MemoryAddrI32
        ) {
            return Ok(None);
        }
        Ok(match self.symbols.get(symbol as usize).context("a symbol that is not there")? {
            Symbol::Function(index) => Some(Node::Function(*index)),
            Symbol::Data { .. } => Some(Node::Data(symbol)),
            Symbol::Other => None,
        })
    }

    fn function_at(&self, at: usize) -> Option<Node> {
        let defined = &self.bodies[self.imported..];
        let place = defined.partition_point(|body| body.end <= at);
        let is_there = defined.get(place).is_some_and(|body| body.contains(&at));
        is_there.then(|| u32::try_from(self.imported + place).ok().map(Node::Function)).flatten()
    }

    fn data_at(&self, at: usize) -> Vec<Node> {
        let Some(segment) = self.segments.iter().position(|segment| segment.content.contains(&at)) else {
            return Vec::new();
        };
        let offset = at - self.segments[segment].content.start;
        let holds = |symbol: &Symbol| matches!(symbol, Symbol::Data { segment: of, within } if *of as usize == segment && (within.start as usize..within.end as usize).contains(&offset));
        (0..).zip(&self.symbols).filter(|(_, symbol)| holds(symbol)).map(|(index, _)| Node::Data(index)).collect()
    }

    /// The addresses that what is reached from behind holds, and nothing that is needed first. A text may be the end of
    /// another, which the linker then keeps once.
    fn data(&self, first: &HashSet<Node>, behind: &HashSet<Node>) -> Result<Vec<Range<u64>>> {
        let mut late = Vec::new();
        for (segment, number) in self.segments.iter().zip(0..) {
            let mut is_late = vec![false; segment.content.len()];
            for (reached, value) in [(behind, true), (first, false)] {
                for (symbol, place) in self.symbols.iter().zip(0..) {
                    match symbol {
                        Symbol::Data { segment, within } if *segment == number && reached.contains(&Node::Data(place)) => {
                            let bytes = is_late.get_mut(within.start as usize..within.end as usize);
                            bytes.context("a constant that is not there")?.fill(value);
                        }
                        _ => {}
                    }
                }
            }
            let mut at = segment.address;
            for run in is_late.chunk_by(|one, next| one == next) {
                let end = at + run.len() as u64;
                if run[0] {
                    late.push(at..end);
                }
                at = end;
            }
        }
        Ok(late)
    }

    fn from(&self, roots: &[Node], passes: impl Fn(Node) -> bool) -> HashSet<Node> {
        let mut reached: HashSet<Node> = HashSet::new();
        let mut waiting = roots.to_vec();
        while let Some(node) = waiting.pop() {
            if reached.insert(node) {
                let next = self.edges.get(&node).into_iter().flatten();
                waiting.extend(next.copied().filter(|next| passes(*next)));
            }
        }
        reached
    }

    /// Names that one function has, and no other.
    fn only(&self, functions: impl Iterator<Item = u32>) -> HashSet<String> {
        let mut times: HashMap<&str, u32> = HashMap::new();
        for name in self.names.values() {
            *times.entry(name).or_default() += 1;
        }
        functions.filter_map(|index| self.names.get(&index)).filter(|name| times[*name] == 1).map(|name| (*name).to_owned()).collect()
    }
}
