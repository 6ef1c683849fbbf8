//! The demo page, the gallery and the documentation as a folder of files, and the server that serves it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use tower_http::services::ServeDir;

use crate::docs::{self, Around};
use crate::workspace::{Workspace, copy, empty_folder};
use crate::{languages, wasm};

/// The pool's address as index.html and the demo's scripts write it.
const POOL_IN_PAGE: &str = "http://127.0.0.1:9229";

/// The demo page's files that the gallery has as well.
const SHARED_WITH_GALLERY: [&str; 2] = ["dom.js", "icon.svg"];

/// Builds the widget and lays out the page in `target/demo-site`.
pub fn build(workspace: &Workspace, pool: &str) -> Result<PathBuf> {
    let site = workspace.target.join("demo-site");
    empty_folder(&site)?;
    wasm::build(workspace, &site)?;
    languages::copy_element(workspace, &site)?;
    languages::write(workspace, &site)?;
    let demo = workspace.root.join("demo");
    for folder in [Path::new(""), Path::new("brands")] {
        let to = site.join("demo").join(folder);
        empty_folder(&to)?;
        copy_files(&demo.join(folder), &to, &[])?;
    }
    lay_out_gallery(workspace, &site)?;
    docs::lay_out(&workspace.root, &site.join("docs"), &Around { elements: "../", pool })?;
    let page = std::fs::read_to_string(workspace.root.join("index.html"))?;
    std::fs::write(site.join("index.html"), without_trunk(&page, pool))?;
    Ok(site)
}

/// Lays out the gallery in `gallery`, beside the elements' script. It takes no server but one for files.
pub fn lay_out_gallery(workspace: &Workspace, site: &Path) -> Result<()> {
    let demo = workspace.root.join("demo");
    let gallery = site.join("gallery");
    empty_folder(&gallery)?;
    copy_files(&demo.join("gallery"), &gallery, &[])?;
    for folder in ["states", "transcripts"] {
        copy_files(&demo.join("gallery").join(folder), &gallery.join(folder), &[])?;
    }
    for name in SHARED_WITH_GALLERY {
        copy(&demo.join(name), &gallery.join(name))?;
    }
    Ok(())
}

/// Copies the files of a folder into another, without the folders in it: all of them, or those whose names end so.
pub fn copy_files(from: &Path, to: &Path, ends: &[&str]) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let path = entry.path();
        let is_asked_for = ends.is_empty() || ends.iter().any(|end| path.extension().is_some_and(|own| own == *end));
        if entry.file_type()?.is_file() && is_asked_for {
            copy(&path, &to.join(entry.file_name()))?;
        }
    }
    Ok(())
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

/// Serves the folder with the strictest policies under which the widget must work.
pub fn router(site: &Path, pool: &str) -> Result<Router> {
    let policy = HeaderValue::from_str(&policy(pool)).context("the pool's address")?;
    let headers = axum::middleware::from_fn(move |request: Request, next: Next| {
        let policy = if is_in_gallery(&request) { HeaderValue::from_static(GALLERY_POLICY) } else { policy.clone() };
        async move {
            let mut response: Response = next.run(request).await;
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

/// Serves the folder on a port of this machine until the process ends.
pub fn serve(site: &Path, pool: &str, port: u16) -> Result<()> {
    let router = router(site, pool)?;
    tokio::runtime::Runtime::new().context("cannot start the async runtime")?.block_on(async {
        let listener = tokio::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, port)).await;
        let listener = listener.with_context(|| format!("cannot listen on port {port}"))?;
        println!("It is served on http://{}; Ctrl-C stops it.", listener.local_addr()?);
        axum::serve(listener, router).await.context("the server stopped")
    })
}

/// The gallery's pages frame each other and ask no pool.
const GALLERY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
                              img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
                              require-trusted-types-for 'script'; trusted-types 'none'";

fn is_in_gallery(request: &Request) -> bool {
    request.uri().path().starts_with("/gallery/")
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

    #[test]
    fn the_gallery_is_laid_out_with_all_that_its_pages_ask_for() {
        let site = std::env::temp_dir().join(format!("gallery-{}", std::process::id()));
        lay_out_gallery(&Workspace::find().unwrap(), &site).unwrap();
        let gallery = site.join("gallery");
        let states: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(gallery.join("states.json")).unwrap()).unwrap();
        for name in states["groups"].as_array().unwrap() {
            let file = format!("{}.json", name.as_str().unwrap());
            assert!(gallery.join("states").join(&file).exists(), "no states/{file}");
            assert!(gallery.join("transcripts").join(&file).exists(), "no transcripts/{file}: cargo xtask gallery");
        }
        for page in ["index.html", "state.html"] {
            let html = std::fs::read_to_string(gallery.join(page)).unwrap();
            assert!(!html.contains("<style") && !html.contains(" style="), "{page}");
            let files = html.split('"').filter(|text| text.ends_with(".js") || text.ends_with(".css") || text.ends_with(".svg"));
            for file in files {
                assert!(gallery.join(file).exists(), "{page} asks for {file}");
            }
        }
        std::fs::remove_dir_all(site).unwrap();
    }

    #[test]
    fn the_gallery_may_be_framed_by_itself_alone_and_reach_nobody() {
        let request = |path| Request::builder().uri(path).body(axum::body::Body::empty()).unwrap();
        assert!(is_in_gallery(&request("/gallery/state.html?state=sign-in")));
        assert!(!is_in_gallery(&request("/")) && !is_in_gallery(&request("/gallery.html")));
        for part in ["connect-src 'self';", "frame-src 'self';", "frame-ancestors 'self';"] {
            assert!(GALLERY_POLICY.contains(part), "{part}");
        }
        assert!(!GALLERY_POLICY.contains("unsafe-inline") && !GALLERY_POLICY.contains("'unsafe-eval'"));
    }
}
