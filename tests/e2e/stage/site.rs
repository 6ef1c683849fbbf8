//! A site with the package and with pages that use it, under the strictest policy that the product promises to work with.

use std::{
    collections::HashSet,
    fmt::Write,
    net::Ipv4Addr,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use local_pool::seed;
use tokio::{net::TcpListener, task::JoinHandle};

/// Where the sites listen.
const ADDRESS: &str = "127.0.0.1";

/// A page with elements of the package.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    lang: String,
    elements: Vec<Element>,
    /// What `page.js` does before anything else.
    data: Vec<(&'static str, String)>,
    /// Stands in the body after the elements.
    markup: String,
    /// By what name the browser calls this machine.
    host: &'static str,
}

#[derive(Clone, Debug)]
struct Element {
    tag: &'static str,
    attributes: Vec<(String, String)>,
}

impl Page {
    /// An empty page in English.
    pub fn new() -> Self {
        Self { lang: "en".to_owned(), elements: Vec::new(), data: Vec::new(), markup: String::new(), host: ADDRESS }
    }

    /// A page with one `<cognito-login>`.
    pub fn login(attributes: &[(&str, &str)]) -> Self {
        Self::new().with("cognito-login", attributes)
    }

    /// Another element. Its attributes come after those for the pool and its seeded client, and replace them.
    pub fn with(mut self, tag: &'static str, attributes: &[(&str, &str)]) -> Self {
        let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.elements.push(Element { tag, attributes });
        self
    }

    /// The project's README's example for pages, with the local pool's ids in place of those of the example. Its inline script is in a
    /// file of its own, as the policy here demands.
    pub fn of_readme() -> Self {
        let (example, _) = readme_example();
        let ids = format!("user-pool-id=\"{}\" client-id=\"{}\" endpoint=\"POOL/\"", seed::LOCAL_POOL, seed::CLIENT);
        let markup = example
            .replace("user-pool-id=\"eu-central-1_AbCdEfGhI\" client-id=\"1example23456789\"", &ids)
            .replace("src=\"cognito-login.js\"", "src=\"/cognito-login.js\"");
        Self { markup, ..Self::new() }
    }

    pub fn lang(mut self, lang: &str) -> Self {
        lang.clone_into(&mut self.lang);
        self
    }

    /// The computer's clock is wrong by so many seconds.
    pub fn clock_ahead_secs(mut self, secs: i64) -> Self {
        self.data.push(("clock-ahead-secs", secs.to_string()));
        self
    }

    /// The page takes custom challenges over.
    pub fn taking_over(mut self) -> Self {
        self.data.push(("take-over", "yes".to_owned()));
        self
    }

    /// On the host that the seeded pools' passkeys are for. Its storage is another than that of the other pages.
    pub fn on_localhost(self) -> Self {
        Self { host: seed::RELYING_PARTY_ID, ..self }
    }

    /// The browser has no passkeys.
    pub fn without_passkeys(mut self) -> Self {
        self.data.push(("no-passkeys", "yes".to_owned()));
        self
    }

    /// The browser refuses to store anything, as it does in some frames and with some settings.
    pub fn without_storage(mut self) -> Self {
        self.data.push(("no-storage", "yes".to_owned()));
        self
    }

    /// The WebAssembly does not come before `seen.letWasmGo()` is called.
    pub fn with_late_wasm(mut self) -> Self {
        self.data.push(("late-wasm", "yes".to_owned()));
        self
    }

    /// The browser has no Web Locks, as on pages over plain http.
    pub fn without_locks(mut self) -> Self {
        self.data.push(("no-locks", "yes".to_owned()));
        self
    }

    /// The page uses Amplify as well, for the pool of its first element, with the store of that name: `local`, `session`, or `adapter`,
    /// which is the page's own.
    pub fn with_amplify(mut self, store: &str) -> Self {
        self.data.push(("amplify", store.to_owned()));
        self
    }

    /// The elements keep their session in a store of the page's own, which answers later. All pages of the site have it.
    pub fn with_adapter(mut self) -> Self {
        self.data.push(("adapter", "yes".to_owned()));
        self
    }

    /// The page has the secret of the pool's confidential client, as a back end has, and hashes with it.
    pub fn with_client_secret(mut self) -> Self {
        self.data.push(("client-secret", seed::CLIENT_SECRET.to_owned()));
        self
    }

    fn html(&self, pool: &str, is_watched: bool) -> String {
        let mut html = format!("<!doctype html>\n<html lang=\"{}\"", self.lang);
        for (name, value) in &self.data {
            write!(html, " data-{name}=\"{value}\"").unwrap();
        }
        html.push_str(
            "><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Test</title>",
        );
        html.push_str(if is_watched { "<script src=\"/watch.js\"></script>" } else { "" });
        html.push_str("<script src=\"/page.js\"></script>");
        let has_amplify = self.data.iter().any(|(name, _)| *name == "amplify");
        html.push_str(if has_amplify { "<script src=\"/amplify.js\" defer></script>" } else { "" });
        html.push_str("<script type=\"module\" src=\"/cognito-login.js\"></script></head><body>");
        for element in &self.elements {
            let mut attributes = vec![
                ("user-pool-id".to_owned(), seed::LOCAL_POOL.to_owned()),
                ("client-id".to_owned(), seed::CLIENT.to_owned()),
                ("endpoint".to_owned(), format!("{pool}/")),
            ];
            for (name, value) in &element.attributes {
                attributes.retain(|(present, _)| present != name);
                attributes.push((name.clone(), value.clone()));
            }
            write!(html, "<{}", element.tag).unwrap();
            for (name, value) in attributes {
                write!(html, " {name}=\"{}\"", value.replace('&', "&amp;").replace('"', "&quot;")).unwrap();
            }
            write!(html, "></{}>", element.tag).unwrap();
        }
        html.push_str(&self.markup.replace("\"POOL/\"", &format!("\"{pool}/\"")));
        html.push_str("</body></html>\n");
        html
    }
}

/// Amplify and what a page does with it, in one script.
static AMPLIFY: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let esbuild = Path::new(&root).join("node_modules").join(".bin").join("esbuild");
    let bundle = Command::new(&esbuild)
        .args(["tests/e2e/stage/amplify.mjs", "--bundle", "--format=iife", "--charset=utf8", "--log-level=error"])
        .current_dir(&root)
        .output();
    let bundle = bundle.unwrap_or_else(|error| panic!("{}: {error}; `cargo xtask package` installs it", esbuild.display()));
    assert!(bundle.status.success(), "{}", String::from_utf8_lossy(&bundle.stderr));
    bundle.stdout
});

