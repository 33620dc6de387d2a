//! The code is built as docs/architecture.md draws it: modules use only those below them, and no two files use each other.
#![expect(clippy::disallowed_methods, reason = "a test may read files")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = "docs/architecture.md";

fn text(path: impl AsRef<Path>) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A module's path below the crate: `["eval", "gate"]` for `src/eval/gate/mod.rs`.
type Module = Vec<String>;

/// The code of each module, without tests, comments and macros' own paths.
fn modules() -> BTreeMap<Module, String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(&src).into_iter().filter_map(Result::ok);
    let rust =
        files.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|it| it == "rs"));
    rust.filter(|path| !path.ends_with("tests.rs") && !path.ends_with("lib.rs"))
        .map(|path| {
            let below = path.strip_prefix(&src).expect("below src").with_extension("");
            let mut module: Module = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            module.pop_if(|name| name == "mod");
            let code = fs::read_to_string(&path).expect("a file of the project");
            let code = code.split("#[cfg(test)]\nmod tests").next().expect("a first part");
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            (module, lines.collect::<Vec<_>>().join("\n"))
        })
        .collect()
}

/// The paths that a tree of `use` imports: `a::{b, c::d}` are `a::b` and `a::c::d`.
fn leaves(tree: &str) -> Vec<String> {
    let Some((before, rest)) = tree.split_once('{') else { return vec![tree.trim().to_owned()] };
    let inner = rest.trim_end().strip_suffix('}').unwrap_or(rest);
    let mut depth = 0;
    let branches = inner.split(|letter: char| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        letter == ',' && depth == 0
    });
    branches
        .filter(|branch| !branch.trim().is_empty())
        .flat_map(leaves)
        .map(|leaf| format!("{}{leaf}", before.trim()))
        .collect()
}

/// Every path that a module's code names, from the crate on.
fn paths(module: &[String], code: &str) -> Vec<Module> {
    let imports =
        code.split("use ").skip(1).filter_map(|rest| Some(rest.split_once(';')?.0)).flat_map(leaves);
    let is_path = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | ':');
    let inline = code.split(|letter| !is_path(letter)).filter(|path| path.contains("::")).map(str::to_owned);
    let resolved = imports.chain(inline).filter_map(|path| {
        let mut at = module.to_vec();
        let mut parts = path.split(" as ").next()?.split("::").peekable();
        match *parts.peek()? {
            "crate" | "fundamentals" => at.clear(),
            "super" => {}
            "self" => {
                parts.next();
                at.extend(parts.map(str::to_owned));
                return Some(at);
            }
            _ => return None,
        }
        for part in parts {
            match part {
                "crate" | "fundamentals" => at.clear(),
                "super" => drop(at.pop()),
                name => at.push(name.to_owned()),
            }
        }
        Some(at)
    });
    resolved.collect()
}

/// What each module re-exports of its children: the name, and the child.
fn re_exports(modules: &BTreeMap<Module, String>) -> BTreeMap<Module, Module> {
    let mut found = BTreeMap::new();
    for (module, code) in modules {
        let exports = code.split("use ").skip(1).zip(code.split("use ")).filter(|(_, before)| {
            before.trim_end().rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with("pub"))
        });
        for leaf in exports.filter_map(|(rest, _)| Some(rest.split_once(';')?.0)).flat_map(leaves) {
            let path: Module = leaf.trim_start_matches("self::").split("::").map(str::to_owned).collect();
            if let Some((name, child)) = path.split_last() {
                let child: Module = module.iter().chain(child).cloned().collect();
                if modules.contains_key(&child) && child != *module {
                    found.insert(module.iter().chain([name]).cloned().collect(), child);
                }
            }
        }
    }
    found
}

/// Which modules each uses; a re-exported name is its home's.
fn uses() -> BTreeMap<Module, BTreeSet<Module>> {
    let modules = modules();
    let exports = re_exports(&modules);
    let home = |path: Module| {
        let mut path = path;
        while !path.is_empty() {
            if let Some(child) = exports.get(&path) {
                return Some(child.clone());
            }
            if modules.contains_key(&path) {
                return Some(path);
            }
            path.pop();
        }
        None
    };
    let uses = modules.iter().map(|(module, code)| {
        let used = paths(module, code).into_iter().filter_map(home).filter(|used| used != module).collect();
        (module.clone(), used)
    });
    uses.collect()
}

