// cargo build --release --target wasm32-unknown-unknown
// wasm-bindgen --target web --no-typescript --out-dir . --out-name app target/wasm32-unknown-unknown/release/yew-app.wasm
//
// A file of its own, and no script in the page: so the policy allows none there.
import init from "./app.js";

await init();
