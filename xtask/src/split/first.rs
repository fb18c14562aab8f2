//! The whole module less the rest.

use std::collections::HashMap;

use anyhow::{Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, ExportKind, ExportSection, Function,
    FunctionSection, Instruction, Module, TableSection, TypeSection,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, DataSectionReader, ElementSectionReader, ExportSectionReader,
    FunctionSectionReader, Parser, TableSectionReader, TypeSectionReader,
};

use super::reach::When;
use super::shared::{MEMORY, Shared, TABLE, global_name};
use super::whole::{Place, Whole, placed};

/// Writes it; `module` is what `whole` was read from.
pub(super) fn write(whole: &Whole<'_>, shared: &Shared, module: &[u8]) -> Result<Vec<u8>> {
    let mut first = Module::new();
    let written = First::new(whole, shared).parse_core_module(&mut first, Parser::new(0), module);
    written.map_err(|error| anyhow!("the first module: {error}"))?;
    Ok(first.finish())
}

struct First<'a> {
    whole: &'a Whole<'a>,
    shared: &'a Shared,
    /// The numbers of the functions when those of the rest are gone.
    numbers: HashMap<u32, u32>,
    /// A function that does nothing but stop: it stands in the table where a function of the rest will.
    trap: u32,
}

impl<'a> First<'a> {
    fn new(whole: &'a Whole<'a>, shared: &'a Shared) -> Self {
        let own = whole.defined().map(|(index, _)| index).filter(|index| whole.place(*index).is_in_first());
        let numbers: HashMap<u32, u32> = (0..whole.imported).chain(own).zip(0..).collect();
        Self { whole, shared, trap: numbers.len() as u32, numbers }
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
        let late =
            || Error::UserError(anyhow!("{:#}, of the rest, is called without a gate", self.whole.name(function)));
        self.numbers.get(&function).copied().ok_or_else(late)
    }

    /// The names of functions, and what made them: nothing that a browser reads.
    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader<'_>) -> Result<(), Error<anyhow::Error>> {
        Ok(())
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        utils::parse_type_section(self, types, section)?;
        types.ty().function([], []);
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _: FunctionSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        for (index, _) in self.whole.defined().filter(|(index, _)| self.whole.place(*index).is_in_first()) {
            functions.function(self.whole.functions[index as usize]);
        }
        functions.function(self.whole.types.len() as u32);
        Ok(())
    }

    fn parse_table_section(
        &mut self,
        tables: &mut TableSection,
        section: TableSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        for table in section {
            let mut ty = self.table_type(table?.ty)?;
            ty.minimum = self.shared.table;
            ty.maximum = ty.maximum.map(|maximum| maximum.max(ty.minimum));
            tables.table(ty);
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        utils::parse_export_section(self, exports, section)?;
        for (index, global) in self.shared.globals.iter().enumerate() {
            exports.export(&global_name(index), ExportKind::Global, *global);
        }
        exports.export(MEMORY, ExportKind::Memory, 0);
        exports.export(TABLE, ExportKind::Table, 0);
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        section: ElementSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        for element in section {
            let element = element?;
            let (offset, functions) = placed(&element).map_err(Error::UserError)?;
            let number = |function| self.numbers.get(&function).copied().unwrap_or(self.trap);
            let functions: Vec<u32> = functions.into_iter().map(number).collect();
            elements.active(None, &ConstExpr::i32_const(offset as i32), Elements::Functions(functions.into()));
        }
        let added: Vec<u32> = self.shared.added.iter().map(|function| self.numbers[function]).collect();
        let offset = self.shared.table - added.len() as u64;
        elements.active(None, &ConstExpr::i32_const(offset as i32), Elements::Functions(added.into()));
        Ok(())
    }

    fn parse_data_section(
        &mut self,
        data: &mut DataSection,
        _: DataSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        *data = self.whole.data(When::First);
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        _: CodeSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        let whole = self.whole;
        for (index, body) in whole.defined() {
            match whole.place(index) {
                Place::First => self
                    .parse_function_body(code, body.clone())
                    .map_err(|error| Error::UserError(anyhow!("{:#}: {error}", whole.name(index))))?,
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
