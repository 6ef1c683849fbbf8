//! Every text that a person sees. [`Texts`] are those of one language, by [`Key`]; a build step (`build/`) makes both of the files in
//! `texts/`, one a language, and refuses a language that is not complete.

mod notice;
#[allow(dead_code, reason = "the build step asks for the categories")]
mod plural;
mod texts;

pub use texts::{Key, LANGUAGES, Texts};
