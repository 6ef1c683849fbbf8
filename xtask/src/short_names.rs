//! Short names for what the WebAssembly and its glue call each other.
//!
//! wasm-bindgen's names are long and end in a hash, which no compression shortens, and each stands in both files. Nobody but these
//! two files reads them, so the names become `a`, `b`, `c` in both. What is not exactly as it is expected to be is an error.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use walrus::{Module, ModuleConfig};

use crate::wasm;

/// Renames what both files of a folder call each other. What the WebAssembly exports and the glue does not use is dropped.
pub fn shorten(folder: &Path) -> Result<()> {
    let (wasm, glue) = (folder.join(wasm::WASM), folder.join(wasm::GLUE));
    let mut module = ModuleConfig::new().generate_name_section(false).generate_producers_section(false).parse_file(&wasm)?;
    let text = std::fs::read_to_string(&glue).with_context(|| format!("cannot read {}", glue.display()))?;
    let text = number_imports(&mut module, &text).and_then(|text| rename_exports(&mut module, &text));
    let text = text.context("wasm-bindgen writes its files in another way than xtask/src/short_names.rs expects")?;
    std::fs::write(&glue, text)?;
    module.emit_wasm_file(&wasm)
}

/// The glue has an object with a function for each import. It becomes an array in the order in which the WebAssembly imports them,
/// so that their names are `0`, `1`, `2` there and nothing here.
fn number_imports(module: &mut Module, glue: &str) -> Result<String> {
    let modules: BTreeSet<String> = module.imports.iter().map(|import| import.module.clone()).collect();
    let [from] = &Vec::from_iter(modules)[..] else { bail!("the WebAssembly imports from several modules, or from none") };
    let (before, rest) = split_once(glue, "\n    const import0 = {\n        __proto__: null,\n")?;
    let closing = format!("    }};\n    return {{\n        __proto__: null,\n        \"{from}\": import0,\n    }};\n");
    let (object, after) = split_once(rest, &closing)?;
    let mut functions = functions(object)?;
    let mut array = String::new();
    for (index, import) in module.imports.iter_mut().enumerate() {
        let function = functions.remove(import.name.as_str());
        array.push_str(&function.with_context(|| format!("the glue has no function for the import {}", import.name))?);
        "a".clone_into(&mut import.module);
        import.name = index.to_string();
    }
    ensure!(functions.is_empty(), "the glue has functions that nothing imports: {:?}", functions.keys());
    Ok(format!("{before}\n    const import0 = [\n{array}    ];\n    return {{ a: import0 }};\n{after}"))
}

/// The functions of that object by name. Each begins with a line `        name: function(…`; what is in it stands deeper.
fn functions(object: &str) -> Result<BTreeMap<&str, String>> {
    let mut functions = BTreeMap::new();
    let mut last: Option<&mut String> = None;
    for line in object.split_inclusive('\n') {
        let head = line.strip_prefix("        ").and_then(|line| line.split_once(": function("));
        if let Some((name, _)) = head.filter(|(name, _)| name.chars().all(in_name)) {
            ensure!(!functions.contains_key(name), "the glue has two functions {name}");
            let function = line.trim_start().split_at(name.len() + 2).1;
            last = Some(functions.entry(name).or_insert(function.to_owned()));
        } else {
            last.as_mut().with_context(|| format!("this belongs to no function of the glue: {line}"))?.push_str(line);
        }
    }
    Ok(functions)
}

/// The glue reads what is exported as members of its variable `wasm`.
fn rename_exports(module: &mut Module, glue: &str) -> Result<String> {
    let mut short = short_names();
    let mut renamed = BTreeMap::new();
    let glue = rename_members(glue, |member| match renamed.get(member) {
        Some(name) => Ok(String::clone(name)),
        None => {
            let name = short.next().context("there are too many exports")?;
            renamed.insert(member.to_owned(), name.clone());
            Ok(name)
        }
    })?;
    let ids: Vec<_> = module.exports.iter().map(|export| export.id()).collect();
    for id in ids {
        let export = module.exports.get_mut(id);
        match renamed.remove(&export.name) {
            Some(name) => export.name = name,
            None => module.exports.delete(id),
        }
    }
    ensure!(renamed.is_empty(), "the glue uses what the WebAssembly does not export: {:?}", renamed.keys());
    Ok(glue)
}

/// Renames each `…` of `wasm.…`.
fn rename_members(glue: &str, mut rename: impl FnMut(&str) -> Result<String>) -> Result<String> {
    const VARIABLE: &str = "wasm.";
    let mut result = String::with_capacity(glue.len());
    let mut rest = glue;
    while let Some(at) = rest.find(VARIABLE) {
        let (before, after) = rest.split_at(at + VARIABLE.len());
        let (member, after) = after.split_at(after.find(|c| !in_name(c)).unwrap_or(after.len()));
        // Not where it is the end of a longer name.
        let is_variable = !rest[..at].ends_with(|c| in_name(c) || c == '.');
        result.push_str(before);
        result.push_str(&if is_variable { rename(member)? } else { member.to_owned() });
        rest = after;
    }
    result.push_str(rest);
    Ok(result)
}

fn split_once<'a>(text: &'a str, at: &str) -> Result<(&'a str, &'a str)> {
    let found = text.matches(at).count();
    ensure!(found == 1, "the glue has {found} times and not once: {at}");
    text.split_once(at).context("it is there once")
}

