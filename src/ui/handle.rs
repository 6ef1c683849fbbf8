//! The page's requests that wait for an answer: tokens, sign-out, another screen.

use core::{cell::RefCell, fmt, future::poll_fn, task::Poll};
use std::{rc::Rc, task::Waker};

use cognito_protocol::flow::{Answer, Page, PageTokens, Screen};
use yew::Callback;

use super::{event::WidgetError, input::Input};
use crate::shell::clock;

/// What comes of a request.
pub(crate) type Answered = Result<Answer, WidgetError>;

/// What takes it.
type Settle = Box<dyn FnOnce(Answered)>;

/// Asks something of the component that it was given to: `<CognitoLogin {config} handle={handle.clone()} />`.
///
/// All clones are of the same component. One that is not on the page answers with the code `not_on_page`.
#[derive(Clone, Default)]
pub struct LoginHandle(Rc<RefCell<Requests>>);

#[derive(Default)]
struct Requests {
    /// Where the component takes what it is asked; absent while there is none.
    component: Option<Callback<Input>>,
    last_request: u32,
    waiting: Vec<(u32, Settle)>,
}

impl fmt::Debug for LoginHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginHandle").finish_non_exhaustive()
    }
}

impl PartialEq for LoginHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl LoginHandle {
    /// A handle for one component.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Tokens with at least a minute to live, refreshed where they have less. Your back end checks the ID token.
    ///
    /// # Errors
    /// [`WidgetError`] where nobody is signed in, or the refresh did not succeed.
    pub async fn tokens(&self) -> Result<PageTokens, WidgetError> {
        match self.answer(|request| Page::TokensRequested { request }).await? {
            Answer::Tokens(tokens) => {
                Ok(PageTokens { expires_at_millis: tokens.expires_at_millis.saturating_sub(clock::ahead_millis()), ..tokens })
            }
            Answer::Done => Err(WidgetError::for_author(OFF_PAGE, NOT_ON_PAGE)),
        }
    }

    /// Ends the session here, or with `global` on all of the user's devices.
    ///
    /// # Errors
    /// [`WidgetError`] where other devices could not be signed out.
    pub async fn sign_out(&self, global: bool) -> Result<(), WidgetError> {
        self.answer(|request| Page::SignOutRequested { request, global }).await.map(drop)
    }

    /// Shows a screen.
    ///
    /// # Errors
    /// [`WidgetError`] where it cannot be shown now.
    pub async fn show(&self, screen: Screen) -> Result<(), WidgetError> {
        self.answer(|request| Page::ScreenRequested { request, screen }).await.map(drop)
    }

    /// Begins anew; a signed-in session stays.
    pub fn reset(&self) {
        self.send(Page::ResetRequested);
    }

    async fn answer(&self, request: impl Fn(u32) -> Page) -> Answered {
        let come: Rc<RefCell<(Option<Answered>, Option<Waker>)>> = Rc::default();
        let coming = come.clone();
        let settle = move |answer| {
            let waker = {
                let mut coming = coming.borrow_mut();
                coming.0 = Some(answer);
                coming.1.take()
            };
            if let Some(waker) = waker {
                waker.wake();
            }
        };
        self.ask(Box::new(settle), &|id| request(id).into());
        poll_fn(|cx| {
            let mut come = come.borrow_mut();
            match come.0.take() {
                Some(answer) => Poll::Ready(answer),
                None => {
                    come.1 = Some(cx.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }

    fn send(&self, page: Page) {
        let component = self.0.borrow().component.clone();
        if let Some(component) = component {
            component.emit(page.into());
        }
    }

    /// Makes a request, and has `settle` called with the answer.
    pub(crate) fn ask(&self, settle: Settle, request: &dyn Fn(u32) -> Input) {
        let (id, component) = {
            let mut requests = self.0.borrow_mut();
            requests.last_request = requests.last_request.wrapping_add(1);
            let id = requests.last_request;
            requests.waiting.push((id, settle));
            (id, requests.component.clone())
        };
        match component {
            Some(component) => component.emit(request(id)),
            None => self.leave(),
        }
    }

    /// Hands over the answer to a request.
    pub(super) fn settle(&self, request: u32, answer: Answered) {
        let found = {
            let mut requests = self.0.borrow_mut();
            let at = requests.waiting.iter().position(|(id, _)| *id == request);
            at.map(|at| requests.waiting.swap_remove(at))
        };
        if let Some((_, settle)) = found {
            settle(answer);
        }
    }

    /// The component begins anew: requests from before get no answer.
    pub(super) fn restart(&self, component: &Callback<Input>) {
        self.0.borrow_mut().component = Some(component.clone());
        self.reject_all(RESTARTED, "The widget began anew, with another configuration.");
    }

    /// The component is not on the page any more.
    pub(crate) fn leave(&self) {
        self.0.borrow_mut().component = None;
        self.reject_all(OFF_PAGE, NOT_ON_PAGE);
    }

    fn reject_all(&self, code: &'static str, message: &str) {
        let waiting = core::mem::take(&mut self.0.borrow_mut().waiting);
        for (_, settle) in waiting {
            settle(Err(WidgetError::for_author(code, message)));
        }
    }
}

/// The code of a rejection: the configuration was changed to another pool, or another way to sign in.
const RESTARTED: &str = "restarted";
/// The code of a rejection: the widget was taken off the page.
const OFF_PAGE: &str = "not_on_page";
const NOT_ON_PAGE: &str = "This element is not on a page.";