#[test]
fn the_drawing_of_the_architecture_is_what_the_code_says() {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, used) in uses() {
        let used = used.into_iter().map(|used| used[0].clone()).filter(|used| *used != module[0]);
        edges.entry(module[0].clone()).or_default().extend(used);
    }
    let page = text(PAGE);
    let (_, drawing) = page.split_once("```mermaid\nflowchart TD\n").expect("a drawing");
    let (drawing, _) = drawing.split_once("```").expect("the drawing's end");
    let arrows = drawing.lines().filter_map(|line| line.trim().split_once(" --> "));
    let mut drawn: BTreeMap<String, BTreeSet<String>> = arrows
        .map(|(module, used)| (module.to_owned(), used.split(" & ").map(str::to_owned).collect()))
        .collect();
    edges.retain(|_, used| !used.is_empty());
    drawn.retain(|_, used| !used.is_empty());
    assert_eq!(drawn, edges, "drawn on the left, in the code on the right");
}

#[test]
fn every_folder_is_on_the_page() {
    let page = text(PAGE);
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files =
        walkdir::WalkDir::new(&src).into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    let rust =
        files.filter(|path| path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs"));
    let folders: BTreeSet<PathBuf> =
        rust.filter_map(|path| Some(path.strip_prefix(&src).ok()?.parent()?.to_path_buf())).collect();
    for folder in folders.iter().filter(|folder| !folder.as_os_str().is_empty()) {
        let row = format!("| `src/{}` | ", folder.display());
        assert!(page.contains(&row), "no row begins with {row}");
    }
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `src/")?.split_once('`'));
    for (folder, _) in rows {
        assert!(folders.contains(Path::new(folder)), "there is no folder src/{folder}");
    }
}

/// A module and those within it are one family: a parent names its children, and a child its parent's types.
fn is_family(one: &[String], other: &[String]) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// Everything that a module leads to.
fn reached<'u>(from: &'u Module, uses: &'u BTreeMap<Module, BTreeSet<Module>>) -> BTreeSet<&'u Module> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<_> = uses[from].iter().collect();
    while let Some(module) = next.pop() {
        if reached.insert(module) {
            next.extend(&uses[module]);
        }
    }
    reached
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let mut uses = uses();
    for (module, used) in &mut uses {
        used.retain(|used| !is_family(module, used));
    }
    let circular = uses.keys().filter(|module| reached(module, &uses).contains(module));
    let circular: Vec<_> = circular
        .map(|module| {
            let circle = uses[module].iter().filter(|other| reached(other, &uses).contains(module));
            let circle: Vec<_> = circle.map(|other| other.join("::")).collect();
            format!("{} uses {}", module.join("::"), circle.join(", "))
        })
        .collect();
    assert!(circular.is_empty(), "{circular:#?}");
}

/// Whole or not at all, with the lock and the cleaning up: that is written once.
#[test]
fn files_are_written_in_one_place() {
    let writers =
        ["tempfile", "NamedTempFile", "fs::write", "File::create", "OpenOptions", "fs::rename", ".persist"];
    let names = |code: &str| writers.into_iter().filter(|name| code.contains(name)).collect::<Vec<_>>();
    let found: BTreeMap<_, _> = modules()
        .into_iter()
        .map(|(module, code)| (module.join("/"), names(&code)))
        .filter(|(_, names)| !names.is_empty())
        .collect();
    // A pipe or device that a result goes to is opened, not replaced.
    let pipe = ("edit/result".to_owned(), vec!["OpenOptions"]);
    let expected = vec!["tempfile", "NamedTempFile", "OpenOptions", ".persist"];
    assert_eq!(found, BTreeMap::from([("edit/replace".to_owned(), expected), pipe]));
}
