//! Where the triggers run.

use super::InvokeUrl;

/// Where the triggers run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TriggerSource {
    /// The project's own, as functions of this program, by the pool's clock. The pool puts what they mail into the inbox.
    #[default]
    InProcess,
    /// As Lambda functions behind Lambda's API `Invoke`, such as `cargo lambda watch` and `sam local start-lambda` offer it. They
    /// mail on their own: [`ses`](crate::ses) takes it.
    Invoke {
        /// What the API's paths are put behind.
        url: InvokeUrl,
    },
}
