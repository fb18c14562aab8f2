//! The files of a crate and which of them imports which.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::Path;

use crate::source::{Import, Source};

/// More re-exports than any name passes through; ends the search for a name that is defined nowhere.
const MAX_REEXPORTS: usize = 16;

/// A crate's files, by the path of their module.
pub(crate) struct Crate {
    /// The name under which its binary and its tests know it.
    name: String,
    pub(crate) files: Vec<SourceFile>,
    /// Which file holds a module, inline modules included.
    modules: BTreeMap<Vec<String>, usize>,
}

/// A file of a crate.
pub(crate) struct SourceFile {
    /// From the root of the project, such as `src/api/client.rs`.
    pub(crate) file: String,
    /// `["api", "client"]`; empty for the crate's root.
    pub(crate) module: Vec<String>,
    pub(crate) text: String,
    pub(crate) source: Source,
}

impl SourceFile {
    /// `api::client`
    pub(crate) fn module_path(&self) -> String {
        self.module.join("::")
    }

    /// Whether it is `module` or lies below it.
    pub(crate) fn is_in(&self, module: &str) -> bool {
        is_below(&self.module_path(), module)
    }
}

/// Whether a module is `parent` or lies below it.
pub(crate) fn is_below(module: &str, parent: &str) -> bool {
    module.strip_prefix(parent).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// An import of one file by another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The path in the source.
    pub(crate) path: String,
}