/// The first HTML example of the README: its markup, and what its inline script holds.
fn readme_example() -> (String, &'static str) {
    const INLINE: &str = "<script type=\"module\">";
    let (_, example) = include_str!("../../../README.md").split_once("```html\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let (before, rest) = example.split_once(INLINE).unwrap();
    let (script, after) = rest.split_once("</script>").unwrap();
    (format!("{before}<script type=\"module\" src=\"/readme.js\"></script>{after}"), script)
}

/// A server with pages.
pub(super) struct Site {
    url: String,
    content: Arc<Content>,
    serving: JoinHandle<()>,
}

struct Content {
    dist: PathBuf,
    pool: String,
    pages: Mutex<Vec<String>>,
    is_watched: AtomicBool,
}

impl Site {
    pub async fn start(dist: &Path, pool: &str) -> Self {
        let content = Arc::new(Content {
            dist: dist.to_owned(),
            pool: pool.to_owned(),
            pages: Mutex::default(),
            is_watched: AtomicBool::new(false),
        });
        let listener = listen().await;
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = Router::new().fallback(answer).with_state(content.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { url, content, serving }
    }

    /// The pages that are added from now on let tests look into the WebAssembly.
    pub fn watch(&self) {
        self.content.is_watched.store(true, Ordering::Relaxed);
    }

    /// Adds a page, and answers its URL. All pages of a host have one origin, and so one storage.
    pub fn add(&self, page: &Page) -> String {
        let mut pages = self.content.pages.lock().unwrap();
        pages.push(page.html(&self.content.pool, self.content.is_watched.load(Ordering::Relaxed)));
        format!("{}/pages/{}", self.url.replace(ADDRESS, page.host), pages.len() - 1)
    }
}

/// At a port where no site of this run was: browsers serve many tests, and keep by origin what an earlier one's pages have stored.
async fn listen() -> TcpListener {
    static USED: LazyLock<Mutex<HashSet<u16>>> = LazyLock::new(Mutex::default);
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        if USED.lock().unwrap().insert(listener.local_addr().unwrap().port()) {
            return listener;
        }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(State(content): State<Arc<Content>>, uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let (kind, body) = match path.split_once('/') {
        Some(("pages", number)) => {
            let page = number.parse::<usize>().ok().and_then(|number| content.pages.lock().unwrap().get(number).cloned());
            ("text/html; charset=utf-8", page.map(String::into_bytes))
        }
        Some(("lang", _)) => ("text/javascript", std::fs::read(content.dist.join(path)).ok()),
        Some(_) => ("", None),
        None if path == "watch.js" => ("text/javascript", Some(include_bytes!("watch.js").to_vec())),
        None if path == "page.js" => ("text/javascript", Some(include_bytes!("page.js").to_vec())),
        None if path == "amplify.js" => {
            let script = tokio::task::spawn_blocking(|| AMPLIFY.clone()).await;
            ("text/javascript", script.ok())
        }
        None if path == "readme.js" => ("text/javascript", Some(readme_example().1.as_bytes().to_vec())),
        None if path.ends_with(".js") => ("text/javascript", std::fs::read(content.dist.join(path)).ok()),
        None if path.ends_with(".wasm") => ("application/wasm", std::fs::read(content.dist.join(path)).ok()),
        None => ("", None),
    };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' {}; \
         require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        content.pool
    );
    match body {
        Some(body) => {
            let kind = (header::CONTENT_TYPE, kind.to_owned());
            // Not `no-store`, which keeps a page out of the browser's cache of whole pages as well.
            ([kind, (header::CONTENT_SECURITY_POLICY, policy), (header::CACHE_CONTROL, "no-cache".to_owned())], body)
                .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
