//! The demo page as a folder of files, and the server that serves it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use tower_http::services::ServeDir;

use crate::workspace::{Workspace, copy, empty_folder};
use crate::{languages, wasm};

/// The pool's address as index.html and the demo's scripts write it.
const POOL_IN_PAGE: &str = "http://127.0.0.1:9229";

/// Builds the widget and lays out the page in `target/demo-site`.
pub fn build(workspace: &Workspace, pool: &str) -> Result<PathBuf> {
    let site = workspace.target.join("demo-site");
    empty_folder(&site)?;
    wasm::build(workspace, &site)?;
    languages::copy_element(workspace, &site)?;
    languages::write(workspace, &site)?;
    let demo = site.join("demo");
    empty_folder(&demo)?;
    for entry in std::fs::read_dir(workspace.root.join("demo"))? {
        let entry = entry?;
        copy(&entry.path(), &demo.join(entry.file_name()))?;
    }
    let page = std::fs::read_to_string(workspace.root.join("index.html"))?;
    std::fs::write(site.join("index.html"), without_trunk(&page, pool))?;
    Ok(site)
}

/// The page is written for `trunk serve`; here its line for the Rust program becomes the package's script, and all else
/// that is trunk's goes.
fn without_trunk(page: &str, pool: &str) -> String {
    let mut result = String::new();
    for line in page.lines() {
        if line.contains("data-trunk") || line.contains("demo/trunk.js") {
            if line.contains("rel=\"rust\"") {
                result.push_str("    <script type=\"module\" src=\"cognito-login.js\"></script>\n");
            }
            continue;
        }
        result.push_str(&line.replace(POOL_IN_PAGE, pool));
        result.push('\n');
    }
    result
}

/// Serves the folder with the strictest policy under which the widget must work.
pub fn router(site: &Path, pool: &str) -> Result<Router> {
    let policy = HeaderValue::from_str(&policy(pool)).context("the pool's address")?;
    let headers = axum::middleware::map_response(move |mut response: Response| {
        let policy = policy.clone();
        async move {
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
            // Whoever edits and starts again must not meet yesterday's files.
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            response
        }
    });
    Ok(Router::new().fallback_service(ServeDir::new(site)).layer(headers))
}

fn policy(pool: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' {pool}; \
         img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_for_trunk_becomes_the_packages_script() {
        let page = "<head>\n<link data-trunk rel=\"copy-dir\" href=\"demo\" />\n\
                    <link data-trunk rel=\"rust\" data-bin=\"demo\" />\n\
                    <script type=\"module\" src=\"demo/trunk.js\"></script>\n</head>\n<p>http://127.0.0.1:9229/</p>\n";
        let served = without_trunk(page, "http://127.0.0.1:9333");
        assert_eq!(
            served,
            "<head>\n    <script type=\"module\" src=\"cognito-login.js\"></script>\n</head>\n\
             <p>http://127.0.0.1:9333/</p>\n"
        );
    }

    #[test]
    fn the_page_has_the_line_that_is_replaced_and_nothing_inline() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let page = std::fs::read_to_string(root.join("index.html")).unwrap();
        let served = without_trunk(&page, POOL_IN_PAGE);
        assert!(served.contains("src=\"cognito-login.js\""));
        assert!(!served.contains("data-trunk") && !served.contains("trunk.js"));
        // The policy would refuse either.
        assert!(!served.contains("<style"));
        assert!(!served.contains(" style="));
        let scripts = served.matches("<script").count();
        assert_eq!(scripts, served.matches("<script type=\"module\" src=\"").count());
    }

    #[test]
    fn the_policy_names_the_pool_and_nothing_unsafe_but_wasm() {
        let policy = policy("http://127.0.0.1:9229");
        assert!(policy.contains("connect-src 'self' http://127.0.0.1:9229;"));
        assert!(!policy.contains("unsafe-inline"));
        assert!(!policy.contains("'unsafe-eval'"));
    }
}