impl Crate {
    /// Reads the sources below `folder` (from the root of the project).
    pub(crate) fn read(name: &str, folder: &str) -> Self {
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (mut folders, mut texts) = (vec![project.join(folder)], Vec::new());
        while let Some(current) = folders.pop() {
            for entry in fs::read_dir(current).expect("the folder can be read") {
                let path = entry.expect("the folder can be read").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let file = path.strip_prefix(project.join(folder)).expect("the file is in the folder");
                    let text = fs::read_to_string(&path).expect("a source is text");
                    texts.push((file.to_string_lossy().replace('\\', "/"), text));
                }
            }
        }
        assert!(texts.len() > 10, "the sources of {name} are not in {folder}");
        texts.sort();
        Self::new(name, folder, texts)
    }

    /// A crate of the given files, named from its `src`.
    pub(crate) fn new(name: &str, folder: &str, texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let texts: Vec<_> = texts.into_iter().collect();
        let has_library = texts.iter().any(|(file, _)| file == "lib.rs");
        let files: Vec<_> = texts
            .into_iter()
            .map(|(file, text)| SourceFile {
                module: module_of(&file, has_library),
                file: format!("{folder}/{file}"),
                source: Source::parse(&text),
                text,
            })
            .collect();
        let mut modules = BTreeMap::new();
        for (at, file) in files.iter().enumerate() {
            modules.insert(file.module.clone(), at);
            for inline in &file.source.inline_modules {
                modules.insert([&file.module[..], inline].concat(), at);
            }
        }
        Self { name: name.to_owned(), files, modules }
    }

    /// Every import of one file by another. A file that only declares and re-exports is looked through.
    pub(crate) fn edges(&self) -> Vec<Edge> {
        let mut edges = BTreeSet::new();
        for (from, file) in self.files.iter().enumerate().filter(|(_, file)| !file.source.is_facade) {
            let imports = file.source.imports.iter().map(|import| (&import.scope, &import.path, import.name == "*"));
            let paths = file.source.paths.iter().map(|inline| (&inline.scope, &inline.path, false));
            for (scope, path, is_glob) in imports.chain(paths) {
                let module = [&file.module[..], scope].concat();
                let one = || self.file_of(&module, path, 0).into_iter().collect();
                let targets = if is_glob { self.all_of(&module, path) } else { one() };
                for to in targets.into_iter().filter(|&to| to != from && !self.files[to].source.is_facade) {
                    edges.insert(Edge { from, to, path: path.join("::") });
                }
            }
        }
        edges.into_iter().collect()
    }

    /// The file that defines what a path names when it stands in `module`; empty for another crate's.
    fn file_of(&self, module: &[String], path: &[String], reexports: usize) -> Option<usize> {
        let (mut current, mut rest) = self.start_of(module, path)?;
        loop {
            let here = self.modules.get(&current).copied();
            let [next, after @ ..] = rest else { return here };
            let child = [&current[..], std::slice::from_ref(next)].concat();
            if self.modules.contains_key(&child) {
                (current, rest) = (child, after);
                continue;
            }
            let file = &self.files[here?];
            if file.source.items.contains(next) || reexports == MAX_REEXPORTS {
                return here;
            }
            let mut by_name = self.imports_of(&current, next).map(<[String]>::to_vec);
            let by_glob = self.imports_of(&current, "*").map(|glob| [glob, std::slice::from_ref(next)].concat());
            let follow = |mut target: Vec<String>| {
                target.extend_from_slice(after);
                // An import of the path itself brings in the name that is looked for.
                (target != path).then(|| self.file_of(&current, &target, reexports + 1)).flatten()
            };
            // A glob import brings in only what its target defines.
            let defines = |&at: &usize| self.files[at].source.items.contains(next);
            let mut found = by_name.find_map(follow);
            if found.is_none() {
                found = by_glob.filter_map(follow).find(defines);
            }
            return found.or(here);
        }
    }

    /// Where a path begins: the module that its first words name, and the words after them.
    fn start_of<'a>(&self, module: &[String], path: &'a [String]) -> Option<(Vec<String>, &'a [String])> {
        let [first, rest @ ..] = path else { return None };
        match first.as_str() {
            "crate" => Some((Vec::new(), rest)),
            name if name == self.name => Some((Vec::new(), rest)),
            "self" | "super" => {
                let ups = path.iter().skip_while(|word| *word == "self").take_while(|word| *word == "super").count();
                let words = ups + usize::from(first == "self");
                Some((module[..module.len().checked_sub(ups)?].to_vec(), &path[words..]))
            }
            name => {
                let child = [module, std::slice::from_ref(first)].concat();
                let is_ours = self.modules.contains_key(&child) || self.imports_of(module, name).next().is_some();
                is_ours.then(|| (module.to_vec(), path))
            }
        }
    }

    /// The paths by which `module` imports something as `name`.
    fn imports_of<'a>(&'a self, module: &'a [String], name: &'a str) -> impl Iterator<Item = &'a [String]> {
        let file = self.modules.get(module).map(|&at| &self.files[at]);
        file.into_iter().flat_map(move |file| {
            let scope = &module[file.module.len()..];
            let imports = file.source.imports.iter();
            imports.filter(move |import| import.name == name && import.scope == scope).map(|import| &import.path[..])
        })
    }

    /// The files that a glob import of a module reaches: its own, or those whose names it re-exports.
    fn all_of(&self, module: &[String], path: &[String]) -> Vec<usize> {
        let Some(target) = self.file_of(module, path, 0) else { return Vec::new() };
        let file = &self.files[target];
        if !file.source.is_facade {
            return vec![target];
        }
        let reexported = |import: &Import| match import.name.as_str() {
            "*" => self.all_of(&file.module, &import.path),
            _ => self.file_of(&file.module, &import.path, 1).into_iter().collect(),
        };
        file.source.imports.iter().flat_map(reexported).collect()
    }

    /// The shortest cycle of each knot of files, the shortest one first; each as the imports that make it.
    pub(crate) fn cycles(&self) -> Vec<Vec<Edge>> {
        let edges = self.edges();
        let mut cycles: Vec<_> = (0..self.files.len()).filter_map(|start| shortest_cycle(&edges, start)).collect();
        cycles.sort_by_key(Vec::len);
        let mut known = BTreeSet::new();
        cycles.retain(|cycle| {
            cycle.iter().all(|edge| !known.contains(&edge.from)) && {
                known.extend(cycle.iter().map(|edge| edge.from));
                true
            }
        });
        cycles
    }

    /// Names the two files of an import and its path.
    pub(crate) fn describe(&self, edge: &Edge) -> String {
        format!("{} imports {} ({})", self.files[edge.from].file, self.files[edge.to].file, edge.path)
    }

    /// Lists the imports of a cycle, one a line.
    pub(crate) fn describe_cycle(&self, cycle: &[Edge]) -> String {
        cycle.iter().map(|edge| self.describe(edge)).collect::<Vec<_>>().join(",\n    ")
    }
}

fn shortest_cycle(edges: &[Edge], start: usize) -> Option<Vec<Edge>> {
    let mut reached_by: BTreeMap<usize, &Edge> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(file) = queue.pop_front() {
        for edge in edges.iter().filter(|edge| edge.from == file) {
            if reached_by.contains_key(&edge.to) {
                continue;
            }
            reached_by.insert(edge.to, edge);
            queue.push_back(edge.to);
        }
    }
    let mut cycle = vec![*reached_by.get(&start)?];
    while cycle.last()?.from != start {
        cycle.push(reached_by.get(&cycle.last()?.from)?);
    }
    Some(cycle.into_iter().rev().cloned().collect())
}

/// The module of a file: `api/mod.rs` is `api`. Beside a `lib.rs`, `main.rs` is the module `main`.
fn module_of(file: &str, has_library: bool) -> Vec<String> {
    let path: Vec<String> = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    match path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["lib"] => Vec::new(),
        ["main"] if !has_library => Vec::new(),
        [.., "mod"] => path[..path.len() - 1].to_vec(),
        _ => path,
    }
}
