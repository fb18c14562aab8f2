//! The module that comes later.

use std::collections::HashMap;

use anyhow::{Context, Result, anyhow, bail};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, Function, FunctionSection, ImportSection,
    Instruction, MemoryType, Module, RefType, TypeSection,
};
use wasmparser::{FunctionBody, Operator};

use super::reach::When;
use super::shared::{MEMORY, SHARED, Shared, TABLE, global_name};
use super::whole::{Place, Whole, placed};

/// Writes it.
pub(super) fn write(whole: &Whole<'_>, shared: &Shared) -> Result<Vec<u8>> {
    Ok(Rest::new(whole, shared).module()?.finish())
}

struct Rest<'a> {
    whole: &'a Whole<'a>,
    shared: &'a Shared,
    numbers: HashMap<u32, u32>,
}

impl<'a> Rest<'a> {
    fn new(whole: &'a Whole<'a>, shared: &'a Shared) -> Self {
        let own = whole.defined().map(|(index, _)| index).filter(|index| whole.place(*index).is_in_rest());
        Self { whole, shared, numbers: shared.imported.iter().copied().chain(own).zip(0..).collect() }
    }

    fn module(&mut self) -> Result<Module> {
        let whole = self.whole;
        let mut module = Module::new();
        let mut types = TypeSection::new();
        for ty in &whole.types {
            let ty = utils::func_type(self, ty.clone()).map_err(|error| anyhow!("{error}"))?;
            types.ty().func_type(&ty);
        }
        module.section(&types).section(&self.imports()?);
        let (mut declared, mut code) = (FunctionSection::new(), CodeSection::new());
        for (index, body) in whole.defined().filter(|(index, _)| whole.place(*index).is_in_rest()) {
            declared.function(whole.functions[index as usize]);
            code.function(&self.body(body).map_err(|error| anyhow!("{:#}: {error}", whole.name(index)))?);
        }
        module.section(&declared).section(&self.elements()?).section(&code).section(&whole.data(When::Later));
        Ok(module)
    }

    /// The same function, with the first module called through the table.
    fn body(&mut self, body: &FunctionBody<'_>) -> Result<Function, Error<anyhow::Error>> {
        let mut function = self.new_function_with_parsed_locals(body)?;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            match operators.read()? {
                Operator::Call { function_index } if !self.numbers.contains_key(&function_index) => {
                    let place = self.shared.places[&function_index];
                    let type_index = self.whole.functions[function_index as usize];
                    function.instruction(&Instruction::I32Const(place as i32));
                    function.instruction(&Instruction::CallIndirect { type_index, table_index: 0 });
                }
                other => _ = function.instruction(&self.instruction(other)?),
            }
        }
        Ok(function)
    }

    fn imports(&self) -> Result<ImportSection> {
        let mut imports = ImportSection::new();
        for function in &self.shared.imported {
            let (module, name) = self.whole.imports[*function as usize];
            imports.import(module, name, EntityType::Function(self.whole.functions[*function as usize]));
        }
        for (index, global) in self.shared.globals.iter().enumerate() {
            let ty =
                global.checked_sub(self.whole.imported_globals).and_then(|own| self.whole.globals.get(own as usize));
            let ty = ty.context("a global that is imported")?;
            let val_type = match ty.content_type {
                wasmparser::ValType::I32 => wasm_encoder::ValType::I32,
                other => bail!("a global of the type {other}"),
            };
            let ty = wasm_encoder::GlobalType { val_type, mutable: ty.mutable, shared: ty.shared };
            imports.import(SHARED, &global_name(index), EntityType::Global(ty));
        }
        let memory = self.whole.memory.context("a module without a memory")?;
        let memory = MemoryType {
            minimum: memory.initial,
            maximum: memory.maximum,
            memory64: false,
            shared: memory.shared,
            page_size_log2: None,
        };
        imports.import(SHARED, MEMORY, EntityType::Memory(memory));
        let table = wasm_encoder::TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: self.shared.table,
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
        let place = self.shared.globals.iter().position(|known| *known == global);
        place.map(|place| place as u32).ok_or_else(|| Error::UserError(anyhow!("global {global} is nowhere")))
    }
}