fn in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

/// `a` to `z`, then `aa` to `zz`. All are good names in JavaScript, as every word may follow a full stop or be a key.
fn short_names() -> impl Iterator<Item = String> {
    let one = ('a'..='z').map(String::from);
    let two = ('a'..='z').flat_map(|first| ('a'..='z').map(move |second| String::from_iter([first, second])));
    one.chain(two)
}

#[cfg(test)]
mod tests {
    use walrus::{FunctionBuilder, ValType};

    use super::*;

    const GLUE: &str = r#"
export function mount(kind) {
    return wasm.mount(kind, wasm.__wbindgen_malloc, wasm.memory.buffer);
}
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_focus_ecd971e1e3e9c168: function() { return handleError(function (arg0) {
            arg0.focus();
        }, arguments); },
        __wbg_call_11d2f6c1b1d2c0de: function(arg0) {
            other.wasm.mount(swasm.mount);
        },
    };
    return {
        __proto__: null,
        "./glue_bg.js": import0,
    };
}
wasm = instance.exports;
wasm.__wbindgen_malloc(1);
"#;

    fn module() -> Module {
        let mut module = Module::default();
        let nothing = module.types.add(&[], &[]);
        for name in ["__wbg_call_11d2f6c1b1d2c0de", "__wbg_focus_ecd971e1e3e9c168"] {
            module.add_import_func("./glue_bg.js", name, nothing);
        }
        let memory = module.memories.add_local(false, false, 1, None, None);
        module.exports.add("memory", memory);
        for name in ["mount", "__wbindgen_malloc", "__unused"] {
            let mut function = FunctionBuilder::new(&mut module.types, &[], &[ValType::I32]);
            function.func_body().i32_const(0);
            let function = function.finish(vec![], &mut module.funcs);
            module.exports.add(name, function);
        }
        module
    }

    fn names(module: &Module) -> (Vec<(&str, &str)>, Vec<&str>) {
        let imports = module.imports.iter().map(|import| (import.module.as_str(), import.name.as_str())).collect();
        (imports, module.exports.iter().map(|export| export.name.as_str()).collect())
    }

    #[test]
    fn both_files_have_the_same_short_names() {
        let mut module = module();
        let glue = number_imports(&mut module, GLUE).unwrap();
        let glue = rename_exports(&mut module, &glue).unwrap();
        assert_eq!(names(&module), (vec![("a", "0"), ("a", "1")], vec!["c", "a", "b"]));
        assert!(glue.contains("return wasm.a(kind, wasm.b, wasm.c.buffer);"), "{glue}");
        assert!(glue.contains("wasm = instance.exports;\nwasm.b(1);"), "{glue}");
        let imports = r#"
    const import0 = [
function(arg0) {
            other.wasm.mount(swasm.mount);
        },
function() { return handleError(function (arg0) {
            arg0.focus();
        }, arguments); },
    ];
    return { a: import0 };
}
"#;
        assert!(glue.contains(imports), "{glue}");
    }

    #[test]
    fn an_import_that_the_glue_has_not_is_an_error() {
        let error = number_imports(&mut module(), &GLUE.replace("__wbg_focus_", "__wbg_blur_")).unwrap_err();
        assert_eq!(error.to_string(), "the glue has no function for the import __wbg_focus_ecd971e1e3e9c168");
    }

    #[test]
    fn a_function_that_the_glue_has_twice_is_an_error() {
        let glue = GLUE.replace("__wbg_focus_ecd971e1e3e9c168", "__wbg_call_11d2f6c1b1d2c0de");
        let error = number_imports(&mut module(), &glue).unwrap_err();
        assert_eq!(error.to_string(), "the glue has two functions __wbg_call_11d2f6c1b1d2c0de");
    }

    #[test]
    fn a_function_of_the_glue_that_nobody_imports_is_an_error() {
        let glue = GLUE.replace("        __wbg_call_", "        __wbg_blur_0: function() {},\n        __wbg_call_");
        let error = number_imports(&mut module(), &glue).unwrap_err();
        assert_eq!(error.to_string(), "the glue has functions that nothing imports: [\"__wbg_blur_0\"]");
    }

    #[test]
    fn an_object_of_another_form_is_an_error() {
        for (from, to) in
            [("import0 = {", "import1 = {"), ("        __wbg_focus", "        'call', __wbg_focus"), ("./glue_bg", "./bg")]
        {
            let glue = GLUE.replace(from, to);
            assert!(number_imports(&mut module(), &glue).is_err(), "{to}");
        }
    }

    #[test]
    fn a_second_module_to_import_from_is_an_error() {
        let mut module = module();
        let nothing = module.types.add(&[], &[]);
        module.add_import_func("env", "now", nothing);
        assert!(number_imports(&mut module, GLUE).is_err());
    }

    #[test]
    fn an_export_that_is_not_there_is_an_error() {
        let error = rename_exports(&mut module(), &GLUE.replace("wasm.mount", "wasm.unmount")).unwrap_err();
        assert!(error.to_string().contains("unmount"), "{error}");
    }

    #[test]
    fn names_are_enough_and_all_different() {
        let all: Vec<String> = short_names().collect();
        assert_eq!(all.len(), 26 + 26 * 26);
        assert_eq!(BTreeSet::from_iter(&all).len(), all.len());
    }
}
