//! Lets the widget draw over the form that the script drew: what Yew asks the browser for while it draws goes through
//! `src/element/draw-over.js` first. The glue calls the browser itself, so that its calls are changed. What is not exactly as it is
//! expected to be is an error.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::wasm;

/// A function of the glue by the beginning of its name, its call, and the call in the place of that.
const CALLS: [(&str, &str, &str); 5] = [
    ("__wbg_createElement_", "arg0.createElement(", "drawOver.createElement(arg0, "),
    ("__wbg_createTextNode_", "arg0.createTextNode(", "drawOver.createTextNode(arg0, "),
    ("__wbg_cloneNode_", "arg0.cloneNode()", "drawOver.cloneNode(arg0)"),
    ("__wbg_insertBefore_", "arg0.insertBefore(", "drawOver.insertBefore(arg0, "),
    ("__wbg_lastChild_", "arg0.lastChild;", "drawOver.lastChild(arg0);"),
];

/// Changes the glue in a folder.
pub fn hook(folder: &Path) -> Result<()> {
    let path = folder.join(wasm::GLUE);
    let glue = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let glue = hooked(&glue).context("wasm-bindgen writes its glue in another way than xtask/src/draw_over.rs expects")?;
    std::fs::write(&path, glue).with_context(|| format!("cannot write {}", path.display()))
}

fn hooked(glue: &str) -> Result<String> {
    let mut glue = format!("import * as drawOver from \"./draw-over.js\";\n{glue}");
    for (function, call, other) in CALLS {
        for text in [function, call] {
            let found = glue.matches(text).count();
            ensure!(found == 1, "the glue has {found} times and not once: {text}");
        }
        glue = glue.replace(call, other);
    }
    Ok(glue)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "
__wbg_cloneNode_36b9: function() { return handleError(function (arg0) { const ret = arg0.cloneNode(); return ret; }, arguments); },
__wbg_createElementNS_2f74: function(arg0, arg1) { const ret = arg0.createElementNS(undefined, getStringFromWasm0(arg1)); },
__wbg_createElement_de4a: function(arg0, arg1, arg2) { const ret = arg0.createElement(getStringFromWasm0(arg1, arg2)); return ret; },
__wbg_createTextNode_2b48: function(arg0, arg1, arg2) { const ret = arg0.createTextNode(getStringFromWasm0(arg1, arg2)); },
__wbg_insertBefore_10ab: function(arg0, arg1, arg2) { const ret = arg0.insertBefore(arg1, arg2); return ret; },
__wbg_lastChild_d03a: function(arg0) { const ret = arg0.lastChild; return isLikeNone(ret) ? 0 : addToExternrefTable0(ret); },
";

    #[test]
    fn what_yew_asks_for_goes_through_the_script() {
        let glue = hooked(GLUE).unwrap();
        assert!(glue.starts_with("import * as drawOver from \"./draw-over.js\";\n"));
        for (_, _, other) in CALLS {
            assert_eq!(glue.matches(other).count(), 1, "{other}");
        }
        assert!(glue.contains("arg0.createElementNS(undefined"), "{glue}");
    }

    #[test]
    fn a_glue_of_another_form_is_an_error() {
        for (from, to) in [("arg0.lastChild;", "arg0.lastChild();"), ("__wbg_cloneNode_", "__wbg_clone_")] {
            let error = hooked(&GLUE.replace(from, to)).unwrap_err().to_string();
            assert!(error.starts_with("the glue has 0 times and not once:"), "{error}");
        }
        assert!(hooked(&GLUE.repeat(2)).is_err());
    }
}
